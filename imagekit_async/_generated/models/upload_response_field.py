# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from typing import Literal

UploadResponseField = Literal[
    "customCoordinates",
    "customMetadata",
    "embeddedMetadata",
    "isPrivateFile",
    "isPublished",
    "metadata",
    "selectedFieldsSchema",
    "tags",
]
"""
Name of an optional field of the upload response.
"""
