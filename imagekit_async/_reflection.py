"""
The fields of a model as other libraries see them: with real types, and not found by libraries that read memory.
"""

from __future__ import annotations

import typing
from functools import cache
from importlib import import_module
from typing import Any

import attrs


@attrs.frozen(eq=False, repr=False)
class ModelField:
    """
    One field of a model: its name in Python and in JSON, its type, and whether it must be given.
    """

    name: str
    wire: str
    type: Any
    is_required: bool


class Attributes:
    """
    Value of `__attrs_attrs__`: the attrs fields of a model, with types instead of their source text.

    Models import the models that they refer to only when needed, so attrs itself cannot resolve their annotations.
    """

    def __get__(self, instance: object, owner: Any) -> tuple[attrs.Attribute[Any], ...]:
        """
        Return the fields of the class, from which attrs, cattrs and the like read names and types.
        """
        return _typed_attributes(owner)

    @staticmethod
    def take_over(model: Any) -> None:
        """
        Move the fields that attrs stored in a class to where this descriptor finds them.

        msgspec reads the slots of a class with an `__attrs_attrs__` of its own from memory. Slots are empty until a
        field is read, so it would write `{}`. Without the entry it calls its `enc_hook` or raises a TypeError.
        """
        if "__attrs_attrs__" in vars(model):
            model._attributes = model.__attrs_attrs__
            del model.__attrs_attrs__


@cache
def _typed_attributes(model: Any) -> tuple[attrs.Attribute[Any], ...]:
    types = typing.get_type_hints(model, localns=_Models())
    return tuple(attribute.evolve(type=types[attribute.name]) for attribute in model._attributes)


def fields_of(model: Any) -> list[ModelField]:
    """
    Return the fields of a model that the API documents, and import the models they refer to.
    """
    return [
        ModelField(attribute.name, prop.wire, attribute.type, attribute.default is attrs.NOTHING)
        for attribute in _typed_attributes(model)
        if (prop := model._properties.get(attribute.name))
    ]


class _Models(dict[str, Any]):
    def __missing__(self, name: str) -> Any:
        try:
            return getattr(import_module("._generated.models", __package__), name)
        except AttributeError:
            raise KeyError(name) from None
