"""
Extensions that run on files: when they finish, and their results.
"""

from __future__ import annotations

import io
import json
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import httpx
import pytest
from PIL import Image

from imagekit_local import LocalImageKit

pytestmark = pytest.mark.anyio
Define: TypeAlias = Callable[..., Awaitable[dict[str, Any]]]
Upload: TypeAlias = Callable[..., Awaitable[dict[str, Any]]]
Picture: TypeAlias = Callable[..., bytes]
HOOK = "https://example.test/hook"


class Clock:
    """
    A clock that stands still until it is set.
    """

    def __init__(self) -> None:
        self.time = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        """
        The time.
        """
        return self.time


@pytest.fixture
def clock() -> Clock:
    """
    A clock to be set by the test.
    """
    return Clock()


@pytest.fixture
def slow(clock: Clock) -> Iterator[LocalImageKit]:
    """
    A server on which extensions take ten seconds.
    """
    server = LocalImageKit(private_key="private_test", clock=clock, extension_delay_seconds=10)
    yield server
    server.stop()


@pytest.fixture
def events(server: LocalImageKit) -> list[tuple[str, Any]]:
    """
    Events of the server, except those of the upload itself.
    """
    told: list[tuple[str, Any]] = []

    def listen(type: str, data: Any) -> None:
        if type != "file.created":
            told.append((type, data))

    server._account.listeners.append(listen)
    return told


@pytest.fixture
def run(client: httpx.AsyncClient, upload: Upload, picture: Picture) -> Callable[..., Awaitable[dict[str, Any]]]:
    """
    Upload an image with extensions, and return its details when they are done.
    """

    async def done(*extensions: Any, name: str = "winter-coat_2.png", **fields: str) -> dict[str, Any]:
        file = await upload(name, picture(), extensions=json.dumps(extensions), **fields)
        assert {"pending"} == set(file["extensionStatus"].values())
        return await details(client, file)

    return done


async def details(client: httpx.AsyncClient, file: dict[str, Any]) -> dict[str, Any]:
    """
    Details of a file.
    """
    response = await client.get(f"/v1/files/{file['fileId']}/details")
    response.raise_for_status()
    body: dict[str, Any] = response.json()
    return body


def tasks(*items: dict[str, Any]) -> dict[str, Any]:
    """
    An extension with some tasks.
    """
    return {"name": "ai-tasks", "tasks": [{"instruction": "Is it a coat?", **item} for item in items]}


async def test_delay(slow: LocalImageKit, clock: Clock, picture: Picture) -> None:
    """An extension finishes with the first request after its time, and not before."""
    async with httpx.AsyncClient(transport=slow.transport(), base_url=slow.url, auth=("private_test", "")) as client:
        asked = json.dumps([{"name": "ai-auto-description"}])
        data = {"fileName": "coat.png", "useUniqueFileName": "false", "extensions": asked}
        uploaded = await client.post("/api/v1/files/upload", data=data, files={"file": picture()})
        file = uploaded.json()
        clock.time += timedelta(seconds=9)
        early = await details(client, file)
        clock.time += timedelta(seconds=1)
        late = await details(client, file)

    assert {"ai-auto-description": "pending"} == file["extensionStatus"]
    assert "description" not in early
    assert "Image showing coat." == late["description"]
    assert early["updatedAt"] != late["updatedAt"]


async def test_delays_side_by_side(slow: LocalImageKit, clock: Clock, picture: Picture) -> None:
    """Each of several extensions is done in its own time, however often there was nothing to do before."""
    described: list[list[bool]] = []
    async with httpx.AsyncClient(transport=slow.transport(), base_url=slow.url, auth=("private_test", "")) as client:
        for name in ("coat.png", "hat.png"):
            asked = json.dumps([{"name": "ai-auto-description"}])
            data = {"fileName": name, "useUniqueFileName": "false", "extensions": asked}
            await client.post("/api/v1/files/upload", data=data, files={"file": picture()})
            clock.time += timedelta(seconds=5)
        for seconds in (0, 0, 4, 1):
            clock.time += timedelta(seconds=seconds)
            files = (await client.get("/v1/files", params={"sort": "ASC_NAME"})).json()
            described.append(["description" in file for file in files])

    assert [[True, False], [True, False], [True, False], [True, True]] == described


async def test_tagging(run: Upload) -> None:
    """The words of the name become AI tags of decreasing confidence; another run replaces them."""
    google = {"name": "google-auto-tagging", "minConfidence": 90, "maxTags": 5}
    aws = {"name": "aws-auto-tagging", "minConfidence": 0, "maxTags": 1}
    file = await run(google, google, aws, name="Warm-winter-coat.png")

    assert [
        {"name": "warm", "confidence": 99, "source": "google-auto-tagging"},
        {"name": "winter", "confidence": 94, "source": "google-auto-tagging"},
        {"name": "warm", "confidence": 99, "source": "aws-auto-tagging"},
    ] == file["AITags"]


