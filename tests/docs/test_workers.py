"""
The page on workers: its recipes run.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
import saq
from celery import Celery
from saq.job import TERMINAL_STATUSES

from examples.fleet import retry
from examples.fleet.fleet import redis_server
from examples.fleet.run import served
from imagekit_async import ImageKit, NotFoundError
from imagekit_async.testing import LocalImageKit

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "workers.md").read_text(encoding="utf-8")
RULE, IMPORT, SAQ, CELERY, LOOPS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalImageKit]:
    """
    A local ImageKit that the environment points to.
    """
    with LocalImageKit() as server:
        monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", server.private_key)
        monkeypatch.setenv("IMAGEKIT_BASE_URL", server.url)
        yield server


@pytest.fixture
def client(server: LocalImageKit) -> Iterator[ImageKit]:
    """
    A client that looks at what the recipes did.
    """
    with ImageKit() as client:
        yield client


def names_of(*blocks: str) -> dict[str, Any]:
    """
    Run blocks one after another and return what they define.
    """
    names: dict[str, Any] = {"__name__": "page"}
    for block in blocks:
        exec(compile(block, "workers.md", "exec"), names)
    return names


def test_the_rule_is_the_example_s() -> None:
    """The page and the example decide alike."""
    page = names_of(RULE)["retry_seconds"].__code__
    example = retry.retry_seconds.__code__

    assert set(example.co_names) - {"FIRST_RETRY_SECONDS"} == set(page.co_names)


SETTINGS = """
from saq import Queue

hooks = {"startup": startup, "shutdown": shutdown}
settings = {"queue": Queue.from_url("%s"), "functions": [import_item], "timers": {"schedule": 1}, **hooks}
"""


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.anyio
async def test_saq(server: LocalImageKit, client: ImageKit, tmp_path: Path) -> None:
    """A job of unknown outcome is retried without storing a file twice; a refused one is not retried."""
    (tmp_path / "a.txt").write_text("text")
    with redis_server(tmp_path) as redis_url, served(tmp_path) as url:
        server.add_reachable(url)
        server.faults.add("disconnect-after", operation="files.upload")
        (tmp_path / "page.py").write_text("\n".join((RULE, IMPORT, SAQ, SETTINGS % redis_url)))
        queue = saq.Queue.from_url(redis_url)
        jobs = []
        async with await anyio.open_process([sys.executable, "-m", "saq", "page.settings"], cwd=tmp_path) as worker:
            # One after the other, so that the first meets the fault.
            for name in ("a.txt", "none.txt"):
                job = await queue.enqueue("import_item", source=f"{url}/{name}", name=name, retries=5, timeout=30)
                while job.status not in TERMINAL_STATUSES:
                    await job.refresh(60)
                jobs.append(job)
            worker.terminate()
        await queue.disconnect()

    assert ["complete", "failed"] == [job.status for job in jobs]
    assert jobs[0].attempts > 1
    assert 0 == jobs[1].retries
    assert ["a.txt"] == [asset.name for asset in client.assets.list(path="/fleet")]


def test_celery(server: LocalImageKit, client: ImageKit) -> None:
    """A task retries what the rule allows, and raises a refusal."""
    app = Celery(broker="memory://", backend="cache+memory://", set_as_current=True)
    app.conf.task_always_eager = True
    names = names_of(RULE, CELERY)
    file_id = client.files.upload(file=b"x", file_name="a.txt").file_id
    server.faults.add("status", operation="files.update", times=3)
    done = names["tag"].apply(args=[file_id, ["new"]])
    refused = names["tag"].apply(args=["66f1a0c4e37b9d5f2a8c1b01", ["new"]])
    names["client"].close()

    assert done.successful()
    assert ["new"] == client.files.get(file_id or "").tags
    assert isinstance(refused.result, NotFoundError)


def test_event_loops(server: LocalImageKit) -> None:
    """A handler and a view share a client at module level."""
    names = names_of(LOOPS)
    counts = [names["handler"]({}, None), names["view"](None), names["handler"]({}, None)]
    anyio.run(names["imagekit"].aclose)

    assert [0, 0, 0] == counts
