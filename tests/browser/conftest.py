"""
A real browser, and the application it opens; each test has an application and an ImageKit of its own.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from imagekit_local._server import DEFAULT_PRIVATE_KEY

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
# Nothing but the page may cause traffic.
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--headless",
    # Names of other sites that lead to this machine, as a rebound name does.
    "--host-resolver-rules=MAP *.test 127.0.0.1",
    "--no-first-run",
    "--no-sandbox",
]

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """
    Chromium without a window.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def addresses() -> Iterator[tuple[str, str]]:
    """
    The addresses of the application and of the local ImageKit that it started.
    """
    command = [sys.executable, "-m", "examples.web_upload", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        page, _, _, imagekit = process.stdout.readline().split()
        yield page, imagekit
        process.terminate()


@pytest.fixture
def imagekit(addresses: tuple[str, str]) -> Iterator[httpx.Client]:
    """
    The local ImageKit as a client other than the page reaches it.
    """
    with httpx.Client(base_url=addresses[1], auth=(DEFAULT_PRIVATE_KEY, "")) as client:
        yield client


@pytest.fixture
def page(browser: Browser, addresses: tuple[str, str]) -> Iterator[Page]:
    """
    The application's page in a profile of its own. A script that fails on it fails the test.
    """
    errors: list[Any] = []
    context = browser.new_context(viewport={"width": 1100, "height": 760})
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(error))
    page.goto(addresses[0])
    yield page
    context.close()

    assert [] == errors


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """
    An image of a megabyte and more, which is not sent in one piece.
    """
    path = tmp_path / "harbour at dusk.png"
    ramps = [Image.linear_gradient("L").rotate(angle).resize((1200, 900)) for angle in (0, 90, 180)]
    colors = Image.merge("RGB", ramps)
    Image.blend(colors, Image.effect_noise((1200, 900), 80).convert("RGB"), 0.2).save(path)
    return path


@pytest.fixture
def screenshot(page: Page, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """
    Leave a screenshot of the page as it is at the end of the test.
    """
    yield
    page.screenshot(path=tmp_path / "page.png")