async def test_update(client: httpx.AsyncClient, upload: Upload) -> None:
    """An update can ask for extensions too, which run after its own changes."""
    file = await upload("2.txt")
    body = {"description": "mine", "extensions": [{"name": "ai-auto-description"}]}
    updated = (await client.patch(f"/v1/files/{file['fileId']}/details", json=body)).json()

    assert ("mine", {"ai-auto-description": "pending"}) == (updated["description"], updated["extensionStatus"])
    assert "File showing nothing known." == (await details(client, file))["description"]


@pytest.mark.parametrize(
    ("task", "tags"),
    [
        ({}, ["old", "coat", "winter"]),
        ({"vocabulary": ["Summer", "winter coat", "coat", "2", "boots"]}, ["old", "winter coat", "coat"]),
        ({"vocabulary": ["summer", "coat", "boots"], "min_selections": 2}, ["old", "coat", "summer"]),
        ({"vocabulary": ["winter", "coat"], "max_selections": 1}, ["old", "winter"]),
        ({"vocabulary": ["summer", "boots"]}, ["old"]),
    ],
)
async def test_select_tags(run: Upload, task: dict[str, Any], tags: list[str]) -> None:
    """Tags in the name are selected first, and others only to reach the minimum."""
    assert tags == (await run(tasks({"type": "select_tags", **task}), tags="old"))["tags"]


async def test_select_metadata(run: Upload, define: Define) -> None:
    """Values come from the vocabulary or the options of the field, one or several as the field allows."""
    await define("one", "SingleSelect", selectOptions=["boots", "coat", "winter"])
    await define("many", "MultiSelect", selectOptions=["boots", "coat", "winter"])
    await define("text", "Text")
    await define("none", "SingleSelect", selectOptions=["boots"])
    items = [{"type": "select_metadata", "field": name} for name in ("one", "many", "none")]
    file = await run(tasks(*items, {"type": "select_metadata", "field": "text", "vocabulary": ["winter", "coat"]}))

    assert {"one": "coat", "many": ["coat", "winter"], "text": "winter"} == file["customMetadata"]


async def test_yes_no(run: Upload, define: Define) -> None:
    """The model says yes if the question contains a word of the name; without an action nothing happens."""
    await define("kind", "Text")
    await define("old", "Text")
    yes = {
        "add_tags": ["coat", "warm"],
        "remove_tags": ["unsorted"],
        "set_metadata": [{"field": "kind", "value": "coat"}],
        "unset_metadata": [{"field": "old"}],
    }
    no = {"add_tags": ["other"]}
    file = await run(
        tasks(
            {"type": "yes_no", "on_yes": yes, "on_no": no},
            {"type": "yes_no", "on_no": no, "instruction": "Are these boots?"},
            {"type": "yes_no", "on_yes": no, "instruction": "Are these boots?"},
        ),
        tags="unsorted",
        customMetadata='{"old": "x"}',
    )

    assert ["coat", "warm", "other"] == file["tags"]
    assert {"kind": "coat"} == file["customMetadata"]


async def test_remove_background(client: httpx.AsyncClient, upload: Upload, events: list[tuple[str, Any]]) -> None:
    """An image without its background is a new version; the old one keeps its bytes."""
    image = Image.new("RGB", (4, 4), "white")
    image.putpixel((2, 2), (255, 0, 0))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    clear, green = ({"name": "remove-bg", "options": options} for options in ({}, {"bg_color": "0F0"}))
    await upload("a.png", buffer.getvalue(), extensions=json.dumps([clear]))
    first = (await client.get("/v1/files")).json()[0]
    content = (await client.get(first["url"])).content
    cut = Image.open(io.BytesIO(content))
    await upload("b.png", buffer.getvalue(), extensions=json.dumps([green]))
    filled = Image.open(io.BytesIO((await client.get("/local/b.png")).content))
    versions = (await client.get(f"/v1/files/{first['fileId']}/versions")).json()

    assert ("Version 2", len(content), True) == (first["versionInfo"]["name"], first["size"], first["hasAlpha"])
    assert [(255, 255, 255, 0), (255, 0, 0, 255)] == [cut.getpixel(at) for at in ((0, 0), (2, 2))]
    assert [(0, 255, 0), (255, 0, 0)] == [filled.getpixel(at) for at in ((0, 0), (2, 2))]
    assert buffer.getvalue() == (await client.get(versions[1]["url"])).content
    assert ["file-version.created", "file-version.created"] == [type for type, _ in events]


