"""
Write docs/images/*.webp: the pages of the example applications in a headless Chromium, each with a local ImageKit.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from examples.gallery import scene

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"


@contextmanager
def served(module: str, port: int) -> Iterator[str]:
    """
    Run an example application, and yield its address.
    """
    command = [sys.executable, "-m", module, "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[0]
        while not is_listening(address):
            time.sleep(0.1)
        yield address
        process.terminate()


def is_listening(address: str) -> bool:
    """
    Return whether an application accepts requests.
    """
    try:
        return httpx.get(address, trust_env=False).is_success
    except httpx.ConnectError:
        return False


def web_upload(page: Page, photo: Path) -> None:
    """
    Upload a photo from the page, and wait for the webhook about it.
    """
    page.get_by_label("Choose an image").set_input_files(photo)
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("#events li")).to_have_count(1)
    page.locator("#files img").evaluate("image => image.decode()")


def django_admin(page: Page, document: Path) -> None:
    """
    Log in to the admin, and add a document.
    """
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill("admin")
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Title").fill("Alps")
    page.get_by_label("File").set_input_files(document)
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was added successfully")).to_be_visible()


def save(page: Page, name: str) -> None:
    """
    Save what the page shows as `docs/images/NAME.webp`.
    """
    Image.open(BytesIO(page.screenshot())).save(IMAGES / f"{name}.webp", quality=80)


def main() -> None:
    """
    Take all screenshots.
    """
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        photo = Path(folder, "alps.jpg")
        scene().save(photo)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 900, "height": 680})
        with served("examples.web_upload", 8000) as address:
            page.goto(address)
            web_upload(page, photo)
            save(page, "web-upload")
        with served("examples.django_site", 8000) as address:
            page.goto(f"{address}/admin/gallery/document/add/")
            django_admin(page, photo)
            save(page, "django-admin")
        browser.close()


if __name__ == "__main__":
    main()
