# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import BOOLEAN, MODELS, STRING, UNSET, Call, Field, Operation, Reference, Unset, json_body

if TYPE_CHECKING:
    from ...models.named_transformation import NamedTransformation

OPERATION = Operation(
    name="named_transformations.update",
    method="PATCH",
    path="/v1/named-transformations/{id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Reference(MODELS + ".named_transformation", "NamedTransformation")},
)

_FIELDS: Mapping[str, Field] = {
    "name": Field("name", STRING),
    "transformation": Field("transformation", STRING),
    "enabled": Field("enabled", BOOLEAN),
}


def call(
    id: str, *, name: str | Unset = UNSET, transformation: str | Unset = UNSET, enabled: bool | Unset = UNSET
) -> Call[NamedTransformation]:
    """
    Return the request of `named_transformations.update`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(id=id),
        json=json_body(_FIELDS, {"name": name, "transformation": transformation, "enabled": enabled}),
    )
