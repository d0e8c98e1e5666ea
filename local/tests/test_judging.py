"""
The judge of responses accepts nothing that is not documented.
"""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from starlette.datastructures import Headers

from imagekit_local import LocalImageKit

JSON = {"content-type": "application/json", "x-ik-requestId": "a"}
JOB = "/v1/bulkJobs/1"
UPLOAD: dict[str, Any] = {"data": {"fileName": "a.txt"}, "files": {"file": b"a"}}
LIMITS = {"x-ratelimit-limit": "1", "x-ratelimit-interval": "1"}


@pytest.mark.parametrize(
    ("status", "headers", "body", "expected"),
    [
        (200, JSON, b'{"jobId": "1", "type": "COPY_FOLDER", "status": "Pending"}', []),
        (202, JSON, b"{}", ["GET /v1/bulkJobs/1 responded 202, which is not documented: b'{}'"]),
        (404, JSON, b"{}", ["GET /v1/bulkJobs/1 responded 404: $: 'message' is a required property"]),
        (404, JSON, b'{"message": 1}', ["GET /v1/bulkJobs/1 responded 404: $.message: 1 is not of type 'string'"]),
        (404, {"x-ik-requestId": "a"}, b"", ["GET /v1/bulkJobs/1 responded 404: content type None"]),
        (
            404,
            {"content-type": "application/json"},
            b'{"message": "a"}',
            ["GET /v1/bulkJobs/1 responded 404: header x-ik-requestid is missing"],
        ),
        (
            404,
            JSON | LIMITS,
            b'{"message": "a"}',
            ["GET /v1/bulkJobs/1 responded 404: header x-ratelimit-reset is missing"],
        ),
    ],
)
def test_judgement(judge, status: int, headers: dict[str, str], body: bytes, expected: list[str]) -> None:
    """Status, headers, content type and body must each be as documented."""
    assert expected == list(judge.deviations("GET", JOB, status, Headers(headers), body))


def test_more_than_is_documented(judge) -> None:
    """An undocumented body is a deviation, and so are rate-limit headers of an operation without limits."""
    upload = judge.deviations("POST", "/api/v1/files/upload", 200, Headers(JSON | LIMITS), b"{}")
    deleted = judge.deviations("DELETE", "/v1/files/1", 204, Headers(JSON), b"{}")

    assert ["header x-ratelimit-interval is not documented", "header x-ratelimit-limit is not documented"] == [
        text.partition(": ")[2] for text in upload if "not documented" in text
    ]
    assert ["DELETE /v1/files/1 responded 204: a body, b'{}', where there is none"] == list(deleted)


def test_what_is_no_operation(judge) -> None:
    """Paths and methods that are not in the document are not judged."""
    assert [] == [
        *judge.deviations("GET", "/local/a.png", 500, Headers(), b""),
        *judge.deviations("PUT", "/v1/files", 405, Headers(), b""),
    ]


def broken_clock() -> Any:
    """
    Fail, so that every upload ends with an undocumented error.
    """
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("fault", "expected"), [(None, 1), ("delay", 1), ("slow-reader", 1), ("status", 0), ("garbage-body", 0)]
)
def test_servers_on_sockets(deviations: list[str], fault: Any, expected: int) -> None:
    """A listening server is judged, except for responses that a fault disturbs."""
    with LocalImageKit(clock=broken_clock) as server, httpx.Client() as client:
        if fault is not None:
            server.faults.add("status", operation="assets.list")
            server.faults.add(fault, operation="files.upload", seconds=0)
        client.post(f"{server.url}/api/v1/files/upload", auth=(server.private_key, ""), **UPLOAD)
    found = list(deviations)
    deviations.clear()

    assert expected == len(found)


@pytest.mark.anyio
async def test_servers_in_process(deviations: list[str]) -> None:
    """A server without a socket is judged, too."""
    server = LocalImageKit(clock=broken_clock)
    async with httpx.AsyncClient(transport=server.transport()) as client:
        await client.post(f"{server.url}/api/v1/files/upload", auth=(server.private_key, ""), **UPLOAD)
    server.stop()
    found = list(deviations)
    deviations.clear()

    assert 1 == len(found)
