"""
Looks up what the server holds after a run of `soak.py`, without the client, and compares it with what it must hold.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import anyio
import httpx

from benchmarks.soak_load import FOLDERS, Fate, Ledger, payload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.soak_report import Run

_PAGE = 1000
_READERS = 8
_ALLOWED = {Fate.STORED: (1,), Fate.IN_DOUBT: (0, 1), Fate.ABSENT: (0,)}


async def account_for(run: Run, server: str, private_key: str) -> list[str]:
    """
    Compare each upload with what is stored, and note the counts in the run.

    Returns:
        What is wrong.
    """
    ledger = run.ledger
    async with httpx.AsyncClient(base_url=server, auth=(private_key, ""), timeout=30, trust_env=False) as http:
        found = await _listed(http)
        problems = [*ledger.problems, *_miscounted(ledger, found)]
        waiting = iter([(number, file) for number, files in found.items() for file in files])
        async with anyio.create_task_group() as group:
            for _ in range(_READERS):
                group.start_soon(_compare, http, ledger, waiting, problems)
    for number, fate in ledger.fates.items():
        run.fates[fate, len(found.get(number, []))] += 1
    return problems


async def _listed(http: httpx.AsyncClient) -> dict[int, list[dict[str, Any]]]:
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for path in FOLDERS:
        skip = 0
        while page := await _page(http, path, skip):
            skip += len(page)
            for file in page:
                found[int(file["name"][:7])].append(file)
    return found


async def _page(http: httpx.AsyncClient, path: str, skip: int) -> list[dict[str, Any]]:
    response = await http.get("/v1/files", params={"path": path, "limit": _PAGE, "skip": skip, "sort": "ASC_CREATED"})
    page: list[dict[str, Any]] = response.raise_for_status().json()
    return page


def _miscounted(ledger: Ledger, found: dict[int, list[dict[str, Any]]]) -> Iterator[str]:
    for number, fate in ledger.fates.items():
        count = len(found.get(number, []))
        if count not in _ALLOWED[fate]:
            yield f"upload {number} ({ledger.ends[number]}) must be there {fate.value}, is there {count} times"
    yield from (f"upload {number} is unknown" for number in found.keys() - ledger.fates.keys())


async def _compare(
    http: httpx.AsyncClient, ledger: Ledger, waiting: Iterator[tuple[int, dict[str, Any]]], problems: list[str]
) -> None:
    for number, file in waiting:
        content = (await http.get(file["url"])).raise_for_status().content
        if content != payload(number):
            problems.append(f"upload {number} has other bytes than were sent")
        tags = ledger.tags.get(number)
        if ledger.fates[number] is Fate.STORED and tags is not None and tags != set(file["tags"] or ()):
            problems.append(f"upload {number} has the tags {file['tags']}, not {sorted(tags)}")
