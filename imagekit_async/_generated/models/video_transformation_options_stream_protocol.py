# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from typing import Literal

VideoTransformationOptionsStreamProtocol = Literal[
    "DASH",
    "HLS",
]
"""
Protocol of adaptive bitrate streaming.
"""
