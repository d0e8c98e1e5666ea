# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, Required, TypedDict

import attrs

from ..._model import MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .remove_bg_options import RemoveBgOptions, RemoveBgOptionsDict


@attrs.frozen(kw_only=True, repr=False, eq=False)
class RemoveBgExtension(Model):
    """
    Removes the background of an image, which always runs after the call and adds a version to the file. Costs 130
    extension units.

    Attributes:
        name: Always `remove-bg`.
        options: Look of the result.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    name: Literal["remove-bg"] = "remove-bg"
    options: RemoveBgOptions | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "name": Property("name", required=True),
        "options": Property("options", Reference(MODELS + ".remove_bg_options", "RemoveBgOptions")),
    }


class RemoveBgExtensionDict(TypedDict, total=False):
    """
    A dict in place of `RemoveBgExtension`, which documents the keys.
    """

    name: Required[Literal["remove-bg"]]
    options: RemoveBgOptions | RemoveBgOptionsDict
