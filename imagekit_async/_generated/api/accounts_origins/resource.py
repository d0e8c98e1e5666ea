# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from ...._runtime import UNSET, CallOptions, Resource, Unset

if TYPE_CHECKING:
    from ...._runtime import Timeout, UnknownModel
    from ...models.akeneo_pim_origin import AkeneoPimOrigin
    from ...models.azure_blob_origin import AzureBlobOrigin
    from ...models.cloudinary_backup_origin import CloudinaryBackupOrigin
    from ...models.gcs_origin import GcsOrigin
    from ...models.s3_compatible_origin import S3CompatibleOrigin
    from ...models.s3_origin import S3Origin
    from ...models.web_folder_origin import WebFolderOrigin
    from ...models.web_proxy_origin import WebProxyOrigin


class AccountsOriginsResource(Resource):
    """
    Set up the external stores that delivery fetches files from. In beta.
    """

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
    ) -> builtins.list[
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
        List the origins.

        Returns all origins of the account, without their credentials.

        Args:
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The origins.

        Raises:
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .list import call as _list

        call = _list()
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

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
    ) -> (
        S3Origin
        | S3CompatibleOrigin
        | CloudinaryBackupOrigin
        | WebFolderOrigin
        | WebProxyOrigin
        | GcsOrigin
        | AzureBlobOrigin
        | AkeneoPimOrigin
        | UnknownModel
    ):
        """
        Create an origin.

        Adds an external store that delivery can fetch files from, once a URL endpoint refers to it. Credentials are
        accepted but never returned. Repeating the call adds the origin twice. Fails with 400 when the type is unknown,
        or a key is missing, invalid or not one of the type.

        Args:
            type: Always `AKENEO_PIM`.
            name: Name of the origin: letters, digits and spaces. At least 1 characters, at most 100 characters.
            bucket: Name of the bucket. At least 1 characters, at most 100 characters.
            access_key: Access key of the store, at most 100 characters. Empty when `use_iam_role` is on.
            secret_key: Secret key of the store, at most 100 characters. Empty when `use_iam_role` is on.
            prefix: Folder in the container that serves as root; the container itself when empty. At most 100
                characters.
            use_iam_role: Whether access is granted by an IAM role instead of keys. Default False.
            include_canonical_header: Whether responses carry a `Link` header with the canonical URL. Default False.
            base_url_for_canonical_header: Base of the canonical URL.
            endpoint: URL of the store.
            s3_force_path_style: Whether the bucket is named in the path instead of the host name. Default False.
            base_url: URL of the Akeneo instance.
            forward_host_header_to_origin: Whether the web server gets the `Host` header of the delivery request.
                Default False.
            client_email: E-mail address of the service account.
            private_key: Private key of the service account. At least 1 characters.
            account_name: Name of the storage account. At least 1 characters, at most 100 characters.
            container: Name of the container. At least 1 characters, at most 100 characters.
            sas_token: Shared access signature that permits reading. At least 1 characters.
            client_id: Client id of the API connection. At least 1 characters, at most 100 characters.
            client_secret: Client secret of the API connection. At least 1 characters, at most 100 characters.
            username: User name of the API connection. At least 1 characters, at most 100 characters.
            password: Password of the API connection. At least 1 characters, at most 100 characters.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: False.

        Returns:
            The new origin.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .create import call as _create

        call = _create(
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
        )
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

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
    ) -> (
        S3Origin
        | S3CompatibleOrigin
        | CloudinaryBackupOrigin
        | WebFolderOrigin
        | WebProxyOrigin
        | GcsOrigin
        | AzureBlobOrigin
        | AkeneoPimOrigin
        | UnknownModel
    ):
        """
        Get an origin.

        Returns an origin without its credentials. Fails with 404 when it does not exist.

        Args:
            id: Id of the origin.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The origin.

        Raises:
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .get import call as _get

        call = _get(id)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

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
    ) -> (
        S3Origin
        | S3CompatibleOrigin
        | CloudinaryBackupOrigin
        | WebFolderOrigin
        | WebProxyOrigin
        | GcsOrigin
        | AzureBlobOrigin
        | AkeneoPimOrigin
        | UnknownModel
    ):
        """
        Replace an origin.

        Replaces all settings of an origin; credentials have to be sent again, and what is left out returns to its
        default. Fails with 400 when the type is unknown, or a key is missing, invalid or not one of the type. Fails
        with 404 when the origin does not exist.

        Args:
            id: Id of the origin.
            type: Always `AKENEO_PIM`.
            name: Name of the origin: letters, digits and spaces. At least 1 characters, at most 100 characters.
            bucket: Name of the bucket. At least 1 characters, at most 100 characters.
            access_key: Access key of the store, at most 100 characters. Empty when `use_iam_role` is on.
            secret_key: Secret key of the store, at most 100 characters. Empty when `use_iam_role` is on.
            prefix: Folder in the container that serves as root; the container itself when empty. At most 100
                characters.
            use_iam_role: Whether access is granted by an IAM role instead of keys. Default False.
            include_canonical_header: Whether responses carry a `Link` header with the canonical URL. Default False.
            base_url_for_canonical_header: Base of the canonical URL.
            endpoint: URL of the store.
            s3_force_path_style: Whether the bucket is named in the path instead of the host name. Default False.
            base_url: URL of the Akeneo instance.
            forward_host_header_to_origin: Whether the web server gets the `Host` header of the delivery request.
                Default False.
            client_email: E-mail address of the service account.
            private_key: Private key of the service account. At least 1 characters.
            account_name: Name of the storage account. At least 1 characters, at most 100 characters.
            container: Name of the container. At least 1 characters, at most 100 characters.
            sas_token: Shared access signature that permits reading. At least 1 characters.
            client_id: Client id of the API connection. At least 1 characters, at most 100 characters.
            client_secret: Client secret of the API connection. At least 1 characters, at most 100 characters.
            username: User name of the API connection. At least 1 characters, at most 100 characters.
            password: Password of the API connection. At least 1 characters, at most 100 characters.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The origin after the change.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .update import call as _update

        call = _update(
            id,
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
        )
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

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
    ) -> None:
        """
        Delete an origin.

        Removes an origin for good. Fails with 409 while a URL endpoint uses it, and with 404 when it does not exist.

        Args:
            id: Id of the origin.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The origin is gone; the response has no body.

        Raises:
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            ConflictError: 409: The change clashes with something that exists; retrying does not help.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .delete import call as _delete

        call = _delete(id)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)
