"""
Responsive images: which widths to offer a browser, and the HTML that offers them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

import attrs

from ._build import build_url
from ._kinds import decimal_text, is_number, refused

if TYPE_CHECKING:
    from ._types import QueryValue, Transformation, TransformationPosition

DEVICE_BREAKPOINTS = (640, 750, 828, 1080, 1200, 1920, 2048, 3840)
IMAGE_BREAKPOINTS = (16, 32, 48, 64, 96, 128, 256, 384)
_VIEWPORT_PERCENT = re.compile(r"(?:\A|\s)(1?\d{1,2})vw", re.ASCII)
_ATTRIBUTE = re.compile(r"[a-z][a-z0-9-]*")


class HTML(str):
    """
    Markup that is safe to insert as it is. Template engines that know `__html__` do not escape it again.
    """

    __slots__ = ()

    def __html__(self) -> str:
        """
        Return the markup.
        """
        return str(self)


@attrs.frozen
class ResponsiveImageAttributes:
    """
    Attributes of a responsive `<img>`.

    Attributes:
        src: URL of the largest image, for browsers that do not choose.
        candidates: URL and descriptor, such as `640w` or `2x`, of each image to choose from.
        sizes: The attribute `sizes`; None if the descriptors are densities.
        width: Width in CSS pixels; None if none was given.
    """

    src: str
    candidates: tuple[tuple[str, str], ...]
    sizes: str | None = None
    width: float | None = None

    @property
    def src_set(self) -> str:
        """
        Return the attribute `srcset`.
        """
        return ", ".join(f"{url} {descriptor}" for url, descriptor in self.candidates)


def get_responsive_image_attributes(
    *,
    src: str,
    url_endpoint: str,
    transformation: Sequence[Transformation] | None = None,
    transformation_position: TransformationPosition = "query",
    query_parameters: Mapping[str, QueryValue] | None = None,
    width: float | None = None,
    sizes: str | None = None,
    device_breakpoints: Sequence[int] = DEVICE_BREAKPOINTS,
    image_breakpoints: Sequence[int] = IMAGE_BREAKPOINTS,
) -> ResponsiveImageAttributes:
    """
    Return the attributes of an `<img>` that lets the browser load the smallest image that looks sharp.

    >>> get_responsive_image_attributes(src="cat.jpg", url_endpoint="https://ik.imagekit.io/demo", width=400).src_set
    'https://ik.imagekit.io/demo/cat.jpg?tr=w-640,c-at_max 1x, https://ik.imagekit.io/demo/cat.jpg?tr=w-828,c-at_max 2x'

    Args:
        src: As for `build_url`.
        url_endpoint: As for `build_url`.
        transformation: As for `build_url`. A step that sets the width is added.
        transformation_position: As for `build_url`.
        query_parameters: As for `build_url`.
        width: Width in CSS pixels, for an image of fixed width.
        sizes: The attribute `sizes`, for an image whose width follows the window; takes precedence over `width`.
        device_breakpoints: Widths of common screens, in pixels.
        image_breakpoints: Smaller widths, in pixels.

    Raises:
        ValueError: An argument is not valid, or there is no breakpoint to choose from.
    """
    widths, by_density = _widths(device_breakpoints, image_breakpoints, width, sizes)
    urls = [
        _listable(
            build_url(
                src=src,
                url_endpoint=url_endpoint,
                transformation=[*(transformation or ()), {"width": candidate, "crop": "at_max"}],
                transformation_position=transformation_position,
                query_parameters=query_parameters,
            )
        )
        for candidate in widths
    ]
    descriptors = ["1x", "2x"] if by_density else [f"{candidate}w" for candidate in widths]
    candidates = tuple(zip(urls, descriptors, strict=False))
    return ResponsiveImageAttributes(urls[-1], candidates, None if by_density else sizes or "100vw", width)


def _listable(url: str) -> str:
    # A comma at the end of a URL would end the candidate and lose its descriptor.
    bare = url.rstrip(",")
    return f"{bare}{'%2C' * (len(url) - len(bare))}"


def _sorted(name: str, breakpoints: Sequence[int]) -> list[int]:
    for pixels in breakpoints:
        if not is_number(pixels) or pixels < 1 or pixels != int(pixels):
            raise ValueError(f"{name} {refused('whole numbers of pixels of at least 1', pixels)}")
    return sorted({*map(int, breakpoints)})


def _widths(
    device_breakpoints: Sequence[int], image_breakpoints: Sequence[int], width: float | None, sizes: str | None
) -> tuple[list[int], bool]:
    if width is not None and not (is_number(width) and width > 0):
        raise ValueError(f"width {refused('a number of pixels above 0', width)}")
    device = _sorted("device_breakpoints", device_breakpoints)
    every = sorted({*device, *_sorted("image_breakpoints", image_breakpoints)})
    by_density = not sizes and width is not None
    if sizes:
        widths = _fitting(sizes, device, every)
    elif width is None:
        widths = device
    else:
        targets = (width, 2 * width) if every else ()
        nearest = [next((pixels for pixels in every if pixels >= target), every[-1]) for target in targets]
        widths = list(dict.fromkeys(nearest))
    if not widths:
        raise ValueError("device_breakpoints and image_breakpoints leave no width to choose from")
    return widths, by_density


def _fitting(sizes: str, device: list[int], every: list[int]) -> list[int]:
    percents = [int(percent) for percent in _VIEWPORT_PERCENT.findall(sizes)]
    if not percents or not device:
        return every
    # Divide first: this matters if the product is exactly a breakpoint.
    smallest = device[0] * (min(percents) / 100)
    return [pixels for pixels in every if pixels >= smallest] or every[-1:]


@attrs.frozen
class Source:
    """
    An alternative inside `<picture>`.

    Attributes:
        attributes: Its images.
        media: Media condition under which the browser chooses it; None for any.
        type: MIME type that the browser must support; None for any.
    """

    attributes: ResponsiveImageAttributes
    media: str | None = None
    type: str | None = None


def img(attributes: ResponsiveImageAttributes, *, alt: str, **extra: str | float | bool | None) -> HTML:
    """
    Return an `<img>` with all values escaped.

    Args:
        attributes: What `get_responsive_image_attributes` returned.
        alt: Text for users who do not see the image; empty for decoration.
        extra: More attributes. `class_` means `class`; other underscores become hyphens. True gives an attribute
            without a value; False and None leave it out.

    Raises:
        ValueError: The name of an attribute is not valid.
    """
    shown = {
        "src": attributes.src,
        "srcset": attributes.src_set,
        "sizes": attributes.sizes,
        "width": None if attributes.width is None else round(attributes.width),
        "alt": alt,
    }
    return _tag("img", {**shown, **{name.rstrip("_").replace("_", "-"): value for name, value in extra.items()}})


def picture(
    fallback: ResponsiveImageAttributes, sources: Sequence[Source], *, alt: str, **extra: str | float | bool | None
) -> HTML:
    """
    Return a `<picture>` with all values escaped. The browser shows the first source that fits, or the fallback.

    Args:
        fallback: Images of the `<img>`.
        sources: Alternatives, preferred ones first.
        alt: As for `img`.
        extra: Attributes of the `<img>`, as for `img`.

    Raises:
        ValueError: The name of an attribute is not valid.
    """
    tags = [
        _tag(
            "source",
            {
                "media": source.media,
                "type": source.type,
                "srcset": source.attributes.src_set,
                "sizes": source.attributes.sizes,
            },
        )
        for source in sources
    ]
    return HTML(f"<picture>{''.join(tags)}{img(fallback, alt=alt, **extra)}</picture>")


def _tag(name: str, attributes: Mapping[str, str | float | bool | None]) -> HTML:
    return HTML(f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>")


def _attribute(name: str, value: str | float | bool | None) -> str:
    if not _ATTRIBUTE.fullmatch(name):
        raise ValueError(f"name of an attribute {refused('lower-case letters, digits and hyphens', name)}")
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    return f' {name}="{escape(value if isinstance(value, str) else decimal_text(value))}"'
