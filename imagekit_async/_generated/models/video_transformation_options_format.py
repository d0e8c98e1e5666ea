# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from typing import Literal

VideoTransformationOptionsFormat = Literal[
    "jpg",
    "mp4",
    "png",
    "webm",
    "webp",
]
"""
Format of the output.
"""
