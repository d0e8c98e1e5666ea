# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
"""
The calls of `files.bulk`.
"""
