# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import MODELS, PLAIN, Array, Model, Property, Reference

if TYPE_CHECKING:
    from .bulk_file_error import BulkFileError


@attrs.frozen(kw_only=True, repr=False, eq=False)
class BulkTagResult(Model):
    """
    Outcome of a bulk change of tags. `errors` is present only with status 207.

    Attributes:
        successfully_updated_file_ids: Ids of the files that are changed.
        errors: Files that could not be changed.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    successfully_updated_file_ids: builtins.list[str]
    errors: builtins.list[BulkFileError] | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "successfully_updated_file_ids": Property("successfullyUpdatedFileIds", Array(PLAIN), required=True),
        "errors": Property("errors", Array(Reference(MODELS + ".bulk_file_error", "BulkFileError"))),
    }
