# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from ...._http.call import Call, Operation, json_body
from ...._json import Kind
from ...._model import PLAIN, OneOf, Reference
from ...types import UNSET, Unset

if TYPE_CHECKING:
    from ...._model import UnknownModel
    from ...models.akeneo_pim_origin import AkeneoPimOrigin
    from ...models.azure_blob_origin import AzureBlobOrigin
    from ...models.cloudinary_backup_origin import CloudinaryBackupOrigin
    from ...models.gcs_origin import GcsOrigin
    from ...models.s3_compatible_origin import S3CompatibleOrigin
    from ...models.s3_origin import S3Origin
    from ...models.web_folder_origin import WebFolderOrigin
    from ...models.web_proxy_origin import WebProxyOrigin

MODELS = __name__.rpartition(".api.")[0] + ".models"

OPERATION = Operation(
    name="accounts.origins.create",
    method="POST",
    path="/v1/accounts/origins",
    server="https://api.imagekit.io",
    idempotent=False,
    paced=True,
    responses={
        201: OneOf(
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
        ),
    },
)

_FIELDS: Mapping[str, Kind] = {
    "type": PLAIN,
    "name": PLAIN,
    "bucket": PLAIN,
    "accessKey": PLAIN,
    "secretKey": PLAIN,
    "prefix": PLAIN,
    "useIAMRole": PLAIN,
    "includeCanonicalHeader": PLAIN,
    "baseUrlForCanonicalHeader": PLAIN,
    "endpoint": PLAIN,
    "s3ForcePathStyle": PLAIN,
    "baseUrl": PLAIN,
    "forwardHostHeaderToOrigin": PLAIN,
    "clientEmail": PLAIN,
    "privateKey": PLAIN,
    "accountName": PLAIN,
    "container": PLAIN,
    "sasToken": PLAIN,
    "clientId": PLAIN,
    "clientSecret": PLAIN,
    "username": PLAIN,
    "password": PLAIN,
}


def call(
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
    Return the request of `accounts.origins.create`; the resource's method of that name tells what the arguments mean.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(
            _FIELDS,
            {
                "type": type,
                "name": name,
                "bucket": bucket,
                "accessKey": access_key,
                "secretKey": secret_key,
                "prefix": prefix,
                "useIAMRole": use_iam_role,
                "includeCanonicalHeader": include_canonical_header,
                "baseUrlForCanonicalHeader": base_url_for_canonical_header,
                "endpoint": endpoint,
                "s3ForcePathStyle": s3_force_path_style,
                "baseUrl": base_url,
                "forwardHostHeaderToOrigin": forward_host_header_to_origin,
                "clientEmail": client_email,
                "privateKey": private_key,
                "accountName": account_name,
                "container": container,
                "sasToken": sas_token,
                "clientId": client_id,
                "clientSecret": client_secret,
                "username": username,
                "password": password,
            },
        ),
    )
