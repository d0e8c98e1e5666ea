# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from typing import Literal

VideoTransformationFailureReason = Literal[
    "download_failed",
    "encoding_failed",
    "internal_server_error",
]
"""
Machine-readable cause.
"""
