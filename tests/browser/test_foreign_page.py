"""
What a web page on another site can do to a local ImageKit whose keys it knows: nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from imagekit_local import LocalImageKit

UPLOAD = "/api/v1/files/upload"
SEND = """
async ([method, url, headers, form, mode]) => {
    const body = form && new FormData();
    for (const [name, text] of Object.entries(form ?? {})) {
        body.append(name, text);
    }
    try {
        const response = await fetch(url, { method, headers, body, mode });
        return response.type === "opaque" ? "opaque" : `${response.status} ${await response.text()}`;
    } catch (error) {
        return error.name;
    }
}
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LocalImageKit]:
    """
    A local ImageKit that keeps a file for good.
    """
    with LocalImageKit(data=tmp_path / "data") as server:
        store(server, "precious.txt", b"precious")
        yield server


@pytest.fixture
def evil(browser: Browser) -> Iterator[Page]:
    """
    A page of another site.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>evil</title>")

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as site:
        thread = threading.Thread(target=site.serve_forever, args=(0.01,))
        thread.start()
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"http://evil.test:{site.server_address[1]}/")
        yield page
        context.close()
        site.shutdown()
        thread.join()


def store(server: LocalImageKit, name: str, content: bytes) -> str:
    """
    Upload a file from outside of any browser, and return its URL.
    """
    form = {"fileName": name, "useUniqueFileName": "false"}
    response = httpx.post(server.url + UPLOAD, data=form, files={"file": content}, auth=(server.private_key, ""))
    url: str = response.json()["url"]
    return url


def names(server: LocalImageKit) -> list[str]:
    """
    Return the names of all files.
    """
    files = httpx.get(f"{server.url}/v1/files", auth=(server.private_key, "")).json()
    return sorted(file["name"] for file in files)


def signed(server: LocalImageKit, **form: str) -> dict[str, str]:
    """
    Sign an upload as any page can that knows the documented key.
    """
    expire = str(int(time.time()) + 60)
    digest = hmac.new(server.private_key.encode(), f"token{expire}".encode(), hashlib.sha1).hexdigest()
    return {**form, "publicKey": server.public_key, "token": "token", "expire": expire, "signature": digest}


def test_upload_without_preflight(server: LocalImageKit, evil: Page) -> None:
    """A multipart upload, which a browser sends without asking first, stores nothing."""
    form = signed(server, file="dGV4dA==", fileName="planted.txt")
    outcome = evil.evaluate(SEND, ["POST", server.url + UPLOAD, {}, form, "no-cors"])

    assert "opaque" == outcome
    assert ["precious.txt"] == names(server)


def test_upload_that_fetches(server: LocalImageKit, evil: Page) -> None:
    """An upload by URL does not hand another service on loopback to the page."""
    with LocalImageKit() as other:
        form = signed(server, file=store(other, "secret.txt", b"secret"), fileName="stolen.txt")
        evil.evaluate(SEND, ["POST", server.url + UPLOAD, {}, form, "no-cors"])
        requests = [request.operation for request in other.requests]

    assert ["files.upload"] == requests
    assert ["precious.txt"] == names(server)


@pytest.mark.parametrize("path", ["/v1/files", "/_imagekit/requests", "/local/precious.txt"])
def test_reading(server: LocalImageKit, evil: Page, path: str) -> None:
    """No response can be read, with credentials or without."""
    headers = {"authorization": "Basic cHJpdmF0ZV9sb2NhbDo="}

    assert "TypeError" == evil.evaluate(SEND, ["GET", server.url + path, headers, None, "cors"])
    assert "TypeError" == evil.evaluate(SEND, ["GET", server.url + path, {}, None, "cors"])


def test_form_with_credentials(server: LocalImageKit, evil: Page) -> None:
    """A form whose address carries the key resets nothing."""
    address = f"{server.url}/_imagekit/reset".replace("//", f"//{server.private_key}:@")
    evil.set_content(f'<form method="post" action="{address}"><button>Win a prize</button></form>')
    with evil.expect_navigation() as navigation:
        evil.get_by_role("button").click()

    response = navigation.value
    assert response is not None
    assert 403 == response.status
    assert ["precious.txt"] == names(server)


def test_form_without_referrer(server: LocalImageKit, evil: Page) -> None:
    """Nor does one that hides where it comes from."""
    address = f"{server.url}/_imagekit/reset".replace("//", f"//{server.private_key}:@")
    evil.set_content(
        f'<meta name="referrer" content="no-referrer"><form method="post" action="{address}"><button>Go</button></form>'
    )
    with evil.expect_navigation() as navigation:
        evil.get_by_role("button").click()

    response = navigation.value
    assert response is not None
    assert 403 == response.status
    assert ["precious.txt"] == names(server)


@pytest.mark.parametrize("name", ["evil.test", "127.0.0.1.evil.test"])
def test_rebound_name(server: LocalImageKit, evil: Page, name: str) -> None:
    """A name of another site that leads to the server makes the page no part of it."""
    port = server.url.rpartition(":")[2]
    response = evil.goto(f"http://{name}:{port}/local/precious.txt")
    headers = {"authorization": "Basic cHJpdmF0ZV9sb2NhbDo="}
    outcome: str = evil.evaluate(SEND, ["GET", "/v1/files", headers, None, "same-origin"])

    assert response is not None
    assert 421 == response.status
    assert outcome.startswith("421 ")
    assert "precious" not in outcome


SCRIPT = """
document.title = "owned";
fetch("/_imagekit/reset", { method: "POST", headers: { authorization: "Basic cHJpdmF0ZV9sb2NhbDo=" } });
"""
DOCUMENTS = {
    "page.html": f"<!doctype html><title>safe</title><p id='end'>text</p><script>{SCRIPT}</script>",
    "image.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><title>safe</title><text id="end">text</text>'
    f"<script><![CDATA[{SCRIPT}]]></script></svg>",
    "feed.xml": f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>safe</title></head><body><p id="end">text</p>'
    f"<script><![CDATA[{SCRIPT}]]></script></body></html>",
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_stored_script(server: LocalImageKit, browser: Browser, name: str) -> None:
    """A document that was uploaded runs no script on the server's origin when it is opened."""
    url = store(server, name, DOCUMENTS[name].encode())
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    expect(page.locator("#end")).to_have_text("text")
    title = page.title()
    context.close()

    assert "safe" == title
    assert sorted([name, "precious.txt"]) == names(server)
    assert ["GET"] == [request.method for request in server.requests if request.path == f"/local/{name}"]


def test_picture_in_a_page(server: LocalImageKit, evil: Page, picture: Path) -> None:
    """Pages of any site may show what is delivered, as ever."""
    url = store(server, "picture.png", picture.read_bytes())
    evil.set_content(f'<img src="{url}">')

    assert 1200 == evil.locator("img").evaluate("async image => { await image.decode(); return image.naturalWidth; }")
