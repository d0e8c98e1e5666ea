"""
The document is all that needs editing: what is added to it can be called, is typed, documented and decoded after one
run of the generator. The edits are made in a copy of the project, which is generated and used in processes of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

pytest.importorskip("openapi_python_client", reason="the generator needs Python 3.11")

ROOT = Path(__file__).parents[2]
PRELUDE = """
import inspect, json, typing
from pathlib import Path
import anyio, httpx, imagekit_async
from imagekit_async import AsyncImageKit

assert Path(imagekit_async.__file__).is_relative_to(Path.cwd())
requests = []

def client(*replies):
    left = list(replies)
    def play(request):
        requests.append(f"{request.method} {request.url.raw_path.decode()}")
        return left.pop(0)
    return AsyncImageKit("private_key_of_tests", transport=httpx.MockTransport(play))
"""


def run(*command: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """
    Run this interpreter in a copy of the project, whose modules come before the installed ones.
    """
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", **variables}
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def copied(folder: Path) -> Path:
    """
    Copy what generation reads and writes.
    """
    for name in ("openapi", "imagekit_async"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "generator-config.yaml", folder)
    document = Path("local", "imagekit_local", "_document", "openapi.json")
    (folder / document).parent.mkdir(parents=True)
    shutil.copy(ROOT / document, folder / document)
    return folder


def hashes(folder: Path) -> dict[str, str]:
    """
    Return the hash of every file below a folder, by relative path.
    """
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def edit(document: dict[str, Any]) -> None:
    """
    Add a query parameter, a response field, an enum value, an operation with a tag and a schema of its own, and to
    operations that are there what makes them iterable and waited for.
    """
    parameters = document["paths"]["/v1/files"]["get"]["parameters"]
    rating = {"type": "integer", "minimum": 1, "maximum": 5}
    text = "Lowest rating of the files to return."
    parameters.append({"name": "minRating", "in": "query", "description": text, "schema": rating, "example": 4})
    next(node for node in parameters if node["name"] == "sort")["schema"]["enum"].append("DESC_RATING")
    schemas = document["components"]["schemas"]
    archived = {"type": ["string", "null"], "format": "date-time", "description": "When the file was archived."}
    schemas["File"]["properties"]["archivedAt"] = archived
    schemas["Palette"] = {
        "type": "object",
        "description": "The main colors of an image.",
        "properties": {
            "colors": {"type": "array", "description": "Hex codes.", "items": {"type": "string"}},
            "madeAt": {"type": "string", "format": "date-time", "description": "When they were computed."},
        },
    }
    versions = document["paths"]["/v1/files/{fileId}/versions"]["get"]
    versions["x-pagination"] = {"offset": "from", "size": "pageItems", "identity": ["versionInfo.id"]}
    number = {"type": "integer", "minimum": 0, "maximum": 3}
    for name in ("from", "pageItems", "stars"):
        text = "Number of something."
        versions["parameters"].append(
            {"name": name, "in": "query", "description": text, "schema": number, "example": 1}
        )
    details = document["paths"]["/v1/files/{fileId}/details"]["get"]
    details["x-wait"] = {"status": "mime", "done": ["image/png", "image/webp"], "failed": ["text/html"]}
    restore = document["paths"]["/v1/files/{fileId}/versions/{versionId}/restore"]["put"]
    flag = {"type": "boolean", "description": "Whether something costs money."}
    for name, marked in (("charged", {"x-idempotent": False}), ("free", {})):
        restore["parameters"].append({"name": name, "in": "query", "schema": flag, "example": True, **marked})
    document["tags"].append({"name": "files.palette", "description": "Read the colors of images."})
    metadata = document["paths"]["/v1/files/{fileId}/metadata"]["get"]
    success = metadata["responses"]["200"]
    document["paths"]["/v1/files/{fileId}/palette"] = {
        "get": {
            **metadata,
            "operationId": "files.palette.get",
            "tags": ["files.palette"],
            "summary": "Get the colors of an image",
            "description": "Returns the main colors, most frequent first.",
            "responses": {
                **metadata["responses"],
                "200": {
                    "description": "The colors of the image.",
                    "headers": success["headers"],
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Palette"}}},
                },
            },
        }
    }


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    """
    Edit the document in a copy and generate; return the copy and the files that changed.
    """
    folder = copied(tmp_path_factory.mktemp("edited"))
    path = folder / "openapi" / "imagekit-v1.yaml"
    document = YAML(typ="safe").load(path)
    edit(document)
    # JSON is YAML too, and quicker to write.
    path.write_text(json.dumps(document), encoding="utf-8")
    before = hashes(folder)
    made = run("-m", "openapi.generator", folder=folder)
    assert made.returncode == 0, made.stderr
    after = hashes(folder)
    return folder, {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@pytest.fixture(scope="module")
def probe(edited: tuple[Path, set[str]]) -> Callable[[str], Any]:
    """
    Run a script against the edited copy and return what it prints as JSON.
    """

    def evaluate(script: str) -> Any:
        done = run("-c", PRELUDE + script, folder=edited[0])
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return evaluate


def test_only_generated_files_change(edited):
    """Generating after an edit of the document touches nothing but `_generated` and the document of the server."""
    _, changed = edited
    elsewhere = {name for name in changed if not name.startswith("imagekit_async/_generated/")}

    assert {"local/imagekit_local/_document/openapi.json"} == elsewhere
    assert "imagekit_async/_generated/models/palette.py" in changed


def test_new_query_parameter(probe):
    """A new query parameter is a typed, documented keyword that is sent under its JSON name."""
    found = probe("""
