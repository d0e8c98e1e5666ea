"""
The public surface as type checkers see it: read by mypy and pyright in strict mode, never run.

An `ignore` marks a call that must be refused; a checker that accepts it fails on the needless comment.
"""

from __future__ import annotations

import builtins
import io
import pathlib
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, assert_type

import aiofiles
import anyio
import httpx
from starlette.datastructures import UploadFile

from imagekit_async import (
    UNSET,
    ApiResponse,
    APIStatusError,
    AsyncImageKit,
    FileInput,
    RateLimit,
    UploadOutcomeUnknownError,
    UploadServerError,
)
from imagekit_async.models import (
    AITag,
    BulkDeleteResult,
    BulkFileError,
    CacheInvalidationStatus,
    File,
    FileType,
    FileUploadResponse,
    Folder,
    FolderJob,
    FolderJobStarted,
    Model,
    RemoveBgExtension,
    RemoveBgExtensionDict,
    S3Origin,
    UnknownModel,
    VersionInfo,
)


async def clients(transport: httpx.AsyncBaseTransport, http_client: httpx.AsyncClient) -> None:
    """
    The client takes keywords of the documented types and gives itself in `async with`.
    """
    async with AsyncImageKit() as client:
        assert_type(client, AsyncImageKit)
        assert_type(client.is_closed, bool)
        assert_type(await client.aclose(), None)
    AsyncImageKit("private_key", timeout=5, max_retries=0, default_headers={"X-Team": "web"})
    AsyncImageKit(transport=transport, timeout=None)
    AsyncImageKit(http_client=http_client, timeout=httpx.Timeout(5.0))
    AsyncImageKit(private_key=b"key")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    AsyncImageKit(timeout="5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    AsyncImageKit(transport=httpx.HTTPTransport())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    AsyncImageKit(retries=3)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def results(client: AsyncImageKit) -> None:
    """
    Each call gives the model that the document names.
    """
    assert_type(await client.assets.list(), builtins.list[File | Folder | UnknownModel])
    assert_type(await client.files.get("id"), File)
    assert_type(await client.files.upload(file=b"x", file_name="x"), FileUploadResponse)
    assert_type(await client.beta.v2.files.upload(file=b"x", file_name="x"), FileUploadResponse)
    assert_type(await client.files.bulk.delete(file_ids=["a", "b"]), BulkDeleteResult)
    assert_type(await client.files.versions.list("id"), builtins.list[File])
    assert_type(await client.folders.create(folder_name="a", parent_folder_path="/"), dict[str, Any])
    assert_type(
        await client.folders.move(source_folder_path="/a", destination_path="/b"),
        FolderJobStarted,
    )
    assert_type(await client.files.delete("id"), None)


async def responses(client: AsyncImageKit) -> None:
    """
    `with_response` wraps the same values, and a raw request gives JSON.
    """
    response = await client.with_response.files.get("id")
    assert_type(response, ApiResponse[File])
    assert_type(response.value, File)
    assert_type(response.request_id, str | None)
    assert_type(response.status_code, int)
    assert_type(response.headers, Mapping[str, str])
    assert_type(response.rate_limit, RateLimit | None)
    assert_type(response.attempts, int)
    assert_type(response.elapsed, timedelta)
    assert_type(
        await client.with_response.assets.list(limit=1), ApiResponse[builtins.list[File | Folder | UnknownModel]]
    )
    assert_type(await client.with_response.files.delete("id"), ApiResponse[None])
    assert_type(await client.request("GET", "/v1/new", query={"limit": 1}), ApiResponse[Any])
    wider: ApiResponse[Model] = response
    wider.value.to_dict()


async def lists_and_waits(client: AsyncImageKit) -> None:
    """
    `iterate` yields what `list` holds, and `wait` returns what `get` does; both take the arguments of these.
    """
    assets: AsyncIterator[File | Folder | UnknownModel] = client.assets.iterate(type="all", sort="ASC_NAME")
    assert_type(await anext(assets), File | Folder | UnknownModel)
    async for asset in client.assets.iterate(page_size=10, limit=None, prefetch=0, timeout=5, max_retries=0):
        assert_type(asset, File | Folder | UnknownModel)
    assert_type(await client.folders.job.wait("id", deadline=None), FolderJob)
    assert_type(await client.cache.invalidation.wait("id", timeout=5), CacheInvalidationStatus)
    await client.folders.job.wait(job_id="id", deadline=5, on_progress=lambda job: print(job.status))

    client.assets.iterate(skip=5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.assets.iterate(sort="NEWEST")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.assets.iterate(page_size=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.folders.job.wait()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await client.folders.job.wait("id", 5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def arguments(client: AsyncImageKit) -> None:
    """
    The path parameter may be positional, all else is named; what is left out is UNSET, and null is None where allowed.
    """
    await client.assets.list(sort="DESC_CREATED", file_type="image", limit=10, skip=UNSET)
    await client.assets.list(search_query=None, limit=None)
    await client.files.upload(file=b"", file_name="a.png", tags=None)
    await client.files.update("id", tags=None, custom_coordinates=None, description="text")
    await client.files.update("id", publish={"is_published": True})
    await client.files.update("id", remove_ai_tags="all", extensions=[RemoveBgExtension(name="remove-bg")])
    await client.files.update("id", extensions=({"name": "remove-bg"},), timeout=None, max_retries=5)
    await client.files.get("id", extra_headers={"X-A": "b"}, extra_query={"c": True}, extra_body={"d": [1]})
    await client.accounts.origins.create(type="S3", name="a", bucket="b", access_key="c", secret_key="d")

    await client.files.upload(
        file=b"",
        file_name="a.mp4",
        extensions=[
            {"name": "remove-bg", "options": {"add_shadow": True, "bg_color": "white"}},
            {"name": "google-auto-tagging", "min_confidence": 80, "max_tags": 10},
            {"name": "ai-tasks", "tasks": [{"type": "yes_no", "instruction": "Is it?", "on_yes": {"add_tags": ["a"]}}]},
            {"name": "saved-extension", "id": "ext_1"},
            RemoveBgExtension(additional_properties={"strength": 5}),
        ],
        transformation={"pre": "w-10", "post": [{"type": "abs", "value": "sr-240", "protocol": "hls"}]},
    )
    wanted: list[RemoveBgExtensionDict] = [{"name": "remove-bg"}]
    await client.files.update("id", extensions=wanted)

    await client.files.update("id", publish={"isPublisht": True})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.files.update("id", extensions=[{"nombre": "remove-bg"}])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    await client.files.update("id", extensions=[{"name": "remove-bgg"}])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    await client.files.update("id", extensions=[{"name": "remove-bg", "option": {}}])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    await client.files.update("id", extensions=[{"name": "remove-bg", "options": {"add_shadwo": True}}])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    await client.files.upload(file=b"", file_name="a", transformation={"pr": "w-10"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.files.get()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await client.files.get(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.files.get("id", 5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await client.assets.list("file", "image")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await client.assets.list(sort="NEWEST")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.assets.list(limit="1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.assets.list(page=1)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await client.files.update("id", description=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.files.bulk.delete(file_ids=[1])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    await client.files.upload(file_name="x")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.file  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]  # noqa: B018


async def inputs(
    client: AsyncImageKit, form_file: UploadFile, chunks: AsyncIterator[bytes], parts: Iterator[bytes]
) -> None:
    """
    `file` takes what holds or gives bytes, alone or with a name and a media type.
    """
    path = pathlib.Path("a.png")
    uploads: list[FileInput] = [
        b"bytes",
        bytearray(b"bytes"),
        memoryview(b"bytes"),
        path,
        anyio.Path("a.png"),
        "https://example.com/a.png",
        io.BytesIO(b"bytes"),
        form_file,
        form_file.file,
        chunks,
        parts,
        [b"two", b"parts"],
        ("name.png", b"bytes"),
        ("name.png", path),
        ("name.png", chunks, "image/png"),
        ("name.png", form_file, None),
    ]
    for upload in uploads:
        await client.files.upload(file=upload, file_name="a.png")
    with path.open("rb") as file, tempfile.SpooledTemporaryFile() as spool, tempfile.TemporaryFile() as temporary:
        await client.files.upload(file=file, file_name="a.png")
        await client.files.upload(file=spool, file_name="a.png")
        await client.files.upload(file=("b.png", temporary), file_name="a.png")
    async with await anyio.open_file(path, "rb") as anyio_file, aiofiles.open(path, "rb") as aio_file:
        await client.files.upload(file=anyio_file, file_name="a.png")
        await client.files.upload(file=("b.png", aio_file, "image/png"), file_name="a.png")


async def refused_inputs(client: AsyncImageKit, text: io.StringIO, lines: list[str]) -> None:
    """
    A source of text, or of nothing readable, is not an upload.
    """
    await client.files.upload(file=text, file_name="a")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.files.upload(file=5, file_name="a")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.files.upload(file=None, file_name="a")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.files.upload(file=lines, file_name="a")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.files.upload(file=("a", "text"), file_name="a")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def models(file: File, asset: File | Folder | UnknownModel, result: BulkDeleteResult, origin: S3Origin) -> None:
    """
    Fields are decoded, optional where the document does not promise them, and cannot be set.
    """
    assert_type(file.name, str)
    assert_type(file.type, FileType | str)
    assert_type(file.size, int)
    assert_type(file.mime, str | None)
    range(file.width or 0)
    assert_type(file.created_at, datetime)
    assert_type(file.tags, builtins.list[str] | None)
    assert_type(file.ai_tags, builtins.list[AITag] | None)
    assert_type(file.custom_metadata, dict[str, Any])
    assert_type(file.version_info.name, str)
    assert_type(file.additional_properties, Mapping[str, Any])
    assert_type(file.to_dict(), dict[str, Any])
    assert_type(File.from_dict({"fileId": "a"}), File)
    assert_type(result.successfully_deleted_file_ids, builtins.list[str])
    assert_type(result.errors, builtins.list[BulkFileError] | None)
    assert_type(origin.bucket, str)
    if isinstance(asset, Folder):
        assert_type(asset.folder_id, str)
    if isinstance(asset, UnknownModel):
        assert_type(asset.whatever, Any)
    VersionInfo(id="a", name="b")
    VersionInfo(versionId="a", id="a", name="b")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    VersionInfo(id="a")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    file.name = "b"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    file.title  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]  # noqa: B018


def errors(error: APIStatusError, upload_error: UploadOutcomeUnknownError, responded: UploadServerError) -> None:
    """
    Errors hold what support asks for.
    """
    assert_type(error.status_code, int)
    assert_type(error.request_id, str | None)
    assert_type(error.retry_after, timedelta | None)
    assert_type(error.rate_limit, RateLimit | None)
    assert_type(error.body, Any)
    assert_type(upload_error.file_name, str | None)
    assert_type(upload_error.since, datetime)
    assert_type(upload_error.request_sent, bool)
    assert_type(responded.status_code, int)
    assert_type(responded.folder, str | None)
