# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
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
    from ...models.akamai_url_rewriter import AkamaiUrlRewriter
    from ...models.cloudinary_url_rewriter import CloudinaryUrlRewriter
    from ...models.imgix_url_rewriter import ImgixUrlRewriter
    from ...models.url_endpoint import UrlEndpoint


class AccountsUrlEndpointsResourceWithResponse:
    """
    The calls of `AccountsUrlEndpointsResource`, each returning an `ApiResponse` around the value.
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
    ) -> ApiResponse[builtins.list[UrlEndpoint]]:
        """
        List the URL endpoints: `accounts.url_endpoints.list` with its response.
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
        description: str,
        url_prefix: str | Unset = UNSET,
        origins: Sequence[str] | Unset = UNSET,
        url_rewriter: CloudinaryUrlRewriter
        | Mapping[str, object]
        | ImgixUrlRewriter
        | AkamaiUrlRewriter
        | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[UrlEndpoint]:
        """
        Create a URL endpoint: `accounts.url_endpoints.create` with its response.
        """
        return await self._session.send(
            _create.call(
                description=description,
                url_prefix=url_prefix,
                origins=origins,
                url_rewriter=url_rewriter,
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
    ) -> ApiResponse[UrlEndpoint]:
        """
        Get a URL endpoint: `accounts.url_endpoints.get` with its response.
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
        description: str,
        url_prefix: str | Unset = UNSET,
        origins: Sequence[str] | Unset = UNSET,
        url_rewriter: CloudinaryUrlRewriter
        | Mapping[str, object]
        | ImgixUrlRewriter
        | AkamaiUrlRewriter
        | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[UrlEndpoint]:
        """
        Replace a URL endpoint: `accounts.url_endpoints.update` with its response.
        """
        return await self._session.send(
            _update.call(
                id=id,
                description=description,
                url_prefix=url_prefix,
                origins=origins,
                url_rewriter=url_rewriter,
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
        Delete a URL endpoint: `accounts.url_endpoints.delete` with its response.
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
