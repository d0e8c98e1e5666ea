"""
The sync client in the worker processes of gunicorn and Celery, which fork after it was used.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from imagekit_async.testing import LocalImageKit

FOLDER = Path(__file__).parent
Run = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def run(server: LocalImageKit, tmp_path: Path) -> Iterator[Run]:
    """
    Start a module of Python with the environment of the SDK.
    """
    started: list[subprocess.Popen[str]] = []
    environment = {
        **os.environ,
        "CELERY_FOLDER": str(tmp_path),
        "IMAGEKIT_BASE_URL": server.url,
        "IMAGEKIT_PRIVATE_KEY": server.private_key,
        "PYTHONPATH": str(FOLDER),
    }

    def start(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", *arguments]
        started.append(subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True))
        return started[-1]

    yield start

    for process in started:
        process.kill()
        process.communicate()


def test_gunicorn(run: Run):
    """Every worker of a gunicorn that preloads the application calls ImageKit, and all of them end on request."""
    process = run("gunicorn", "--workers", "2", "--preload", "--bind", "127.0.0.1:0", "wsgi_app:app")
    assert process.stderr is not None
    url = next(match[1] for line in process.stderr if (match := re.search(r"Listening at: (http://\S+)", line)))
    workers: set[str] = set()
    with httpx.Client() as client, ThreadPoolExecutor(4) as pool:
        while len(workers) < 2:
            responses = list(pool.map(client.get, [url] * 8))
            assert {200} == {response.status_code for response in responses}
            workers |= {response.text for response in responses}
    process.terminate()
    _, errors = process.communicate(timeout=60)

    assert 0 == process.returncode
    assert str(process.pid) not in workers
    assert not re.search(r"Traceback|Warning|ERROR", errors)


def test_celery(run: Run, monkeypatch: pytest.MonkeyPatch, server: LocalImageKit, tmp_path: Path):
    """The processes of Celery's prefork pool call ImageKit, and the worker ends on request."""
    process = run("celery", "-A", "celery_app", "worker", "--pool=prefork", "--concurrency=2", "--without-mingle")
    monkeypatch.setenv("CELERY_FOLDER", str(tmp_path))
    monkeypatch.setenv("IMAGEKIT_BASE_URL", server.url)
    monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", server.private_key)
    monkeypatch.syspath_prepend(FOLDER)
    from celery_app import read

    ids = [result.get(timeout=60) for result in [read.delay() for _ in range(4)]]
    process.terminate()
    _, errors = process.communicate(timeout=60)

    assert {process.pid} == {parent for _, parent in ids}
    assert process.pid not in {worker for worker, _ in ids}
    assert 0 == process.returncode
    assert "Traceback" not in errors
