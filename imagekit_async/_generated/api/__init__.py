# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
"""
The operations of the API: a package a resource, a module an operation.
"""
