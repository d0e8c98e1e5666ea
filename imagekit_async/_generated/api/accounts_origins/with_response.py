# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from ...._http.call import CallOptions
from ...types import UNSET, Unset
from . import create as _create
from . import delete as _delete
from . import get as _get
from . import list as _list
from . import update as _update

if TYPE_CHECKING:
    from httpx import Timeout

    from ...._http.session import Session
    from ...._model import UnknownModel
    from ...._response import ApiResponse
    from ...models.akeneo_pim_origin import AkeneoPimOrigin
    from ...models.azure_blob_origin import AzureBlobOrigin
    from ...models.cloudinary_backup_origin import CloudinaryBackupOrigin
    from ...models.gcs_origin import GcsOrigin
    from ...models.s3_compatible_origin import S3CompatibleOrigin
    from ...models.s3_origin import S3Origin
    from ...models.web_folder_origin import WebFolderOrigin
    from ...models.web_proxy_origin import WebProxyOrigin


class AccountsOriginsResourceWithResponse:
    """
    The calls of `AccountsOriginsResource`, each returning an `ApiResponse` around the value.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    async def list(
        self,
        *,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[
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
        List the origins: `accounts.origins.list` with its response.
        """
        return await self._session.send(
            _list.call(),
            CallOptions(
                timeout=timeout,
                max_retries=max_retries,
                extra_headers=extra_headers,
                extra_query=extra_query,
                extra_body=extra_body,
                deadline=deadline,
                idempotent=idempotent,
            ),
        )

    async def create(
        self,
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
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[
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
        Create an origin: `accounts.origins.create` with its response.
        """
        return await self._session.send(
            _create.call(
                type=type,
                name=name,
                bucket=bucket,
                access_key=access_key,
                secret_key=secret_key,
                prefix=prefix,
                use_iam_role=use_iam_role,
                include_canonical_header=include_canonical_header,
                base_url_for_canonical_header=base_url_for_canonical_header,
                endpoint=endpoint,
                s3_force_path_style=s3_force_path_style,
                base_url=base_url,
                forward_host_header_to_origin=forward_host_header_to_origin,
                client_email=client_email,
                private_key=private_key,
                account_name=account_name,
                container=container,
                sas_token=sas_token,
                client_id=client_id,
                client_secret=client_secret,
                username=username,
                password=password,
            ),
            CallOptions(
                timeout=timeout,
                max_retries=max_retries,
                extra_headers=extra_headers,
                extra_query=extra_query,
                extra_body=extra_body,
                deadline=deadline,
                idempotent=idempotent,
            ),
        )

    async def get(
        self,
        id: str,
        *,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[
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
        Get an origin: `accounts.origins.get` with its response.
        """
        return await self._session.send(
            _get.call(
                id=id,
            ),
            CallOptions(
                timeout=timeout,
                max_retries=max_retries,
                extra_headers=extra_headers,
                extra_query=extra_query,
                extra_body=extra_body,
                deadline=deadline,
                idempotent=idempotent,
            ),
        )

    async def update(
        self,
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
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[
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
        Replace an origin: `accounts.origins.update` with its response.
        """
        return await self._session.send(
            _update.call(
                id=id,
                type=type,
                name=name,
                bucket=bucket,
                access_key=access_key,
                secret_key=secret_key,
                prefix=prefix,
                use_iam_role=use_iam_role,
                include_canonical_header=include_canonical_header,
                base_url_for_canonical_header=base_url_for_canonical_header,
                endpoint=endpoint,
                s3_force_path_style=s3_force_path_style,
                base_url=base_url,
                forward_host_header_to_origin=forward_host_header_to_origin,
                client_email=client_email,
                private_key=private_key,
                account_name=account_name,
                container=container,
                sas_token=sas_token,
                client_id=client_id,
                client_secret=client_secret,
                username=username,
                password=password,
            ),
            CallOptions(
                timeout=timeout,
                max_retries=max_retries,
                extra_headers=extra_headers,
                extra_query=extra_query,
                extra_body=extra_body,
                deadline=deadline,
                idempotent=idempotent,
            ),
        )

    async def delete(
        self,
        id: str,
        *,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[None]:
        """
        Delete an origin: `accounts.origins.delete` with its response.
        """
        return await self._session.send(
            _delete.call(
                id=id,
            ),
            CallOptions(
                timeout=timeout,
                max_retries=max_retries,
                extra_headers=extra_headers,
                extra_query=extra_query,
                extra_body=extra_body,
                deadline=deadline,
                idempotent=idempotent,
            ),
        )
