"""
Check values of custom metadata against their fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from imagekit_local._account import Account
from imagekit_local._dates import parse_date
from imagekit_local._errors import ApiError
from imagekit_local._predicates import is_array_of_scalars, is_flag, is_number, is_scalar

LIVE_FIELDS = "customMetadataField"


def schemas_by_name(account: Account) -> dict[str, dict[str, Any]]:
    """
    Return the schemas of all fields that are not deleted, by field name. Needs a transaction.
    """
    return {field["name"]: field["schema"] for field in account.store.collection(LIVE_FIELDS).all()}


def uploaded_metadata(account: Account, sent: Mapping[str, Any] | None) -> dict[str, Any]:
    """
    Return the custom metadata of an upload. Needs a transaction.

    Args:
        account: The account that defines the fields.
        sent: The metadata of the upload. With None, required fields get their default values.

    Raises:
        ApiError: 400 if a value is invalid or a required value is absent.
    """
    schemas = schemas_by_name(account)
    if sent is None:
        return {name: schema["defaultValue"] for name, schema in schemas.items() if schema.get("isValueRequired")}
    return _merged(schemas, {}, sent)


def updated_metadata(account: Account, old: Mapping[str, Any], sent: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return the custom metadata of a file after an update: new values replace old ones, None removes a value.

    Needs a transaction.

    Raises:
        ApiError: 400 if a value is invalid or a required value is absent.
    """
    return _merged(schemas_by_name(account), old, sent)


def value_problem(schema: Mapping[str, Any], value: object) -> str | None:
    """
    Return the reason why a value does not fit a field, or None.
    """
    accepts, type_name = _TYPES[schema["type"]]
    if not accepts(value):
        return f"should be of type {type_name}"
    return _option_problem(schema, value) or _bound_problem(schema, value)


def is_option(options: list[Any], value: object) -> bool:
    """
    Return whether a value is one of some options. Unlike in Python, 1 does not equal true in JSON.
    """
    return any(isinstance(option, bool) == isinstance(value, bool) and option == value for option in options)


def _merged(schemas: Mapping[str, Any], old: Mapping[str, Any], sent: Mapping[str, Any]) -> dict[str, Any]:
    errors = {name: problem for name, value in sent.items() if (problem := _problem(schemas.get(name), value))}
    merged = {name: value for name, value in {**old, **sent}.items() if value is not None}
    errors |= {name: "is required" for name, schema in schemas.items() if _is_lacking(schema, merged.get(name))}
    if errors:
        raise ApiError(400, "Invalid custom metadata.", errors=errors)
    return merged


def _problem(schema: Mapping[str, Any] | None, value: object) -> str | None:
    if schema is None:
        return "no such field"
    return None if value is None else value_problem(schema, value)


def _is_lacking(schema: Mapping[str, Any], value: object) -> bool:
    return bool(schema.get("isValueRequired")) and value is None


def _option_problem(schema: Mapping[str, Any], value: Any) -> str | None:
    if "selectOptions" not in schema:
        return None
    chosen: list[object] = value if schema["type"] == "MultiSelect" else [value]
    if all(is_option(schema["selectOptions"], option) for option in chosen):
        return None
    return "should be one of the allowed values"


def _bound_problem(schema: Mapping[str, Any], value: Any) -> str | None:
    for least, most, measure in (("minLength", "maxLength", len), ("minValue", "maxValue", _rank)):
        if least in schema and measure(value) < _rank(schema[least]):
            return f"should not be below {least} {schema[least]}"
        if most in schema and measure(value) > _rank(schema[most]):
            return f"should not be above {most} {schema[most]}"
    return None


def _rank(value: Any) -> Any:
    return parse_date(value) if isinstance(value, str) else value


_TYPES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "Text": (lambda value: isinstance(value, str), "string"),
    "Textarea": (lambda value: isinstance(value, str), "string"),
    "Number": (is_number, "number"),
    "Date": (lambda value: parse_date(value) is not None, "date"),
    "Boolean": (is_flag, "boolean"),
    "SingleSelect": (is_scalar, "string, number or boolean"),
    "MultiSelect": (is_array_of_scalars, "array"),
}
