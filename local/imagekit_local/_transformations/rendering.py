"""
Render a transformation. Everything here blocks, and knows neither HTTP nor the store.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs
from PIL import ExifTags, Image

from imagekit_local._transformations import looks, sizing
from imagekit_local._transformations.encoding import MIMES, Extras, Output, chosen_format, encoded
from imagekit_local._transformations.errors import TransformationError
from imagekit_local._transformations.expressions import Scope
from imagekit_local._transformations.geometry import frame, pixels
from imagekit_local._transformations.limits import Budget, Size
from imagekit_local._transformations.opening import SVG, Picture, Source, opened
from imagekit_local._transformations.options import Layer, Step
from imagekit_local._transformations.parsing import walk
from imagekit_local._transformations.placing import placed
from imagekit_local._transformations.sizing import Client
from imagekit_local._transformations.text import TextStyle, written
from imagekit_local._transformations.values import OPAQUE

Resolve = Callable[[str], Source | None]
_LAYER_TRIM = 10
_TEXT_SIZE = 45
_MAX_DENSITY = 1200


@attrs.frozen
class Rendered:
    """
    A response to deliver: bytes, their MIME type, and headers.
    """

    content: bytes
    mime: str
    headers: Mapping[str, str]


def render(source: Source, steps: tuple[Step, ...], client: Client, resolve: Resolve) -> Rendered:
    """
    Apply all steps of a transformation to a stored file. Blocks.

    Args:
        source: The file.
        steps: The steps, without named transformations.
        client: The client that `auto` depends on.
        resolve: Returns the stored file at a path, or None.

    Raises:
        TransformationError: The transformation cannot be applied to this file.
    """
    if any(step.original for step in steps) or _leaves_alone(source, steps):
        return Rendered(source.path.read_bytes(), source.mime, {})
    budget = Budget()
    picture = opened(source, "tr", budget)
    image = _Studio(client, resolve, budget).transformed(picture, steps, {})
    output = Output.from_steps(steps)
    format = chosen_format(output, picture.format, client.accept, has_alpha=image.mode == "RGBA")
    content = encoded(image, format, output, _extras(picture, steps))
    return Rendered(content, MIMES[format], _headers(steps, client, image.width))


@attrs.frozen
class _Studio:
    client: Client
    resolve: Resolve
    budget: Budget

    def transformed(self, picture: Picture, steps: tuple[Step, ...], below: Mapping[str, float]) -> Image.Image:
        image, orientation = picture.image, picture.orientation
        start = {**sizing.variables("i", image.size), **below, "idn": picture.density}
        for step in steps:
            scope = Scope({**start, **sizing.variables("c", image.size)})
            if step.rotation == "auto":
                # This comes first because sizes and sides refer to the upright image.
                image, orientation = looks.oriented(image, orientation), 1
            if step.trim:
                image = looks.trimmed(image, step.trim)
            target = sizing.target(step, image.size, scope, self.client, picture.focus)
            fill = looks.BLACK if step.background is None else looks.CLEAR
            image = looks.framed(image, frame(image.size, target), fill, self.budget)
            image = self._decorated(self._turned(image, step), step, scope)
            image = self._layered(image, step.layers)
        return image

    def _turned(self, image: Image.Image, step: Step) -> Image.Image:
        if isinstance(step.rotation, float):
            image = looks.rotated(image, step.rotation, self.budget)
        return image if step.flip is None else looks.flipped(image, step.flip)

    def _decorated(self, image: Image.Image, step: Step, scope: Scope) -> Image.Image:
        if step.grayscale:
            image = looks.grayscaled(image)
        if step.blur is not None:
            image = looks.blurred(image, step.blur)
        if step.opacity is not None:
            image = looks.faded(image, step.opacity / 100)
        if step.background is not None:
            opacity = step.background[3] if step.opacity is None else OPAQUE
            image = looks.on_background(image, (*step.background[:3], opacity))
        border = 0 if step.border is None else sizing.distance("b", step.border.width, scope)
        size = image.width + 2 * border, image.height + 2 * border
        radii = sizing.radii(step.radius, size, scope)
        if step.border is not None:
            image = looks.bordered(image, border, step.border.color, radii, self.budget)
        return looks.rounded(image, radii)

    def _layered(self, image: Image.Image, layers: tuple[Layer, ...]) -> Image.Image:
        for layer in layers:
            below = sizing.variables("b", image.size)
            overlay, own = self._drawn(layer, image.size, below)
            self.budget.spend("l", image.size)
            image = placed(image, overlay, layer, Scope({**below, **own}))
        return image

    def _drawn(self, layer: Layer, base: Size, below: Mapping[str, float]) -> tuple[Image.Image, Mapping[str, float]]:
        steps = layer.steps or (Step(),)
        if layer.kind == "text":
            return self._written(layer.content, steps[0], base, Scope(below)), {}
        if layer.kind == "canvas":
            return self._canvas(steps[0], base, Scope(below)), {}
        picture = self._found(layer.content, steps)
        if steps[0].trim is None:
            steps = (attrs.evolve(steps[0], trim=_LAYER_TRIM), *steps[1:])
        image = self.transformed(picture, steps, below)
        own = sizing.variables("i", picture.image.size)
        return image, {**own, **sizing.variables("c", image.size)}

    def _found(self, path: str, steps: tuple[Step, ...]) -> Picture:
        wanted = [("i", path), *(("di", step.default_image) for step in steps if step.default_image is not None)]
        for option, name in wanted:
            source = self.resolve(name)
            if source is not None:
                return opened(source, option, self.budget)
        raise TransformationError("i", f"no such file {path!r}", "ENOENT")

    def _canvas(self, step: Step, base: Size, scope: Scope) -> Image.Image:
        width = sizing.side("w", step.width, base[0], scope, self.client) or base[0]
        height = sizing.side("h", step.height, base[1], scope, self.client) or base[1]
        size = pixels(width), pixels(height)
        self.budget.spend("w", size)
        color = step.background or looks.BLACK
        if step.alpha is not None and color[3] != OPAQUE:
            raise TransformationError("al", "the color has its own opacity")
        image = looks.rounded(looks.solid(size, color), sizing.radii(step.radius, size, scope))
        image = image if step.alpha is None else looks.faded(image, step.alpha)
        return self._layered(image, step.layers)

    def _written(self, text: str, step: Step, base: Size, scope: Scope) -> Image.Image:
        width = sizing.side("w", step.width, base[0], scope, self.client)
        padding = [sizing.distance("pa", value, scope) for value in step.padding or ()]
        top, right, bottom, left = padding or (0, 0, 0, 0)
        style = TextStyle(
            size=_TEXT_SIZE if step.font_size is None else pixels(sizing.distance("fs", step.font_size, scope)),
            color=step.font_color or looks.BLACK,
            background=step.background or looks.CLEAR,
            width=None if width is None else pixels(width),
            alignment=step.inner_alignment or "center",
            line_height=None if step.line_height is None else sizing.distance("lh", step.line_height, scope),
            padding=(top, right, bottom, left),
        )
        image = written(text, style, self.budget)
        image = looks.rounded(image, sizing.radii(step.radius, image.size, scope))
        return self._turned(image if step.alpha is None else looks.faded(image, step.alpha), step)


def _leaves_alone(source: Source, steps: tuple[Step, ...]) -> bool:
    # Pillow cannot read SVG, but an unchanged image need not be read.
    names = {step.format for step in steps}
    is_only_format = all(step == Step(format=step.format) for step in steps)
    return source.mime == SVG and is_only_format and names <= {"auto", "orig", "svg"}


def _extras(picture: Picture, steps: tuple[Step, ...]) -> Extras:
    if any(step.rotation == "auto" for step in steps):
        # The image is upright now, and viewers would turn it again.
        picture.exif.pop(ExifTags.Base.Orientation, None)
    density = None
    for step in steps:
        if step.density is not None:
            density = round(Scope({"idn": picture.density}).value("dn", step.density))
            if not 1 <= density <= _MAX_DENSITY:
                raise TransformationError("dn", f"{density} is not between 1 and {_MAX_DENSITY}")
    return Extras(exif=picture.exif.tobytes() if picture.exif else b"", profile=picture.profile, density=density)


def _headers(steps: tuple[Step, ...], client: Client, width: int) -> dict[str, str]:
    by_width = any(step.width == "auto" for step in walk(steps))
    by_dpr = any(step.dpr == "auto" for step in walk(steps))
    hints = {
        "Accept": any(step.format == "auto" for step in steps),
        "Sec-CH-Width": by_width,
        "Sec-CH-DPR": by_dpr,
    }
    vary = ", ".join(name for name, counts in hints.items() if counts)
    headers = {"vary": vary} if vary else {}
    if (by_width or by_dpr) and client.width is not None and client.dpr is not None:
        headers["content-dpr"] = f"{width / (client.width / client.dpr):g}"
    return headers
