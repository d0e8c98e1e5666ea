"""
What the package weighs before the first call: importing it and making a client.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import imagekitio

from benchmarks.contestants import KEY
from benchmarks.measure import Row, compared, cpu_seconds, fresh, medians
from benchmarks.server import running
from imagekit_async import AsyncImageKit

LEAN = Path(__file__).parent.parent / ".venv-lean/bin/python"
FIRST_RESPONSE = """
import asyncio, sys, time
{}
async def main():
    async with {} as client:
        await {}
        print(time.process_time())
asyncio.run(main())
"""
TIMED = "import time; start = time.process_time(); {}; print(time.process_time() - start)"


async def importing() -> list[Row]:
    """
    Compare imports in fresh interpreters, whose own start does not count.
    """

    def taking(statement: str) -> Callable[[], float]:
        return lambda: 1000 * float(fresh(TIMED.format(statement)))

    taken = await medians(
        {
            "ours": taking("from imagekit_async import AsyncImageKit"),
            "lazy": taking("import imagekit_async"),
            "ours, made": taking("from imagekit_async import AsyncImageKit; AsyncImageKit('key')"),
            "httpx": taking("import httpx"),
            "theirs": taking("from imagekitio import AsyncImageKit"),
            "theirs, made": taking("from imagekitio import AsyncImageKit; AsyncImageKit(private_key='key')"),
        },
        rounds=15,
    )
    first = "import it and make the first client"
    return [
        compared("import `AsyncImageKit`, beside `import httpx`", taken["ours"], taken["httpx"], "ms", at_most=1.25),
        compared("`import imagekit_async`, beside `import httpx`", taken["lazy"], taken["httpx"], "ms", at_most=1.25),
        compared("import `AsyncImageKit`, beside the vendor's", taken["ours"], taken["theirs"], "ms"),
        compared(f"{first}, beside `import httpx`", taken["ours, made"], taken["httpx"], "ms"),
        compared(f"{first}, beside the vendor's", taken["ours, made"], taken["theirs, made"], "ms"),
    ]


async def starting() -> list[Row]:
    """
    Compare the start of a process up to its first response, in an environment with httpx, anyio and attrs alone.

    Raises:
        FileNotFoundError: There is no such environment: `make .venv-lean/.ready`.
    """
    codes = {
        "ours": FIRST_RESPONSE.format(
            "from imagekit_async import AsyncImageKit",
            "AsyncImageKit('key', base_url=sys.argv[1])",
            "client.files.get('1')",
        ),
        "httpx": FIRST_RESPONSE.format(
            "import httpx",
            "httpx.AsyncClient(auth=('key', ''), base_url=sys.argv[1])",
            "client.get('/v1/files/1/details')",
        ),
    }
    with running() as url:

        def taking(code: str) -> Callable[[], float]:
            return lambda: 1000 * float(fresh(code, url, python=str(LEAN)))

        taken = await medians({name: taking(code) for name, code in codes.items()}, rounds=20)
    figure = "start of the process to the first response, CPU, beside plain `httpx.AsyncClient`"
    return [compared(figure, taken["ours"], taken["httpx"], "ms", at_most=1.1)]


async def constructing() -> list[Row]:
    """
    Compare making clients, which opens no connection.
    """
    taken = await medians(
        {
            "ours": lambda: 1000 * cpu_seconds(lambda: AsyncImageKit(KEY), 100),
            "theirs": lambda: 1000 * cpu_seconds(lambda: imagekitio.AsyncImageKit(private_key=KEY), 10),
        },
        rounds=15,
    )
    texts = [f"{taken[name]:.3f} ms" for name in ("ours", "theirs")]
    return [Row("construct a client", *texts, bar="at most 1 ms", met=taken["ours"] <= 1)]
