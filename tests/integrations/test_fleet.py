"""
The importer with worker processes that are killed, and its rule about errors.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path

import httpx
import pytest

from examples.fleet.retry import retry_seconds
from examples.fleet.run import run
from imagekit_async import ImageKit, ImageKitError
from imagekit_async.testing import LocalImageKit


def test_every_item_is_stored_exactly_once(tmp_path: Path):
    """While workers are killed and responses get lost, each item is stored once, in one version, or refused."""
    lines: list[str] = []
    with LocalImageKit(rate_limit="40/1") as server:
        server.faults.add("disconnect-after", operation="files.upload", times=5)
        server.faults.add("disconnect-before", operation="files.upload", times=5)
        outcome = run(tmp_path, server, items=200, workers=2, kills=2, report=lines.append)

    expected = {f"item-{number:05}.txt": 1 for number in range(200) if number % 100 != 99}
    assert expected == outcome.stored
    assert Counter({"Version 1": 198}) == outcome.versions
    assert {"item-00099.txt", "item-00199.txt"} == outcome.refused.keys()
    assert "2 workers killed" in lines[-1]


def failure(outcome: httpx.Response | Exception, operation: str) -> BaseException:
    """
    Return the error of a call that gets a response or an exception of the network.
    """

    def send(request: httpx.Request) -> httpx.Response:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    with ImageKit("private", transport=httpx.MockTransport(send), max_retries=0) as client:
        calls = {"list": client.assets.list, "upload": partial(client.files.upload, file=b"x", file_name="a.txt")}
        with pytest.raises(ImageKitError) as caught:
            calls[operation]()
    return caught.value


@pytest.mark.parametrize(
    ("outcome", "operation", "seconds"),
    [
        (httpx.Response(400), "list", None),
        (httpx.Response(403), "list", None),
        (httpx.Response(429, headers={"X-RateLimit-Reset": "90000"}), "list", 90),
        (httpx.Response(423), "list", 1),
        (httpx.Response(503), "list", 1),
        (httpx.ReadError("lost"), "list", 1),
        (httpx.ReadError("lost"), "upload", 1),
        (httpx.Response(502), "upload", 1),
    ],
    ids=str,
)
def test_what_is_retried(outcome: httpx.Response | Exception, operation: str, seconds: float | None):
    """Refusals are final, limits say when, and all else is retried soon."""
    assert seconds == retry_seconds(failure(outcome, operation))


@pytest.mark.parametrize("error", [ValueError("file is empty"), FileNotFoundError("gone")])
def test_what_cannot_be_sent_is_refused(error: Exception):
    """An item that cannot be read is not retried."""
    assert retry_seconds(error) is None
