"""
Build, sign, verify and parse delivery URLs; responsive images; permissions for uploads from a browser.

Everything here is pure: no client, no network, nothing to await. `client.helper` has the same functions with the
client's keys filled in.
"""

from __future__ import annotations

from ._build import build_url
from ._helper import Helper
from ._parse import ParsedURL, parse_url
from ._responsive import HTML, ResponsiveImageAttributes, Source, get_responsive_image_attributes, img, picture
from ._signing import verify_url
from ._transformation import build_transformation_string
from ._types import (
    ImageOverlay,
    Overlay,
    Position,
    SolidColorOverlay,
    SolidColorStyle,
    SubtitleOverlay,
    SubtitleStyle,
    TextOverlay,
    TextStyle,
    Timing,
    Transformation,
    VideoOverlay,
)
from ._upload import AuthenticationParameters, get_authentication_parameters, sign_upload_form

__all__ = [
    "HTML",
    "AuthenticationParameters",
    "Helper",
    "ImageOverlay",
    "Overlay",
    "ParsedURL",
    "Position",
    "ResponsiveImageAttributes",
    "SolidColorOverlay",
    "SolidColorStyle",
    "Source",
    "SubtitleOverlay",
    "SubtitleStyle",
    "TextOverlay",
    "TextStyle",
    "Timing",
    "Transformation",
    "VideoOverlay",
    "build_transformation_string",
    "build_url",
    "get_authentication_parameters",
    "get_responsive_image_attributes",
    "img",
    "parse_url",
    "picture",
    "sign_upload_form",
    "verify_url",
]
