"""
Each fault of the clients that openapi-python-client writes with its own templates, shown in such a client of our
document and shown to be absent from ours.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from imagekit_async import AsyncImageKit, AuthenticationError, InternalServerError, NotFoundError
from imagekit_async.models import Folder, S3Origin, UnknownModel

pytest.importorskip("openapi_python_client", reason="the generator needs Python 3.11")
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType

ROOT = Path(__file__).parents[2]
GENERATED = ROOT / "imagekit_async" / "_generated"
KEY = "private_key_of_tests"

Module = Callable[[str], Any]
Exchange = tuple[Any, list[httpx.Request]]

STORED = {
    "fileId": "f1",
    "name": "a.png",
    "filePath": "/a.png",
    "url": "https://ik.imagekit.io/demo/a.png",
    "thumbnailUrl": "https://ik.imagekit.io/demo/tr:n-ik_ml_thumbnail/a.png",
    "fileType": "image",
    "size": 6,
    "versionInfo": {"id": "f1", "name": "Version 1"},
}


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Module]:
    """
    Generate a client with the stock templates; return a function that imports its modules.
    """
    folder = tmp_path_factory.mktemp("stock")
    config = Config.from_sources(
        config_file=ConfigFile(literal_enums=True, post_hooks=[]),
        meta_type=MetaType.NONE,
        document_source=ROOT / "openapi" / "imagekit-v1.yaml",
        file_encoding="utf-8",
        overwrite=True,
        output_path=folder / "stock_client",
    )
    assert not generate(config=config)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield lambda name: importlib.import_module(f"stock_client.{name}" if name else "stock_client")


def recorder(*replies: httpx.Response) -> tuple[httpx.MockTransport, list[httpx.Request]]:
    """
    Return a transport that plays replies in order, and the list of the requests it has read.
    """
    requests: list[httpx.Request] = []

    def play(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return replies[len(requests) - 1]

    return httpx.MockTransport(play), requests


def stock_client(stock: Module, *replies: httpx.Response) -> Exchange:
    """
    Return a stock client on a recording transport, and its requests.
    """
    transport, requests = recorder(*replies)
    make = stock("").AuthenticatedClient
    return make(base_url="https://api.imagekit.io", token=KEY, httpx_args={"transport": transport}), requests


def our_client(*replies: httpx.Response) -> Exchange:
    """
    Return our client on a recording transport, and its requests.
    """
    transport, requests = recorder(*replies)
    return AsyncImageKit(KEY, transport=transport, max_retries=0), requests


def stock_upload(stock: Module, **fields: Any) -> httpx.Request:
    """
    Upload with the stock client and return the request.
    """
    client, requests = stock_client(stock, httpx.Response(200, json=STORED))
    file = stock("types").File(payload=io.BytesIO(b"pixels"), file_name="a.png")
    body = stock("models").FileUploadRequest(file=file, file_name="a.png", **fields)
    stock("api.files.files_upload").sync(client=client, body=body)
    return requests[0]


async def our_upload(**fields: Any) -> httpx.Request:
    """
    Upload with our client and return the request.
    """
    client, requests = our_client(httpx.Response(200, json={}))
    async with client:
        await client.files.upload(file=b"pixels", file_name="a.png", **fields)
    return requests[0]


@pytest.mark.anyio
async def test_constant_boundary(stock):
    """Each form has a boundary of its own, so that no file can hold it; the stock one is always `+++`."""
    theirs = {stock_upload(stock).headers["content-type"] for _ in range(2)}
    ours = {(await our_upload()).headers["content-type"] for _ in range(2)}

    assert {"multipart/form-data; boundary=+++"} == theirs
    assert 2 == len(ours)
    assert all(len(value.partition("boundary=")[2]) >= 16 for value in ours)


@pytest.mark.anyio
async def test_upload_host_ignored(stock):
    """Uploads go to the server that the document names for them; the stock client sends them to the API's."""
    assert "https://api.imagekit.io/api/v1/files/upload" == str(stock_upload(stock).url)
    assert "https://upload.imagekit.io/api/v1/files/upload" == str((await our_upload()).url)


@pytest.mark.anyio
async def test_booleans_capitalized(stock):
    """Booleans of a form are written `true` and `false`; the stock client writes them as Python does."""
    theirs = stock_upload(stock, use_unique_file_name=False, is_private_file=True).content
    ours = (await our_upload(use_unique_file_name=False, is_private_file=True)).content

    assert b"\r\n\r\nFalse\r\n" in theirs
    assert b'name="useUniqueFileName"\r\n\r\nfalse\r\n' in ours
    assert b'name="isPrivateFile"\r\n\r\ntrue\r\n' in ours


@pytest.mark.anyio
async def test_defaults_sent(stock):
    """What the caller leaves out is not sent; the stock client sends every default, freezing it at generation time."""
    client, requests = stock_client(stock, httpx.Response(200, json=[]))
    stock("api.assets.assets_list").sync(client=client)
    ours, our_requests = our_client(httpx.Response(200, json=[]))
    async with ours:
        await ours.assets.list()

    assert b'name="isPublished"' in stock_upload(stock).content
    assert b'name="isPublished"' not in (await our_upload()).content
    assert b"sort=ASC_CREATED" in requests[0].url.query
    assert b"" == our_requests[0].url.query


