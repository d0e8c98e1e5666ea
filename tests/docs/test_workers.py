"""
The pages on workers, taskiq and Lambda: their recipes run.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
import saq
from celery import Celery
from saq.job import TERMINAL_STATUSES

from examples.fleet import retry
from examples.fleet.run import served
from imagekit_async import ImageKit, ImageKitError, NotFoundError, errors
from tests.docs.pages import blocks
from tests.docs.running import Reader, environment

WORKERS = "docs/how-to/workers.md"
TASKIQ = "docs/how-to/taskiq.md"


@pytest.fixture
def client(reader: Reader) -> Iterator[ImageKit]:
    """
    A client that looks at what the recipes did.
    """
    with ImageKit() as client:
        yield client


def test_the_rule_is_the_example_s(reader: Reader) -> None:
    """The page and the example retry the same errors."""
    reader.save(WORKERS)
    page = importlib.import_module("importing")
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ImageKitError)]
    raised = [kind.__new__(kind) for kind in kinds]

    assert [retry.retry_seconds(error) for error in raised] == [page.retry_seconds(error) for error in raised]
    assert {None, 1.0} == {page.retry_seconds(error) for error in raised}


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.anyio
async def test_saq(reader: Reader, client: ImageKit, tmp_path: Path) -> None:
    """A job of unknown outcome is retried without storing a file twice; a refused one is not retried."""
    (tmp_path / "a.txt").write_text("text")
    with served(tmp_path) as url:
        reader.server.add_reachable(url)
        reader.server.faults.add("disconnect-after", operation="files.upload")
        reader.save(WORKERS)
        queue = saq.Queue.from_url(reader.redis_url)
        jobs = []
        command = [sys.executable, "-m", "saq", "saq_tasks.settings"]
        async with await anyio.open_process(command, cwd=tmp_path, env=environment()) as worker:
            # One after the other, so that the first meets the fault.
            for name in ("a.txt", "none.txt"):
                job = await queue.enqueue("import_item", source=f"{url}/{name}", name=name, retries=5, timeout=30)
                # A due retry waits for the next schedule of the worker, which is up to a second.
                while job.status not in TERMINAL_STATUSES:
                    await job.refresh(60)
                jobs.append(job)
            worker.terminate()
        await queue.disconnect()

    assert ["complete", "failed"] == [job.status for job in jobs]
    assert jobs[0].attempts > 1
    assert 0 == jobs[1].retries
    assert ["a.txt"] == [asset.name for asset in client.assets.list(path="/fleet")]


def test_celery(reader: Reader, client: ImageKit) -> None:
    """A task retries what the rule allows, and raises a refusal."""
    app = Celery(broker="memory://", backend="cache+memory://", set_as_current=True)
    app.conf.task_always_eager = True
    reader.save(WORKERS)
    module = importlib.import_module("celery_tasks")
    file_id = client.files.upload(file=b"x", file_name="a.txt").file_id
    reader.server.faults.add("status", operation="files.update", times=3)
    done = module.tag.apply(args=[file_id, ["new"]])
    refused = module.tag.apply(args=["66f1a0c4e37b9d5f2a8c1b01", ["new"]])
    module.client.close()

    assert done.successful()
    assert ["new"] == client.files.get(file_id or "").tags
    assert isinstance(refused.result, NotFoundError)


def test_lambda(reader: Reader, client: ImageKit, tmp_path: Path) -> None:
    """A function that runs twice stores one file; a handler and a view share a client at module level."""

    class Context:
        def get_remaining_time_in_millis(self) -> int:
            return 30_000

    (tmp_path / "a.txt").write_text("text")
    with served(tmp_path) as url:
        reader.server.add_reachable(url)
        reader.save("docs/how-to/lambda.md")
        function = importlib.import_module("lambda_function")
        stored = [function.handler({"url": f"{url}/a.txt", "name": "a.txt"}, Context()) for _ in range(2)]
        function.client.close()
    (block,) = (block for block in blocks("docs/how-to/lambda.md", "python") if not block.is_file)
    module = reader.run_python(block, close=False)
    counts = [module.handler({}, None), module.view(None), module.handler({}, None)]
    anyio.run(module.client.aclose)

    assert 1 == len({file["fileId"] for file in stored})
    assert ["a.txt"] == [asset.name for asset in client.assets.list(path="/imports")]
    assert [1, 1, 1] == counts


def test_taskiq(reader: Reader, client: ImageKit, tmp_path: Path) -> None:
    """A worker of the page stores what it is sent, although the first upload has an unknown outcome."""
    (tmp_path / "cafe.jpg").write_text("text")
    with served(tmp_path) as url:
        reader.server.add_reachable(url)
        reader.server.faults.add("disconnect-after", operation="files.upload")
        reader.substitute("https://ik.imagekit.io/demo/medium_cafe_B1iTdD0C.jpg", f"{url}/cafe.jpg")
        reader.follow(TASKIQ)

    assert ["cafe.jpg"] == [asset.name for asset in client.assets.list(path="/fleet")]
