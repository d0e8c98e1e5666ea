# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from typing import Literal

StreamingProtocol = Literal[
    "dash",
    "hls",
]
"""
Protocol of adaptive bitrate streaming: HLS or MPEG-DASH.
"""