async def main():
    async with client(httpx.Response(200, json=[]), httpx.Response(200, json=[])) as imagekit:
        method = imagekit.assets.list
        await method(min_rating=4)
        await method()
    parameter = inspect.signature(method).parameters["min_rating"]
    print(json.dumps([str(parameter.kind), parameter.annotation, inspect.getdoc(method), requests]))

anyio.run(main)
""")
    kind, annotation, doc, requests = found

    assert ("KEYWORD_ONLY", "int | None | Unset") == (kind, annotation)
    assert "min_rating: Lowest rating of the files to return. At least 1, at most 5." in doc
    assert ["GET /v1/files?minRating=4", "GET /v1/files"] == requests


def test_new_response_field(probe):
    """A new field of a response is a typed attribute that is decoded; older responses lack it and still read."""
    found = probe("""
async def main():
    new = httpx.Response(200, json={"fileId": "a", "archivedAt": "2026-01-02T03:04:05Z"})
    async with client(new, httpx.Response(200, json={"fileId": "b"})) as imagekit:
        values = [(await imagekit.files.get(id)).archived_at for id in "ab"]
    annotation = inspect.get_annotations(imagekit_async.models.File)["archived_at"]
    print(json.dumps([values[0].isoformat(), values[1], annotation, imagekit_async.models.File.__doc__]))

import imagekit_async.models
anyio.run(main)
""")
    archived, absent, annotation, doc = found

    assert ("2026-01-02T03:04:05+00:00", None) == (archived, absent)
    assert "datetime.datetime | None" == annotation
    assert "archived_at: When the file was archived." in doc


def test_new_enum_value(probe):
    """A new value of an enum is in its Literal."""
    values = probe("""
from imagekit_async.models import AssetsListSort
print(json.dumps(typing.get_args(AssetsListSort)))
""")

    assert "DESC_RATING" in values
    assert 19 == len(values)


def test_new_operation(probe):
    """A new operation is a method of its tag's resource in all views, and is retried."""
    found = probe("""
async def main():
    reply = {"colors": ["#aabbcc"], "madeAt": "2026-01-02T03:04:05Z"}
    busy = httpx.Response(503, headers={"Retry-After": "0"})
    good = httpx.Response(200, json=reply, headers={"x-ik-requestId": "id-3"})
    async with client(good, busy, good) as imagekit:
        value = await imagekit.files.palette.get("file/1")
        response = await imagekit.with_response.files.palette.get("file/1")
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=reply))
    with imagekit_async.ImageKit("private_key", transport=transport) as blocking:
        assert value == blocking.files.palette.get("file/1")
        assert 200 == blocking.with_response.files.palette.get("file/1").status_code
    method = imagekit.files.palette.get
    print(json.dumps([
        [type(value).__name__, value.colors, value.made_at.isoformat()],
        [type(response.value).__name__, response.request_id, response.attempts],
        [str(inspect.signature(type(imagekit.files.palette).get).return_annotation), inspect.getdoc(method)],
        requests,
    ]))

anyio.run(main)
""")
    value, response, (returns, doc), requests = found

    assert ["Palette", ["#aabbcc"], "2026-01-02T03:04:05+00:00"] == value
    assert ["Palette", "id-3", 2] == response
    assert "Palette" == returns
    assert doc.startswith("Get the colors of an image.")
    assert "NotFoundError: 404" in doc
    assert ["GET /v1/files/file%2F1/palette"] * 3 == requests


