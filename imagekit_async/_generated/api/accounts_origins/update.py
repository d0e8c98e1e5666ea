# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from ...._runtime import BOOLEAN, MODELS, STRING, UNSET, Call, Field, OneOf, Operation, Reference, Unset, json_body

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
    name="accounts.origins.update",
    method="PUT",
    path="/v1/accounts/origins/{id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={
        200: OneOf(
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
    },
)

_FIELDS: Mapping[str, Field] = {
    "type": Field("type", STRING, required=True),
    "name": Field(
        "name", STRING, required=True, limits={"minLength": 1, "maxLength": 100, "pattern": "^[a-zA-Z0-9 ]+$"}
    ),
    "bucket": Field("bucket", STRING, limits={"minLength": 1, "maxLength": 100}),
    "access_key": Field("accessKey", STRING, limits={"maxLength": 100}),
    "secret_key": Field("secretKey", STRING, limits={"maxLength": 100}),
    "prefix": Field("prefix", STRING, limits={"maxLength": 100}),
    "use_iam_role": Field("useIAMRole", BOOLEAN),
    "include_canonical_header": Field("includeCanonicalHeader", BOOLEAN),
    "base_url_for_canonical_header": Field("baseUrlForCanonicalHeader", STRING),
    "endpoint": Field("endpoint", STRING),
    "s3_force_path_style": Field("s3ForcePathStyle", BOOLEAN),
    "base_url": Field("baseUrl", STRING),
    "forward_host_header_to_origin": Field("forwardHostHeaderToOrigin", BOOLEAN),
    "client_email": Field(
        "clientEmail",
        STRING,
        limits={
            "pattern": "^(?!\\.)(?!.*\\.\\.)([A-Za-z0-9_'+\\-\\.]*)[A-Za-z0-9_+-]@([A-Za-"
            "z0-9][A-Za-z0-9\\-]*\\.)+[A-Za-z]{2,}$"
        },
    ),
    "private_key": Field("privateKey", STRING, limits={"minLength": 1}),
    "account_name": Field("accountName", STRING, limits={"minLength": 1, "maxLength": 100}),
    "container": Field("container", STRING, limits={"minLength": 1, "maxLength": 100}),
    "sas_token": Field("sasToken", STRING, limits={"minLength": 1}),
    "client_id": Field("clientId", STRING, limits={"minLength": 1, "maxLength": 100}),
    "client_secret": Field("clientSecret", STRING, limits={"minLength": 1, "maxLength": 100}),
    "username": Field("username", STRING, limits={"minLength": 1, "maxLength": 100}),
    "password": Field("password", STRING, limits={"minLength": 1, "maxLength": 100}),
}


def call(
    id: str,
    *,
    type: Literal["S3"]
    | Literal["S3_COMPATIBLE"]
    | Literal["CLOUDINARY_BACKUP"]
    | Literal["WEB_FOLDER"]
    | Literal["WEB_PROXY"]
    | Literal["GCS"]
    | Literal["AZURE_BLOB"]
    | Literal["AKENEO_PIM"],
    name: str,
    bucket: str | Unset = UNSET,
    access_key: str | Unset = UNSET,
    secret_key: str | Unset = UNSET,
    prefix: str | Unset = UNSET,
    use_iam_role: bool | Unset = UNSET,
    include_canonical_header: bool | Unset = UNSET,
    base_url_for_canonical_header: str | Unset = UNSET,
    endpoint: str | Unset = UNSET,
    s3_force_path_style: bool | Unset = UNSET,
    base_url: str | Unset = UNSET,
    forward_host_header_to_origin: bool | Unset = UNSET,
    client_email: str | Unset = UNSET,
    private_key: str | Unset = UNSET,
    account_name: str | Unset = UNSET,
    container: str | Unset = UNSET,
    sas_token: str | Unset = UNSET,
    client_id: str | Unset = UNSET,
    client_secret: str | Unset = UNSET,
    username: str | Unset = UNSET,
    password: str | Unset = UNSET,
) -> Call[
    S3Origin
    | S3CompatibleOrigin
    | CloudinaryBackupOrigin
    | WebFolderOrigin
    | WebProxyOrigin
    | GcsOrigin
    | AzureBlobOrigin
    | AkeneoPimOrigin
    | UnknownModel
]:
    """
    Return the request of `accounts.origins.update`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(id=id),
        json=json_body(
            _FIELDS,
            {
                "type": type,
                "name": name,
                "bucket": bucket,
                "access_key": access_key,
                "secret_key": secret_key,
                "prefix": prefix,
                "use_iam_role": use_iam_role,
                "include_canonical_header": include_canonical_header,
                "base_url_for_canonical_header": base_url_for_canonical_header,
                "endpoint": endpoint,
                "s3_force_path_style": s3_force_path_style,
                "base_url": base_url,
                "forward_host_header_to_origin": forward_host_header_to_origin,
                "client_email": client_email,
                "private_key": private_key,
                "account_name": account_name,
                "container": container,
                "sas_token": sas_token,
                "client_id": client_id,
                "client_secret": client_secret,
                "username": username,
                "password": password,
            },
        ),
    )
