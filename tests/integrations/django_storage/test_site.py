"""
The example project as it runs: under runserver, gunicorn with forked workers, and uvicorn.
"""

from __future__ import annotations

import io
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from PIL import Image

from imagekit_async import ImageKit
from imagekit_async.models import File
from imagekit_async.testing import LocalImageKit

ROOT = Path(__file__).parents[3]
Manage = Callable[..., str]
Serve = Callable[..., httpx.Client]


def picture(color: str = "navy") -> bytes:
    """
    Return a small PNG.
    """
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), color).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def environment(server: LocalImageKit, tmp_path: Path) -> dict[str, str]:
    """
    What the project reads.
    """
    return {
        **os.environ,
        "DJANGO_DATABASE": str(tmp_path / "db.sqlite3"),
        "DJANGO_MANIFEST_FOLDER": str(tmp_path),
        "DJANGO_SUPERUSER_PASSWORD": "admin",
        "IMAGEKIT_BASE_URL": server.url,
        "IMAGEKIT_PRIVATE_KEY": server.private_key,
        "IMAGEKIT_URL_ENDPOINT": server.url_endpoint,
    }


@pytest.fixture
def manage(environment: dict[str, str]) -> Manage:
    """
    Run a command of Django and return what it prints; warnings are errors.
    """

    def run(command: str, **extra: str) -> str:
        arguments = [sys.executable, "-W", "error", "-m", "examples.django_site.manage", *command.split()]
        done = subprocess.run(arguments, cwd=ROOT, env={**environment, **extra}, capture_output=True, text=True)
        assert 0 == done.returncode, done.stderr
        return done.stdout

    return run


@pytest.fixture
def serve(manage: Manage, environment: dict[str, str]) -> Iterator[Serve]:
    """
    Start a server of the project on its database, and return a client of it.
    """
    manage("migrate --no-input --verbosity=0")
    manage("createsuperuser --username admin --email admin@example.test --no-input --verbosity=0")
    started: list[subprocess.Popen[str]] = []
    clients: list[httpx.Client] = []

    def start(*arguments: str, ready: str) -> httpx.Client:
        command = [sys.executable, "-m", *arguments]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**environment, "DJANGO_DEBUG": "1", "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        lines: list[str] = []
        for line in process.stdout:
            lines.append(line)
            if match := re.search(ready, line):
                clients.append(httpx.Client(base_url=match[1], timeout=30, headers={"Referer": match[1]}))
                return clients[-1]
        raise AssertionError("".join(lines))

    yield start

    for client in clients:
        client.close()
    for process in started:
        process.terminate()
        output, _ = process.communicate(timeout=60)
        assert not re.search(r"Traceback|ResourceWarning|RuntimeWarning", output)


def gunicorn(serve: Serve, *arguments: str) -> httpx.Client:
    """
    Start gunicorn.
    """
    return serve(
        *("gunicorn", "--bind", "127.0.0.1:0", *arguments, "examples.django_site.wsgi"),
        ready=r"Listening at: (http://\S+)",
    )


