# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...._runtime import (
    BOOLEAN,
    MODELS,
    PLAIN,
    STRING,
    UNSET,
    Array,
    Call,
    Field,
    Form,
    MapOf,
    OneOf,
    Operation,
    Reference,
    Unset,
    form_fields,
)

if TYPE_CHECKING:
    from ...._runtime import FileInput
    from ...models.ai_tasks_extension import AiTasksExtension, AiTasksExtensionDict
    from ...models.auto_description_extension import AutoDescriptionExtension, AutoDescriptionExtensionDict
    from ...models.auto_tagging_extension import AutoTaggingExtension, AutoTaggingExtensionDict
    from ...models.file_upload_response import FileUploadResponse
    from ...models.remove_bg_extension import RemoveBgExtension, RemoveBgExtensionDict
    from ...models.saved_extension_reference import SavedExtensionReference, SavedExtensionReferenceDict
    from ...models.upload_response_field import UploadResponseField
    from ...models.upload_transformation import UploadTransformation, UploadTransformationDict

OPERATION = Operation(
    name="beta.v2.files.upload",
    method="POST",
    path="/api/v2/files/upload",
    server="https://upload.imagekit.io",
    idempotent=False,
    paced=False,
    responses={
        200: Reference(MODELS + ".file_upload_response", "FileUploadResponse"),
        202: Reference(MODELS + ".file_upload_response", "FileUploadResponse"),
    },
    harmful_fields=("extensions", "webhookUrl", "transformation"),
)

_FIELDS: Mapping[str, Field] = {
    "file_name": Field("fileName", STRING, required=True),
    "token": Field("token", STRING),
    "use_unique_file_name": Field("useUniqueFileName", BOOLEAN),
    "folder": Field("folder", STRING),
    "tags": Field("tags", Array(STRING)),
    "is_private_file": Field("isPrivateFile", BOOLEAN),
    "is_published": Field("isPublished", BOOLEAN),
    "custom_coordinates": Field("customCoordinates", STRING),
    "response_fields": Field("responseFields", Array(STRING)),
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
    "overwrite_file": Field("overwriteFile", BOOLEAN),
    "overwrite_ai_tags": Field("overwriteAITags", BOOLEAN),
    "overwrite_tags": Field("overwriteTags", BOOLEAN),
    "overwrite_custom_metadata": Field("overwriteCustomMetadata", BOOLEAN),
    "custom_metadata": Field("customMetadata", MapOf(PLAIN)),
    "transformation": Field("transformation", Reference(MODELS + ".upload_transformation", "UploadTransformation")),
    "checks": Field("checks", STRING),
    "description": Field("description", STRING),
}


def call(
    *,
    file: FileInput,
    file_name: str,
    token: str | None | Unset = UNSET,
    use_unique_file_name: bool | None | Unset = UNSET,
    folder: str | None | Unset = UNSET,
    tags: Sequence[str] | None | Unset = UNSET,
    is_private_file: bool | None | Unset = UNSET,
    is_published: bool | None | Unset = UNSET,
    custom_coordinates: str | None | Unset = UNSET,
    response_fields: Sequence[UploadResponseField] | None | Unset = UNSET,
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
    | None
    | Unset = UNSET,
    webhook_url: str | None | Unset = UNSET,
    overwrite_file: bool | None | Unset = UNSET,
    overwrite_ai_tags: bool | None | Unset = UNSET,
    overwrite_tags: bool | None | Unset = UNSET,
    overwrite_custom_metadata: bool | None | Unset = UNSET,
    custom_metadata: Mapping[str, object] | None | Unset = UNSET,
    transformation: UploadTransformation | UploadTransformationDict | None | Unset = UNSET,
    checks: str | None | Unset = UNSET,
    description: str | None | Unset = UNSET,
) -> Call[FileUploadResponse]:
    """
    Return the request of `beta.v2.files.upload`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        form=Form(
            fields=form_fields(
                _FIELDS,
                ["extensions", "custom_metadata", "transformation"],
                {
                    "file_name": file_name,
                    "token": token,
                    "use_unique_file_name": use_unique_file_name,
                    "folder": folder,
                    "tags": tags,
                    "is_private_file": is_private_file,
                    "is_published": is_published,
                    "custom_coordinates": custom_coordinates,
                    "response_fields": response_fields,
                    "extensions": extensions,
                    "webhook_url": webhook_url,
                    "overwrite_file": overwrite_file,
                    "overwrite_ai_tags": overwrite_ai_tags,
                    "overwrite_tags": overwrite_tags,
                    "overwrite_custom_metadata": overwrite_custom_metadata,
                    "custom_metadata": custom_metadata,
                    "transformation": transformation,
                    "checks": checks,
                    "description": description,
                },
            ),
            file_field="file",
            file=file,
            default_name=file_name,
        ),
        authorized=token is UNSET,
    )
