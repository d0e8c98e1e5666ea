"""
What an upload stores, returns and refuses.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import httpx
import pytest

from imagekit_local import LocalImageKit

pytestmark = pytest.mark.anyio
Upload = Callable[..., Awaitable[dict[str, Any]]]
Picture = Callable[..., bytes]
TAGS_TOO_LONG = (
    "Your request contains invalid value for tags parameter. "
    "Combined length of all tags should be less than or equal to 500."
)


async def refused(client: httpx.AsyncClient, **fields: str) -> str:
    """
    The message of an upload that must be refused.
    """
    data = {"fileName": "a.txt", **fields}
    response = await client.post("/api/v1/files/upload", data=data, files={"file": b"text"})
    assert 400 == response.status_code
    return str(response.json()["message"])


async def details(client: httpx.AsyncClient, file_id: str) -> dict[str, Any]:
    """
    Details of a file.
    """
    body: dict[str, Any] = (await client.get(f"/v1/files/{file_id}/details")).json()
    return body


async def test_picture(upload: Upload, picture: Picture, server: LocalImageKit) -> None:
    """The response for an image has its path and its size in pixels."""
    content = picture()
    body = await upload("photo.png", content, folder="trips//rome/", description="a view")

    file_id = "000000000000000000000001"
    assert {
        "fileId": file_id,
        "name": "photo.png",
        "size": len(content),
        "versionInfo": {"id": file_id, "name": "Version 1"},
        "filePath": "/trips/rome/photo.png",
        "url": f"{server.url_endpoint}/trips/rome/photo.png",
        "thumbnailUrl": f"{server.url_endpoint}/tr:n-ik_ml_thumbnail/trips/rome/photo.png",
        "fileType": "image",
        "height": 3,
        "width": 4,
        "AITags": None,
        "description": "a view",
    } == body


async def test_text(upload: Upload) -> None:
    """A file that is not an image has no size in pixels."""
    body = await upload("a.txt")

    assert "non-image" == body["fileType"]
    assert set() == {"height", "width", "description"} & body.keys()


@pytest.mark.parametrize(
    ("name", "stem", "extension"), [("photo.jpg", "photo", ".jpg"), ("Makefile", "Makefile", ""), (".env", ".env", "")]
)
async def test_unique_name(client: httpx.AsyncClient, name: str, stem: str, extension: str) -> None:
    """By default nine random characters go before the extension."""
    response = await client.post("/api/v1/files/upload", data={"fileName": name}, files={"file": b"text"})

    assert f"{stem}_AAAAAAAAB{extension}" == response.json()["name"]


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("a b/c.txt", "/a_b_c.txt"),
        ("../../etc/passwd", "/.._.._etc_passwd"),
        ("Größe_1-٣.txt", "/Größe_1-٣.txt"),
        ("e\u0301.txt", "/e\u0301.txt"),
        ("a\x00\n.txt", "/a__.txt"),
    ],
)
async def test_name_is_cleaned(upload: Upload, sent: str, stored: str) -> None:
    """Letters, marks and numerals of any script stay in a name; other characters are replaced."""
    body = await upload(sent)

    assert stored == body["filePath"]


async def test_folder_is_cleaned(upload: Upload) -> None:
    """No folder leads out of the root."""
    body = await upload("a.txt", folder="../x y/./ü-1")

    assert "/__/x_y/_/ü-1/a.txt" == body["filePath"]


async def test_folders_are_made(upload: Upload, client: httpx.AsyncClient) -> None:
    """All parents of a folder are created, each once."""
    await upload("a.txt", folder="/one/two")
    await upload("b.txt", folder="one/two/three")
    folders = (await client.get("/v1/files", params={"type": "folder"})).json()

    assert ["/one", "/one/two", "/one/two/three"] == [folder["folderPath"] for folder in folders]


async def test_deep_folder(upload: Upload, client: httpx.AsyncClient) -> None:
    """Folders nest 50 deep and no deeper."""
    await upload("a.txt", folder="a/" * 50)

    assert "Your request contains invalid value for folder parameter." == await refused(client, folder="a/" * 51)


async def test_response_fields(upload: Upload, picture: Picture, define: Upload) -> None:
    """Requested fields are added; unknown ones are ignored."""
    await define("price", "Number")
    names = "tags,customCoordinates,isPrivateFile, isPublished,customMetadata,embeddedMetadata,metadata,nonsense"
    empty = await upload("a.txt", responseFields=names)
    content = picture(mode="RGBA")
    full = await upload(
        "a.png",
        content,
        responseFields=names,
        tags="a, b,,c",
        customCoordinates="1,2,3,4",
        isPrivateFile="true",
        isPublished="0",
        customMetadata='{"price": 9.5}',
    )

    assert {
        "tags": None,
        "customCoordinates": None,
        "isPrivateFile": False,
        "isPublished": True,
        "customMetadata": {},
        "embeddedMetadata": {},
        "metadata": {"size": 4},
    }.items() <= empty.items()
    assert "nonsense" not in empty
    assert {
        "tags": ["a", "b", "c"],
        "customCoordinates": "1,2,3,4",
        "isPrivateFile": True,
        "isPublished": False,
        "customMetadata": {"price": 9.5},
    }.items() <= full.items()
    assert {
        "height": 3,
        "width": 4,
        "size": len(content),
        "format": "png",
        "hasColorProfile": False,
        "hasTransparency": True,
    }.items() <= full["metadata"].items()


async def test_tags_as_json(upload: Upload) -> None:
    """Tags can be a JSON array; other JSON is a tag like any text."""
    array = await upload("a.txt", tags='["a,b", "c"]', responseFields="tags")
    number = await upload("b.txt", tags="7", responseFields="tags")

    assert (["a,b", "c"], ["7"]) == (array["tags"], number["tags"])


@pytest.mark.parametrize("tags", ["a" * 501, "100%", "[1]"])
async def test_bad_tags(client: httpx.AsyncClient, tags: str) -> None:
    """Tags are strings without percent sign, 500 characters in all."""
    assert TAGS_TOO_LONG == await refused(client, tags=tags)


@pytest.mark.parametrize(
    "name",
    [
        "useUniqueFileName",
        "isPrivateFile",
        "isPublished",
        "overwriteFile",
        "overwriteTags",
        "overwriteAITags",
        "overwriteCustomMetadata",
        "customCoordinates",
        "extensions",
    ],
)
async def test_bad_value(client: httpx.AsyncClient, name: str) -> None:
    """The error names a malformed field."""
    assert f"Your request contains invalid value for {name} parameter." == await refused(client, **{name: "True"})


@pytest.mark.parametrize("name", [".", ".."])
async def test_name_of_dots(client: httpx.AsyncClient, name: str) -> None:
    """The names `.` and `..` are refused."""
    assert "Your request contains invalid value for fileName parameter." == await refused(client, fileName=name)


@pytest.mark.parametrize("text", ["[]", "{", '{"a": NaN}', '{"a": 1e999}', '{"a": "\\ud800"}', "[" * 20_000])
async def test_bad_custom_metadata(client: httpx.AsyncClient, text: str) -> None:
    """Custom metadata is a JSON object that can be sent back."""
    assert "Invalid custom metadata." == await refused(client, customMetadata=text)


async def test_long_text_fields(client: httpx.AsyncClient, anonymous: httpx.AsyncClient) -> None:
    """A text field above a mebibyte is refused, and so are several above four; foreign credentials come first."""
    long = {"fileName": "a.txt", "description": "x" * 1_100_000}
    foreign = await anonymous.post("/api/v1/files/upload", data=long, files={"file": b"a"}, auth=("private_wrong", ""))
    several = await refused(client, **{f"field{number}": "x" * 900_000 for number in range(5)})

    assert "Your request contains invalid value for description parameter." == await refused(client, **long)
    assert "Your request contains invalid multipart form data." == several
    assert 403 == foreign.status_code


async def test_long_base64(client: httpx.AsyncClient) -> None:
    """Text that is too long for any file is refused while it arrives."""
    data = {"fileName": "a.txt", "file": "QUFB" * 11_000}
    response = await client.post("/api/v1/files/upload", data=data, files={"other": b""})

    assert (400, "Your request contains invalid multipart form data.") == (
        response.status_code,
        response.json()["message"],
    )


async def test_nameless_file(upload: Upload, client: httpx.AsyncClient) -> None:
    """A part without a file name is a file if it has a type, and base64 if it is text."""
    head = b'--b\r\nContent-Disposition: form-data; name="fileName"\r\n\r\na\r\n--b\r\n'
    replies: list[Any] = []
    for type in (b"application/octet-stream", b"text/plain", b"Text/Plain; charset=utf-8"):
        part = b'Content-Disposition: form-data; name="file"\r\nContent-Type: ' + type + b"\r\n\r\nQUFB\r\n--b--\r\n"
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        response = await client.post("/api/v1/files/upload", content=head + part, headers=headers)
        replies.append(response.json()["size"])

    assert [4, 3, 3] == replies


async def test_file_part_for_a_text_field(client: httpx.AsyncClient) -> None:
    """A file part is not accepted as a text field."""
    files = {"file": ("x", b"text"), "fileName": ("x", b"a.txt")}
    response = await client.post("/api/v1/files/upload", files=files)

    assert 400 == response.status_code
    assert "Your request contains invalid value for fileName parameter." == response.json()["message"]


async def test_missing_fields(client: httpx.AsyncClient) -> None:
    """File and name are required, and a body that is not a multipart form has neither."""
    responses = [
        await client.post("/api/v1/files/upload", files={"other": b"text"}),
        await client.post("/api/v1/files/upload", data={"fileName": "a"}, files={"file": (None, b"")}),
        await client.post("/api/v1/files/upload", json={"file": "a"}),
        await client.post("/api/v1/files/upload", files={"file": b"text"}),
        await client.post("/api/v1/files/upload", data={"fileName": ""}, files={"file": b"text"}),
    ]

    assert [
        *["Your request is missing file parameter."] * 3,
        *["Your request is missing fileName parameter."] * 2,
    ] == [response.json()["message"] for response in responses]


async def test_malformed_form(client: httpx.AsyncClient, anonymous: httpx.AsyncClient) -> None:
    """A malformed form is a 400, unless the credentials are wrong."""
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    options: dict[str, Any] = {"content": b"--b\nnonsense", "headers": headers}
    own = await client.post("/api/v1/files/upload", **options)
    unsigned = await anonymous.post("/api/v1/files/upload", **options)
    foreign = await anonymous.post("/api/v1/files/upload", **options, auth=("private_wrong", ""))
    unbounded = await client.post("/api/v1/files/upload", content=b"", headers={"Content-Type": "multipart/form-data"})

    assert [400, 400, 403, 400] == [r.status_code for r in (own, unsigned, foreign, unbounded)]
    assert "Your request contains invalid multipart form data." == own.json()["message"]


@pytest.mark.parametrize(
    ("charset", "tag"), [("utf-7", b"+2AA-"), ("unicode_escape", b"\\ud800"), ("punycode", b"a"), ("none", b"a")]
)
async def test_foreign_charset(client: httpx.AsyncClient, charset: str, tag: bytes) -> None:
    """An unusual charset makes a form malformed, because it can yield text that JSON cannot hold."""
    parts = [(b'"fileName"', b"a.txt"), (b'"tags"', tag), (b'"file"; filename="a"', b"text")]
    content = b"".join(b"--b\r\nContent-Disposition: form-data; name=%b\r\n\r\n%b\r\n" % part for part in parts)
    headers = {"Content-Type": f"multipart/form-data; boundary=b; charset={charset}"}
    response = await client.post("/api/v1/files/upload", content=content + b"--b--\r\n", headers=headers)

    assert (400, "Your request contains invalid multipart form data.") == (
        (
            response.status_code,
            response.json()["message"],
        )
    )


async def test_extensions_are_reported(upload: Upload) -> None:
    """Requested extensions are pending in the response; without any, none are reported."""
    asked = [
        {"name": "remove-bg"},
        {"name": "google-auto-tagging", "minConfidence": 80, "maxTags": 5},
        {"name": "ai-tasks", "tasks": [{"type": "select_tags", "instruction": "Tag it."}]},
    ]
    body = await upload("a.txt", extensions=json.dumps(asked), webhookUrl="https://example.test")
    none = await upload("b.txt", extensions="[]")

    assert {"remove-bg": "pending", "google-auto-tagging": "pending", "ai-tasks": "pending"} == body["extensionStatus"]
    assert "extensionStatus" not in none


@pytest.mark.parametrize("extension", [7, {}, {"name": 7}, {"name": "new"}, {"name": "aws-auto-tagging", "maxTags": 1}])
async def test_bad_extension(client: httpx.AsyncClient, extension: object) -> None:
    """An extension is an object with a known name and the parameters it needs."""
    message = await refused(client, extensions=json.dumps([extension]))

    assert "Your request contains invalid value for extensions parameter." == message


async def test_saved_extension(client: httpx.AsyncClient) -> None:
    """No saved extension exists that could be asked for."""
    message = await refused(client, extensions='[{"name": "saved-extension", "id": "ext_1"}]')

    assert "The requested saved extension does not exist." == message


async def test_overwriting_makes_a_version(upload: Upload, client: httpx.AsyncClient, define: Upload) -> None:
    """An upload over a file keeps its id, and removes what the flags do not keep."""
    await define("a", "Number")
    first = await upload(
        "a.txt",
        b"one",
        tags="t",
        customMetadata='{"a": 1}',
        customCoordinates="1,2,3,4",
        isPrivateFile="true",
        description="d",
    )
    second = await upload("a.txt", b"two!")
    seen = await details(client, first["fileId"])

    assert first["fileId"] == second["fileId"]
    assert {"id": "000000000000000000000003", "name": "Version 2"} == second["versionInfo"]
    assert (
        (
            4,
            None,
            {},
            None,
            False,
        )
    ) == tuple(seen[name] for name in ("size", "tags", "customMetadata", "customCoordinates", "isPrivateFile"))
    assert "description" not in seen


async def test_overwriting_keeps_on_demand(upload: Upload, client: httpx.AsyncClient, define: Upload) -> None:
    """Tags and metadata stay if their flags are off and the request brings none."""
    for name in "ab":
        await define(name, "Number")
    flags = {"overwriteTags": "false", "overwriteCustomMetadata": "false", "overwriteAITags": "false"}
    await upload("a.txt", tags="t", customMetadata='{"a": 1}')
    kept = await upload("a.txt", **flags, responseFields="tags,customMetadata")
    replaced = await upload("a.txt", **flags, tags="u", customMetadata='{"b": 2}', responseFields="tags,customMetadata")

    assert (["t"], {"a": 1}) == (kept["tags"], kept["customMetadata"])
    assert (["u"], {"b": 2}) == (replaced["tags"], replaced["customMetadata"])


async def test_overwriting_forbidden(upload: Upload, client: httpx.AsyncClient) -> None:
    """With both flags off, a taken name is refused, and its bytes are deleted."""
    first = await upload("a.txt", b"one")
    message = await refused(client, useUniqueFileName="false", overwriteFile="false")
    fresh = await upload("b.txt", overwriteFile="false")

    assert (
        "A file with the same name already exists at the exact location. "
        "We could not overwrite it because both overwriteFile and useUniqueFileName are set to false."
    ) == message
    assert "Version 1" == fresh["versionInfo"]["name"]
    assert 3 == (await details(client, first["fileId"]))["size"]


async def test_version_limit(upload: Upload, client: httpx.AsyncClient) -> None:
    """A file has 100 versions at most."""
    for _ in range(100):
        await upload("a.txt")
    response = await client.post(
        "/api/v1/files/upload", data={"fileName": "a.txt", "useUniqueFileName": "false"}, files={"file": b"text"}
    )

    assert (400, "VERSION_LIMIT_EXCEEDED") == (response.status_code, response.json()["reason"])


async def test_simultaneous_uploads(upload: Upload) -> None:
    """Uploads of one name at the same time become versions of one file, none lost."""
    bodies: list[dict[str, Any]] = []

    async def one() -> None:
        bodies.append(await upload("a.txt"))

    async with anyio.create_task_group() as group:
        for _ in range(8):
            group.start_soon(one)

    assert 1 == len({body["fileId"] for body in bodies})
    assert {f"Version {number}" for number in range(1, 9)} == {body["versionInfo"]["name"] for body in bodies}