def free_port() -> int:
    """
    Return a port that nothing listens on.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def upload(client: httpx.Client, title: str) -> httpx.Response:
    """
    Send the form of the page.
    """
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get("/").text)
    assert token is not None
    form = {"csrfmiddlewaretoken": token[1], "title": title}
    return client.post("/", data=form, files={"image": (f"{title} (1).png", picture(), "image/png")})


def paths(client: ImageKit, folder: str) -> list[str]:
    """
    Return what is stored in a folder.
    """
    return [asset.file_path for asset in client.assets.list(path=folder) if isinstance(asset, File)]


def test_collectstatic(manage: Manage, client: ImageKit, server: LocalImageKit):
    """Static files are stored under hashed names, with the names that they refer to, once however often it runs."""
    first = manage("collectstatic --no-input --ignore=admin")
    stored = paths(client, "/django-site/static/gallery")
    second = manage("collectstatic --no-input --ignore=admin")

    assert re.search(r"\d+ static files copied, \d+ post-processed", first)
    assert "0 static files copied" in second
    assert stored == paths(client, "/django-site/static/gallery")
    assert 4 == len(stored)
    (style,) = [path for path in stored if re.search(r"style\.[0-9a-f]{12}\.css$", path)]
    (paper,) = [path for path in stored if re.search(r"paper\.[0-9a-f]{12}\.svg$", path)]
    assert paper.rpartition("/")[2] in httpx.get(server.url_endpoint + style).text


def test_migrations_are_complete(manage: Manage):
    """Django sees no change that the migrations lack; they need neither key nor network."""
    assert "No changes detected" in manage(
        "makemigrations --check", IMAGEKIT_PRIVATE_KEY="", IMAGEKIT_BASE_URL="http://127.0.0.1:9"
    )


def test_gunicorn(serve: Serve, client: ImageKit):
    """Each worker of a gunicorn that preloads the application stores what a form sends, under names of its own."""
    site = gunicorn(serve, "--workers", "2", "--threads", "2", "--preload")
    responses = [upload(site, "harbour") for _ in range(4)]
    page = site.get("/").text
    images = re.findall(r'<img src="([^"]+)"', page)

    assert [302] * 4 == [response.status_code for response in responses]
    assert 4 == len(set(paths(client, "/django-site/media/photos")))
    assert "/django-site/media/photos/harbour_1.png" in paths(client, "/django-site/media/photos")
    assert 4 == page.count("64 x 48")
    assert [200] * 4 == [httpx.get(image.replace("&amp;", "&")).status_code for image in images]


def test_admin(serve: Serve, client: ImageKit, server: LocalImageKit):
    """In the admin, a private document is added, shown by a signed URL, sent through the application, and removed."""
    site = gunicorn(serve)

    def submit(path: str, **form: str) -> httpx.Response:
        site.get(path)
        form["csrfmiddlewaretoken"] = site.cookies["csrftoken"]
        files = {"file": ("contract 1.txt", b"secret", "text/plain")} if form.get("title") else None
        return site.post(path, data=form, files=files, follow_redirects=True)

    submit("/admin/login/?next=/admin/", username="admin", password="admin")
    added = submit("/admin/gallery/document/add/", title="Contract")
    (path,) = [asset.file_path for asset in client.assets.iterate() if isinstance(asset, File)]
    change = site.get("/admin/gallery/document/1/change/").text
    signed = re.search(r'href="([^"]+contract_1\.txt[^"]*)"', change)
    sent = site.get("/documents/1")

    assert "was added successfully" in added.text
    assert re.fullmatch(r"/django-site/documents/\d{4}/contract_1\.txt", path)
    assert signed is not None
    assert b"secret" == httpx.get(signed[1].replace("&amp;", "&")).content
    assert 401 == httpx.get(server.url_endpoint + path).status_code
    assert (b"secret", "6") == (sent.content, sent.headers["content-length"])
    assert 'filename="contract_1.txt"' in sent.headers["content-disposition"]


def test_runserver(serve: Serve, client: ImageKit):
    """Django's own server serves the pages."""
    port = free_port()
    site = serve(
        *("examples.django_site.manage", "runserver", "--noreload", f"127.0.0.1:{port}"),
        ready=r"Starting development server at (http://[\d.:]+)",
    )

    assert 302 == upload(site, "harbour").status_code
    assert ["/django-site/media/photos/harbour_1.png"] == paths(client, "/django-site/media/photos")


def test_async_views(serve: Serve, client: ImageKit):
    """Under uvicorn, async views save photos and make URLs."""
    site = serve(
        *("uvicorn", "--port", "0", "examples.django_site.asgi:application"),
        ready=r"running on (http://\S+)",
    )
    site.get("/")
    added = site.post(
        "/photos/add",
        data={"title": "harbour"},
        files={"image": ("harbour.png", picture(), "image/png")},
        headers={"X-CSRFToken": site.cookies["csrftoken"]},
    )
    listed = site.get("/photos").json()

    assert (201, "photos/harbour.png") == (added.status_code, added.json()["name"])
    assert {"harbour": added.json()["url"]} == listed
    assert picture() == httpx.get(listed["harbour"]).content
