"""
The pages on web frameworks: their applications serve requests, with a local ImageKit behind them.
"""

from __future__ import annotations

import re
from typing import Any

import anyio
import httpx
from aiohttp.test_utils import TestClient, TestServer

from imagekit_async import APIError, JobFailedError, WebhookVerificationError
from imagekit_async.integrations import fastapi
from imagekit_async.webhooks import sign
from tests.docs.pages import text_of
from tests.docs.running import WEBHOOK_SECRET as SECRET
from tests.docs.running import Reader
from tests.integrations.serving import serving

FASTAPI = "docs/how-to/fastapi.md"


def apps(reader: Reader, page: str) -> list[Any]:
    """
    Run the blocks of a page, and return the applications that they make.
    """
    reader.follow(page)
    return [module.app for module in reader.modules]


def test_fastapi(reader: Reader) -> None:
    """The FastAPI application stores, shows, lists, signs, receives and refuses; the test of the page passes."""
    app, other, _ = apps(reader, FASTAPI)
    with serving(app) as url, httpx.Client(base_url=url) as http:
        stored = http.post("/files", files={"file": ("a.txt", b"purr")}).raise_for_status().json()
        streamed = http.put("/videos/b.bin", content=iter([b"hi", b"ss"])).raise_for_status().json()
        body = f'{{"id": "evt_1", "type": "file.created", "data": {{"fileId": "{stored["fileId"]}"}}}}'.encode()
        received = http.post("/webhooks/imagekit", content=body, headers=sign(body, SECRET))
        shown = http.get(f"/files/{stored['fileId']}").json()
        listed = http.get("/files").json()
        permission = http.post("/permissions/v2", headers={"X-User": "ann"}).json()
        statuses = [http.post("/permissions/v2").status_code, http.get("/files/6f0000000000000000000000").status_code]
        schemas = http.get("/openapi.json").json()["components"]["schemas"]
    uploaded = httpx.post(f"{reader.server.url}/api/v2/files/upload", data=permission, files={"file": b"x"}).json()

    assert (stored["name"], ["received"]) == (shown["name"], shown["tags"])
    assert {stored["fileId"], streamed["fileId"]} == {file["fileId"] for file in listed}
    assert 200 == received.status_code
    assert [401, 404] == statuses
    assert "fileId" in schemas["File"]["properties"]
    assert uploaded["filePath"].startswith("/users/ann/avatar")
    with serving(other) as url:  # with a lifespan of its own
        assert 200 == httpx.get(f"{url}/openapi.json").status_code


def test_other_frameworks(reader: Reader) -> None:
    """The applications of the other frameworks store, show, receive and refuse."""
    starlette, litestar, aiohttp = apps(reader, "docs/how-to/web-frameworks.md")

    check_starlette(starlette)
    check_litestar(litestar, reader)
    check_aiohttp(aiohttp)


def check_starlette(app: Any) -> None:
    """
    Check that it passes uploads on and maps errors.
    """
    with serving(app) as url:
        stored = httpx.put(f"{url}/files/a.txt", content=b"purr").json()
        empty = httpx.put(f"{url}/files/a.txt")

    assert (4, 422) == (stored["size"], empty.status_code)


def check_litestar(app: Any, reader: Reader) -> None:
    """
    Check that it stores, shows and refuses, and that its OpenAPI page works.
    """
    with serving(app) as url, httpx.Client(base_url=url) as http:
        stored = http.post("/files", files={"data": ("a.txt", b"purr")}).json()
        streamed = http.post("/streams/b.bin", content=iter([b"hi", b"ss"])).json()
        shown = http.get(f"/files/{stored['fileId']}").json()
        missing = http.get("/files/6f0000000000000000000000")
        reader.server.faults.add("rate-limit", operation="files.get", seconds=100)
        limited = http.get(f"/files/{stored['fileId']}")
        schema = http.get("/schema/openapi.json")

    assert ([4, 4], stored["name"]) == ([stored["size"], streamed["size"]], shown["name"])
    assert [404, 429, 200] == [missing.status_code, limited.status_code, schema.status_code]
    assert int(limited.headers["retry-after"]) > 0


def check_aiohttp(app: Any) -> None:
    """
    Check that it stores, shows, receives and refuses.
    """
    body = b'{"id": "evt_1", "type": "file.frozen", "data": {}}'

    async def use() -> tuple[Any, ...]:
        async with TestClient(TestServer(app)) as http:
            stored = await (await http.put("/files/a.txt", data=b"purr")).json()
            shown = await (await http.get(f"/files/{stored['fileId']}")).json()
            missing = await http.get("/files/6f0000000000000000000000")
            received = await (await http.post("/webhooks/imagekit", data=body, headers=sign(body, SECRET))).json()
            forged = await http.post("/webhooks/imagekit", data=body)
        return stored["name"] == shown["name"], missing.status, received, forged.status

    assert (True, 404, {"received": "file.frozen"}, 400) == anyio.run(use)


def test_table_of_errors() -> None:
    """The table of errors is that of the function, and every kind of error is in it."""
    rows = re.findall(r"^\s*(\| .* \| \d{3}.* \|)$", text_of(FASTAPI), re.MULTILINE)
    documented = re.findall(r"^\s*(\| .* \| \d{3}.* \|)$", fastapi.map_errors.__doc__ or "", re.MULTILINE)

    assert 7 == len(rows)
    assert rows == documented
    assert all(f"`{kind.__name__}`" in "".join(rows) for kind in (APIError, JobFailedError, WebhookVerificationError))
