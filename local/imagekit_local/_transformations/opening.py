"""
Open the bytes of a stored file as a picture.
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
    A stored file: its bytes, its type, and the custom coordinates `x,y,width,height` it may have.
    """

    path: Path
    mime: str
    coordinates: str | None = None


@attrs.frozen(kw_only=True)
class Picture:
    """
    The pixels of a file, RGB or RGBA, and what else it says about itself.

    `format` is Pillow's name, `density` in pixels an inch; `focus` is on the custom coordinates.
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
        How EXIF has the picture turned, 1 for upright.
        """
        return int(self.exif.get(ExifTags.Base.Orientation, 1))


def opened(source: Source, option: str, budget: Budget) -> Picture:
    """
    A file as a picture.

    Args:
        source: The file.
        option: Code of the option that names it, for errors.
        budget: What the picture may cost.

    Raises:
        TransformationError: It is no picture, broken, too large, animated, or gone.
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
        raise TransformationError(option, "the picture is too large", "ELIMIT") from None
    # Pillow's readers let through whatever error broken bytes cause.
    except Exception as error:
        raise TransformationError(option, "the picture cannot be read") from error


def _read(file: Image.Image, coordinates: str | None, option: str) -> Picture:
    format = "JPEG" if file.format == "MPO" else str(file.format)
    if format in _ANIMATED and getattr(file, "is_animated", False):
        raise TransformationError(option, "the local ImageKit does not transform animated pictures")
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
        # Pillow cuts 16 bits off at 255 instead of scaling them; its signature refers to numpy, which is not there.
        image = file.convert("I").point(lambda level: level * (1 / 256)).convert("RGB")  # pyright: ignore[reportUnknownMemberType]
    elif file.mode in _MODES:
        image = file.convert("RGBA" if file.has_transparency_data else "RGB")
    else:
        raise TransformationError(option, f"pictures of mode {file.mode} cannot be transformed")
    # Pillow would write what stands there into the result.
    image.info.clear()
    return image


def _focus(coordinates: str | None, image: Image.Image) -> Focus:
    if coordinates is None:
        return Focus()
    x, y, width, height = map(int, coordinates.split(","))
    return Focus((x + width / 2) / image.width, (y + height / 2) / image.height, is_point=True)
