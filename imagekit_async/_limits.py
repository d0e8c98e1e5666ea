"""
Limits that the API's document sets to arguments, in the words of JSON Schema.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from operator import ge, gt, le, lt
from typing import Any, TypeAlias

from ._json import is_collection
from ._scalars import placed

Limits: TypeAlias = Mapping[str, Any]

# By keyword: the JSON types that it limits, whether a value is within the limit, and what is required.
_RULES: Mapping[str, tuple[tuple[type, ...], Callable[[Any, Any], object], str]] = {
    "minimum": ((int, float), ge, "be at least {}"),
    "maximum": ((int, float), le, "be at most {}"),
    "exclusiveMinimum": ((int, float), gt, "be more than {}"),
    "exclusiveMaximum": ((int, float), lt, "be less than {}"),
    "minLength": ((str,), ge, "have at least {} characters"),
    "maxLength": ((str,), le, "have at most {} characters"),
    "minItems": ((list,), ge, "contain at least {} items"),
    "maxItems": ((list,), le, "contain at most {} items"),
}


def check(value: Any, limits: Limits | None) -> None:
    """
    Check a JSON value; limits of other JSON types do not concern it.

    Args:
        value: The value, as it is sent.
        limits: Keywords of JSON Schema; with `format: password`, no error shows the value. None for no limits.

    Raises:
        ValueError: The value is outside a limit.
    """
    if not limits:
        return
    size = len(value) if type(value) in (str, list) else value
    for keyword, (types, is_within, required) in _RULES.items():
        if keyword in limits and type(value) in types and not is_within(size, limits[keyword]):
            stated = required.format(limits[keyword])
            raise ValueError(f"must {stated.removesuffix('s') if limits[keyword] == 1 else stated}, got {size}")
    pattern = limits.get("pattern")
    if isinstance(value, str) and pattern is not None and not re.search(pattern, value):
        got = "" if limits.get("format") == "password" else f", got {value!r}"
        raise ValueError(f"must match the regular expression {pattern}{got}")
    if "items" in limits and is_collection(value):
        for index, item in enumerate(value):
            try:
                check(item, limits["items"])
            except ValueError as error:
                raise placed(error, f"[{index}]") from None
