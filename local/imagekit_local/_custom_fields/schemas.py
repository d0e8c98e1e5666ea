"""
The schemas that a field may have.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imagekit_local._custom_fields.values import value_problem
from imagekit_local._dates import parse_date
from imagekit_local._predicates import is_array_of_scalars, is_number

_BOUNDS = {
    "Text": ("minLength", "maxLength"),
    "Textarea": ("minLength", "maxLength"),
    "Number": ("minValue", "maxValue"),
    "Date": ("minValue", "maxValue"),
    "Boolean": (),
    "SingleSelect": ("selectOptions",),
    "MultiSelect": ("selectOptions",),
}
_SHARED = ("isValueRequired", "defaultValue")
_KEYS = (*_SHARED, "minLength", "maxLength", "minValue", "maxValue", "selectOptions")


def known_keys(sent: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return the known keys of a schema, except its type.
    """
    return {name: value for name, value in sent.items() if name in _KEYS}


def is_type(kind: object) -> bool:
    """
    Return whether fields can have this type.
    """
    return isinstance(kind, str) and kind in _BOUNDS


def schema_errors(schema: Mapping[str, Any]) -> dict[str, str]:
    """
    Return the errors in a schema of a known type, by key.
    """
    kind = schema["type"]
    allowed = (*_SHARED, *_BOUNDS[kind])
    problems = {name: _part_problem(kind, name, value) for name, value in schema.items() if name in allowed}
    problems |= {name: "not allowed for this type" for name in known_keys(schema) if name not in allowed}
    if "selectOptions" in allowed and "selectOptions" not in schema:
        problems["selectOptions"] = "is required"
    if schema.get("isValueRequired") is True and "defaultValue" not in schema:
        problems["defaultValue"] = "is required"
    errors = {name: problem for name, problem in problems.items() if problem is not None}
    # A default value can be checked only against valid rules.
    if not errors and "defaultValue" in schema:
        problem = value_problem(schema, schema["defaultValue"])
        return {} if problem is None else {"defaultValue": problem}
    return errors


def _part_problem(kind: str, name: str, value: object) -> str | None:
    if name == "isValueRequired":
        return None if isinstance(value, bool) else "should be of type boolean"
    if name == "selectOptions":
        is_sound = is_array_of_scalars(value) and bool(value)
        return None if is_sound else "should be a non-empty array of strings, numbers and booleans"
    if name == "defaultValue":
        return None
    if kind == "Date":
        return None if parse_date(value) is not None else "should be of type date"
    return None if is_number(value) else "should be of type number"
