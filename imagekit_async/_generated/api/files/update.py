# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from ...._runtime import (
    MODELS,
    PLAIN,
    STRING,
    UNSET,
    AnyOf,
    Array,
    Call,
    Field,
    MapOf,
    OneOf,
    Operation,
    Reference,
    Unset,
    json_body,
)

if TYPE_CHECKING:
    from ...models.ai_tasks_extension import AiTasksExtension, AiTasksExtensionDict
    from ...models.auto_description_extension import AutoDescriptionExtension, AutoDescriptionExtensionDict
    from ...models.auto_tagging_extension import AutoTaggingExtension, AutoTaggingExtensionDict
    from ...models.file_update_response import FileUpdateResponse
    from ...models.publication import Publication, PublicationDict
    from ...models.remove_bg_extension import RemoveBgExtension, RemoveBgExtensionDict
    from ...models.saved_extension_reference import SavedExtensionReference, SavedExtensionReferenceDict

OPERATION = Operation(
    name="files.update",
    method="PATCH",
    path="/v1/files/{file_id}/details",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Reference(MODELS + ".file_update_response", "FileUpdateResponse")},
    harmful_fields=("extensions", "webhookUrl", "publish"),
)

_FIELDS: Mapping[str, Field] = {
    "tags": Field("tags", Array(STRING)),
    "remove_ai_tags": Field("removeAITags", AnyOf([Array(STRING), STRING])),
    "custom_coordinates": Field("customCoordinates", STRING),
    "custom_metadata": Field("customMetadata", MapOf(PLAIN)),
    "description": Field("description", STRING),
    "extensions": Field(
        "extensions",
        Array(
            OneOf(
                "name",
                {
                    "remove-bg": Reference(MODELS + ".remove_bg_extension", "RemoveBgExtension"),
                    "google-auto-tagging": Reference(MODELS + ".auto_tagging_extension", "AutoTaggingExtension"),
                    "aws-auto-tagging": Reference(MODELS + ".auto_tagging_extension", "AutoTaggingExtension"),
                    "ai-auto-description": Reference(
                        MODELS + ".auto_description_extension", "AutoDescriptionExtension"
                    ),
                    "ai-tasks": Reference(MODELS + ".ai_tasks_extension", "AiTasksExtension"),
                    "saved-extension": Reference(MODELS + ".saved_extension_reference", "SavedExtensionReference"),
                },
            )
        ),
    ),
    "webhook_url": Field("webhookUrl", STRING),
    "publish": Field("publish", Reference(MODELS + ".publication", "Publication")),
}


def call(
    file_id: str,
    *,
    tags: Sequence[str] | None | Unset = UNSET,
    remove_ai_tags: Sequence[str] | Literal["all"] | Unset = UNSET,
    custom_coordinates: str | None | Unset = UNSET,
    custom_metadata: Mapping[str, object] | Unset = UNSET,
    description: str | Unset = UNSET,
    extensions: Sequence[
        RemoveBgExtension
        | RemoveBgExtensionDict
        | AutoTaggingExtension
        | AutoTaggingExtensionDict
        | AutoDescriptionExtension
        | AutoDescriptionExtensionDict
        | AiTasksExtension
        | AiTasksExtensionDict
        | SavedExtensionReference
        | SavedExtensionReferenceDict
    ]
    | Unset = UNSET,
    webhook_url: str | Unset = UNSET,
    publish: Publication | PublicationDict | Unset = UNSET,
) -> Call[FileUpdateResponse]:
    """
    Return the request of `files.update`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(file_id=file_id),
        json=json_body(
            _FIELDS,
            {
                "tags": tags,
                "remove_ai_tags": remove_ai_tags,
                "custom_coordinates": custom_coordinates,
                "custom_metadata": custom_metadata,
                "description": description,
                "extensions": extensions,
                "webhook_url": webhook_url,
                "publish": publish,
            },
        ),
    )
