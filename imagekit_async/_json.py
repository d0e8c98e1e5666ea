"""
JSON values: how they are distinguished, what a kind of them is, and the kinds of arrays and objects.
"""

from __future__ import annotations

from collections import UserString
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, Final, Protocol, TypeGuard, cast

import attrs

from ._scalars import STRING, placed, wrong_type

_SCALAR_ITERABLES: Final = (str, bytes, bytearray, memoryview, UserString, Mapping, Enum)


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """
    Return whether a JSON value is an object.
    """
    return isinstance(value, dict)


def is_mapping(value: object) -> TypeGuard[Mapping[str, Any]]:
    """
    Return whether an argument is a mapping.
    """
    return isinstance(value, Mapping)


def is_collection(value: object) -> TypeGuard[Iterable[Any]]:
    """
    Return whether an argument stands for a JSON array: any iterable except strings, bytes, flags and mappings.
    """
    return isinstance(value, Iterable) and not isinstance(value, _SCALAR_ITERABLES)


class Kind(Protocol):
    """
    How one type of value is read from JSON and written to it.
    """

    def decode(self, raw: Any) -> Any:
        """
        Read a JSON value; None when it is null, absent or not of this type.
        """
        ...

    def encode(self, value: Any) -> Any:
        """
        Write a value as JSON, accepting what the type annotations accept.
        """
        ...


class AsItCame:
    """
    Base of the kinds that read every JSON value as it came.
    """

    def decode(self, raw: Any) -> Any:
        """
        Return the JSON value unchanged.
        """
        return raw


@attrs.frozen(eq=False, repr=False)
class Array:
    """
    JSON arrays whose items are of one kind.
    """

    item: Kind

    def decode(self, raw: Any) -> list[Any] | None:
        """
        Return a list, or None when the value is not an array.
        """
        if not isinstance(raw, list):
            return None
        items: list[Any] = cast("Any", raw)
        if isinstance(self.item, AsItCame):
            return items.copy()
        decode = self.item.decode
        # `map` would take twice as long.
        return [decode(item) for item in items]

    def encode(self, value: Any) -> Any:
        """
        Return a list of encoded items.

        Raises:
            TypeError: The value is a single string or mapping, or cannot be iterated, or an item has the wrong type.
            ValueError: An item cannot be written exactly.
        """
        if not is_collection(value):
            raise wrong_type("a list", value)
        return encoded_list(value, self.item)


@attrs.frozen(eq=False, repr=False)
class MapOf:
    """
    JSON objects with free keys and values of one kind.
    """

    value: Kind

    def decode(self, raw: Any) -> dict[str, Any] | None:
        """
        Return a dict, or None when the value is not an object.
        """
        if not is_object(raw):
            return None
        return raw.copy() if isinstance(self.value, AsItCame) else {k: self.value.decode(v) for k, v in raw.items()}

    def encode(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return a dict of encoded values.

        Raises:
            TypeError: The value is not a mapping, or an item has the wrong type.
            ValueError: An item cannot be written exactly.
        """
        if not is_mapping(value):
            raise wrong_type("a mapping", value)
        return encoded_items(value, self.value)


@attrs.frozen(eq=False, repr=False)
class AnyOf:
    """
    Values of any of several kinds, in the order in which they are tried.
    """

    kinds: Sequence[Kind]

    def decode(self, raw: Any) -> Any:
        """
        Return the value of the first kind that reads all of it, or the JSON value unchanged if none does.
        """
        values = (kind.decode(raw) for kind in self.kinds)
        unread = isinstance(raw, list)
        return next((value for value in values if value is not None and not (unread and None in value)), raw)

    def encode(self, value: Any) -> Any:
        """
        Return JSON by the first kind that takes the value.

        Raises:
            TypeError: No kind takes it; the error is that of the first one.
            ValueError: It cannot be written exactly.
        """
        errors: list[TypeError] = []
        for kind in self.kinds:
            try:
                return kind.encode(value)
            except TypeError as error:
                errors.append(error)
        raise errors[0]


def encoded_list(values: Iterable[Any], kind: Kind) -> list[Any]:
    """
    Write each item by the kind; an error says which one is wrong.
    """
    encoded: list[Any] = []
    for index, value in enumerate(values):
        try:
            encoded.append(kind.encode(value))
        except (TypeError, ValueError) as error:
            raise placed(error, f"[{index}]") from None
    return encoded


def encoded_items(values: Mapping[Any, Any], kind: Kind) -> dict[str, Any]:
    """
    Write each value by the kind and each key as text; an error says which one is wrong.
    """
    encoded: dict[str, Any] = {}
    for key, value in values.items():
        try:
            name = STRING.encode(key)
            if name in encoded:
                raise ValueError("must be given only once")
            encoded[name] = kind.encode(value)
        except (TypeError, ValueError) as error:
            raise placed(error, f"[{key!r}]") from None
    return encoded
