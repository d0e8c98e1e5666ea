"""
A server with a clock that only tests move, and the events of the server.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from imagekit_local import LocalImageKit

DELAY_SECONDS = 10


class StoppedClock:
    """
    A clock that only `advance` moves.
    """

    def __init__(self) -> None:
        self.now = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        """
        Return the time.
        """
        return self.now

    def advance(self, seconds: float = DELAY_SECONDS) -> None:
        """
        Advance the clock, by default as long as a job takes.
        """
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> StoppedClock:
    """
    A clock for the server that the test moves.
    """
    return StoppedClock()


@pytest.fixture
def server(clock: StoppedClock, new_id: Callable[[], str]) -> Iterator[LocalImageKit]:
    """
    A server without a socket, whose jobs take ten seconds, and that accepts two purges per month.
    """
    server = LocalImageKit(clock=clock, new_id=new_id, job_delay_seconds=DELAY_SECONDS, purges_per_month=2)
    yield server
    server.stop()


@pytest.fixture
def events(server: LocalImageKit) -> list[tuple[str, Mapping[str, Any]]]:
    """
    The events that the server has emitted since the test began.
    """
    told: list[tuple[str, Mapping[str, Any]]] = []
    server._account.listeners.append(lambda type, data: told.append((type, data)))
    return told


@pytest.fixture
def call(client: httpx.AsyncClient) -> Callable[..., Awaitable[tuple[int, Any]]]:
    """
    Call an operation with keywords as its body, and return status and body of the response, None if empty.
    """

    async def called(method: str, path: str, **body: Any) -> tuple[int, Any]:
        response = await client.request(method, path, json=body)
        return response.status_code, response.json() if response.content else None

    return called


@pytest.fixture
def listed(client: httpx.AsyncClient) -> Callable[..., Awaitable[list[dict[str, Any]]]]:
    """
    List assets by query parameters, ordered by path.
    """

    async def assets(**query: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await client.get("/v1/files", params=query)).raise_for_status().json()
        return sorted(found, key=path_of)

    return assets


@pytest.fixture
def paths(listed: Callable[..., Awaitable[list[dict[str, Any]]]]) -> Callable[[], Awaitable[list[str]]]:
    """
    List the paths of all files and folders, those of folders with a slash at the end.
    """

    async def all_paths() -> list[str]:
        return [path_of(asset) for asset in await listed(type="all")]

    return all_paths


@pytest.fixture
def long_histories(
    upload: Callable[..., Awaitable[dict[str, Any]]], client: httpx.AsyncClient
) -> Callable[[str, str], Awaitable[tuple[str, str]]]:
    """
    Create a file `x.txt` with 55 versions in one folder and with 89 in another, and return both ids.
    """

    async def made(first: str, second: str) -> tuple[str, str]:
        ids = [(await upload("x.txt", folder=folder))["fileId"] for folder in (first, second)]
        # Each copy adds the length of one history to the other.
        for source, target in [(first, second), (second, first)] * 4 + [(first, second)]:
            body = {"sourceFilePath": f"{source}/x.txt", "destinationPath": target, "includeFileVersions": True}
            (await client.post("/v1/files/copy", json=body)).raise_for_status()
        return ids[0], ids[1]

    return made


def path_of(asset: Mapping[str, Any]) -> str:
    """
    Return the path of a file or folder.
    """
    return str(asset["filePath"] if "filePath" in asset else f"{asset['folderPath']}/")
