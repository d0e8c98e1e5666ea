"""
The list of assets.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from imagekit_local import LocalImageKit

pytestmark = pytest.mark.anyio
Upload = Callable[..., Awaitable[dict[str, Any]]]
Picture = Callable[..., bytes]


async def names(client: httpx.AsyncClient, **parameters: object) -> list[str]:
    """
    Names in a list.
    """
    response = await client.get("/v1/files", params={key: str(value) for key, value in parameters.items()})
    response.raise_for_status()
    return [asset["name"] for asset in response.json()]


@pytest.fixture
async def library(upload: Upload, picture: Picture) -> None:
    """
    Two images, a text with two versions, three folders.
    """
    await upload("wide.png", picture(size=(30, 2)), folder="pics", tags="summer,sea")
    await upload("tall.png", picture(size=(3, 20)), folder="pics/deep", tags="winter")
    await upload("note.txt", b"a", tags="sea")
    await upload("note.txt", b"abc", folder="", tags="summer")
    await upload("empty.svg", b"", folder="docs")


@pytest.mark.usefixtures("library")
class TestLibrary:
    """
    Lists of a known library.
    """

    @pytest.mark.parametrize(
        ("parameters", "expected"),
        [
            ({}, ["wide.png", "tall.png", "note.txt", "empty.svg"]),
            ({"type": "file"}, ["wide.png", "tall.png", "note.txt", "empty.svg"]),
            ({"type": "file-version"}, ["note.txt"]),
            ({"type": "folder"}, ["pics", "deep", "docs"]),
            ({"type": "all"}, ["wide.png", "pics", "tall.png", "deep", "note.txt", "empty.svg", "docs"]),
            ({"includeFolder": "true", "path": "/"}, ["pics", "note.txt", "docs"]),
            ({"includeFolder": "false", "path": "/"}, ["note.txt"]),
            ({"includeFolder": "true", "type": "file", "path": "/"}, ["note.txt"]),
            ({"fileType": "image"}, ["wide.png", "tall.png", "empty.svg"]),
            ({"fileType": "non-image"}, ["note.txt"]),
            ({"fileType": "image", "type": "all", "path": "docs"}, ["empty.svg"]),
            ({"fileType": "image", "type": "folder"}, []),
            ({"path": "pics"}, ["wide.png"]),
            ({"path": "//pics/deep//"}, ["tall.png"]),
            ({"path": "pics", "type": "all"}, ["wide.png", "deep"]),
            ({"path": "/nowhere"}, []),
            ({"name": "note.txt"}, ["note.txt"]),
            ({"name": "deep", "type": "all"}, ["deep"]),
            ({"name": "NOTE.txt"}, []),
            ({"tags": "summer"}, ["wide.png", "note.txt"]),
            ({"tags": "winter, sea"}, ["wide.png", "tall.png"]),
            ({"tags": "summer", "type": "folder"}, []),
            ({"tags": "sea", "type": "file-version"}, ["note.txt"]),
            ({"limit": 2}, ["wide.png", "tall.png"]),
            ({"limit": 2, "skip": 3}, ["empty.svg"]),
            ({"skip": 4}, []),
            ({"skip": 10**30}, []),
            ({"searchQuery": ""}, ["wide.png", "tall.png", "note.txt", "empty.svg"]),
        ],
    )
    async def test_filter(self, client: httpx.AsyncClient, parameters: dict[str, Any], expected: list[str]) -> None:
        """Each parameter narrows the list as documented."""
        assert expected == await names(client, **parameters)

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            ("ASC_NAME", ["empty.svg", "note.txt", "tall.png", "wide.png"]),
            ("DESC_NAME", ["wide.png", "tall.png", "note.txt", "empty.svg"]),
            ("ASC_CREATED", ["wide.png", "tall.png", "note.txt", "empty.svg"]),
            ("DESC_CREATED", ["empty.svg", "note.txt", "tall.png", "wide.png"]),
            ("DESC_UPDATED", ["empty.svg", "note.txt", "tall.png", "wide.png"]),
            ("ASC_HEIGHT", ["wide.png", "tall.png", "note.txt", "empty.svg"]),
            ("DESC_HEIGHT", ["tall.png", "wide.png", "note.txt", "empty.svg"]),
            ("ASC_WIDTH", ["tall.png", "wide.png", "note.txt", "empty.svg"]),
            ("DESC_WIDTH", ["wide.png", "tall.png", "note.txt", "empty.svg"]),
            ("ASC_DURATION", ["wide.png", "tall.png", "note.txt", "empty.svg"]),
            ("ASC_RELEVANCE", ["wide.png", "tall.png", "note.txt", "empty.svg"]),
            ("DESC_ORIGINAL_CREATION_DATE", ["empty.svg", "note.txt", "tall.png", "wide.png"]),
        ],
    )
    async def test_sort(self, client: httpx.AsyncClient, sort: str, expected: list[str]) -> None:
        """Assets without the value come last in both directions."""
        assert expected == await names(client, sort=sort)

    async def test_sort_by_size(self, client: httpx.AsyncClient) -> None:
        """An empty file has a size, a folder has none."""
        listed = await names(client, sort="ASC_SIZE", type="all")

        assert ["empty.svg", "note.txt"] == listed[:2]
        assert ["pics", "deep", "docs"] == listed[-3:]

    async def test_items(self, client: httpx.AsyncClient, server: LocalImageKit) -> None:
        """URLs in lists contain the time of the last update, and folders have their own shape."""
        pics, note, _ = (await client.get("/v1/files", params={"type": "all", "path": "/"})).json()

        assert (
            {
                "type": "folder",
                "folderId": "000000000000000000000002",
                "name": "pics",
                "folderPath": "/pics",
                "customMetadata": {},
                "createdAt": "2030-01-02T03:04:06.000Z",
                "updatedAt": "2030-01-02T03:04:06.000Z",
            }
        ) == pics
        milliseconds = "1893553450000"
        assert f"{server.url_endpoint}/note.txt?updatedAt={milliseconds}" == note["url"]
        assert f"{server.url_endpoint}/note.txt?tr=n-ik_ml_thumbnail&updatedAt={milliseconds}" == note["thumbnail"]
        assert ("2030-01-02T03:04:09.000Z", "2030-01-02T03:04:10.000Z") == (note["createdAt"], note["updatedAt"])


async def test_pages_do_not_overlap(upload: Upload, client: httpx.AsyncClient) -> None:
    """Ties are broken in the same way on every page, so that paging sees each file once."""
    for number in range(7):
        await upload(f"{number}.txt")
    pages = [await names(client, sort="DESC_SIZE", limit=3, skip=skip) for skip in (0, 3, 6)]

    assert [["0.txt", "1.txt", "2.txt"], ["3.txt", "4.txt", "5.txt"], ["6.txt"]] == pages


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"skip": -1},
            "The value of skip parameter should be greater than or equal to 0. Value sent is -1.",
        ),
        ({"skip": "x"}, "Your request contains invalid value for skip parameter."),
        ({"limit": 0}, "Minimum value of limit parameter is 1. Value sent is 0."),
        ({"limit": 2000}, "Maximum value of limit parameter is 1000. Value sent is 2000."),
        ({"limit": "1.5"}, "Your request contains invalid value for limit parameter."),
        ({"limit": "1_0"}, "Your request contains invalid value for limit parameter."),
        ({"skip": "\u0663"}, "Your request contains invalid value for skip parameter."),
        ({"sort": "NAME"}, "Your request contains invalid value for sort parameters."),
        ({"sort": "ASC_COLOUR"}, "Your request contains invalid value for sort parameters."),
        ({"sort": "UP_NAME"}, "Your request contains invalid value for sort parameters."),
        (
            {"type": "version"},
            "Your request contains invalid value for type parameter. "
            "Please provide one of the following: file, file-version, folder, all.",
        ),
        ({"fileType": "video"}, "Your request contains invalid value for fileType parameter."),
        (
            {"searchQuery": 'name = "a'},
            "Invalid search query - the quote is never closed at position 8. "
            "Please refer to the documentation for syntax specification.",
        ),
    ],
)
async def test_bad_parameters(client: httpx.AsyncClient, parameters: dict[str, Any], message: str) -> None:
    """A value out of its range is refused with its documented text."""
    response = await client.get("/v1/files", params=parameters)

    assert (400, message) == (response.status_code, response.json()["message"])
