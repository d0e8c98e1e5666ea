# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import MODELS, PLAIN, AnyOf, Array, Model, Property, Reference

if TYPE_CHECKING:
    from .bulk_file_error import BulkFileError


@attrs.frozen(kw_only=True, repr=False, eq=False)
class Error(Model):
    """
    Why a request failed. Keys beyond the listed ones may occur.

    Attributes:
        message: What went wrong, for humans.
        help: Where to find support. Absent when the rate limit was hit.
        reason: Machine-readable code in capitals, given by the operations that copy, move, rename, create or delete
            files and folders.
        errors: Details: texts by custom metadata key, or one entry per file that failed.
        missing_file_ids: Ids that a bulk call named but that do not exist.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    message: str
    help: str | None = None
    reason: str | None = None
    errors: dict[str, Any] | builtins.list[BulkFileError] | None = None
    missing_file_ids: builtins.list[str] | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "message": Property("message", required=True),
        "help": Property("help"),
        "reason": Property("reason"),
        "errors": Property("errors", AnyOf([Array(Reference(MODELS + ".bulk_file_error", "BulkFileError")), PLAIN])),
        "missing_file_ids": Property("missingFileIds", Array(PLAIN)),
    }
    _open = True
