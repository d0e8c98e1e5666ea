"""
Every generated model keeps the same promises, and none is imported before it is needed.
"""

from __future__ import annotations

import inspect
import subprocess
import sys
from typing import get_args

import attrs
import pytest

from imagekit_async import models
from imagekit_async.models import Model

NAMES = sorted({*models.__all__} - {"Model", "UnknownModel"})
CLASSES = [value for value in (getattr(models, name) for name in NAMES) if inspect.isclass(value)]
MODELS = [value for value in CLASSES if issubclass(value, Model)]


def test_the_module_lists_its_models() -> None:
    """`dir` shows what can be imported; every name is a model or an enumeration of strings, and others do not exist."""
    enumerations = [getattr(models, name) for name in NAMES if getattr(models, name) not in CLASSES]

    assert {*NAMES, "Model", "UnknownModel"} == {*dir(models)}
    assert {str} == {type(value) for enumeration in enumerations for value in get_args(enumeration)}
    assert [] == [enumeration for enumeration in enumerations if not get_args(enumeration)]
    with pytest.raises(AttributeError, match="NoSuchModel"):
        models.NoSuchModel  # noqa: B018


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_models_are_frozen_slotted_attrs_classes(model: type[Model]) -> None:
    """A model is an attrs class, has no dict, and cannot be changed."""
    instance = model.from_dict({})

    assert (True, True) == (issubclass(model, Model), attrs.has(model))
    assert 0 == model.__dictoffset__
    assert [*model._properties, "additional_properties"] == [field.name for field in attrs.fields(model)]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        instance.additional_properties = {}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_models_document_their_fields(model: type[Model]) -> None:
    """The docstring of a model begins with what it is and describes each of its fields."""
    summary, _, attributes = inspect.cleandoc(model.__doc__ or "").partition("\n\nAttributes:\n")
    described = [line.strip().partition(":")[0] for line in attributes.splitlines() if line[4:5].strip()]

    assert summary
    assert [field.name for field in attrs.fields(model)] == described


@pytest.mark.parametrize(
    "statement",
    [
        "import imagekit_async",
        "from imagekit_async import AsyncImageKit",
        "import imagekit_async.models",
    ],
)
def test_models_are_imported_when_they_are_used(statement: str) -> None:
    """Importing the package, the client or the models' module imports no model."""
    script = (
        f"import sys; {statement}; print([m for m in sys.modules if m.startswith('imagekit_async._generated.models.')])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert "[]\n" == result.stdout
