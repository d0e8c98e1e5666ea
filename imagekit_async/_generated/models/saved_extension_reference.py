# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Required, TypedDict

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class SavedExtensionReference(Model):
    """
    Runs an extension whose settings are stored in the account.

    Attributes:
        name: Always `saved-extension`.
        id: Id of the saved extension.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    name: Literal["saved-extension"] = "saved-extension"
    id: str
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "name": Property("name", required=True),
        "id": Property("id", required=True),
    }


class SavedExtensionReferenceDict(TypedDict, total=False):
    """
    A dict in place of `SavedExtensionReference`, which documents the keys.
    """

    name: Required[Literal["saved-extension"]]
    id: Required[str]
