"""
Open a stored file as an image.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import attrs
from PIL import ExifTags, Image

from imagekit_local._transformations.errors import TransformationError
from imagekit_local._transformations.geometry import Focus
from imagekit_local._transformations.limits import Budget

SVG = "image/svg+xml"
_DEFAULT_DENSITY = 72
_DEEP_MODES = {"I", "I;16", "I;16B", "I;16L"}
_MODES = {"1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr"}
_ANIMATED = {"AVIF", "GIF", "PNG", "WEBP"}


@attrs.frozen
class Source:
    """
    A stored file: its bytes, its type, and its custom coordinates `x,y,width,height`, if any.
    """

    path: Path
    mime: str
    coordinates: str | None = None


@attrs.frozen(kw_only=True)
class Picture:
    """
    The pixels of a file, RGB or RGBA, and its other properties.

    `format` is Pillow's name, `density` is in pixels per inch, and `focus` is on the custom coordinates.
    """

    image: Image.Image
    format: str
    exif: Image.Exif
    profile: bytes
    density: float
    focus: Focus

    @property
    def orientation(self) -> int:
        """
        EXIF orientation, 1 for upright.
        """
        return int(self.exif.get(ExifTags.Base.Orientation, 1))


def opened(source: Source, option: str, budget: Budget) -> Picture:
    """
    Open a file as an image.

    Args:
        source: The file.
        option: Code of the option that names it, for errors.
        budget: The budget to take its pixels from.

    Raises:
        TransformationError: It is not an image, or it is broken, too large, animated or gone.
    """
    if source.mime.startswith("video/"):
        raise TransformationError(option, "the local ImageKit does not transform videos")
    if source.mime == SVG or not source.mime.startswith("image/"):
        raise TransformationError(option, f"the local ImageKit does not transform {source.mime}")
    try:
        with closing(Image.open(source.path)) as file:
            budget.spend(option, file.size)
            return _read(file, source.coordinates, option)
    except FileNotFoundError:
        raise TransformationError(option, "no such file", "ENOENT") from None
    except TransformationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TransformationError(option, "the image is too large", "ELIMIT") from None
    # Pillow's readers let any error through that broken bytes cause.
    except Exception as error:
        raise TransformationError(option, "the image cannot be read") from error


def _read(file: Image.Image, coordinates: str | None, option: str) -> Picture:
    format = "JPEG" if file.format == "MPO" else str(file.format)
    if format in _ANIMATED and getattr(file, "is_animated", False):
        raise TransformationError(option, "the local ImageKit does not transform animated images")
    image = _normalized(file, option)
    return Picture(
        image=image,
        format=format,
        exif=file.getexif(),
        profile=file.info.get("icc_profile") or b"",
        density=float(file.info.get("dpi", (_DEFAULT_DENSITY,))[0]),
        focus=_focus(coordinates, image),
    )


def _normalized(file: Image.Image, option: str) -> Image.Image:
    if file.mode in _DEEP_MODES:
        # Pillow clips 16 bits at 255 instead of scaling them. Its signature refers to numpy, which is not installed.
        image = file.convert("I").point(lambda level: level * (1 / 256)).convert("RGB")  # pyright: ignore[reportUnknownMemberType]
    elif file.mode in _MODES:
        image = file.convert("RGBA" if file.has_transparency_data else "RGB")
    else:
        raise TransformationError(option, f"images of mode {file.mode} cannot be transformed")
    # Pillow would write these into the result.
    image.info.clear()
    return image


def _focus(coordinates: str | None, image: Image.Image) -> Focus:
    if coordinates is None:
        return Focus()
    x, y, width, height = map(int, coordinates.split(","))
    return Focus((x + width / 2) / image.width, (y + height / 2) / image.height, is_point=True)
