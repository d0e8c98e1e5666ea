"""
What the bodies of copies, moves and renames hold, of files as of folders, and the errors that such calls share.
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
    The error for parameters that cannot be used.

    Args:
        reason: Code of the cause, in capitals.
        message: Text for the caller.
    """
    return ApiError(400, message, reason=reason)


def text(body: Mapping[str, Any], name: str) -> str:
    """
    A parameter that must be a string, and not an empty one.

    Raises:
        ApiError: 400, it is missing or no string.
    """
    value = body.get(name)
    if value is None or value == "":
        raise refusal("MISSING_PARAMETER")
    if not isinstance(value, str):
        raise refusal("INVALID_PARAMETER")
    return value


def flag(body: Mapping[str, Any], name: str) -> bool:
    """
    A parameter that is false unless it is sent.

    Raises:
        ApiError: 400, it is no boolean.
    """
    value = body.get(name, False)
    if not isinstance(value, bool):
        raise refusal("INVALID_PARAMETER")
    return value


def existing_path(body: Mapping[str, Any], name: str) -> str:
    """
    The canonical form of a path where something is looked for.

    Raises:
        ApiError: 400, it is missing or no string.
    """
    return canonical_path(text(body, name))


def target_folder(body: Mapping[str, Any], name: str) -> str:
    """
    The canonical form of a path where something is put, with the characters that folders can have.

    Raises:
        ApiError: 400, it is missing or no string, has `.` or `..` for a folder, or is too deep.
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
    Whether a path has `.` or `..` for a folder.
    """
    return not _DOTS.isdisjoint(path.split("/"))
