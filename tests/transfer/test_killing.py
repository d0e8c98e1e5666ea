"""
A process that uploads is killed again and again, against a server in another process.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import anyio

from imagekit_async import AsyncImageKit
from imagekit_async.testing import LocalImageKit

FILES = 60
PROGRAM = """
import sys
import anyio
import anyio

from imagekit_async import AsyncImageKit
from imagekit_async.transfer import plan_upload

async def main(url, local, state):
    async with AsyncImageKit("private_local", base_url=url) as client:
        plan = await plan_upload(client, local, "/site", state=state)
        print("planned", plan.counts().get("create", 0) + plan.counts().get("replace", 0), flush=True)
        report = await plan.run(client, concurrency=4, on_progress=lambda progress: print(progress.path, flush=True))
        print("done" if report.ok else report, flush=True)

anyio.run(main, *sys.argv[1:])
"""


def uploaded_until(lines: int | None, arguments: list[str]) -> tuple[int, str]:
    """
    Run the program, and kill it after so many lines of output; return how many transfers it planned, and its last line.
    """
    with subprocess.Popen([sys.executable, "-c", PROGRAM, *arguments], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        planned = int(process.stdout.readline().split()[1])
        last = ""
        for number, line in enumerate(process.stdout):
            last = line.strip()
            if number == lines:
                process.send_signal(signal.SIGKILL)
        process.wait()
    return planned, last


async def stored_names(server: LocalImageKit) -> list[str]:
    """
    Return the names of all files.
    """
    async with AsyncImageKit(server.private_key, base_url=server.url) as client:
        return sorted([asset.name async for asset in client.assets.iterate(type="file", search_query='type = "file"')])


def test_killed_at_any_time(tmp_path: Path) -> None:
    """However often it is killed, each file is stored once, and at most one file a worker is sent again."""
    for number in range(FILES):
        file = tmp_path / "local" / f"{number % 7}" / f"{number}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"content {number}")
    with LocalImageKit() as server:
        arguments = [server.url, str(tmp_path / "local"), str(tmp_path / "state.sqlite")]
        planned = [uploaded_until(lines, arguments)[0] for lines in (0, 1, 5, 17, 30)]
        left, last = uploaded_until(None, arguments)
        uploads = [request for request in server.requests if request.operation == "files.upload"]
        again, _ = uploaded_until(None, arguments)
        stored = anyio.run(stored_names, server)

    assert "done" == last
    assert sorted(f"{number}.txt" for number in range(FILES)) == stored
    assert planned == sorted(planned, reverse=True)
    assert FILES == planned[0] > planned[-1] > left
    assert FILES <= len(uploads) <= FILES + 4 * len(planned)
    assert 0 == again
