"""
What users write, as type checkers see it: read by mypy and pyright in strict mode, never run.

No program needs a cast, an `or ""` or an ignore, except where it shows what must be refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, assert_type

import attrs
from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from taskiq import Context, InMemoryBroker, TaskiqDepends

from imagekit_async import (
    APIStatusError,
    AsyncImageKit,
    ImageKit,
    ImageKitError,
    MissingFieldError,
    NotFoundError,
    UploadOutcomeUnknownError,
)
from imagekit_async.integrations.django import ImageKitStorage
from imagekit_async.models import (
    AutoTaggingExtensionDict,
    File,
    Folder,
    RemoveBgExtensionDict,
    UploadTransformationDict,
)
from imagekit_async.search import Asset
from imagekit_async.transfer import UploadItem, upload_many


@attrs.frozen
class Photo:
    """
    A row of an application's database.
    """

    file_id: str
    url: str
    size: int


def photo_of(file: File) -> Photo:
    """
    Keep what every file has.
    """
    return Photo(file.file_id, file.url, file.size)


def tiles(file: File, edge: int) -> list[tuple[int, int]]:
    """
    Count with sizes, which a file that is not an image does not have.
    """
    if file.width is None or file.height is None:
        return []
    return [(x, y) for x in range(0, file.width, edge) for y in range(0, file.height, edge)]


EXTENSIONS: Sequence[RemoveBgExtensionDict | AutoTaggingExtensionDict] = (
    {"name": "remove-bg", "options": {"bg_color": "white"}},
    {"name": "google-auto-tagging", "min_confidence": 70, "max_tags": 5},
)
THUMBNAILS: UploadTransformationDict = {"post": [{"type": "transformation", "value": "w-200"}]}


async def web_app(client: AsyncImageKit, content: bytes) -> dict[str, str | int | None]:
    """
    A web application stores an image and responds with its URL.
    """
    uploaded = await client.files.upload(
        file=content, file_name="a.jpg", extensions=EXTENSIONS, transformation=THUMBNAILS
    )
    return {"url": uploaded.url, "id": uploaded.file_id, "bytes": uploaded.size, "width": uploaded.width}


broker = InMemoryBroker()


@broker.task
async def tag(file_id: str, tags: list[str], context: Context = TaskiqDepends()) -> str:  # noqa: B008
    """
    A task of a worker tags a file, and leaves long waits to its queue.
    """
    client: AsyncImageKit = context.state.client
    try:
        updated = await client.files.update(file_id, tags=tags, deadline=4)
    except NotFoundError:
        return "gone"
    except UploadOutcomeUnknownError as error:
        return f"unknown since {error.since}"
    except APIStatusError as error:
        return f"{error.status_code} {error.request_id}"
    return updated.updated_at.isoformat()


async def importer(client: AsyncImageKit, folder: Path) -> int:
    """
    A job uploads many files.
    """
    items = [UploadItem(path, path.name, options={"extensions": EXTENSIONS}) for path in folder.iterdir()]
    total = 0
    async with upload_many(client, items) as results:
        async for result in results:
            total += result.file.size if result.file is not None else 0
    return total


def script() -> dict[str, int]:
    """
    A script sums up sizes by folder with the sync client.
    """
    sizes: dict[str, int] = {}
    with ImageKit() as client:
        for asset in client.assets.iterate(search_query=Asset.size > 1_000_000):
            if isinstance(asset, File):
                sizes[asset.file_path.rpartition("/")[0]] = sizes.get(asset.file_path, 0) + asset.size
            elif isinstance(asset, Folder):
                sizes.setdefault(asset.folder_path, 0)
        job = client.folders.copy(source_folder_path="/a", destination_path="/b")
        assert_type(client.folders.job.wait(job.job_id).status, str)
    return sizes


def notebook(client: ImageKit) -> list[Photo]:
    """
    Cells of a notebook look at files, of which a field may still be missing.
    """
    files = client.files.versions.list("64e1")
    newest = max(files, key=lambda file: file.created_at)
    print(newest.version_info.name, newest.custom_metadata.get("price"), *(tag.name for tag in newest.ai_tags or ()))
    try:
        return [photo_of(file) for file in files]
    except MissingFieldError as error:
        print(error.message)
        return []


async def migrating(client: AsyncImageKit) -> None:
    """
    A program for the vendor's client keeps its dicts and changes its import.
    """
    await client.files.update(
        "64e1",
        tags=["a"],
        custom_coordinates=None,
        extensions=[
            {"name": "ai-auto-description"},
            {"name": "google-auto-tagging", "max_tags": 5, "min_confidence": 9},
        ],
    )
    await client.custom_metadata_fields.create(name="price", label="Price", schema={"type": "Number", "min_value": 1})
    await client.accounts.url_endpoints.create(
        description="Images", url_prefix="images", origins=["o1"], url_rewriter={"type": "IMGIX"}
    )
    raw = await client.with_raw_response.files.get("64e1")
    assert_type(raw.value, File)

    await client.custom_metadata_fields.create(name="p", label="P", schema={"type": "Number", "minimum": 1})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def django_view(request: HttpRequest) -> HttpResponse:
    """
    A view stores an upload, and shows files.
    """
    storage = ImageKitStorage(location="media")
    name = storage.save("a.txt", ContentFile(b"text"))
    try:
        found: Any = [photo_of(asset) for asset in storage.client.assets.list() if isinstance(asset, File)]
    except ImageKitError as error:
        return HttpResponse(str(error), status=502)
    return JsonResponse({"url": storage.url(name), "photos": [attrs.asdict(photo) for photo in found]})
