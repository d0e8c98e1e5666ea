"""
What the package weighs before the first call: importing it and making a client.
"""

from __future__ import annotations

from collections.abc import Callable

import imagekitio

from benchmarks.contestants import KEY
from benchmarks.measure import Row, compared, cpu_seconds, fresh, medians
from imagekit_async import AsyncImageKit

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
