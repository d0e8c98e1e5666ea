"""
What JSON values are, where a request may hold anything.
"""

from __future__ import annotations

from typing import Any, TypeGuard, cast
from urllib.parse import urlsplit


def is_text(value: Any) -> TypeGuard[str]:
    """
    Whether a value is a string that is not empty.
    """
    return isinstance(value, str) and bool(value)


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """
    Return whether a value is an object.
    """
    return isinstance(value, dict)


def is_array(value: Any) -> TypeGuard[list[Any]]:
    """
    Return whether a value is an array.
    """
    return isinstance(value, list)


def is_flag(value: Any) -> TypeGuard[bool]:
    """
    Whether a value is true or false.
    """
    return isinstance(value, bool)


def is_number(value: Any) -> TypeGuard[int | float]:
    """
    Whether a value is a number, which true and false are not.
    """
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_scalar(value: Any) -> TypeGuard[str | int | float]:
    """
    Whether a value is a string, a number, true or false.
    """
    return isinstance(value, str | int | float)


def is_array_of_scalars(value: Any) -> TypeGuard[list[str | int | float]]:
    """
    Whether a value is an array of strings, numbers, true and false.
    """
    return isinstance(value, list) and all(map(is_scalar, cast("list[object]", value)))


def is_web_url(value: Any) -> TypeGuard[str]:
    """
    Whether a value is an http or https URL with a host.
    """
    if not isinstance(value, str) or any(map(str.isspace, value)):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def has_credentials(url: str) -> bool:
    """
    Return whether a URL names a user, so that requesting it would send credentials.
    """
    try:
        return "@" in urlsplit(url).netloc
    except ValueError:
        return False
