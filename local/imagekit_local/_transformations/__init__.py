"""
Transformations of stored images: parsed from a URL, then rendered with Pillow.

Nothing in here knows HTTP or the store, and everything but parsing blocks.
"""

from __future__ import annotations

from imagekit_local._transformations.cache import RenderCache
from imagekit_local._transformations.errors import TransformationError
from imagekit_local._transformations.opening import Source
from imagekit_local._transformations.options import Step
from imagekit_local._transformations.parsing import decode_whole, expand, has_only_names, parse, paths
from imagekit_local._transformations.rendering import Rendered, render
from imagekit_local._transformations.sizing import Client

__all__ = [
    "Client",
    "RenderCache",
    "Rendered",
    "Source",
    "Step",
    "TransformationError",
    "decode_whole",
    "expand",
    "has_only_names",
    "parse",
    "paths",
    "render",
]
