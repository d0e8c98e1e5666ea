"""
The requests that a local ImageKit has received, for tests to check.
"""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Mapping

import attrs
from starlette.datastructures import Headers, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from imagekit_local._document.document import Document

_MAX_REQUESTS = 10_000
_MASK = "***"
# Also of a URL within a parameter or a header such as `Referer`, in which names and signs may be encoded.
_SECRET_NAME = re.compile(r"(?i)ik-s|cookie|authorization|signature|token|secret|password|key$|sig$|credential")
_SECRET_TEXT = re.compile(
    r"""(?ix)
    (?P<name> (?:ik-s|sig|signature|token|secret|password|key|credential) (?:=|%(?:25)*3d) )
        (?: (?!%(?:25)*(?:23|26)) [^&\#\s"'<>] )++
    | (?P<scheme> (?: : | %(?:25)*3a ) (?: / | %(?:25)*2f ){1,2} )
        (?: (?!%(?:25)*(?:2f|40)) [^/?\#\s@] )++ (?P<at> @ | %(?:25)*40 )
    """
)


@attrs.define(eq=False, kw_only=True)
class RecordedRequest:
    """
    A request without its secrets: signatures, tokens and passwords are `***`, also in URLs that it contains.

    Attributes:
        method: HTTP method.
        path: Path of its URL, decoded.
        query: Query parameters; the last value of each name.
        headers: Headers, with names in lower case.
        operation: Name of the operation, or None.
        body_bytes: Number of bytes read from the body.
        status: Status of the response, or None before there is one.
    """

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    operation: str | None
    body_bytes: int = 0
    status: int | None = None


class RequestLog:
    """
    The last 10,000 requests, oldest first.
    """

    def __init__(self) -> None:
        self._requests: deque[RecordedRequest] = deque(maxlen=_MAX_REQUESTS)
        self._lock = threading.Lock()

    def add(self, request: RecordedRequest) -> None:
        """
        Append a request.
        """
        with self._lock:
            self._requests.append(request)

    def all(self) -> list[RecordedRequest]:
        """
        Return the requests so far.
        """
        with self._lock:
            return list(self._requests)

    def clear(self) -> None:
        """
        Forget all requests.
        """
        with self._lock:
            self._requests.clear()


class RecordingMiddleware:
    """
    Record requests when they arrive, and their status before the response is sent.

    Args:
        app: The application that responds.
        log: The log to record in.
        document: The document that names the operations.
    """

    def __init__(self, app: ASGIApp, log: RequestLog, document: Document) -> None:
        self._app = app
        self._log = log
        self._document = document

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """
        Serve one request.
        """
        request = _recorded(scope, self._document.operation_name(scope["method"], scope["path"]))
        self._log.add(request)

        async def receive_counting() -> Message:
            message = await receive()
            request.body_bytes += len(message.get("body", b""))
            return message

        async def send_noting_status(message: Message) -> None:
            request.status = message.get("status", request.status)
            await send(message)

        await self._app(scope, receive_counting, send_noting_status)


def _recorded(scope: Scope, operation: str | None) -> RecordedRequest:
    return RecordedRequest(
        method=scope["method"],
        path=_cleaned(scope["path"]),
        query=_masked(QueryParams(scope["query_string"])),
        headers=_masked(Headers(scope=scope)),
        operation=operation,
    )


def _masked(values: Mapping[str, str]) -> dict[str, str]:
    return {name: _MASK if _SECRET_NAME.search(name) else _cleaned(value) for name, value in values.items()}


def _cleaned(value: str) -> str:
    return _SECRET_TEXT.sub(lambda match: f"{match['name'] or match['scheme']}{_MASK}{match['at'] or ''}", value)
