"""
Builds the documentation site: handwritten pages, and reference pages made from the OpenAPI document and the code.
"""