@pytest.mark.parametrize(
    "options", [{"bg_image_url": "https://a.test"}, {"bg_color": "no color"}, {"bg_color": "blue"}]
)
async def test_background_colors(run: Upload, options: dict[str, Any]) -> None:
    """An invalid background makes the extension fail and leaves the file unchanged."""
    file = await run({"name": "remove-bg", "options": options})

    assert ("Version 2" if options == {"bg_color": "blue"} else "Version 1") == file["versionInfo"]["name"]


async def test_callback_of_success(run: Upload, events: list[tuple[str, Any]]) -> None:
    """A result is sent as an event, and to the callback URL of the upload."""
    file = await run({"name": "ai-auto-description"}, webhookUrl=HOOK)
    body = {"service": "ai-auto-description", "status": "SUCCESS", "fileObject": file}

    assert [("file.updated", file), ("extension.finished", {"webhookUrl": HOOK, "body": body})] == events


@pytest.mark.parametrize(
    "extension",
    [
        {"name": "remove-bg"},
        {"name": "google-auto-tagging", "minConfidence": 0, "maxTags": 1},
        tasks({"type": "select_metadata", "field": "unknown", "vocabulary": ["coat"]}),
        tasks({"type": "yes_no", "on_yes": {"add_tags": ["a" * 501]}}),
    ],
)
async def test_failure(
    client: httpx.AsyncClient, upload: Upload, events: list[tuple[str, Any]], extension: dict[str, Any]
) -> None:
    """An extension that fails leaves the file unchanged, and is reported with the reason."""
    file = await upload("coat.txt", extensions=json.dumps([extension]), webhookUrl=HOOK)
    after = await details(client, file)
    ((type, data),) = events

    assert (["Version 1"], None, {}) == ([after["versionInfo"]["name"]], after["tags"], after["customMetadata"])
    assert ("extension.finished", HOOK) == (type, data["webhookUrl"])
    assert ("FAILURE", file["fileId"]) == (data["body"]["status"], data["body"]["fileId"])
    assert data["body"]["error"]["message"]


async def test_broken_picture(client: httpx.AsyncClient, upload: Upload, picture: Picture) -> None:
    """An image that is broken or too large keeps its background."""
    asked = json.dumps([{"name": "remove-bg"}])
    broken = await upload("a.png", picture(size=(50, 50))[:-40], extensions=asked)
    large = await upload("b.png", picture(size=(5_001, 5_000), mode="1"), extensions=asked)

    for file in (broken, large):
        assert "Version 1" == (await details(client, file))["versionInfo"]["name"]


async def test_too_many_versions(client: httpx.AsyncClient, upload: Upload, picture: Picture) -> None:
    """An extension cannot exceed the maximum number of versions."""
    for _ in range(99):
        await upload("a.png", picture())
    file = await upload("a.png", picture(), extensions=json.dumps([{"name": "remove-bg"}]))

    assert "Version 100" == (await details(client, file))["versionInfo"]["name"]


async def test_file_that_is_gone(client: httpx.AsyncClient, slow: LocalImageKit, clock: Clock) -> None:
    """An extension does nothing if its file was deleted."""
    async with httpx.AsyncClient(transport=slow.transport(), base_url=slow.url, auth=("private_test", "")) as client:
        data = {"fileName": "a.txt", "extensions": '[{"name": "ai-auto-description"}]'}
        file = (await client.post("/api/v1/files/upload", data=data, files={"file": b"text"})).json()
        await client.delete(f"/v1/files/{file['fileId']}")
        clock.time += timedelta(seconds=10)
        listed = await client.get("/v1/files")

    assert (200, []) == (listed.status_code, listed.json())


async def test_saved_extension(client: httpx.AsyncClient, run: Upload, upload: Upload) -> None:
    """A saved extension runs, and is reported under the name of its config."""
    config = {"name": "aws-auto-tagging", "minConfidence": 0, "maxTags": 1}
    body = {"name": "Tags", "description": "d", "config": config}
    saved = (await client.post("/v1/saved-extensions", json=body)).json()
    reference = {"name": "saved-extension", "id": saved["id"]}
    asked = await upload("b.txt", extensions=json.dumps([reference]))
    file = await run(reference)

    assert {"aws-auto-tagging": "pending"} == asked["extensionStatus"]
    assert ["winter"] == [tag["name"] for tag in file["AITags"]]


@pytest.mark.parametrize("id", ["ext_none", "abc"])
async def test_unknown_saved_extension(client: httpx.AsyncClient, upload: Upload, id: str) -> None:
    """An update with an unknown saved extension changes nothing."""
    file = await upload("a.txt")
    body = {"description": "d", "extensions": [{"name": "saved-extension", "id": id}]}
    response = await client.patch(f"/v1/files/{file['fileId']}/details", json=body)

    assert (400, "The requested saved extension does not exist.") == (response.status_code, response.json()["message"])
    assert "description" not in await details(client, file)
