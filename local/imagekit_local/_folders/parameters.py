"""
Parameters and errors that copies, moves and renames of files and folders share.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imagekit_local._errors import ApiError
from imagekit_local._values import canonical_path, clean_folder

GENERAL = "Your request is missing parameters / contains invalid parameters."
_DOTS = {".", ".."}


def refusal(reason: str, message: str = GENERAL) -> ApiError:
    """
    Return the error for invalid parameters.

    Args:
        reason: Code of the cause, in upper case.
        message: Text for the caller.
    """
    return ApiError(400, message, reason=reason)


def text(body: Mapping[str, Any], name: str) -> str:
    """
    Return a parameter that must be a string that is not empty.

    Raises:
        ApiError: 400 if it is missing or not a string.
    """
    value = body.get(name)
    if value is None or value == "":
        raise refusal("MISSING_PARAMETER")
    if not isinstance(value, str):
        raise refusal("INVALID_PARAMETER")
    return value


def flag(body: Mapping[str, Any], name: str) -> bool:
    """
    Return a parameter that defaults to false.

    Raises:
        ApiError: 400 if it is not a boolean.
    """
    value = body.get(name, False)
    if not isinstance(value, bool):
        raise refusal("INVALID_PARAMETER")
    return value


def existing_path(body: Mapping[str, Any], name: str) -> str:
    """
    Return the canonical form of a path to look up.

    Raises:
        ApiError: 400 if it is missing or not a string.
    """
    return canonical_path(text(body, name))


def target_folder(body: Mapping[str, Any], name: str) -> str:
    """
    Return the canonical form of a path to write to, with only the characters that folders can have.

    Raises:
        ApiError: 400 if it is missing, not a string, too deep, or has a folder named `.` or `..`.
    """
    path = text(body, name)
    if has_dots(path):
        raise refusal("INVALID_FOLDER_PATH")
    try:
        return clean_folder(path)
    except ApiError:
        raise refusal("INVALID_FOLDER_PATH") from None


def has_dots(path: str) -> bool:
    """
    Return whether a path has a folder named `.` or `..`.
    """
    return not _DOTS.isdisjoint(path.split("/"))
