"""
The pages whose examples are pieces of an async program: they run, and the clients that they make can be used.
"""

from __future__ import annotations

import ast
import datetime
import re
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from imagekit_async import AsyncImageKit, capture_calls
from imagekit_async.testing import LocalImageKit
from imagekit_local._faults.fault import Kind
from tests.redis_server import RedisServer

PAGES = Path(__file__).parents[2] / "docs"
FILE_ID = "66f1a0c4e37b9d5f2a8c1b01"
BLOCKS = [
    (page, block)
    for page in ("how-to/observability.md", "how-to/rate-limits.md", "explanation/retries.md", "how-to/transports.md")
    for block in re.findall(r"```python\n(.*?)```", (PAGES / page).read_text(encoding="utf-8"), re.DOTALL)
]
# aiohttp and redis-py know asyncio only.
CASES = [
    (page, block, backend)
    for page, block in BLOCKS
    for backend in ("asyncio", "trio")
    if backend == "asyncio" or not re.search("aiohttp|redis", block)
]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[LocalImageKit]:
    """
    A local ImageKit that the environment points to, with the key and the file that the pages name.
    """
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "a.txt").write_text("text")
    with LocalImageKit(private_key="private_...", new_id=lambda: FILE_ID) as server:
        server.seed(tmp_path / "tree")
        monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", server.private_key)
        monkeypatch.setenv("IMAGEKIT_BASE_URL", server.url)
        yield server


@pytest.mark.anyio
@pytest.mark.parametrize(("page", "block", "anyio_backend"), CASES, indirect=["anyio_backend"])
async def test_block_runs(server: LocalImageKit, page: str, block: str) -> None:
    """Each Python block runs as it stands, and the client that it makes works."""
    names: dict[str, Any] = {"__name__": "page", "client": AsyncImageKit()}
    with RedisServer() if "redis://" in block else nullcontext() as redis, capture_calls() as calls:
        block = block if redis is None else block.replace("redis://localhost:6379/0", redis.url)
        program = eval(compile(block, page, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), names)
        if program is not None:
            await program
        if "async with" not in block:
            async with names["client"] as client:
                await client.assets.list(limit=1)
        if "store" in names:
            await names["store"].aclose()

    assert {200} == {call.status_code for call in calls}


@pytest.mark.anyio
@pytest.mark.parametrize("fault", ["disconnect-before", "disconnect-after"])
async def test_unknown_upload_is_found(fault: Kind) -> None:
    """The search that the page shows finds what was stored under another name than asked for, and nothing else."""
    (block,) = [block for _, block in BLOCKS if "def upload_once" in block]
    names: dict[str, Any] = {"__name__": "page"}
    exec(compile(block, "retries.md", "exec"), names)
    async with LocalImageKit() as server, AsyncImageKit(server.private_key, base_url=server.url) as client:
        await client.files.upload(file=b"other", file_name="photo (1).jpg", folder="/My holiday")
        server.faults.add(fault, operation="files.upload")
        found = await names["upload_once"](client, b"photo", "photo (1).jpg", "/My holiday")
        stored = [asset.file_id for asset in await client.assets.list(type="file", path="/My_holiday")][1:]

    assert ([] if found is None else [found]) == stored
    assert (fault == "disconnect-after") is bool(stored)


def test_all_pages_have_blocks() -> None:
    """No page is read in vain."""
    assert 4 == len({page for page, _ in BLOCKS})


def test_age_of_the_document_is_shown() -> None:
    """The page about the API's document shows how to read its age."""
    (block,) = re.findall(
        r"```python\n(.*?)```", (PAGES / "how-to" / "follow-the-api.md").read_text(encoding="utf-8"), re.DOTALL
    )
    names: dict[str, Any] = {}
    exec(compile(block, "follow-the-api.md", "exec"), names)

    assert datetime.date.fromisoformat(names["date"])
    assert ["operations", "webhooks"] == [names[name].partition(" ")[2] for name in ("operations", "webhooks")]


def test_pages_count_nothing_that_the_document_counts() -> None:
    """No page but the changelog counts operations or webhooks, which a new document would make wrong."""
    root = PAGES.parent
    pages = [
        *root.glob("*.md"),
        *PAGES.rglob("*.md"),
        *(root / "local").glob("*.md"),
        *(root / "local/docs").glob("*.md"),
    ]
    counts = [
        f"{page.name}: {count}"
        for page in pages
        if page.name != "CHANGELOG.md"
        for count in re.findall(r"\d+ (?:operations|webhooks)\b", page.read_text(encoding="utf-8"))
    ]

    assert [] == counts
