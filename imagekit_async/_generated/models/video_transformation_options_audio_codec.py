# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from typing import Literal

VideoTransformationOptionsAudioCodec = Literal[
    "aac",
    "opus",
]
"""
Audio codec.
"""
