"""
`examples/web_upload` in a real browser: images go from the page to the local ImageKit, and events come back.
"""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.usefixtures("screenshot")

VERSIONS = pytest.mark.parametrize("version", ["v1", "v2"])
BAD_SIGNATURE = "Your request contains invalid signature parameter."
BAD_PAYLOAD = "Your request contains invalid payload. It does not match with the payload used to generate token."
BAD_EXPIRE = (
    "Your request contains invalid expire parameter. "
    "Expire parameter should be a Unix time in less than 1 hour into the future."
)
EXPIRED = "Your request contains expired token."
USED = re.compile(r"^The token with value '[0-9a-f-]{36}' has been used before\.")
BAD_TOKEN = "Your request has invalid token."
PERMISSIONS = "**/permissions/*"


def upload(page: Page, picture: Path, version: str) -> None:
    """
    Choose an image and send it.
    """
    page.get_by_label("Choose an image").set_input_files(picture)
    page.get_by_label(f"{version}:").check()
    page.get_by_role("button", name="Upload").click()


def decoded_width(page: Page, selector: str) -> object:
    """
    Width of an image in pixels, once the browser has decoded it.
    """
    return page.locator(selector).evaluate("async image => { await image.decode(); return image.naturalWidth; }")


def stored(page: Page) -> None:
    """
    Wait until the page says that an image was stored.
    """
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^Stored as harbour_at_dusk_[\w-]+\.png$"))


@VERSIONS
def test_upload(page: Page, picture: Path, version: str) -> None:
    """An image is previewed, sent, delivered as a thumbnail, and reported by webhook."""
    expect(page.get_by_role("button", name="Upload")).to_be_disabled()
    upload(page, picture, version)
    stored(page)

    expect(page.locator("#events li")).to_contain_text(re.compile(r"file\.created\s*harbour_at_dusk_[\w-]+\.png"))
    assert 1200 == decoded_width(page, "#preview")
    assert 320 == decoded_width(page, "#files img")
    assert 1 == page.get_by_role("progressbar").evaluate("bar => bar.position")


def test_page_that_comes_later(page: Page, picture: Path) -> None:
    """A page that is opened after an upload shows what arrived and what was reported."""
    upload(page, picture, "v1")
    stored(page)
    expect(page.locator("#events li")).to_have_count(1)
    page.reload()

    expect(page.locator("#events li")).to_have_count(1)
    expect(page.locator("#files li")).to_have_count(1)
    assert 320 == decoded_width(page, "#files img")


def test_deleted_elsewhere(page: Page, picture: Path, imagekit: httpx.Client) -> None:
    """An image that another client deletes is reported, and leaves the page."""
    upload(page, picture, "v1")
    expect(page.locator("#events li")).to_have_count(1)
    [file] = imagekit.get("/v1/files", params={"path": "/web-upload"}).json()
    imagekit.delete(f"/v1/files/{file['fileId']}").raise_for_status()

    expect(page.locator("#events li").first).to_have_text(f"file.deleted{file['fileId']}")
    expect(page.locator("#files li")).to_have_count(0)


@pytest.mark.parametrize(
    ("version", "field", "message"),
    [("v1", "signature", BAD_SIGNATURE), ("v1", "token", BAD_SIGNATURE), ("v2", "folder", BAD_PAYLOAD)],
)
def test_tampered(page: Page, picture: Path, version: str, field: str, message: str) -> None:
    """A page that changes what was signed is refused, and shows why."""

    def tamper(route: Route) -> None:
        response = route.fetch()
        permission = response.json()
        permission["fields"][field] += "0"
        route.fulfill(response=response, json=permission)

    page.route(PERMISSIONS, tamper)
    upload(page, picture, version)

    expect(page.get_by_role("status")).to_have_text(message)
    expect(page.locator("#files li")).to_have_count(0)


@pytest.mark.parametrize(("version", "message"), [("v1", BAD_EXPIRE), ("v2", EXPIRED)])
def test_expired(page: Page, picture: Path, imagekit: httpx.Client, version: str, message: str) -> None:
    """A permission that is used too late is refused, and the page shows why."""

    def dawdle(route: Route) -> None:
        response = route.fetch()
        imagekit.post("/_imagekit/clock", json={"advanceSeconds": 601}).raise_for_status()
        route.fulfill(response=response)

    page.route(PERMISSIONS, dawdle)
    upload(page, picture, version)

    expect(page.get_by_role("status")).to_have_text(message)
    expect(page.locator("#files li")).to_have_count(0)


@pytest.mark.parametrize(("version", "message"), [("v1", USED), ("v2", BAD_TOKEN)])
def test_reused(page: Page, picture: Path, version: str, message: str | re.Pattern[str]) -> None:
    """A permission that was used already is refused, and the page shows why."""
    permissions: list[dict[str, object]] = []

    def repeat(route: Route) -> None:
        if not permissions:
            permissions.append(route.fetch().json())
        route.fulfill(json=permissions[0])

    page.route(PERMISSIONS, repeat)
    upload(page, picture, version)
    stored(page)
    page.get_by_role("button", name="Upload").click()

    expect(page.get_by_role("status")).to_have_text(message)
    expect(page.locator("#files li")).to_have_count(1)


def test_failing_imagekit(page: Page, picture: Path) -> None:
    """An upload that gets no response is reported, and can be tried again."""
    page.route("**/api/v1/files/upload", lambda route: route.abort())
    upload(page, picture, "v1")

    expect(page.get_by_role("status")).to_have_text("ImageKit could not be reached")
    expect(page.get_by_role("button", name="Upload")).to_be_enabled()