def test_new_iterate(probe):
    """An operation that is marked as paginated gets `iterate`, with its path and filters but not its paging."""
    found = probe("""
async def main():
    pages = [["a", "b", "c"], ["c", "d"]]
    replies = [[{"type": "file", "fileId": "same", "versionInfo": {"id": id}} for id in page] for page in pages]
    async with client(*[httpx.Response(200, json=reply) for reply in replies]) as imagekit:
        method = imagekit.files.versions.iterate
        found = [file.version_info.id async for file in method("file/1", stars=2, prefetch=0)]
        try:
            method("id", page_size=4)
        except ValueError as error:
            refused = str(error)
    signature = inspect.signature(method)
    print(json.dumps([
        found, requests, refused, list(signature.parameters), signature.return_annotation, inspect.getdoc(method)
    ]))

anyio.run(main)
""")
    versions, requests, refused, parameters, returns, doc = found
    query = ["from=0&pageItems=3&stars=2", "from=2&pageItems=3&stars=2"]

    assert ["a", "b", "c", "d"] == versions
    assert [f"GET /v1/files/file%2F1/versions?{text}" for text in query] == requests
    assert "page_size must be from 2 to 3, got 4" == refused
    assert ["file_id", "stars", "page_size", "limit", "prefetch"] == parameters[:5]
    assert "PageIterator[File]" == returns
    assert "stars: Number of something." in doc


def test_new_wait(probe):
    """An operation that is marked as waited for gets `wait` beside it, which ends with the marked statuses."""
    found = probe("""
async def main():
    replies = [{"fileId": "a", "mime": mime} for mime in ("unknown/a", "image/webp", "text/html")]
    async with client(*[httpx.Response(200, json=reply) for reply in replies]) as imagekit:
        method = imagekit.files.wait
        seen = []
        value = await method("a", on_progress=lambda file: seen.append(file.mime))
        try:
            await method("a")
        except imagekit_async.JobFailedError as error:
            failure = str(error)
    signature = inspect.signature(method)
    print(json.dumps([value.mime, seen, failure, list(signature.parameters), signature.return_annotation, requests]))

anyio.run(main)
""")
    mime, seen, failure, parameters, returns, requests = found

    assert ("image/webp", ["unknown/a"]) == (mime, seen)
    assert "files a ended with the status text/html" == failure
    assert ["file_id", "deadline", "on_progress"] == parameters[:3]
    assert "File" == returns
    assert ["GET /v1/files/a/details"] * 3 == requests


def test_new_parameter_that_is_harmful_to_repeat(probe):
    """A call with a parameter that is marked `x-idempotent: false` is sent once when its outcome is unknown."""
    found = probe("""
async def main():
    down, done = httpx.Response(503, headers={"Retry-After": "0"}), httpx.Response(200, json={"fileId": "a"})
    async with client(down, done, down) as imagekit:
        method = imagekit.files.versions.restore
        await method("v", file_id="a", free=True)
        try:
            await method("v", file_id="a", charged=True)
        except imagekit_async.InternalServerError:
            print(json.dumps(requests))

anyio.run(main)
""")

    path = "PUT /v1/files/a/versions/v/restore?"
    assert [f"{path}free=true", f"{path}free=true", f"{path}charged=true"] == found


def test_generation_is_reproducible(tmp_path):
    """Two runs give the same bytes, and those are the committed ones."""
    folders = [tmp_path / name / "imagekit_async" / "_generated" for name in ("first", "second")]
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "openapi.generator", folder],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.DEVNULL,
        )
        for folder, seed in zip(folders, ("1", "2"), strict=True)
    ]
    codes = [process.wait() for process in processes]
    first, second = (hashes(folder) for folder in folders)
    committed = hashes(ROOT / "imagekit_async" / "_generated")

    assert [0, 0] == codes
    assert first == second
    assert first == committed


def test_hand_edits_are_found(tmp_path):
    """`make check-generated` fails and shows a diff for each file that was edited, deleted or added by hand."""
    folder = copied(tmp_path)
    generated = folder / "imagekit_async" / "_generated"
    model = generated / "models" / "folder.py"
    model.write_text(model.read_text(encoding="utf-8").replace("folder_id:", "folder_key:"), encoding="utf-8")
    (generated / "api" / "files" / "copy.py").unlink()
    (generated / "models" / "stray.py").write_text("STRAY = True\n", encoding="utf-8")

    document = folder / "local" / "imagekit_local" / "_document" / "openapi.json"
    document.write_text(document.read_text(encoding="utf-8").replace("ImageKit API", "Another API"), encoding="utf-8")

    checked = run("-m", "openapi.generator.check_generated", folder=folder)

    assert 1 == checked.returncode
    for line in (
        "+++ document/models/folder.py",
        "-    folder_key: str",
        "+    folder_id: str",
        "+++ document/api/files/copy.py",
        "--- committed/models/stray.py",
        "-STRAY = True",
        '-  "title": "Another API",',
    ):
        assert line in checked.stdout.splitlines()
    assert "run `make generate`" in checked.stdout
