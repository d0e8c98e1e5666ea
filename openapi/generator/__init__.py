"""
Turns the OpenAPI document into the SDK's generated code: `python -m openapi.generator`.
"""
