"""
The public names: all there, all documented, loaded when first used.
"""

from __future__ import annotations

import importlib.metadata

import pytest

import imagekit_async
from imagekit_async import errors, models


@pytest.mark.parametrize("name", imagekit_async.__all__)
def test_public_names_resolve(name):
    """Each public name leads to an object."""
    assert getattr(imagekit_async, name) is not None


def test_all_errors_are_public():
    """Errors can be imported from the package as well as from their module."""
    assert {name: getattr(errors, name) for name in errors.__all__} == {
        name: getattr(imagekit_async, name) for name in errors.__all__
    }


def test_dir_lists_what_is_public():
    """Completion shows public names only."""
    assert sorted([*imagekit_async.__all__, "errors", "models", "search", "urls", "webhooks"]) == dir(imagekit_async)
    assert sorted(models.__all__) == dir(models)


@pytest.mark.parametrize("module", [imagekit_async, models])
def test_unknown_names(module):
    """A name that does not exist is an AttributeError, as in any module."""
    with pytest.raises(AttributeError, match="Nonsense"):
        module.Nonsense  # noqa: B018


@pytest.mark.parametrize("name", models.__all__)
def test_models_resolve(name):
    """Each model is a class of that name, or the type of one."""
    assert getattr(models, name) is not None


def test_the_version_is_the_packages():
    """The version in the code is the one of the distribution."""
    assert importlib.metadata.version("imagekit-async") == imagekit_async.__version__
