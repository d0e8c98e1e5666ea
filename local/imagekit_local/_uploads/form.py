"""
Read and check the upload form before anything is stored.
"""

from __future__ import annotations

from typing import Any

import attrs
from starlette.datastructures import FormData, UploadFile

from imagekit_local._bodies import parse_json
from imagekit_local._errors import ApiError, invalid_value, missing_value
from imagekit_local._extensions.running import checked_extensions
from imagekit_local._search.syntax import Node, QueryError, parse
from imagekit_local._uploads.transformation import UploadTransformation
from imagekit_local._values import (
    checked_coordinates,
    checked_metadata,
    checked_tags,
    checked_webhook_url,
    clean_folder,
    clean_name,
)

_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


@attrs.frozen
class UploadForm:
    """
    The fields of an upload. None means that a field was not sent.
    """

    file: UploadFile | str
    name: str
    folder: str
    unique_name: bool
    is_private: bool
    is_published: bool
    overwrite_file: bool
    overwrite_tags: bool
    overwrite_ai_tags: bool
    overwrite_custom_metadata: bool
    tags: tuple[str, ...] | None
    custom_coordinates: str | None
    custom_metadata: dict[str, Any] | None
    description: str | None
    webhook_url: str | None
    response_fields: frozenset[str]
    extensions: tuple[dict[str, Any], ...]
    transformation: UploadTransformation
    checks: Node | None

    @classmethod
    def from_form(cls, form: FormData) -> UploadForm:
        """
        Read a parsed form.

        Raises:
            ApiError: 400 if a field is missing or invalid.
        """
        file = form.get("file")
        # An empty file part is a file of no bytes, but an empty text is a missing file.
        if file is None or file == "":
            raise missing_value("file")
        name = _text(form, "fileName")
        if not name:
            raise missing_value("fileName")
        coordinates = _text(form, "customCoordinates")
        metadata = _text(form, "customMetadata")
        checks = _text(form, "checks")
        return cls(
            file=file,
            name=clean_name(name),
            folder=clean_folder(_text(form, "folder") or "/"),
            unique_name=_boolean(form, "useUniqueFileName", default=True),
            is_private=_boolean(form, "isPrivateFile", default=False),
            is_published=_boolean(form, "isPublished", default=True),
            overwrite_file=_boolean(form, "overwriteFile", default=True),
            overwrite_tags=_boolean(form, "overwriteTags", default=True),
            overwrite_ai_tags=_boolean(form, "overwriteAITags", default=True),
            overwrite_custom_metadata=_boolean(form, "overwriteCustomMetadata", default=True),
            tags=_tags(_text(form, "tags")),
            custom_coordinates=checked_coordinates(coordinates) if coordinates else None,
            custom_metadata=None if metadata is None else checked_metadata(_json_or_none(metadata)),
            description=_text(form, "description") or None,
            webhook_url=checked_webhook_url(_text(form, "webhookUrl") or "") or None,
            response_fields=frozenset(_parts(_text(form, "responseFields") or "")),
            extensions=_extensions(_text(form, "extensions")),
            transformation=_transformation(_text(form, "transformation")),
            checks=_checks(checks) if checks else None,
        )


def invalid_checks() -> ApiError:
    """
    Return the error for checks that cannot be parsed or evaluated.
    """
    return ApiError(400, "Your request contains invalid syntax for the checks parameter.")


def _checks(text: str) -> Node:
    try:
        return parse(text)
    except QueryError:
        raise invalid_checks() from None


def _extensions(text: str | None) -> tuple[dict[str, Any], ...]:
    return () if text is None else checked_extensions(_json_or_none(text))


def _transformation(text: str | None) -> UploadTransformation:
    return UploadTransformation() if text is None else UploadTransformation.from_json(_json_or_none(text))


def _text(form: FormData, name: str) -> str | None:
    value = form.get(name)
    if isinstance(value, UploadFile):
        raise invalid_value(name)
    return value


def _boolean(form: FormData, name: str, *, default: bool) -> bool:
    text = _text(form, name)
    if text is None:
        return default
    if text not in _BOOLEANS:
        raise invalid_value(name)
    return _BOOLEANS[text]


def _tags(text: str | None) -> tuple[str, ...] | None:
    if text is None:
        return None
    listed = _json_or_none(text)
    return checked_tags(listed if isinstance(listed, list) else _parts(text))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _json_or_none(text: str) -> Any:
    try:
        return parse_json(text)
    except ValueError:
        return None
