"""
A server that is killed while uploads are in flight.

Each round starts the command on the same directory, uploads from several tasks, and kills the process after a random
number of events on the client's side. CRASHES sets the number of rounds.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import anyio
import attrs
import httpx

from imagekit_local._store import Asset, Condition, Store

# A forked child has everything imported already, so that hundreds of rounds take seconds.
DRIVER = """
import os, sys
from PIL import Image
import imagekit_local.__main__ as command

Image.init()
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        print(os.getpid(), flush=True)
        sys.argv = ["imagekit", "--data", line.strip()]
        command.main()
    os.waitpid(child, 0)
    print("ended", flush=True)
"""
TASKS = 6
SIZES = (0, 1, 3000, 200_000, 1_500_000)
# Several at a time, since one waits for the disk most of the time.
SERVERS = 4
CRASHES = int(os.environ.get("CRASHES", "200"))


@attrs.define
class Uploads:
    """
    The uploads that were sent, and those that were acknowledged.
    """

    sent: dict[str, list[bytes]] = attrs.field(factory=dict[str, list[bytes]])
    acknowledged: dict[str, bytes] = attrs.field(factory=dict[str, bytes])


@attrs.define
class Killer:
    """
    Kills a process at the last of some events.
    """

    process_id: int
    events_left: int
    moment: str = ""

    def note_event(self, moment: str) -> None:
        """
        Count an event, at which a server may die.
        """
        self.events_left -= 1
        if self.events_left == 0:
            self.moment = moment
            os.kill(self.process_id, signal.SIGKILL)


@contextmanager
def driver() -> Generator[subprocess.Popen[str]]:
    """
    A process that starts a server in a child for each directory that it reads.
    """
    with subprocess.Popen(
        [sys.executable, "-c", DRIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def pipe(stream: IO[str] | None) -> IO[str]:
    """
    A stream that is there.
    """
    assert stream is not None
    return stream


async def crash(url: str, killer: Killer, dice: random.Random, uploads: Uploads, prefix: str) -> None:
    """
    Upload from several tasks until the server is dead.
    """
    async with httpx.AsyncClient(base_url=url, auth=("private_local", ""), verify=False) as client:

        async def upload_on(task: int) -> None:
            number = 0
            while killer.events_left > 0:
                number += 1
                # One name is everybody's, so that versions are made.
                name = f"{prefix}-shared" if number % 3 == 0 else f"{prefix}-{task}-{number}"
                content = dice.randbytes(dice.choice(SIZES))
                uploads.sent.setdefault(name, []).append(content)
                await upload(name, content)

        async def upload(name: str, content: bytes) -> None:
            fields = {"fileName": name, "useUniqueFileName": "false", "folder": f"{prefix}/{name[-1]}"}
            form = httpx.Request("POST", url, data=fields, files={"file": content})
            body = b"".join(form.stream)  # type: ignore[arg-type]  # the stream of a form is synchronous, too

            async def chunks() -> AsyncIterator[bytes]:
                for start in range(0, len(body), 100_000):
                    killer.note_event("during an upload")
                    yield body[start : start + 100_000]

            try:
                response = await client.post(
                    "/api/v1/files/upload", content=chunks(), headers={"Content-Type": form.headers["Content-Type"]}
                )
            except httpx.TransportError:
                return
            uploads.acknowledged[response.json()["versionInfo"]["id"]] = content
            killer.note_event("after an upload")

        async with anyio.create_task_group() as group:
            for task in range(TASKS):
                group.start_soon(upload_on, task)


def stored(data: Path) -> dict[str, Asset]:
    """
    All versions by id, once what a crash left has been swept.
    """
    store = Store(data)
    store.open()
    with store.transaction():
        assets = store.assets.page(Condition("type <> 'folder'"), Condition("id"), limit=1_000_000)
    store.close()
    return {asset.version.id: asset for asset in assets if isinstance(asset, Asset)}


def test_kills(tmp_path: Path) -> None:
    """Acknowledged uploads are stored with their bytes, and anything else stored is a complete upload."""
    with ThreadPoolExecutor(SERVERS) as pool:
        moments = list(pool.map(kill_often, [tmp_path / str(number) for number in range(SERVERS)], range(SERVERS)))

    # Servers died before an upload was whole, and between uploads.
    assert {"during an upload", "after an upload"} == {moment for each in moments for moment in each}
    assert CRASHES <= sum(map(len, moments))


def kill_often(data: Path, seed: int) -> list[str]:
    """
    Kill servers on one directory one after another, check what each left, and print when it died.
    """
    dice = random.Random(seed)
    uploads = Uploads()
    assets: dict[str, Asset] = {}
    moments: list[str] = []
    with driver() as process:
        orders, replies = pipe(process.stdin), pipe(process.stdout)
        for number in range(-(-CRASHES // SERVERS)):
            print(data, file=orders, flush=True)
            killer = Killer(int(replies.readline()), dice.randrange(1, 60))
            anyio.run(crash, replies.readline().strip(), killer, dice, uploads, f"{number}")

            assert "ended" == replies.readline().strip()
            assets = stored(data)
            assert assets.keys() == set(os.listdir(data / "blobs"))
            assert uploads.acknowledged.keys() <= assets.keys()
            assert len(assets) - len(uploads.acknowledged) <= TASKS * (number + 1)
            moments.append(killer.moment)

    for id, asset in assets.items():
        content = (data / "blobs" / id).read_bytes()

        assert content in ([uploads.acknowledged[id]] if id in uploads.acknowledged else uploads.sent[asset.name])
        assert len(content) == asset.version.size
    return moments
