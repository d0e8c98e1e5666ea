"""
What a call raises for each error that the API documents, and for those that it does not.
"""

from __future__ import annotations

from datetime import timedelta
from operator import attrgetter
from typing import Any

import httpx
import pytest

from imagekit_async import errors

HEADERS = {
    "x-ik-requestId": "request-1",
    "X-RateLimit-Limit": "100",
    "X-RateLimit-Interval": "1000",
    "X-RateLimit-Reset": "640",
}
UNDOCUMENTED = {
    402: errors.APIStatusError,
    418: errors.APIStatusError,
    520: errors.InternalServerError,
    599: errors.InternalServerError,
}
HTML = "<html><body>Bad gateway</body></html>"


async def failure_of(client: Any, operation: Any) -> errors.APIStatusError:
    """
    Give the error that the operation's minimal call raises, without retries.
    """
    request = operation.minimal
    with pytest.raises(errors.APIStatusError) as raised:
        await attrgetter(operation.call)(client)(*request.args, **request.keywords, max_retries=0)
    return raised.value


@pytest.mark.anyio
async def test_documented_error_is_raised_as_its_class(failure, responding):
    """Each documented error raises the class of its status, with all that the response and the call report."""
    replies = [httpx.Response(failure.status, json=body, headers=HEADERS) for body in failure.bodies]
    client, sent = responding(*replies)
    operation = failure.operation

    async with client:
        raised = [await failure_of(client, operation) for _ in failure.bodies]

    assert [getattr(errors, failure.error)] * len(raised) == [type(error) for error in raised]
    assert failure.bodies == [error.body for error in raised]
    assert [(body.get("help"), body.get("reason")) for body in failure.bodies] == [
        (error.help, error.reason) for error in raised
    ]
    assert all(
        error.message.startswith(body["message"].rstrip("."))
        for body, error in zip(failure.bodies, raised, strict=True)
    )
    assert {(failure.status, "request-1", operation.method, operation.minimal.path, 1)} == {
        (error.status_code, error.request_id, error.method, error.path, error.attempts) for error in raised
    }
    wait = timedelta(milliseconds=640) if failure.status == 429 else None
    assert {(100, timedelta(seconds=1), wait)} == {
        (error.rate_limit.limit, error.rate_limit.interval, error.retry_after) for error in raised
    }
    assert len(failure.bodies) == len(sent)


@pytest.mark.anyio
@pytest.mark.parametrize("status", UNDOCUMENTED)
async def test_undocumented_error_is_raised_whatever_its_body(operation, status, responding):
    """An undocumented status or body, as from a proxy, raises an error with status and body, and no other."""
    client, _ = responding(
        httpx.Response(status, html=HTML),
        httpx.Response(status),
        httpx.Response(status, json=["no", {"object": None}]),
        httpx.Response(status, json={"message": {"text": 7}, "help": 1, "reason": []}),
        httpx.Response(status, content=b'{"message": "cut o', headers={"content-type": "application/json"}),
    )
    bodies = [
        HTML,
        None,
        ["no", {"object": None}],
        {"message": {"text": 7}, "help": 1, "reason": []},
        '{"message": "cut o',
    ]

    async with client:
        raised = [await failure_of(client, operation) for _ in bodies]

    expected = UNDOCUMENTED[status]
    if expected is errors.InternalServerError and operation.call.endswith(".upload"):
        expected = errors.UploadServerError

    assert [expected] * len(bodies) == [type(error) for error in raised]
    assert bodies == [error.body for error in raised]
    assert {(status, None, None, None)} == {
        (error.status_code, error.help, error.reason, error.request_id) for error in raised
    }
    assert not [error for error in raised if not error.message or str(status) not in str(error)]
