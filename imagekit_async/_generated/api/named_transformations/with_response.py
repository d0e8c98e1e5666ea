# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING

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
    from ...._response import ApiResponse
    from ...models.named_transformation import NamedTransformation


class NamedTransformationsResourceWithResponse:
    """
    The calls of `NamedTransformationsResource`, each returning an `ApiResponse` around the value.
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
    ) -> ApiResponse[builtins.list[NamedTransformation]]:
        """
        List the named transformations: `named_transformations.list` with its response.
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
        name: str,
        transformation: str,
        enabled: bool | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[NamedTransformation]:
        """
        Create a named transformation: `named_transformations.create` with its response.
        """
        return await self._session.send(
            _create.call(
                name=name,
                transformation=transformation,
                enabled=enabled,
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
    ) -> ApiResponse[NamedTransformation]:
        """
        Get a named transformation: `named_transformations.get` with its response.
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
        Delete a named transformation: `named_transformations.delete` with its response.
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
        name: str | Unset = UNSET,
        transformation: str | Unset = UNSET,
        enabled: bool | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[NamedTransformation]:
        """
        Change a named transformation: `named_transformations.update` with its response.
        """
        return await self._session.send(
            _update.call(
                id=id,
                name=name,
                transformation=transformation,
                enabled=enabled,
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
