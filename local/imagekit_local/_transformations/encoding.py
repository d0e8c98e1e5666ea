"""
Encode an image in the requested format, or in the one that the client prefers.
"""

from __future__ import annotations

import io
from typing import Any

import attrs
from PIL import Image

from imagekit_local._transformations.errors import TransformationError
from imagekit_local._transformations.limits import MAX_SIDE
from imagekit_local._transformations.looks import on_background
from imagekit_local._transformations.options import Step
from imagekit_local._transformations.values import OPAQUE

MIMES = {
    "AVIF": "image/avif",
    "BMP": "image/bmp",
    "GIF": "image/gif",
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "TIFF": "image/tiff",
    "WEBP": "image/webp",
}
_DEFAULT_QUALITY = 80
_FORMATS = {"avif": "AVIF", "gif": "GIF", "jpeg": "JPEG", "jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
_LOSSLESS = {"BMP", "PNG", "TIFF", "WEBP"}
_WITHOUT_ALPHA = {"BMP", "JPEG"}
_WITH_QUALITY = {"AVIF", "JPEG", "WEBP"}
_MAX_SIDES = {"JPEG": 65_500, "WEBP": 16_383}
_WHITE = (OPAQUE, OPAQUE, OPAQUE, OPAQUE)


@attrs.frozen(kw_only=True)
class Output:
    """
    What a transformation says about the encoding; None if it says nothing.
    """

    format: str | None = None
    quality: float | None = None
    progressive: bool | None = None
    lossless: bool | None = None
    color_profile: bool | None = None
    metadata: bool | None = None

    @classmethod
    def from_steps(cls, steps: tuple[Step, ...]) -> Output:
        """
        Return the output options; for each, the last step that has it counts.
        """
        fields: dict[str, Any] = {}
        for step in steps:
            said = {field.name: getattr(step, field.name) for field in attrs.fields(cls)}
            fields |= {name: value for name, value in said.items() if value is not None}
        return cls(**fields)


@attrs.frozen(kw_only=True)
class Extras:
    """
    What a file holds besides its pixels: EXIF data, ICC profile, and pixels per inch.
    """

    exif: bytes = b""
    profile: bytes = b""
    density: int | None = None


def chosen_format(output: Output, origin: str, accept: str, *, has_alpha: bool) -> str:
    """
    Return Pillow's name of the format to deliver.

    Args:
        output: The requested output.
        origin: Pillow's name of the format of the stored file.
        accept: Value of the Accept header of the client.
        has_alpha: Whether parts of the image are transparent.

    Raises:
        TransformationError: The image cannot be delivered in this format.
    """
    stored = origin if origin in MIMES else "PNG"
    if output.format == "auto":
        return _preferred(output, stored, accept, has_alpha=has_alpha)
    name = stored if output.format in {None, "orig"} else _FORMATS.get(str(output.format))
    if name is None or (name == "GIF" and origin != "GIF"):
        raise TransformationError("f", f"an image stored as {origin} cannot become {output.format}")
    if output.lossless and name not in _LOSSLESS:
        raise TransformationError("lo", f"{name} images are not lossless")
    return name


def encoded(image: Image.Image, format: str, output: Output, extras: Extras) -> bytes:
    """
    Return an image as bytes in a format.

    Args:
        image: The image, which gets a white background if the format has no alpha.
        format: Pillow's name of the format.
        output: The requested output.
        extras: What to keep if requested; the density is always kept.

    Raises:
        TransformationError: The image is too large for the format, or Pillow cannot write it.
    """
    limit = _MAX_SIDES.get(format, MAX_SIDE)
    if max(image.size) > limit:
        raise TransformationError("f", f"{format} images have at most {limit} pixels per side", "ELIMIT")
    if format in _WITHOUT_ALPHA:
        image = on_background(image, _WHITE)
    buffer = io.BytesIO()
    try:
        image.save(buffer, format, **_options(format, output, extras))
    # Each of Pillow's writers raises its own errors for images that it cannot write.
    except Exception as error:
        raise TransformationError("f", f"the image cannot be written as {format}") from error
    return buffer.getvalue()


def _preferred(output: Output, stored: str, accept: str, *, has_alpha: bool) -> str:
    # A type that cannot be parsed is not accepted; `*/*` says nothing about formats that not every client supports.
    accepted = {kind.strip() for kind, _, weight in _weighted(accept) if weight.strip() not in {"q=0", "q=0.0"}}
    # Before, Pillow knows only the oldest formats.
    Image.init()
    for name in ("WEBP",) if output.lossless else ("AVIF", "WEBP"):
        if MIMES[name] in accepted and name in Image.SAVE:
            return name
    keeps = {"GIF", "PNG"} if has_alpha else {"GIF", "JPEG", "PNG"}
    return stored if stored in keeps and not output.lossless else "PNG"


def _weighted(accept: str) -> list[tuple[str, str, str]]:
    return [item.lower().partition(";") for item in accept.split(",")]


def _options(format: str, output: Output, extras: Extras) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if format in _WITH_QUALITY:
        options["quality"] = _DEFAULT_QUALITY if output.quality is None else round(output.quality)
    if format == "JPEG":
        options["progressive"] = bool(output.progressive)
    if format == "WEBP" and output.lossless:
        # Without `exact`, the color of transparent pixels is lost.
        options |= {"lossless": True, "exact": True}
    if output.metadata and extras.exif:
        options["exif"] = extras.exif
    if (output.metadata or output.color_profile) and extras.profile:
        options["icc_profile"] = extras.profile
    if extras.density is not None:
        options["dpi"] = (extras.density, extras.density)
    return options
