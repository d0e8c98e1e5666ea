# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import MODELS, STRING, UNSET, Call, Field, OneOf, Operation, Reference, Unset, json_body

if TYPE_CHECKING:
    from ...models.ai_tasks_extension import AiTasksExtension, AiTasksExtensionDict
    from ...models.auto_description_extension import AutoDescriptionExtension, AutoDescriptionExtensionDict
    from ...models.auto_tagging_extension import AutoTaggingExtension, AutoTaggingExtensionDict
    from ...models.remove_bg_extension import RemoveBgExtension, RemoveBgExtensionDict
    from ...models.saved_extension import SavedExtension

OPERATION = Operation(
    name="saved_extensions.update",
    method="PATCH",
    path="/v1/saved-extensions/{id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Reference(MODELS + ".saved_extension", "SavedExtension")},
)

_FIELDS: Mapping[str, Field] = {
    "name": Field("name", STRING, limits={"minLength": 1}),
    "description": Field("description", STRING, limits={"minLength": 1}),
    "config": Field(
        "config",
        OneOf(
            "name",
            {
                "remove-bg": Reference(MODELS + ".remove_bg_extension", "RemoveBgExtension"),
                "google-auto-tagging": Reference(MODELS + ".auto_tagging_extension", "AutoTaggingExtension"),
                "aws-auto-tagging": Reference(MODELS + ".auto_tagging_extension", "AutoTaggingExtension"),
                "ai-auto-description": Reference(MODELS + ".auto_description_extension", "AutoDescriptionExtension"),
                "ai-tasks": Reference(MODELS + ".ai_tasks_extension", "AiTasksExtension"),
            },
        ),
    ),
}


def call(
    id: str,
    *,
    name: str | Unset = UNSET,
    description: str | Unset = UNSET,
    config: RemoveBgExtension
    | RemoveBgExtensionDict
    | AutoTaggingExtension
    | AutoTaggingExtensionDict
    | AutoDescriptionExtension
    | AutoDescriptionExtensionDict
    | AiTasksExtension
    | AiTasksExtensionDict
    | Unset = UNSET,
) -> Call[SavedExtension]:
    """
    Return the request of `saved_extensions.update`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(id=id),
        json=json_body(_FIELDS, {"name": name, "description": description, "config": config}),
    )
