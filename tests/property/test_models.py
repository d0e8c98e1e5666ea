"""
Any JSON object can be read as any model, and comes back as it was.
"""

from __future__ import annotations

import copy
import inspect
import json
import pickle
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from imagekit_async import models
from imagekit_async._model import Model

NAMES = sorted({*models.__all__} - {"Model"})
CLASSES = [
    model for model in (getattr(models, name) for name in NAMES) if inspect.isclass(model) and issubclass(model, Model)
]
TAGS = ["file", "folder", "IMGIX", "S3", "yes_no", "remove-bg", "abs", "2026-04-02", "2026-04-02T12:00:00.5Z"]

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.sampled_from(TAGS)
known_names = st.sampled_from(sorted({prop.wire for model in CLASSES for prop in model._properties.values()}))
keys = st.text() | known_names
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=10)


@st.composite
def served_models(draw: st.DrawFn) -> tuple[Model, dict[str, Any]]:
    """Draw a model and the JSON object it was made from, which has some of the model's own fields."""
    model = draw(st.sampled_from(CLASSES))
    wires = [prop.wire for prop in model._properties.values()]
    raw = draw(st.dictionaries(st.sampled_from(wires) | keys if wires else keys, values, max_size=8))
    return model.from_dict(raw), raw


def read(value: Any) -> None:
    """Read every attribute of a model and of all that it holds."""
    if isinstance(value, Model):
        for field in attrs.fields(type(value)):
            read(getattr(value, field.name, None))
    elif isinstance(value, dict):
        for item in value.values():
            read(item)
    elif isinstance(value, list):
        for item in value:
            read(item)


@given(served_models())
def test_any_object_can_be_read_and_given_back(served: tuple[Model, dict[str, Any]]) -> None:
    """Reading every attribute raises at most a MissingFieldError, and changes nothing of what a model gives back."""
    model, raw = served
    text = json.dumps(raw)
    read(model)

    assert text == json.dumps(model.to_dict())
    assert repr(model).startswith(f"{type(model).__name__}(")


@given(served_models())
def test_any_model_pickles_and_copies(served: tuple[Model, dict[str, Any]]) -> None:
    """A pickled or copied model equals the original and gives back the same JSON, whether it was read before or not."""
    model, raw = served
    text = json.dumps(raw)
    for remade in (pickle.loads(pickle.dumps(model)), copy.copy(model), copy.deepcopy(model)):
        assert text == json.dumps(remade.to_dict())
        assert model == remade
