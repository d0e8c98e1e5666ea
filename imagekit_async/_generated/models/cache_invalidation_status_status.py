# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from typing import Literal

CacheInvalidationStatusStatus = Literal[
    "Completed",
    "Pending",
]
"""
Whether the purge is in progress or done.
"""
