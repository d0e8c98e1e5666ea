"""
The examples in docstrings, and the tables that describe the code.
"""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from types import ModuleType
from typing import get_type_hints

import pytest

import imagekit_async.search
from imagekit_async import urls
from imagekit_async.urls import _options, _types

MODULES = [
    imagekit_async.search,
    *(importlib.import_module(f"{urls.__name__}.{found.name}") for found in pkgutil.iter_modules(urls.__path__)),
]
PLACES = {
    "Transformation": _options.TOP,
    "TextStyle": _options.LAYERS["text"],
    "SubtitleStyle": _options.LAYERS["subtitle"],
    "SolidColorStyle": _options.LAYERS["solidColor"],
}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_docstring_examples(module: ModuleType) -> None:
    """Every example in a docstring produces the output it shows."""
    assert 0 == doctest.testmod(module).failed


@pytest.mark.parametrize("name", PLACES)
def test_types_name_every_option(name: str) -> None:
    """The typed dictionaries name exactly the options that are accepted."""
    assert set(PLACES[name].names) == set(getattr(_types, name).__annotations__)


def test_types_name_every_field_of_a_layer() -> None:
    """The typed dictionaries of layers, positions and timings name exactly the accepted fields."""
    kinds = {"ImageOverlay": "image", "VideoOverlay": "video", "TextOverlay": "text", "SubtitleOverlay": "subtitle"}
    from imagekit_async.urls._transformation import FIELDS

    for name, kind in {**kinds, "SolidColorOverlay": "solidColor"}.items():
        assert set(FIELDS[kind]) == set(get_type_hints(getattr(_types, name)))
    assert set(_options.POSITION) == set(_types.Position.__annotations__)
    assert set(_options.TIMING) == set(_types.Timing.__annotations__)


def test_exports() -> None:
    """The names in `__all__` exist and are sorted."""
    assert sorted(urls.__all__, key=lambda name: (not name.isupper(), not name[0].isupper(), name)) == urls.__all__
    assert all(hasattr(urls, name) for name in urls.__all__)
