"""
The interactive reference at `/docs` of a local ImageKit, in a browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from imagekit_local import LocalImageKit


@pytest.fixture
def server() -> Iterator[LocalImageKit]:
    """
    A local ImageKit with nothing in it.
    """
    with LocalImageKit() as server:
        yield server


@pytest.fixture
def reference(browser: Browser, server: LocalImageKit, tmp_path: Path) -> Iterator[Page]:
    """
    The reference with the private key entered. An error of a script, or a request to another host, fails the test.
    """
    problems: list[str] = []
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda request: None if request.url.startswith((server.url, "data:")) else problems.append(request.url),
    )
    page.goto(f"{server.url}/docs")
    page.get_by_role("button", name="Authorize", exact=True).click()
    page.get_by_label("Username").fill(server.private_key)
    page.get_by_role("button", name="Apply credentials").click()
    page.get_by_role("button", name="Close", exact=True).click()
    yield page
    page.screenshot(path=tmp_path / "reference.png", full_page=True)
    context.close()

    assert [] == problems


def opened(page: Page, tag: str, operation: str) -> Locator:
    """
    Open an operation.
    """
    page.locator(f'h3[data-tag="{tag}"]').click()
    block = page.locator(".opblock").filter(has=page.locator(".opblock-summary-description", has_text=operation)).first
    block.locator(".opblock-summary-control").click()
    return block


def executed(block: Locator) -> Locator:
    """
    Send the request of an operation, and return the table with its response.
    """
    block.get_by_role("button", name="Execute").click()
    return block.locator(".live-responses-table")


def test_list(reference: Page, server: LocalImageKit) -> None:
    """A list is requested from the server that the page is from, and its response is shown."""
    response = executed(opened(reference, "assets", "List or search files and folders"))

    expect(response.locator(".response-col_status").nth(1)).to_contain_text("200")
    expect(response).to_contain_text("x-ik-requestid")
    assert [("assets.list", 200)] == [(request.operation, request.status) for request in server.requests]


def test_upload(reference: Page, server: LocalImageKit, picture: Path) -> None:
    """A file that is chosen on the page is uploaded, and its id is shown."""
    block = opened(reference, "files", "Upload a file")
    block.locator('input[type="file"]').set_input_files(picture)
    block.locator('tr[data-property-name="fileName"] input').first.fill("harbour.png")
    response = executed(block)

    expect(response.locator(".response-col_status").nth(1)).to_contain_text("200")
    expect(response).to_contain_text("harbour")
    assert [("files.upload", 200)] == [(request.operation, request.status) for request in server.requests]
