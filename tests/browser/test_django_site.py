"""
The Django project in a browser: the page with its static files and thumbnails, and the admin.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parents[2]


@pytest.fixture
def addresses() -> Iterator[tuple[str, str]]:
    """
    The addresses of the project and of the local ImageKit that it stores in.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "examples.django_site", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        site, _, _, imagekit = next(lines).split()
        assert any("Starting development server" in line for line in lines)
        yield site, imagekit
        process.terminate()


@pytest.mark.usefixtures("screenshot")
def test_a_photo_is_uploaded_and_shown(page: Page, picture: Path) -> None:
    """The page has its style, and shows a thumbnail that ImageKit made of what the form sent."""
    page.get_by_label("Title").fill("Harbour at dusk")
    page.get_by_label("Image").set_input_files(picture)
    page.get_by_role("button", name="Upload").click()
    image = page.get_by_role("img", name="Harbour at dusk")
    expect(image).to_be_visible()

    assert [320, 240] == image.evaluate("image => [image.naturalWidth, image.naturalHeight]")
    assert "flex" == page.locator("#photos").evaluate("list => getComputedStyle(list).display")
    expect(page.locator("#photos")).to_contain_text("1200 x 900")


@pytest.mark.usefixtures("screenshot")
def test_the_admin_keeps_private_documents(page: Page, addresses: tuple[str, str], tmp_path: Path) -> None:
    """In the admin, which has its style, a document is added, and its link is signed."""
    (tmp_path / "contract.txt").write_text("secret")
    page.goto(f"{addresses[0]}/admin/gallery/document/add/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill("admin")
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Title").fill("Contract")
    page.get_by_label("File").set_input_files(tmp_path / "contract.txt")
    page.get_by_role("button", name="Save and continue editing").click()
    link = page.get_by_role("link", name=re.compile(r"contract\.txt"))
    expect(link).to_be_visible()
    url = link.get_attribute("href") or ""

    assert "secret" == httpx.get(url).text
    assert 401 == httpx.get(url.partition("?")[0]).status_code
    assert "rgba(0, 0, 0, 0)" != page.locator("#header").evaluate("bar => getComputedStyle(bar).backgroundColor")
