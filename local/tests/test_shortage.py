"""
What a server that gets no more file descriptors logs.
"""

from __future__ import annotations

import errno
import logging
import sqlite3
from typing import Any, NoReturn

import anyio
import httpx
import pytest

from imagekit_local import LocalImageKit
from imagekit_local._due import logged_failure


@pytest.mark.anyio
async def test_requests(
    server: LocalImageKit,
    anonymous: httpx.AsyncClient,
    upload: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    deviations: list[str],
) -> None:
    """Requests that cannot open a file get 500, and all of them together one line in the log."""
    stored = await upload("a.txt")

    async def no_descriptor(*_: object) -> NoReturn:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(anyio, "open_file", no_descriptor)
    responses = [await anonymous.get(stored["url"]) for _ in range(2)]
    deviations.clear()

    assert [500, 500] == [response.status_code for response in responses]
    assert 1 == sum("cannot open more files" in record.getMessage() for record in caplog.records)


def test_work_that_is_due(server: LocalImageKit, caplog: pytest.LogCaptureFixture) -> None:
    """A database that cannot be opened for lack of descriptors is reported the same way, other failures as ever."""
    for error in (sqlite3.OperationalError("unable to open database file"), sqlite3.OperationalError("disk I/O error")):
        with logged_failure(server._account):
            raise error

    assert ["the local ImageKit cannot open more files", "the local ImageKit cannot do what is due now"] == [
        record.getMessage().partition(":")[0] for record in caplog.records if record.levelno >= logging.WARNING
    ]
