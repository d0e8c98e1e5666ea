"""
The sync client and the views as type checkers see them: read by mypy and pyright in strict mode, never run.

Each user writes the same calls; an `ignore` marks a call that must be refused.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from typing import Any, assert_type

import httpx

from imagekit_async import ApiResponse, AsyncImageKit, ImageKit, RateLimit
from imagekit_async.models import CacheInvalidationStatus, File, FileUploadResponse, Folder, FolderJob, UnknownModel


def settings(transport: httpx.AsyncBaseTransport, sync_transport: httpx.BaseTransport) -> None:
    """
    The sync client takes the settings of the async one, with the same types.
    """
    with ImageKit() as client:
        assert_type(client, ImageKit)
        assert_type(client.is_closed, bool)
        assert_type(client.rate_limits, dict[str, tuple[RateLimit, ...]])
        assert_type(client.close(), None)
    ImageKit("private_key", timeout=5, max_retries=0, default_headers={"X-Team": "web"}, transport=transport)
    ImageKit(private_key=b"key")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ImageKit(timeout="5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ImageKit(transport=sync_transport)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ImageKit(retries=3)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    ImageKit("key", "public")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def progress(done: int, total: int | None) -> None:
    """
    Progress of an upload.
    """


def text_progress(done: str) -> None:
    """
    No progress of an upload.
    """


def values(client: ImageKit) -> None:
    """
    Sync calls return values, without `await`.
    """
    assert_type(client.files.get("id", deadline=5, idempotent=True), File)
    assert_type(client.files.get(file_id="id"), File)
    assert_type(client.files.delete("id"), None)
    assert_type(client.files.upload(file=b"x", file_name="x", tags=["a"], progress=progress), FileUploadResponse)
    assert_type(client.beta.v2.files.upload(file=b"x", file_name="x"), FileUploadResponse)
    assert_type(client.files.versions.list("id"), builtins.list[File])
    assert_type(client.assets.list(sort="ASC_NAME", limit=1), builtins.list[File | Folder | UnknownModel])
    assert_type(client.assets.iterate(type="all", page_size=5), Iterator[File | Folder | UnknownModel])
    for asset in client.assets.iterate(limit=5, prefetch=0):
        assert_type(asset, File | Folder | UnknownModel)
    assert_type(client.folders.job.wait("id", deadline=5, on_progress=lambda job: print(job.status)), FolderJob)
    assert_type(client.cache.invalidation.wait("id"), CacheInvalidationStatus)
    assert_type(client.request("GET", "/v1/new", query={"limit": 1}), ApiResponse[Any])
    assert_type(client.helper.build_url(src="a.jpg"), str)

    client.files.get()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.files.get(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.files.get("id", dead_line=5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.files.upload(file=b"x", file_name="x", progress=text_progress)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.assets.list(sort="NEWEST")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.assets.iterate(skip=5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.folders.job.wait("id", 5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.request("GET", "/v1/new", retries=1)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.file  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]  # noqa: B018


def sync_responses(client: ImageKit) -> None:
    """
    `with_response` of the sync client returns responses, without `await`.
    """
    assert_type(client.with_response.files.get("id"), ApiResponse[File])
    assert_type(client.with_raw_response.files.get("id"), ApiResponse[File])
    assert_type(client.with_response.files.upload(file=b"x", file_name="x", progress=progress).value.name, str)
    assert_type(client.with_response.files.delete("id"), ApiResponse[None])

    client.with_response.files.get(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.with_response.files.get("id", dead_line=5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.with_response.assets.iterate  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]  # noqa: B018


async def async_responses(client: AsyncImageKit) -> None:
    """
    `with_response` of the async client returns responses that are awaited.
    """
    assert_type(await client.with_raw_response.files.get(file_id="id", timeout=5), ApiResponse[File])
    response = await client.with_response.files.upload(file=b"x", file_name="x", progress=progress)
    assert_type(response, ApiResponse[FileUploadResponse])

    await client.with_response.files.get(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.with_response.files.get("id", dead_line=5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await client.with_response.files.upload(file=b"x", file_name="x", progress=text_progress)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.with_response.folders.job.wait  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]  # noqa: B018
