"""
Turns arguments into query parameters, JSON bodies and form fields, or refuses them by their Python names.

Every value is first written as JSON by its kind, so that the three agree on what a value is.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import attrs

from .._json import is_collection, is_mapping, is_object
from .._limits import check
from .._model import PLAIN
from .._scalars import placed, wrong_type
from .._unset import UNSET

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from .._json import Kind
    from .._limits import Limits

# httpx refuses a query string of more than 64 kB.
_MAX_QUERY_CHARS: Final = 60_000
_WAY_OUT: Final = "a list is sent as comma-separated text here. Use a method that sends JSON, like files.update()"


@attrs.frozen(eq=False, repr=False)
class Field:
    """
    A query parameter, or a field of a body.

    Attributes:
        wire: Its name in the API.
        kind: Kind of its values.
        required: Whether it must be given, and not as None.
        limits: What the API's document limits its values to; None for nothing.
    """

    wire: str
    kind: Kind = PLAIN
    required: bool = False
    limits: Limits | None = None


def query_texts(values: Mapping[str, object], fields: Mapping[str, Field] | None = None) -> dict[str, str]:
    """
    Write query parameters as text, leaving out those that are UNSET or None.

    Args:
        values: Value of each parameter, by its Python name.
        fields: The parameters, by their Python names. Without them any name is sent as it is.
    """
    written: dict[str, str] = {}
    for name, value in values.items():
        field = fields[name] if fields is not None else Field(name)
        if _is_given(field, value):
            written[field.wire] = _short(name, _text(name, _encode(name, field.kind, value, field.limits)))
    return written


def free_texts(argument: str, values: Mapping[str, object] | None) -> dict[str, str]:
    """
    Write the parameters that a caller adds by their JSON names, leaving out those that are UNSET or None.

    Args:
        argument: Python name of the mapping, for error messages.
        values: The mapping; None for nothing.
    """
    if values is None:
        return {}
    if not is_mapping(values):
        raise placed(wrong_type("a mapping", values), argument)
    given = {name: value for name, value in values.items() if value is not UNSET and value is not None}
    encoded = _encode(argument, PLAIN, given)
    return {name: _text(f"{argument}[{name!r}]", value) for name, value in encoded.items()}


def json_value(argument: str, value: object) -> Any:
    """
    Write any value as JSON.

    Args:
        argument: Its Python name, for error messages.
        value: The value; UNSET stays UNSET.
    """
    return UNSET if value is UNSET else _encode(argument, PLAIN, value)


def json_body(fields: Mapping[str, Field], values: Mapping[str, object]) -> dict[str, Any]:
    """
    Write a JSON body, leaving out what is UNSET; None becomes null.

    Args:
        fields: The fields, by their Python names.
        values: Value of each field, by its Python name.
    """
    body: dict[str, Any] = {}
    for name, value in values.items():
        field = fields[name]
        if _is_given(field, value):
            body[field.wire] = _encode(name, field.kind, value, field.limits)
        elif value is None:
            body[field.wire] = None
    return body


def form_fields(
    fields: Mapping[str, Field], json_encoded: Collection[str], values: Mapping[str, object]
) -> list[tuple[str, str]]:
    """
    Write the text fields of a form in order, leaving out what is UNSET or None.

    Args:
        fields: The fields, by their Python names.
        json_encoded: Python names of the fields that are sent as JSON text; the others are sent as plain text, lists
            comma-separated.
        values: Value of each field, by its Python name.
    """
    written: list[tuple[str, str]] = []
    for name, value in values.items():
        field = fields[name]
        if _is_given(field, value):
            encoded = _encode(name, field.kind, value, field.limits)
            written.append((field.wire, json_text(encoded) if name in json_encoded else _text(name, encoded)))
    return written


def text(value: Any) -> str:
    """
    Write a value as a query parameter or form field: booleans in lower case, RFC 3339 dates, lists comma-separated,
    objects as JSON.

    Raises:
        TypeError: The value has no text.
        ValueError: The value cannot be written exactly.
    """
    return _joined_or_plain(PLAIN.encode(value))


def json_text(value: Any) -> str:
    """
    Write a value as JSON text.
    """
    return json.dumps(PLAIN.encode(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _is_given(field: Field, value: object) -> bool:
    return field.required or (value is not UNSET and value is not None)


def _encode(place: str, kind: Kind, value: object, limits: Limits | None = None) -> Any:
    try:
        encoded = kind.encode(value)
        check(encoded, limits)
        return encoded
    except (TypeError, ValueError) as error:
        raise placed(error, place) from error
    except RecursionError:
        raise ValueError(f"{place} must not be nested that deeply") from None


def _text(place: str, encoded: Any) -> str:
    try:
        return _joined_or_plain(encoded)
    except (TypeError, ValueError) as error:
        raise placed(error, place) from None


def _short(place: str, value: str) -> str:
    if len(value) * 12 > _MAX_QUERY_CHARS and (size := len(quote(value, safe=""))) > _MAX_QUERY_CHARS:
        raise ValueError(
            f"{place} must have at most {_MAX_QUERY_CHARS:,} characters in a URL, got {size:,}; split the call"
        )
    return value


def _joined_or_plain(encoded: Any) -> str:
    if is_object(encoded):
        return json_text(encoded)
    if not is_collection(encoded):
        return _scalar_text(encoded)
    items = [*encoded]
    return json_text(items) if any(map(is_object, items)) else _joined(items)


def _scalar_text(encoded: Any) -> str:
    if encoded is None or is_collection(encoded):
        raise wrong_type("a str, a number or a bool", encoded)
    return encoded if isinstance(encoded, str) else json.dumps(encoded)


def _joined(items: Sequence[Any]) -> str:
    texts: list[str] = []
    for index, item in enumerate(items):
        try:
            texts.append(_list_item(_scalar_text(item)))
        except (TypeError, ValueError) as error:
            raise placed(error, f"[{index}]") from None
    joined = ",".join(texts)
    if joined.startswith("[") and joined.endswith("]"):
        raise ValueError(f"must not look like a JSON array, got {joined!r}; {_WAY_OUT}")
    return joined


def _list_item(item: str) -> str:
    # JavaScript counts the byte order mark as a space.
    if not item or item != item.strip().strip("\ufeff") or "," in item:
        raise ValueError(f"must not be empty, contain a comma, or begin or end with a space, got {item!r}; {_WAY_OUT}")
    return item
