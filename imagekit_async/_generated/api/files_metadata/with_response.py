# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._http.call import CallOptions
from ...types import UNSET, Unset
from . import get as _get
from . import get_from_url as _get_from_url

if TYPE_CHECKING:
    from httpx import Timeout

    from ...._http.session import Session
    from ...._response import ApiResponse
    from ...models.metadata import Metadata


class FilesMetadataResourceWithResponse:
    """
    The calls of `FilesMetadataResource`, each returning an `ApiResponse` around the value.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(
        self,
        file_id: str,
        *,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[Metadata]:
        """
        Get the technical metadata of a file: `files.metadata.get` with its response.
        """
        return await self._session.send(
            _get.call(
                file_id=file_id,
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

    async def get_from_url(
        self,
        *,
        url: str,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[Metadata]:
        """
        Get the technical metadata of a delivered URL: `files.metadata.get_from_url` with its response.
        """
        return await self._session.send(
            _get_from_url.call(
                url=url,
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
