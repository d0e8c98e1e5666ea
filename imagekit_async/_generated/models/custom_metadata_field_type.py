# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from typing import Literal

CustomMetadataFieldType = Literal[
    "Boolean",
    "Date",
    "MultiSelect",
    "Number",
    "SingleSelect",
    "Text",
    "Textarea",
]
"""
Kind of values that a custom metadata field takes.
"""
