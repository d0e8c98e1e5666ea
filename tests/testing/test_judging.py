"""
The judge of answers, which must not let anything pass that the document does not have.
"""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

JSON = {"content-type": "application/json", "x-ik-requestId": "a"}
JOB = "/v1/bulkJobs/1"
LIMITS = {"x-ratelimit-limit": "1", "x-ratelimit-interval": "1"}


@pytest.mark.parametrize(
    ("status", "headers", "body", "expected"),
    [
        (200, JSON, b'{"jobId": "1", "type": "COPY_FOLDER", "status": "Pending"}', []),
        (202, JSON, b"{}", ["GET /v1/bulkJobs/1 answered 202, which is not documented: b'{}'"]),
        (404, JSON, b"{}", ["GET /v1/bulkJobs/1 answered 404: $: 'message' is a required property"]),
        (404, JSON, b'{"message": 1}', ["GET /v1/bulkJobs/1 answered 404: $.message: 1 is not of type 'string'"]),
        (404, {"x-ik-requestId": "a"}, b"", ["GET /v1/bulkJobs/1 answered 404: content type None"]),
        (
            404,
            {"content-type": "application/json"},
            b'{"message": "a"}',
            ["GET /v1/bulkJobs/1 answered 404: header x-ik-requestid is missing"],
        ),
        (
            404,
            JSON | LIMITS,
            b'{"message": "a"}',
            ["GET /v1/bulkJobs/1 answered 404: header x-ratelimit-reset is missing"],
        ),
    ],
)
def test_judgement(judge, status: int, headers: dict[str, str], body: bytes, expected: list[str]) -> None:
    """Status, headers, content type and body must each be as documented."""
    assert expected == list(judge.deviations("GET", JOB, status, Headers(headers), body))


def test_more_than_is_documented(judge) -> None:
    """There is no body where none is documented, and no limit is told of an operation that has none."""
    upload = judge.deviations("POST", "/api/v1/files/upload", 200, Headers(JSON | LIMITS), b"{}")
    deleted = judge.deviations("DELETE", "/v1/files/1", 204, Headers(JSON), b"{}")

    assert ["header x-ratelimit-interval is not documented", "header x-ratelimit-limit is not documented"] == [
        text.partition(": ")[2] for text in upload if "not documented" in text
    ]
    assert ["DELETE /v1/files/1 answered 204: a body, b'{}', where there is none"] == list(deleted)


def test_what_is_no_operation(judge) -> None:
    """Paths and methods that the document lacks are none of its business."""
    assert [] == [
        *judge.deviations("GET", "/local/a.png", 500, Headers(), b""),
        *judge.deviations("PUT", "/v1/files", 405, Headers(), b""),
    ]
