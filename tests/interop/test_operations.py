"""
What the other modules of this directory, which run before, leave of the API.
"""

from __future__ import annotations

from typing import Any

from imagekit_async.testing import LocalImageKit
from imagekit_local._document.reading import packaged_document


def test_every_operation_was_called(vendor: Any, server: LocalImageKit) -> None:
    """Each client has called every operation, with success, and has never met a defect."""
    responses = [(request.operation, request.status or 500) for request in server.requests]

    assert packaged_document().names == {operation for operation, status in responses if operation and status < 300}
    assert not [operation for operation, status in responses if status == 500]
