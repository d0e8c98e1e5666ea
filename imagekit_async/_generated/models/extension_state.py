# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from typing import Literal

ExtensionState = Literal[
    "failed",
    "pending",
    "success",
]
"""
State of an extension: finished, still running, or failed.
"""
