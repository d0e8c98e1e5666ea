"""
Apply faults around the API, which does not know about them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import anyio
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from imagekit_local._connections import disconnect
from imagekit_local._errors import ApiError
from imagekit_local._faults.fault import Fault, Faults

_GARBAGE = b'{"fileId": \x00\xff<html>'
_TEXT = "The local ImageKit failed on purpose."


class FaultMiddleware:
    """
    Serve requests, and disturb those that meet a fault.

    Args:
        app: The application that responds.
        faults: The faults.
    """

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """
        Serve one request.
        """
        fault = self._faults.fire(scope["method"], scope["path"])
        if fault is None:
            await self._app(scope, receive, send)
        else:
            await _DISTURBED[fault.kind](_Exchange(self._app, scope, receive, send), fault)


class _Exchange:
    def __init__(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        self.app = app
        self.scope = scope
        self.receive = receive
        self.send = send

    async def serve(self) -> None:
        await self.app(self.scope, self.receive, self.send)

    async def respond(self, response: Response) -> None:
        await response(self.scope, self.receive, self.send)

    async def served(self) -> tuple[Message, bytes]:
        """
        Serve the request and return the response instead of sending it: its start and its body.
        """
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        await self.app(self.scope, self.receive, keep)
        return messages[0], b"".join(message.get("body", b"") for message in messages[1:])


async def _status(exchange: _Exchange, fault: Fault) -> None:
    response: Response = ApiError(fault.status, _TEXT).response()
    if fault.body is not None:
        response = PlainTextResponse(fault.body, fault.status)
    response.headers.update(fault.headers)
    await exchange.respond(response)


async def _rate_limit(exchange: _Exchange, fault: Fault) -> None:
    response = ApiError(429, _TEXT).response()
    limits = {"X-RateLimit-Limit": "1", "X-RateLimit-Interval": "1000"}
    response.headers.update({**limits, "X-RateLimit-Reset": str(round(fault.seconds * 1000)), **fault.headers})
    await exchange.respond(response)


async def _delay(exchange: _Exchange, fault: Fault) -> None:
    await anyio.sleep(fault.seconds)
    await exchange.serve()


async def _slow_reader(exchange: _Exchange, fault: Fault) -> None:
    receive = exchange.receive

    async def receive_slowly() -> Message:
        await anyio.sleep(fault.seconds)
        return await receive()

    exchange.receive = receive_slowly
    await exchange.serve()


async def _disconnect_before(exchange: _Exchange, fault: Fault) -> None:
    # A client that is still sending may or may not see the reset.
    while (await exchange.receive()).get("more_body", False):
        pass
    await disconnect(exchange.scope)


async def _disconnect_after(exchange: _Exchange, fault: Fault) -> None:
    await exchange.served()
    await disconnect(exchange.scope)


async def _truncated_body(exchange: _Exchange, fault: Fault) -> None:
    start, body = await exchange.served()
    if body:
        await exchange.send(start)
        await exchange.send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
    await disconnect(exchange.scope, gently=bool(body))


async def _garbage_body(exchange: _Exchange, fault: Fault) -> None:
    start, _ = await exchange.served()
    await exchange.respond(Response(_GARBAGE, start["status"], media_type="application/json"))


_DISTURBED: dict[str, Callable[[_Exchange, Fault], Awaitable[None]]] = {
    "status": _status,
    "rate-limit": _rate_limit,
    "delay": _delay,
    "slow-reader": _slow_reader,
    "disconnect-before": _disconnect_before,
    "disconnect-after": _disconnect_after,
    "truncated-body": _truncated_body,
    "garbage-body": _garbage_body,
}
