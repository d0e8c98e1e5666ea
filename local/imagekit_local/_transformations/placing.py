"""
Place a layer on its base.
"""

from __future__ import annotations

from PIL import Image

from imagekit_local._transformations.expressions import Scope
from imagekit_local._transformations.geometry import Focus, aligned
from imagekit_local._transformations.limits import Size
from imagekit_local._transformations.options import Layer


def placed(base: Image.Image, overlay: Image.Image, layer: Layer, scope: Scope) -> Image.Image:
    """
    Return an image with another one on it, cropped to the base.

    Args:
        base: The image below, which determines the size of the result.
        overlay: The image on top.
        layer: The layer, which has the position.
        scope: Variables.
    """
    left, top = position(base.size, overlay.size, layer, scope)
    visible = (
        max(-left, 0),
        max(-top, 0),
        min(base.width - left, overlay.width),
        min(base.height - top, overlay.height),
    )
    result = base.convert("RGBA")
    result.alpha_composite(overlay.convert("RGBA").crop(visible), (max(left, 0), max(top, 0)))
    return result.convert(base.mode)


def position(base: Size, overlay: Size, layer: Layer, scope: Scope) -> Size:
    """
    Return the position of the top left corner of a layer on its base.

    A coordinate outside the base is moved inside. An axis without a coordinate is centered if the other one has one.
    """
    places = (layer.x, layer.x_center), (layer.y, layer.y_center)
    is_placed = any(offset is not None for pair in places for offset in pair)
    focus = Focus.from_side("center" if is_placed else layer.focus)
    anchor = None if layer.anchor is None else Focus.from_side(layer.anchor)
    starts: list[int] = []
    for axis, (edge, center) in enumerate(places):
        outer, inner = base[axis], overlay[axis]
        offset = edge or center
        if offset is None:
            start = aligned(outer, inner, (focus.x, focus.y)[axis])
        else:
            far = offset.from_end
            default = 0.5 if edge is None else float(far)
            share = default if anchor is None else (anchor.x, anchor.y)[axis]
            distance = scope.value(("lx", "ly")[axis], offset.distance)
            start = (outer - distance if far else distance) - inner * share
        starts.append(_pulled_back(start, outer - inner))
    return starts[0], starts[1]


def _pulled_back(start: float, room: int) -> int:
    return round(min(max(start, min(0, room)), max(0, room)))
