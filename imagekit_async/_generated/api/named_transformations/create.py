# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import BOOLEAN, MODELS, STRING, UNSET, Call, Field, Operation, Reference, Unset, json_body

if TYPE_CHECKING:
    from ...models.named_transformation import NamedTransformation

OPERATION = Operation(
    name="named_transformations.create",
    method="POST",
    path="/v1/named-transformations",
    server="https://api.imagekit.io",
    idempotent=False,
    paced=True,
    responses={201: Reference(MODELS + ".named_transformation", "NamedTransformation")},
)

_FIELDS: Mapping[str, Field] = {
    "name": Field("name", STRING, required=True),
    "transformation": Field("transformation", STRING, required=True),
    "enabled": Field("enabled", BOOLEAN),
}


def call(*, name: str, transformation: str, enabled: bool | Unset = UNSET) -> Call[NamedTransformation]:
    """
    Return the request of `named_transformations.create`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(_FIELDS, {"name": name, "transformation": transformation, "enabled": enabled}),
    )
