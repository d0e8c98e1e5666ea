"""
The page on web frameworks: its applications serve requests, with a local ImageKit behind them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import anyio
import httpx
import pytest
from aiohttp.test_utils import TestClient, TestServer

from imagekit_async import APIError, JobFailedError, WebhookVerificationError
from imagekit_async.integrations import fastapi
from imagekit_async.testing import LocalImageKit
from imagekit_async.webhooks import sign
from tests.integrations.serving import serving

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "web-frameworks.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
SECRET = "whsec_c2VjcmV0IG9mIHRoZSBkb2Nz"


@pytest.fixture(autouse=True)
def imagekit(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalImageKit]:
    """
    A local ImageKit that the environment points to.
    """
    with LocalImageKit() as server:
        monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", server.private_key)
        monkeypatch.setenv("IMAGEKIT_PUBLIC_KEY", server.public_key)
        monkeypatch.setenv("IMAGEKIT_BASE_URL", server.url)
        monkeypatch.setenv("IMAGEKIT_WEBHOOK_SECRET", SECRET)
        yield server


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Any]:
    """
    Run an example, and return the application that it makes.
    """

    def run(number: int) -> Any:
        # Litestar looks types up in the module of a function.
        module = ModuleType(f"page_{number}")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(compile(BLOCKS[number], "web-frameworks.md", "exec", dont_inherit=True), vars(module))
        return module.app

    return run


def test_fastapi(imagekit: LocalImageKit, run: Callable[[int], Any]) -> None:
    """The FastAPI application stores, shows, lists, signs, receives and refuses."""
    with serving(run(0)) as url, httpx.Client(base_url=url) as http:
        stored = http.post("/files", files={"file": ("a.txt", b"purr")}).raise_for_status().json()
        streamed = http.put("/videos/b.bin", content=iter([b"hi", b"ss"])).raise_for_status().json()
        body = f'{{"id": "evt_1", "type": "file.created", "data": {{"fileId": "{stored["fileId"]}"}}}}'.encode()
        received = http.post("/webhooks/imagekit", content=body, headers=sign(body, SECRET))
        shown = http.get(f"/files/{stored['fileId']}").json()
        listed = http.get("/files").json()
        permission = http.post("/permissions/v2", headers={"X-User": "ann"}).json()
        statuses = [http.post("/permissions/v2").status_code, http.get("/files/6f0000000000000000000000").status_code]
        schemas = http.get("/openapi.json").json()["components"]["schemas"]
    uploaded = httpx.post(f"{imagekit.url}/api/v2/files/upload", data=permission, files={"file": b"x"}).json()

    assert (stored["name"], ["received"]) == (shown["name"], shown["tags"])
    assert {stored["fileId"], streamed["fileId"]} == {file["fileId"] for file in listed}
    assert 200 == received.status_code
    assert [401, 404] == statuses
    assert "fileId" in schemas["File"]["properties"]
    assert uploaded["filePath"].startswith("/users/ann/avatar")


def test_lifespan(run: Callable[[int], Any]) -> None:
    """An application with a lifespan of its own starts and stops."""
    app = run(1)

    with serving(app) as url:
        assert 200 == httpx.get(f"{url}/openapi.json").status_code


def test_testing(run: Callable[[int], Any]) -> None:
    """The test of the page passes."""
    run(2)


def test_starlette(run: Callable[[int], Any]) -> None:
    """The Starlette application passes uploads on and maps errors."""
    with serving(run(3)) as url:
        stored = httpx.put(f"{url}/files/a.txt", content=b"purr").json()
        empty = httpx.put(f"{url}/files/a.txt")

    assert (4, 422) == (stored["size"], empty.status_code)


def test_litestar(imagekit: LocalImageKit, run: Callable[[int], Any]) -> None:
    """The Litestar application stores, shows and refuses, and its OpenAPI page works."""
    with serving(run(4)) as url, httpx.Client(base_url=url) as http:
        stored = http.post("/files", files={"data": ("a.txt", b"purr")}).json()
        streamed = http.post("/streams/b.bin", content=iter([b"hi", b"ss"])).json()
        shown = http.get(f"/files/{stored['fileId']}").json()
        missing = http.get("/files/6f0000000000000000000000")
        imagekit.faults.add("rate-limit", operation="files.get", seconds=100)
        limited = http.get(f"/files/{stored['fileId']}")
        schema = http.get("/schema/openapi.json")

    assert ([4, 4], stored["name"]) == ([stored["size"], streamed["size"]], shown["name"])
    assert [404, 429, 200] == [missing.status_code, limited.status_code, schema.status_code]
    assert int(limited.headers["retry-after"]) > 0


def test_aiohttp(run: Callable[[int], Any]) -> None:
    """The aiohttp application stores, shows, receives and refuses."""
    body = b'{"id": "evt_1", "type": "file.frozen", "data": {}}'

    async def use() -> tuple[Any, ...]:
        async with TestClient(TestServer(run(5))) as http:
            stored = await (await http.put("/files/a.txt", data=b"purr")).json()
            shown = await (await http.get(f"/files/{stored['fileId']}")).json()
            missing = await http.get("/files/6f0000000000000000000000")
            received = await (await http.post("/webhooks/imagekit", data=body, headers=sign(body, SECRET))).json()
            forged = await http.post("/webhooks/imagekit", data=body)
        return stored["name"] == shown["name"], missing.status, received, forged.status

    assert (True, 404, {"received": "file.frozen"}, 400) == anyio.run(use)


def test_table_of_errors() -> None:
    """The table of errors is that of the function, and every kind of error is in it."""
    rows = re.findall(r"^\s*(\| .* \| \d{3}.* \|)$", PAGE, re.MULTILINE)
    documented = re.findall(r"^\s*(\| .* \| \d{3}.* \|)$", fastapi.map_errors.__doc__ or "", re.MULTILINE)

    assert 6 == len(rows)
    assert rows == documented
    assert all(f"`{kind.__name__}`" in "".join(rows) for kind in (APIError, JobFailedError, WebhookVerificationError))
