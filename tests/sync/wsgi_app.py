"""
A WSGI application whose client is made, and used, before gunicorn forks its workers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from imagekit_async import ImageKit

client = ImageKit()
FILE_ID = client.files.upload(file=b"x", file_name="a.txt").file_id


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """
    Respond with the id of the process after a call.
    """
    assert FILE_ID == client.files.get(FILE_ID).file_id
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]
