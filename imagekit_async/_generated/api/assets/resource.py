# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import UNSET, CallOptions, PageIterator, Resource, Unset, refuse_paging

if TYPE_CHECKING:
    from ...._runtime import Timeout, UnknownModel
    from ...models.assets_list_file_type import AssetsListFileType
    from ...models.assets_list_sort import AssetsListSort
    from ...models.assets_list_type import AssetsListType
    from ...models.file import File
    from ...models.folder import Folder


class AssetsResource(Resource):
    """
    List and search the files and folders of the media library.
    """

    async def list(
        self,
        *,
        type: AssetsListType | None | Unset = UNSET,
        file_type: AssetsListFileType | None | Unset = UNSET,
        path: str | None | Unset = UNSET,
        search_query: str | None | Unset = UNSET,
        sort: AssetsListSort | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        skip: int | None | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> builtins.list[File | Folder | UnknownModel]:
        """
        List or search files and folders.

        Returns one page of the media library as a plain array, without a total or a cursor. Ask for the next page by
        raising `skip` by `limit` until a page holds fewer items than `limit`; changes made between two pages can shift
        items. All filters are combined with AND. Fails with 400 when a parameter is out of range or the search query
        cannot be understood.

        Args:
            type: Kinds of assets to return: current files, older file versions, folders, or `all` (files and folders).
                Has no effect when `search_query` is given.
            file_type: Restricts files to images or to everything else; a video counts as `non-image`. Default 'all'.
            path: Folder whose direct children are returned, for example `/catalog`; subfolders are not searched.
            search_query: Search expression: clauses such as `name : "invoice-"`, `tags IN ["autumn"]` or `createdAt >
                "7d"`, joined with AND and OR and grouped by parentheses. Dates are quoted. The other filters, except
                `type`, apply as well.
            sort: Order of the results. `RELEVANCE` is meant for searches with the operator HAS;
                `ORIGINAL_CREATION_DATE` uses the reserved custom metadata field of that name and, where it is unset,
                the upload time. Default 'ASC_CREATED'.
            limit: Maximum number of items in the page. At least 1, at most 1000, default 1000.
            skip: Number of items to skip before the page starts. At least 0, default 0.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The matching assets in the requested order; an empty array when nothing matches or the last page is passed.

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
        from .list import call as _list

        call = _list(
            type=type, file_type=file_type, path=path, search_query=search_query, sort=sort, limit=limit, skip=skip
        )
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

    def iterate(
        self,
        *,
        type: AssetsListType | None | Unset = UNSET,
        file_type: AssetsListFileType | None | Unset = UNSET,
        path: str | None | Unset = UNSET,
        search_query: str | None | Unset = UNSET,
        sort: AssetsListSort | None | Unset = UNSET,
        page_size: int = 1000,
        limit: int | None = None,
        prefetch: int = 1,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
    ) -> PageIterator[File | Folder | UnknownModel]:
        """
        Iterate over everything that `list` finds, page by page.

        An item that exists from the first request to the last is yielded exactly once, even if others are added or
        deleted during iteration: each page overlaps the previous one by an item, and if the overlap is missing, earlier
        pages are read again. An item that is added or deleted during iteration may or may not be yielded. An item that
        changes its place in the list can be skipped, such as a renamed file in a list sorted by name.

        No request is in flight while the body of the loop runs, so leaving the loop early needs no cleanup. After an
        error, the next item asked for repeats the request that failed.

        Args:
            type: Kinds of assets to return: current files, older file versions, folders, or `all` (files and folders).
                Has no effect when `search_query` is given.
            file_type: Restricts files to images or to everything else; a video counts as `non-image`. Default 'all'.
            path: Folder whose direct children are returned, for example `/catalog`; subfolders are not searched.
            search_query: Search expression: clauses such as `name : "invoice-"`, `tags IN ["autumn"]` or `createdAt >
                "7d"`, joined with AND and OR and grouped by parentheses. Dates are quoted. The other filters, except
                `type`, apply as well.
            sort: Order of the results. `RELEVANCE` is meant for searches with the operator HAS;
                `ORIGINAL_CREATION_DATE` uses the reserved custom metadata field of that name and, where it is unset,
                the upload time. Default 'ASC_CREATED'.
            page_size: Items a request asks for, 2 to 1000.
            limit: Items to yield at most, 0 or more; None for all.
            prefetch: Pages to read at the same time as the next one, 0 or more; they may turn out to be past the end.
                The first page is read alone.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.

        Returns:
            An iterator: asynchronous, plain in the sync client. The first request is sent when the first item is asked
            for.

        Raises:
            ValueError: `page_size`, `limit` or `prefetch` is out of range, or `extra_query` sets
                `skip` or `limit`.
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
        from .list import call as _list

        refuse_paging(extra_query, "skip", "limit")
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body)

        async def fetch(page_offset: int, page_length: int) -> builtins.list[File | Folder | UnknownModel]:
            return await self._send(
                _list(
                    type=type,
                    file_type=file_type,
                    path=path,
                    search_query=search_query,
                    sort=sort,
                    limit=page_length,
                    skip=page_offset,
                ),
                options,
            )

        return PageIterator(
            fetch,
            tag="type",
            identity={
                "file": ("file_id",),
                "file-version": ("file_id", "version_info.id"),
                "folder": ("folder_id",),
            },
            page_size=page_size,
            largest_page=1000,
            limit=limit,
            prefetch=prefetch,
        )
