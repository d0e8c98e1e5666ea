# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from ...._runtime import MODELS, Array, Call, OneOf, Operation, Reference

if TYPE_CHECKING:
    from ...._runtime import UnknownModel
    from ...models.akeneo_pim_origin import AkeneoPimOrigin
    from ...models.azure_blob_origin import AzureBlobOrigin
    from ...models.cloudinary_backup_origin import CloudinaryBackupOrigin
    from ...models.gcs_origin import GcsOrigin
    from ...models.s3_compatible_origin import S3CompatibleOrigin
    from ...models.s3_origin import S3Origin
    from ...models.web_folder_origin import WebFolderOrigin
    from ...models.web_proxy_origin import WebProxyOrigin

OPERATION = Operation(
    name="accounts.origins.list",
    method="GET",
    path="/v1/accounts/origins",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={
        200: Array(
            OneOf(
                "type",
                {
                    "S3": Reference(MODELS + ".s3_origin", "S3Origin"),
                    "S3_COMPATIBLE": Reference(MODELS + ".s3_compatible_origin", "S3CompatibleOrigin"),
                    "CLOUDINARY_BACKUP": Reference(MODELS + ".cloudinary_backup_origin", "CloudinaryBackupOrigin"),
                    "WEB_FOLDER": Reference(MODELS + ".web_folder_origin", "WebFolderOrigin"),
                    "WEB_PROXY": Reference(MODELS + ".web_proxy_origin", "WebProxyOrigin"),
                    "GCS": Reference(MODELS + ".gcs_origin", "GcsOrigin"),
                    "AZURE_BLOB": Reference(MODELS + ".azure_blob_origin", "AzureBlobOrigin"),
                    "AKENEO_PIM": Reference(MODELS + ".akeneo_pim_origin", "AkeneoPimOrigin"),
                },
            )
        )
    },
)


def call() -> Call[
    builtins.list[
        S3Origin
        | S3CompatibleOrigin
        | CloudinaryBackupOrigin
        | WebFolderOrigin
        | WebProxyOrigin
        | GcsOrigin
        | AzureBlobOrigin
        | AkeneoPimOrigin
        | UnknownModel
    ]
]:
    """
    Return the request of `accounts.origins.list`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
    )
