"""
What holds for every response: it has a request id, no browser guesses its type, and it is sent after the request has
been read.
"""

from __future__ import annotations

import uuid
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_ID_HEADER = "x-ik-requestId"


class ResponseMiddleware:
    """
    Add `x-ik-requestId`, `X-Content-Type-Options` and rate-limit headers, and read what is left of the request.

    Closing a connection with unread bytes resets it, and the client would lose the response.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """
        Serve one request.
        """
        is_read = False
        state: dict[str, Any] = scope.setdefault("state", {})
        state["request_id"] = str(uuid.uuid4())

        async def receive_noting_end() -> Message:
            nonlocal is_read
            message = await receive()
            is_read = not message.get("more_body", False)
            return message

        async def send_after_reading(message: Message) -> None:
            if message["type"] == "http.response.start":
                while not is_read:
                    await receive_noting_end()
                headers = MutableHeaders(scope=message)
                headers[REQUEST_ID_HEADER] = state["request_id"]
                headers["x-content-type-options"] = "nosniff"
                headers.update(state.get("limits", {}))
            await send(message)

        await self._app(scope, receive_noting_end, send_after_reading)
