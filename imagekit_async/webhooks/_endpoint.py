"""
An ASGI application that receives webhooks, for Starlette, FastAPI and any other ASGI framework or server.
"""

from __future__ import annotations

import functools
import inspect
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias, overload

import anyio
import anyio.to_thread
from anyio.streams.memory import MemoryObjectSendStream

from ..errors import WebhookVerificationError
from ._events import unsafe_unwrap
from ._replays import MemoryReplayStore
from ._signatures import DEFAULT_TOLERANCE, STANDARD, checked_scheme, checked_tolerance, signing_keys, utc_now, verify

if TYPE_CHECKING:
    from .._generated.webhooks import WebhookEvent
    from ._replays import ReplayStore
    from ._signatures import Scheme

Scope: TypeAlias = MutableMapping[str, Any]
"""
The ASGI scope of the request that delivered an event.
"""
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Handler: TypeAlias = "Callable[[WebhookEvent], object] | Callable[[WebhookEvent, Scope], object]"
# Returns whether there was room for the event.
Handling: TypeAlias = "Callable[[WebhookEvent, Scope], Awaitable[bool]]"

logger = logging.getLogger("imagekit_async")

DEFAULT_MAX_BODY_BYTES = 1024 * 1024
RECORD_SECONDS = 5


class WebhookEndpoint:
    """
    An ASGI application that verifies webhooks and passes their events to a handler or a queue.

    The endpoint responds with 200 once the handler has returned or the event is in the queue. It responds with 500 if
    the handler failed, and with 503 if the queue is full or the same delivery is already being handled; ImageKit may
    then send the webhook again. It responds with 400 if verification fails, with 405 to methods other than POST, and
    with 413 if the body is too large.

    Args:
        secret: Secret of the webhook, with its prefix `whsec_`; or a function that returns the secret, called for each
            request.
        handler: A function of the event, or of the event and the ASGI scope if it requires two arguments. ImageKit
            waits until it returns. A plain function runs in a worker thread. Alternatively the sending end of an anyio
            memory object stream, which receives the event at once.
        scheme: How the sender signs; `x-ik-signature` for the header that ImageKit used before.
        tolerance: Greatest difference between the time of sending and now, in either direction; by default 5 minutes.
        max_body_bytes: Largest body to read, in bytes; by default 1 MiB.
        replay_store: Remembers which deliveries were handled; by default its own `MemoryReplayStore`.
        clock: Returns the current time as an aware datetime; by default the system clock.

    Raises:
        ConfigurationError: The secret is blank.
        TypeError: The handler is neither callable nor a memory object stream, or is a generator function.
        ValueError: The tolerance is negative, the scheme is unknown, or `max_body_bytes` is less than 1.
    """

    def __init__(
        self,
        secret: str | bytes | Callable[[], str | bytes],
        handler: Handler | MemoryObjectSendStream[WebhookEvent],
        *,
        scheme: Scheme = STANDARD,
        tolerance: timedelta = DEFAULT_TOLERANCE,
        max_body_bytes: int = DEFAULT_MAX_BODY_BYTES,
        replay_store: ReplayStore | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        if not callable(secret):
            signing_keys(secret)
        if max_body_bytes < 1:
            raise ValueError(f"max_body_bytes must be at least 1, got {max_body_bytes}")
        self._secret = secret
        self._handle = _calling(handler) if callable(handler) else _queueing(handler)
        self._scheme: Scheme = checked_scheme(scheme)
        self._tolerance = checked_tolerance(tolerance)
        self._max_body_bytes = max_body_bytes
        self._replays = MemoryReplayStore() if replay_store is None else replay_store
        self._clock = clock

    @overload
    async def __call__(self, scope: Scope, receive: Receive, send: Send, /) -> None: ...

    # Starlette and FastAPI type `add_route` for functions of a request only, although it takes ASGI applications.
    @overload
    def __call__(self, request: object, /) -> NoReturn: ...

    async def __call__(self, scope: Any, /, *channels: Any) -> None:
        """
        Respond to one HTTP request, as the ASGI specification has it.

        Raises:
            ValueError: The connection is not HTTP.
            TypeError: The endpoint was called with a request instead of as an ASGI application.
        """
        if not channels:
            raise TypeError("WebhookEndpoint is an ASGI application: call it with scope, receive and send")
        if scope["type"] != "http":
            raise ValueError(f"WebhookEndpoint only serves http, got {scope['type']}")
        receive, send = channels
        if scope["method"] != "POST":
            await _respond(send, 405, "Webhooks are sent with POST.", (b"allow", b"POST"))
            return
        body = await self._body(receive)
        if body is None:
            return
        if len(body) > self._max_body_bytes:
            await _respond(send, 413, "The body is too large.")
            return
        await _respond(send, *await self._outcome(body, scope))

    async def _body(self, receive: Receive) -> bytes | None:
        # None once the sender has disconnected.
        body = bytearray()
        more = True
        while more and len(body) <= self._max_body_bytes:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            more = message.get("more_body", False)
        return bytes(body)

    async def _outcome(self, body: bytes, scope: Scope) -> tuple[int, str]:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            key = self._verified(body, headers)
            event = unsafe_unwrap(body)
        except WebhookVerificationError as error:
            logger.warning("webhook refused: %s", error)
            # The reason would show a forger what to change.
            return 400, "The webhook could not be verified."
        except Exception:
            logger.exception("webhook could not be verified: its secret or clock failed")
            return 500, "The webhook could not be verified; send it again."
        try:
            return await self._deliver(event, scope, key)
        except Exception:
            logger.exception("webhook could not be handled")
            return 500, "The webhook could not be handled; send it again."

    def _verified(self, body: bytes, headers: Mapping[str, str]) -> str:
        secret = self._secret() if callable(self._secret) else self._secret
        return verify(body, headers, secret, tolerance=self._tolerance, now=self._clock(), scheme=self._scheme)

    async def _deliver(self, event: WebhookEvent, scope: Scope, key: str) -> tuple[int, str]:
        # A delivery may be dated ahead by the tolerance, and verifies for another tolerance after that date.
        state = await self._replays.claim(key, 2 * self._tolerance)
        if state == "pending":
            return 503, "The webhook is being handled already; send it again later."
        if state == "done":
            return 200, "The webhook was handled before."
        try:
            is_handled = await self._handle(event, scope)
        except BaseException:
            await self._record(self._replays.release, key)
            raise
        await self._record(self._replays.complete if is_handled else self._replays.release, key)
        return (200, "The webhook was handled.") if is_handled else (503, "The queue is full; send it again later.")

    async def _record(self, change: Callable[[str], Awaitable[None]], key: str) -> None:
        try:
            with anyio.move_on_after(RECORD_SECONDS, shield=True):
                await change(key)
        except Exception:
            logger.exception("the replay store failed: the same webhook may not be handled again, or twice")


def _calling(handler: Callable[..., object]) -> Handling:
    takes_scope, is_async = _required_arguments(handler) == 2, _is_async(handler)

    async def handle(event: WebhookEvent, scope: Scope) -> bool:
        call = functools.partial(handler, event, scope) if takes_scope else functools.partial(handler, event)
        # A tuple, because Trio accepts no coroutine from a thread.
        (result,) = (call(),) if is_async else await anyio.to_thread.run_sync(lambda: (call(),))
        if inspect.isawaitable(result):
            await result
        return True

    return handle


def _queueing(stream: MemoryObjectSendStream[WebhookEvent]) -> Handling:
    if not isinstance(stream, MemoryObjectSendStream):  # pyright: ignore[reportUnnecessaryIsInstance] - checks untyped callers
        raise TypeError(f"handler must be a function or the sending end of a memory object stream, got {stream!r}")

    async def handle(event: WebhookEvent, scope: Scope) -> bool:
        try:
            stream.send_nowait(event)
        except anyio.WouldBlock:
            return False
        return True

    return handle


def _required_arguments(handler: Callable[..., object]) -> int:
    try:
        parameters = inspect.signature(handler).parameters.values()
    except ValueError:  # Some built-in functions have no signature.
        return 1
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(parameter.kind in positional and parameter.default is parameter.empty for parameter in parameters)


def _is_async(handler: Callable[..., object]) -> bool:
    while isinstance(handler, functools.partial):
        handler = handler.func
    functions = (handler, type(handler).__call__)
    if any(inspect.isgeneratorfunction(each) or inspect.isasyncgenfunction(each) for each in functions):
        raise TypeError("handler must not be a generator, whose body would never run; return instead of yield")
    return any(map(inspect.iscoroutinefunction, functions))


async def _respond(send: Send, status: int, message: str, *headers: tuple[bytes, bytes]) -> None:
    body = json.dumps({"message": message}).encode()
    fixed = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*fixed, *headers]})
    await send({"type": "http.response.body", "body": body})
