# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from typing import Literal

VideoTransformationType = Literal[
    "gif-to-video",
    "video-thumbnail",
    "video-transformation",
]
"""
Kind of a video transformation: a video, a video made from an animated GIF, or a still image.
"""
