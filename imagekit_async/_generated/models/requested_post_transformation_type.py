# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from typing import Literal

RequestedPostTransformationType = Literal[
    "abs",
    "gif-to-video",
    "thumbnail",
    "transformation",
]
"""
Kind of the post-transformation.
"""
