# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from typing import Literal

VideoTransformationOptionsVideoCodec = Literal[
    "av1",
    "h264",
    "vp9",
]
"""
Video codec.
"""
