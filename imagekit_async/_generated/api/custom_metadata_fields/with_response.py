# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._http.call import CallOptions
from ...types import UNSET, Unset
from . import create as _create
from . import delete as _delete
from . import list as _list
from . import update as _update

if TYPE_CHECKING:
    from httpx import Timeout

    from ...._http.session import Session
    from ...._response import ApiResponse
    from ...models.custom_metadata_field import CustomMetadataField
    from ...models.custom_metadata_field_schema import CustomMetadataFieldSchema
    from ...models.custom_metadata_field_schema_update import (
        CustomMetadataFieldSchemaUpdate,
    )


class CustomMetadataFieldsResourceWithResponse:
    """
    The calls of `CustomMetadataFieldsResource`, each returning an `ApiResponse` around the value.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    async def list(
        self,
        *,
        folder_path: str | Unset = UNSET,
        include_deleted: bool | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[builtins.list[CustomMetadataField]]:
        """
        List the custom metadata fields: `custom_metadata_fields.list` with its response.
        """
        return await self._session.send(
            _list.call(
                folder_path=folder_path,
                include_deleted=include_deleted,
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

    async def create(
        self,
        *,
        name: str,
        label: str,
        schema: CustomMetadataFieldSchema | Mapping[str, object],
        description: str | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[CustomMetadataField]:
        """
        Create a custom metadata field: `custom_metadata_fields.create` with its response.
        """
        return await self._session.send(
            _create.call(
                name=name,
                label=label,
                schema=schema,
                description=description,
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
        Delete a custom metadata field: `custom_metadata_fields.delete` with its response.
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

    async def update(
        self,
        id: str,
        *,
        label: str | Unset = UNSET,
        schema: CustomMetadataFieldSchemaUpdate | Mapping[str, object] | Unset = UNSET,
        description: str | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[CustomMetadataField]:
        """
        Change a custom metadata field: `custom_metadata_fields.update` with its response.
        """
        return await self._session.send(
            _update.call(
                id=id,
                label=label,
                schema=schema,
                description=description,
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