@pytest.mark.anyio
async def test_errors_returned(stock):
    """A documented error is raised; the stock client returns its body as if it were the result."""
    client, _ = stock_client(stock, httpx.Response(404, json={"message": "gone"}))
    returned = stock("api.files.files_get").sync(client=client, file_id="id")
    ours, _ = our_client(httpx.Response(404, json={"message": "gone"}))

    assert "Error" == type(returned).__name__
    with pytest.raises(NotFoundError, match="gone"):
        await ours.files.get("id")


@pytest.mark.anyio
async def test_undocumented_errors_swallowed(stock):
    """An undocumented error is raised; the stock client returns None."""
    client, _ = stock_client(stock, httpx.Response(500, text="broken"))
    returned = stock("api.files.files_get").sync(client=client, file_id="id")
    ours, _ = our_client(httpx.Response(500, text="broken"))

    assert returned is None
    with pytest.raises(InternalServerError, match="broken"):
        await ours.files.get("id")


@pytest.mark.anyio
async def test_html_error_body(stock):
    """An error with an HTML body raises the error of its status; the stock client fails on reading it as JSON."""
    client, _ = stock_client(stock, httpx.Response(401, html="<h1>Who?</h1>"))
    ours, _ = our_client(httpx.Response(401, html="<h1>Who?</h1>"))

    with pytest.raises(ValueError, match="Expecting value"):
        stock("api.files.files_get").sync(client=client, file_id="id")
    with pytest.raises(AuthenticationError) as caught:
        await ours.files.get("id")
    assert "<h1>Who?</h1>" == caught.value.body


@pytest.mark.anyio
async def test_unregistered_status(stock):
    """A status that no registry lists raises our error; the stock client raises ValueError."""
    client, _ = stock_client(stock, httpx.Response(520))
    ours, _ = our_client(httpx.Response(520))

    with pytest.raises(ValueError, match="520 is not a valid HTTPStatus"):
        stock("api.files.files_get").sync(client=client, file_id="id")
    with pytest.raises(InternalServerError) as caught:
        await ours.files.get("id")
    assert 520 == caught.value.status_code


@pytest.mark.anyio
async def test_closed_enums(stock):
    """A value that an enum does not list is passed on; the stock client loses the whole response."""
    body = {"fileId": "id", "type": "file-draft"}
    client, _ = stock_client(stock, httpx.Response(200, json=body))
    ours, _ = our_client(httpx.Response(200, json=body))
    async with ours:
        file = await ours.files.get("id")

    with pytest.raises(TypeError, match="Unexpected value 'file-draft'"):
        stock("api.files.files_get").sync(client=client, file_id="id")
    assert ("id", "file-draft") == (file.file_id, file.type)


@pytest.mark.anyio
async def test_discriminator_ignored(stock):
    """The discriminator alone chooses a variant; the stock client tries all in turn and fails on what fits none."""
    incomplete = {"type": "S3", "id": "o1", "name": "Shop"}
    body = [incomplete, {"type": "FLOPPY", "id": "o2"}]
    client, _ = stock_client(stock, httpx.Response(200, json=[incomplete]))
    ours, _ = our_client(httpx.Response(200, json=body), httpx.Response(200, json=[{"type": "folder"}]))
    async with ours:
        origins = await ours.accounts.origins.list()
        assets = await ours.assets.list()

    with pytest.raises(ValueError, match="got 'S3'"):
        stock("api.accounts_origins.accounts_origins_list").sync(client=client)
    assert [S3Origin, UnknownModel, Folder] == [type(value) for value in [*origins, *assets]]
    assert ("o1", "o2") == tuple(origin.id for origin in origins)


def test_eager_models(stock):
    """A model's module is imported when it is first used; the stock package imports every model at once."""
    script = """
import sys
from imagekit_async import AsyncImageKit, models
AsyncImageKit("private_key_of_tests").files.versions
before = {name for name in sys.modules if ".models." in name}
models.Folder
print(sorted(before), sorted({name for name in sys.modules if ".models." in name} - before))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    stock("models")

    assert 100 < sum(name.startswith("stock_client.models.") for name in sys.modules)
    assert "[] ['imagekit_async._generated.models.folder']" == done.stdout.strip()


def test_functions_named_after_their_style(stock):
    """Operations are methods of resources; the stock modules hold four functions each, two of them blocking."""
    stock_names = {name for name, _ in inspect.getmembers(stock("api.files.files_get"), inspect.isfunction)}
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in GENERATED.rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}

    assert {"sync", "sync_detailed", "asyncio", "asyncio_detailed"} <= stock_names
    assert not {name for name in names if "sync" in name or "detailed" in name}


def test_client_shows_its_token(stock):
    """No generated client class holds the key in plain sight; the repr of the stock one prints it."""
    theirs, _ = stock_client(stock)
    ours, _ = our_client()
    texts = [path.read_text(encoding="utf-8") for path in GENERATED.rglob("*.py")]

    assert KEY in repr(theirs)
    assert KEY not in repr(ours) + repr(ours.files) + repr(vars(ours))
    assert not [text for text in texts if "AuthenticatedClient" in text]
