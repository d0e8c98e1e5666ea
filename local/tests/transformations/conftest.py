"""
Images with known pixels, and their transformations.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from imagekit_local._transformations import Client, Rendered, Source, TransformationError, parse, render


@pytest.fixture
def quarters() -> Callable[..., Image.Image]:
    """
    Draw an image of four colors: red and lime at the top, blue and yellow at the bottom.
    """

    def drawn(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
        image = Image.new(mode, (width, height), "red")
        image.paste("lime", (width // 2, 0, width, height))
        image.paste("blue", (0, height // 2, width // 2, height))
        image.paste("yellow", (width // 2, height // 2, width, height))
        return image

    return drawn


@pytest.fixture
def stored(tmp_path: Path) -> Callable[..., Source]:
    """
    Write an image to a file.
    """
    numbers = count()

    def written(
        image: Image.Image, format: str = "PNG", coordinates: str | None = None, mime: str = "image/png", **options: Any
    ) -> Source:
        path = tmp_path / str(next(numbers))
        image.save(path, format, **options)
        return Source(path, mime, coordinates)

    return written


@pytest.fixture
def rendered(quarters: Callable[..., Image.Image], stored: Callable[..., Source]) -> Callable[..., Rendered]:
    """
    Apply a transformation to an image, by default one of four colors, 60x40, stored as PNG.
    """

    def applied(
        text: str,
        source: Source | Image.Image | None = None,
        *,
        accept: str = "",
        hints: tuple[float | None, float | None] = (None, None),
        files: dict[str, Source] | None = None,
    ) -> Rendered:
        if not isinstance(source, Source):
            source = stored(source or quarters())
        return render(source, parse(text), Client(accept, *hints), (files or {}).get)

    return applied


@pytest.fixture
def pixels(rendered: Callable[..., Rendered]) -> Callable[..., Image.Image]:
    """
    Apply a transformation and decode the result.
    """

    def decoded(text: str, source: Source | Image.Image | None = None, **options: Any) -> Image.Image:
        image = Image.open(io.BytesIO(rendered(text, source, **options).content))
        image.load()
        return image

    return decoded


@pytest.fixture
def refused(rendered: Callable[..., Rendered]) -> Callable[..., str]:
    """
    Apply an invalid transformation, and return the reason of the error.
    """

    def reason(text: str, source: Source | Image.Image | None = None, **options: Any) -> str:
        with pytest.raises(TransformationError) as caught:
            rendered(text, source, **options)
        return str(caught.value)

    return reason
