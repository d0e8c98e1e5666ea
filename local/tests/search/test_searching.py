"""
Search queries about a known library.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from imagekit_local import LocalImageKit

pytestmark = pytest.mark.anyio
Make = Callable[..., Awaitable[dict[str, Any]]]
Picture = Callable[..., bytes]
HELP = "Please refer to the documentation for syntax specification."
FILES = ["Blue-Winter_coat.png", "red.jpg", "note.txt"]


async def found(client: httpx.AsyncClient, query: str, **parameters: str) -> list[str]:
    """
    Names of what a query finds.
    """
    response = await client.get("/v1/files", params={"searchQuery": query, **parameters})
    assert 200 == response.status_code, response.text
    return [asset["name"] for asset in response.json()]


@pytest.fixture
async def library(upload: Make, define: Make, picture: Picture, client: httpx.AsyncClient) -> None:
    """
    Two images, a text with two versions, folders, and a field of each type.
    """
    await define("title", "Text")
    await define("price", "Number")
    await define("shot", "Date")
    await define("inStock", "Boolean")
    await define("grade", "SingleSelect", selectOptions=["a", "b", 1, 20, True])
    await define("sizes", "MultiSelect", selectOptions=["XL", 44, "44"])
    await upload(
        "Blue-Winter_coat.png",
        picture(size=(30, 2), mode="RGBA"),
        folder="catalog/coats",
        tags="summer,Sea side",
        customMetadata='{"title": "Fine old wine", "price": 9.5, "shot": "2029-05-01", "inStock": true, "grade": 20}',
    )
    await upload(
        "red.jpg",
        picture("JPEG", size=(3, 20)),
        folder="catalog",
        tags="winter",
        isPrivateFile="true",
        customMetadata='{"title": "fin", "price": 1, "grade": "b", "sizes": ["XL", 44]}',
    )
    await upload("note.txt", b"a", tags="summer")
    await upload("note.txt", b"x" * 3000, isPublished="false")


@pytest.mark.usefixtures("library")
async def test_flags_are_no_texts(client: httpx.AsyncClient, upload: Make) -> None:
    """Every text starts with the empty text, and flags do not."""
    await upload("flag.txt", customMetadata='{"grade": true}')

    assert ["red.jpg"] == await found(client, '"customMetadata.grade" : ""')


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('name = "red.jpg"', ["red.jpg"]),
        ('"name" = "RED.jpg"', []),
        ('name:"r"', ["red.jpg"]),
        ('name : ""', FILES),
        ('name NOT = "red.jpg"', ["Blue-Winter_coat.png", "note.txt"]),
        ('name NOT IN ["red.jpg", "note.txt"]', ["Blue-Winter_coat.png"]),
        ('name HAS "win coat"', []),
        ('name HAS "coat, blue WIN"', ["Blue-Winter_coat.png"]),
        ('name HAS "coat blue"', ["Blue-Winter_coat.png"]),
        ('name HAS "blue win"', ["Blue-Winter_coat.png"]),
        ('tags IN ["summer", "winter"]', ["Blue-Winter_coat.png", "red.jpg"]),
        ('tags NOT IN ["summer"]', ["red.jpg", "note.txt"]),
        ("tags EXISTS", ["Blue-Winter_coat.png", "red.jpg"]),
        ("tags NOT EXISTS", ["note.txt"]),
        ('tags HAS "si SEA"', []),
        ('tags HAS "sea si"', ["Blue-Winter_coat.png"]),
        ('type = "folder"', ["catalog", "coats"]),
        ('type = "folder" AND path = "/catalog"', ["coats"]),
        ('type NOT IN ["file", "folder"]', ["note.txt"]),
        ('type IN ["file", "file-version"] AND name = "note.txt"', ["note.txt", "note.txt"]),
        ('type = "folder" AND (tags NOT EXISTS OR size NOT = 1 OR "embeddedMetadata.Keywords" NOT IN ["a"])', []),
        ('type = "folder" AND "customMetadata.price" NOT = 1', ["catalog", "coats"]),
        ('id = "000000000000000000000007"', ["Blue-Winter_coat.png"]),
        ('createdAt < "1h"', []),
        ('createdAt > "7d" AND createdAt > "2030-01-02" AND updatedAt < "2031-05-01T08:30:00+02:00"', FILES),
        ("width >= 30", ["Blue-Winter_coat.png"]),
        ("width NOT = 30", ["red.jpg"]),
        ("height IN [2, 20.0]", ["Blue-Winter_coat.png", "red.jpg"]),
        ('size >= "2KB"', ["note.txt"]),
        ('size < "0.5mb" AND size > 2999 AND size NOT IN [2, 3]', ["note.txt"]),
        ('format = "jpg" OR format = "txt"', ["red.jpg", "note.txt"]),
        ('format IN ["png", "jpeg"]', ["Blue-Winter_coat.png"]),
        ("private = true", ["red.jpg"]),
        ("published = FALSE", ["note.txt"]),
        ("transparency = true", ["Blue-Winter_coat.png"]),
        ("transparency = false", ["red.jpg"]),
        ('createdBy = "a@example.com"', []),
        ('createdBy NOT IN ["a@example.com"]', FILES),
        ('path = "catalog/"', ["red.jpg"]),
        ('path : "/catalog"', ["Blue-Winter_coat.png", "red.jpg"]),
        ('path : "/cat"', []),
        ('path : "/"', FILES),
        ('path NOT = "/catalog"', ["Blue-Winter_coat.png", "note.txt"]),
        ('"customMetadata.title" HAS "wine fi"', ["Blue-Winter_coat.png"]),
        ('"customMetadata.title" : "fin"', ["red.jpg"]),
        ('"customMetadata.title" NOT EXISTS', ["note.txt"]),
        ('"customMetadata.price" > 1', ["Blue-Winter_coat.png"]),
        ('"customMetadata.price" NOT IN [1.0]', ["Blue-Winter_coat.png", "note.txt"]),
        ('"customMetadata.shot" = "2029-05-01T00:00:00Z"', ["Blue-Winter_coat.png"]),
        ('"customMetadata.shot" NOT = "2029-05-01"', ["red.jpg", "note.txt"]),
        ('"customMetadata.shot" < "6m"', ["Blue-Winter_coat.png"]),
        ('"customMetadata.inStock" = true', ["Blue-Winter_coat.png"]),
        ('"customMetadata.inStock" EXISTS', ["Blue-Winter_coat.png"]),
        ('"customMetadata.grade" > 1', ["Blue-Winter_coat.png"]),
        ('"customMetadata.grade" : "b"', ["red.jpg"]),
        ('"customMetadata.grade" IN ["a", 20, false]', ["Blue-Winter_coat.png"]),
        ('"customMetadata.sizes" IN ["44"]', []),
        ('"customMetadata.sizes" IN [44]', ["red.jpg"]),
        ('name : "r" OR name : "n" AND width = 1', ["red.jpg"]),
        ('(name : "r" or name : "n") and not_a_word = 1', None),
    ],
)
async def test_query(client: httpx.AsyncClient, query: str, expected: list[str] | None) -> None:
    """Each field and operator finds what is documented."""
    if expected is None:
        response = await client.get("/v1/files", params={"searchQuery": query})
        assert 400 == response.status_code
    else:
        assert expected == await found(client, query)


@pytest.mark.usefixtures("library")
async def test_other_parameters(client: httpx.AsyncClient) -> None:
    """A query overrides type, name and tags; folder, type of file, sorting and paging still apply."""
    query = "size > 0"
    ignored = {"type": "folder", "name": "none", "tags": "none"}

    assert ["red.jpg"] == await found(client, query, path="/catalog", fileType="image", **ignored)
    assert FILES[1::-1] == await found(client, query, sort="DESC_CREATED", skip="1")


@pytest.mark.parametrize(
    ("format", "content"),
    [
        ("avif", None),
        ("mov", b"\x00\x00\x00\x14ftypqt  "),
        ("swf", b"FWS\x06\x00"),
        ("ts", b"G@\x00\x10\x00"),
        ("m3u8", b"#EXTM3U"),
        ("ttf", b"\x00\x01\x00\x00\x00"),
        ("eot", bytes(8) + b"\x02\x00\x02\x00"),
        ("js", b"let a"),
    ],
)
async def test_formats(
    upload: Make, client: httpx.AsyncClient, picture: Picture, format: str, content: bytes | None
) -> None:
    """A query for a known format finds the files of that format."""
    await upload(f"a.{format}", picture("AVIF") if content is None else content)

    assert [f"a.{format}"] == await found(client, f'format = "{format}"')


async def test_moments_as_shown(upload: Make, client: httpx.AsyncClient, server: LocalImageKit) -> None:
    """A query finds a time as the response shows it, whatever the resolution of the clock."""
    server.clock.set(datetime(2030, 1, 2, microsecond=1_999, tzinfo=UTC))
    file = await upload("a.txt")
    details = (await client.get(f"/v1/files/{file['fileId']}/details")).json()

    assert "2030-01-02T00:00:00.001Z" == details["createdAt"]
    assert {"=": 1, "NOT =": 0, "<": 0, "<=": 1, ">": 0, ">=": 1} == {
        operator: len(await found(client, f'createdAt {operator} "{details["createdAt"]}"'))
        for operator in ("=", "NOT =", "<", "<=", ">", ">=")
    }


async def test_relevance(upload: Make, client: httpx.AsyncClient) -> None:
    """The most relevant assets come first; without HAS, the order is that of creation."""
    for name in ("a-blue-winter-coat.txt", "blue.txt", "blue-coat.txt"):
        await upload(name)
    ranked = ["blue.txt", "blue-coat.txt", "a-blue-winter-coat.txt"]

    assert ranked == await found(client, 'name HAS "blu"', sort="DESC_RELEVANCE")
    assert ranked[::-1] == await found(client, 'name HAS "blue"', sort="ASC_RELEVANCE")
    assert "a-blue-winter-coat.txt" == (await found(client, "size > 0", sort="ASC_RELEVANCE"))[0]


@pytest.mark.parametrize("step", ["tags", "metadata", "rename", "field"])
async def test_changes_are_found(step: str, upload: Make, define: Make, client: httpx.AsyncClient) -> None:
    """A search finds the current state of a file, not an old one."""
    field = await define("title", "Text")
    file = await upload("old.txt", tags="before", customMetadata='{"title": "former"}')
    url = f"/v1/files/{file['fileId']}/details"
    if step == "tags":
        await client.patch(url, json={"tags": ["after"]})
        gone, here = 'tags HAS "before"', 'tags IN ["after"]'
    elif step == "metadata":
        await client.patch(url, json={"customMetadata": {"title": "latter"}})
        gone, here = '"customMetadata.title" HAS "former"', '"customMetadata.title" = "latter"'
    elif step == "rename":
        await client.put("/v1/files/rename", json={"filePath": "/old.txt", "newFileName": "new.txt"})
        gone, here = 'name HAS "old"', 'name HAS "new"'
    else:
        await client.delete(f"/v1/customMetadataFields/{field['id']}")
        gone, here = 'name = "nothing"', 'tags HAS "before"'

    assert [] == await found(client, gone)
    assert 1 == len(await found(client, here))


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ('name = "a', "the quote is never closed at position 8"),
        ("name = 'a'", "text must be in double quotes at position 8"),
        ("name =", "something is missing at position 7"),
        ('name = "a") ', "unexpected ) at position 11"),
        ("tags IN []", "unexpected ] at position 10"),
        ('NOT name = "a"', "unexpected NOT at position 1"),
        ('size = 1 AND colour = "red"', "unknown field colour at position 14"),
        ('"customMetadata.none" = 1', "unknown field customMetadata.none at position 1"),
        ('"embeddedMetadata.Make" = "a"', "unknown field embeddedMetadata.Make at position 1"),
        ("size NOT EXISTS", "size field cannot be used with NOT EXISTS at position 6"),
        ('size = "big"', 'size field must have a number of bytes, or a size in quotes such as "10kb" at position 8'),
        ("name = red", "name field must have a value in quotes at position 8"),
        ('name HAS "--"', "name field must have 1 to 10 words to look for at position 10"),
        ('width IN [1, "2"]', "width field must have a number at position 14"),
        ("size > 1kb", 'size field must have a number of bytes, or a size in quotes such as "10kb" at position 8'),
        ("(customMetadata.price = 1)", "customMetadata.price must be in quotes at position 2"),
        ('EmbeddedMetadata.Keywords IN ["a"]', "unknown field EmbeddedMetadata.Keywords at position 1"),
        ('embeddedMetadata.Keywords IN ["a"]', "embeddedMetadata.Keywords must be in quotes at position 1"),
        ('private = "true"', "private field must have true or false, without quotes at position 11"),
        ('type = "video"', 'type field must have one of "file", "file-version" and "folder" at position 8'),
        (
            "createdAt > 2031-05-01",
            "createdAt field must have a valid date value. Make sure the value is enclosed within quotes",
        ),
        (
            'createdAt > "7D"',
            "createdAt field must have a valid date value. Make sure the value is enclosed within quotes",
        ),
        (
            '"embeddedMetadata.LocationTaken" = "91,0 1km"',
            "embeddedMetadata.LocationTaken field must have "
            'a circle "lat,long 5km", a box "lat,long|lat,long" or a polygon of four such points at position 36',
        ),
        (" OR ".join(["size = 1"] * 101), "more than 100 conditions at position 1"),
        (
            "size = 1 OR (width = 1 AND (" * 7 + "size = 1" + "))" * 7,
            "more than 12 levels of AND and OR at position 14",
        ),
        ("size = 1" + " " * 20_000, "more than 20000 characters"),
    ],
)
async def test_refusal(client: httpx.AsyncClient, query: str, problem: str) -> None:
    """The error says what is wrong with a query, and where."""
    response = await client.get("/v1/files", params={"searchQuery": query})

    assert (400, f"Invalid search query - {problem}. {HELP}") == (response.status_code, response.json()["message"])


async def test_largest_queries(client: httpx.AsyncClient, upload: Make) -> None:
    """The longest, the deepest and the most bracketed query work."""
    await upload("a.txt")
    deep = 'name : "a" OR (name HAS "a" AND (' * 6 + "size = 1" + "))" * 6

    assert ["a.txt"] == await found(client, " AND ".join(['name HAS "a' + " a" * 9 + '"'] * 100))
    assert ["a.txt"] == await found(client, deep)
    assert ["a.txt"] == await found(client, "(" * 9000 + "size > 0" + ")" * 9000)
    assert [] == await found(client, "createdAt IN [" + ", ".join(['"1d"'] * 3000) + "]")
