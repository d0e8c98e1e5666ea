"""
Values that uploads and updates share: names, folders, tags, coordinates and custom metadata.

Each function returns the value as it is stored, or raises the documented error.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from pathlib import PurePosixPath
from typing import Any, TypeGuard, cast

from imagekit_local._bodies import as_object
from imagekit_local._errors import ApiError, invalid_value
from imagekit_local._predicates import has_credentials

_MAX_TAGS_LENGTH = 500
_MAX_FOLDER_DEPTH = 50
_SUFFIX_LENGTH = 9
_ID = re.compile(r"[0-9a-f]{24}")
_COORDINATES = re.compile(r"[0-9]+(,[0-9]+){3}")


def is_id(text: str) -> bool:
    """
    Return whether a text has the form of an id: 24 lowercase hexadecimal digits.
    """
    return _ID.fullmatch(text) is not None


def are_strings(values: Any) -> TypeGuard[list[str]]:
    """
    Return whether a JSON value is an array of strings.
    """
    return isinstance(values, list) and all(isinstance(value, str) for value in cast("list[object]", values))


def clean_name(name: str) -> str:
    """
    Return a file name with all characters but letters, marks, numerals, `.`, `_` and `-` replaced by `_`.
    """
    cleaned = _replaced(name, "._-")
    if cleaned in {".", ".."}:
        raise invalid_value("fileName")
    return cleaned


def clean_folder(folder: str) -> str:
    """
    Return a folder path in canonical form, with unusual characters, including the dot, replaced by `_`.
    """
    path = canonical_path(_replaced(folder, "_-/"))
    if path.count("/") > _MAX_FOLDER_DEPTH:
        raise invalid_value("folder")
    return path


def canonical_path(path: str) -> str:
    """
    Return a path with one leading slash, none at its end, and no empty part.
    """
    return "/" + "/".join(part for part in path.split("/") if part)


def unique_name(name: str, entropy: str) -> str:
    """
    Return a name with a suffix of nine characters before its extension.

    Args:
        name: The name to make unique.
        entropy: An id, with last digits that determine the suffix.
    """
    path = PurePosixPath(name)
    suffix = base64.urlsafe_b64encode(bytes.fromhex(entropy)).decode()[-_SUFFIX_LENGTH:]
    return f"{path.stem}_{suffix}{path.suffix}"


def checked_tags(tags: Any) -> tuple[str, ...]:
    """
    Tags that are strings without `%`, 500 characters at most in all.
    """
    if not are_strings(tags) or tags_too_long(tags) or any("%" in tag for tag in tags):
        raise ApiError(
            400,
            "Your request contains invalid value for tags parameter. "
            "Combined length of all tags should be less than or equal to 500.",
        )
    return tuple(tags)


def tags_too_long(tags: list[str] | tuple[str, ...]) -> bool:
    """
    Return whether tags are too long for a file.
    """
    return sum(map(len, tags)) > _MAX_TAGS_LENGTH


def checked_ai_tag_names(names: Any) -> frozenset[str]:
    """
    Names of AI tags.
    """
    if not are_strings(names):
        raise ApiError(
            400,
            "Your request contains invalid value for AITags. "
            "Please provide an array of strings. Example - ['t-shirt','summer-sale'].",
        )
    return frozenset(names)


def checked_coordinates(text: Any) -> str:
    """
    An area `x,y,width,height` in whole pixels.
    """
    if not isinstance(text, str) or _COORDINATES.fullmatch(text) is None:
        raise invalid_value("customCoordinates")
    return text


def checked_webhook_url(url: str) -> str:
    """
    A callback URL without credentials; anything else is found out when it is called.
    """
    if has_credentials(url):
        raise invalid_value("webhookUrl")
    return url


def checked_metadata(value: Any) -> dict[str, Any]:
    """
    Custom metadata: an object, whose values have to suit the fields that are defined.
    """
    return as_object(value, ApiError(400, "Invalid custom metadata.", errors={"customMetadata": "should be an object"}))


def _replaced(text: str, allowed: str) -> str:
    return "".join(char if char in allowed or unicodedata.category(char)[0] in "LMN" else "_" for char in text)
