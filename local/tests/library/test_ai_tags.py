"""
AI tags removed from many files at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest

pytestmark = pytest.mark.anyio
Upload = Callable[..., Awaitable[dict[str, Any]]]
Call = Callable[..., Awaitable[tuple[int, Any]]]
Events = list[tuple[str, Mapping[str, Any]]]
REMOVE = ("POST", "/v1/files/removeAITags")
TAGGING = '[{"name": "google-auto-tagging", "minConfidence": 0, "maxTags": 9}]'
UNKNOWN = "00000000000000000000beef"
INVALID = (
    "Your request contains invalid value for AITags. "
    "Please provide an array of strings. Example - ['t-shirt','summer-sale']."
)


async def test_remove(upload: Upload, call: Call, picture: Callable[..., bytes], events: Events, clock: Any) -> None:
    """AI tags are removed by name from each file that has them, and other tags stay."""
    names = ("red-shirt.png", "red.png", "blue.png")
    ids = [(await upload(name, picture(), extensions=TAGGING, tags="red"))["fileId"] for name in names]
    await call("GET", "/v1/files")
    events.clear()
    clock.advance(1)
    response = await call(*REMOVE, fileIds=[*ids, ids[0]], AITags=["red", "none"])
    details = [(await call("GET", f"/v1/files/{file_id}/details"))[1] for file_id in ids]

    assert (200, {"successfullyUpdatedFileIds": ids}) == response
    assert [["shirt"], None, ["blue"]] == [
        details[0]["AITags"] and [tag["name"] for tag in details[0]["AITags"]],
        details[1]["AITags"],
        [tag["name"] for tag in details[2]["AITags"]],
    ]
    assert [["red"]] * 3 == [view["tags"] for view in details]
    assert ["06", "06", "05"] == [view["updatedAt"][17:19] for view in details]
    assert [("file.updated", view) for view in details[:2]] == events


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({"AITags": ["a"]}, 400, "fileIds parameter is missing."),
        ({"fileIds": []}, 400, "fileIds is empty."),
        ({"fileIds": [UNKNOWN] * 51, "AITags": ["a"]}, 400, "A maximum of 50 files can be edited at a time."),
        ({"fileIds": [UNKNOWN]}, 400, "AITags parameter is missing."),
        ({"fileIds": [UNKNOWN], "AITags": []}, 400, "AITags array cannot be empty."),
        ({"fileIds": [UNKNOWN], "AITags": "a"}, 400, INVALID),
        ({"fileIds": [UNKNOWN], "AITags": [1]}, 400, INVALID),
        ({"fileIds": [UNKNOWN], "AITags": ["a"]}, 404, "The requested file(s) does not exist."),
    ],
)
async def test_refused(body: dict[str, Any], status: int, message: str, call: Call) -> None:
    """The error names what is wrong with a body, or the unknown files."""
    response = await call(*REMOVE, **body)

    assert (status, message) == (response[0], response[1]["message"])
    assert ([UNKNOWN] if status == 404 else None) == response[1].get("missingFileIds")
