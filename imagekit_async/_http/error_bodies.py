"""
The bodies of responses, as errors show them.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from .._redaction import Redactor

BODY_BYTES = 256 * 1024
_SUMMARY_LENGTH = 200
REQUEST_ID = "x-ik-requestid"
_ID = re.compile(r"[\w.:-]{1,200}", re.ASCII)


def checked_request_id(given: str | None, private_key: str) -> str | None:
    """
    Return ImageKit's id of a request; None if there is none, or if it is something else than an id.
    """
    return given if given is not None and _ID.fullmatch(given) and private_key not in given else None


def body_text(response: httpx.Response) -> str:
    """
    Return the body as text. `Response.text` fails for a charset that is a codec but gives no text, such as `hex`.
    """
    return response.content.decode(errors="replace")


def parsed(response: httpx.Response, redactor: Redactor) -> Any:
    """
    Return the body of an error without credentials: its JSON, or the start of its text; None if it is empty.
    """
    content = response.content
    if not content:
        return None
    if len(content) <= BODY_BYTES:
        with suppress(ValueError, RecursionError):
            return redactor.value(json.loads(content))
    return redactor.cut(body_text(response), BODY_BYTES)


def summary(response: httpx.Response, body: Any, redactor: Redactor) -> str:
    """
    Return a message for a response that has none: its reason and the start of its body, without credentials.
    """
    reason = response.reason_phrase or "no reason given"
    if body is None:
        return f"{reason} (empty body)"
    return f"{reason}: {redactor.cut(' '.join(body_text(response).split()), _SUMMARY_LENGTH)}"
