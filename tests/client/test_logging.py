"""
The log reports what was sent and what came, and nothing confidential.
"""

from __future__ import annotations

import base64
import logging

import httpx
import pytest

pytestmark = pytest.mark.anyio

LOGGER = "imagekit_async"
FILE = {"fileId": "f1", "name": "a.png", "type": "file"}


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What our logger wrote."""
    return [record.getMessage() for record in caplog.records if record.name == LOGGER]


async def test_each_attempt_is_a_line(scripted, caplog):
    """A DEBUG line for each attempt holds method, path, status, request id, number and duration; one has the wait."""
    client, _ = scripted(
        httpx.Response(429, headers={"X-RateLimit-Reset": "0", "x-ik-requestId": "id-1"}),
        httpx.Response(200, json=FILE, headers={"x-ik-requestId": "id-2"}),
    )

    with caplog.at_level(logging.DEBUG, LOGGER):
        await client.files.get("f1")

    path = "GET /v1/files/f1/details"
    assert [
        f"{path} 429 request_id=id-1 attempt=1 elapsed=0.000 s",
        f"{path} retry in 1.000 s: 429: the rate limit is used up",
        f"{path} 200 request_id=id-2 attempt=2 elapsed=0.000 s",
    ] == lines(caplog)
    assert {logging.DEBUG} == {record.levelno for record in caplog.records if record.name == LOGGER}


async def test_a_failed_attempt_is_a_line(scripted, caplog):
    """An attempt without a response is logged too."""
    client, _ = scripted(httpx.ReadError("cut"))

    with caplog.at_level(logging.DEBUG, LOGGER), pytest.raises(Exception, match="cut"):
        await client.files.get("f1", max_retries=0)

    assert ["GET /v1/files/f1/details no response request_id=None attempt=1 elapsed=0.000 s"] == lines(caplog)


async def test_a_handled_failure_is_no_warning(scripted, caplog):
    """Nothing is logged above DEBUG, so that a successful retry is silent."""
    client, _ = scripted(httpx.Response(503), httpx.Response(200, json=FILE))

    with caplog.at_level(logging.INFO, LOGGER):
        await client.files.get("f1")

    assert [] == lines(caplog)


async def test_nothing_secret_is_logged(scripted, caplog):
    """Keys, signatures, query values, field values and file content are not logged."""
    client, _ = scripted(
        httpx.Response(429),
        httpx.Response(200, json={**FILE, "description": "reply-hush"}),
        httpx.Response(200, json={"width": 5}),
        private_key="private-hush",
        default_headers={"X-Mine": "header-hush"},
    )

    with caplog.at_level(logging.DEBUG, LOGGER):
        await client.files.upload(
            file=b"content-hush",
            file_name="name-hush.png",
            token="token-hush",
            expire=1700000000,
            signature="signature-hush",
            public_key="public-hush",
        )
        await client.files.metadata.get_from_url(url="https://ik.example/hush?ik-s=hush")

    told = "\n".join(lines(caplog))
    assert 4 == len(lines(caplog))
    assert "/v1/metadata 200" in told
    assert "hush" not in told
    assert base64.b64encode(b"private-hush:").decode() not in told
