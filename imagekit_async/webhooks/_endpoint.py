"""
An ASGI application that receives webhooks: it fits into Starlette, FastAPI and any other ASGI framework or server.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import anyio

from ..errors import WebhookVerificationError
from ._events import unsafe_unwrap
from ._replays import MemoryReplayStore
from ._signatures import DEFAULT_TOLERANCE, STANDARD, checked_scheme, checked_tolerance, signing_keys, utc_now, verify

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, MutableMapping
    from datetime import datetime, timedelta

    from anyio.streams.memory import MemoryObjectSendStream

    from .._generated.webhooks import WebhookEvent
    from ._replays import ReplayStore
    from ._signatures import Scheme

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]

logger = logging.getLogger("imagekit_async")

DEFAULT_MAX_BODY_BYTES = 1024 * 1024
RELEASE_SECONDS = 5


class WebhookEndpoint:
    """
    An ASGI application that verifies webhooks and hands their events to a handler or a queue.

    It answers 200 once the handler has returned or the event is in the queue. On 500 (the handler failed) and 503
    (the queue is full, or the same delivery is being handled already) ImageKit can send the webhook again. It answers
    400 to what cannot be verified, 405 to other methods than POST, and 413 to a body that is too large.

    Args:
        secret: Secret of the webhook, with its prefix `whsec_`.
        handler: An async function of the event, which ImageKit waits for, or the sending end of an anyio memory object
            stream, into which the event is put at once.
        scheme: How the sender signs; `x-ik-signature` for the header that ImageKit used before.
        tolerance: How far the time of sending may be from now, on either side; by default 5 minutes.
        max_body_bytes: The largest body to read; by default 1 MiB.
        replay_store: Remembers what was handled; by default a `MemoryReplayStore` of its own.
        clock: Tells the current time, aware; by default the system's.

    Raises:
        ConfigurationError: The secret is blank.
        ValueError: The tolerance is negative, the scheme is unknown, or no byte may be read.
    """

    def __init__(
        self,
        secret: str | bytes,
        handler: Callable[[WebhookEvent], Awaitable[object]] | MemoryObjectSendStream[WebhookEvent],
        *,
        scheme: Scheme = STANDARD,
        tolerance: timedelta = DEFAULT_TOLERANCE,
        max_body_bytes: int = DEFAULT_MAX_BODY_BYTES,
        replay_store: ReplayStore | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        signing_keys(secret)
        if max_body_bytes < 1:
            raise ValueError(f"max_body_bytes must be at least 1, not {max_body_bytes}")
        self._secret = secret
        self._handler = handler
        self._scheme: Scheme = checked_scheme(scheme)
        self._tolerance = checked_tolerance(tolerance)
        self._max_body_bytes = max_body_bytes
        self._replays = MemoryReplayStore(clock=clock) if replay_store is None else replay_store
        self._clock = clock

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """
        Answer one request, as ASGI has it.

        Raises:
            ValueError: The connection is not HTTP.
        """
        if scope["type"] != "http":
            raise ValueError(f"a webhook endpoint serves http, not {scope['type']}")
        if scope["method"] != "POST":
            await _respond(send, 405, "Webhooks are sent with POST.", (b"allow", b"POST"))
            return
        body = await self._body(receive)
        if body is None:
            return
        if len(body) > self._max_body_bytes:
            await _respond(send, 413, "The body is too large.")
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        await _respond(send, *await self._outcome(body, headers))

    async def _body(self, receive: Receive) -> bytes | None:
        """
        Return the body, cut off once it is too large; None if the sender went away.
        """
        body = bytearray()
        more = True
        while more and len(body) <= self._max_body_bytes:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            more = message.get("more_body", False)
        return bytes(body)

    async def _outcome(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        try:
            key = verify(body, headers, self._secret, tolerance=self._tolerance, now=self._clock(), scheme=self._scheme)
            event = unsafe_unwrap(body)
        except WebhookVerificationError as error:
            logger.warning("webhook refused: %s", error)
            # The reason would tell a forger what to change.
            return 400, "The webhook could not be verified."
        try:
            return await self._deliver(event, key)
        except anyio.WouldBlock:
            return 503, "The queue is full; send the webhook again later."
        except Exception:
            logger.exception("webhook could not be handled")
            return 500, "The webhook could not be handled; send it again."

    async def _deliver(self, event: WebhookEvent, key: str) -> tuple[int, str]:
        # It may have been sent up to the tolerance in the future, and is authentic for another tolerance after that.
        state = await self._replays.claim(key, 2 * self._tolerance)
        if state == "pending":
            return 503, "The webhook is being handled already; send it again later."
        if state == "new":
            try:
                await self._hand_over(event)
            except BaseException:
                with anyio.move_on_after(RELEASE_SECONDS, shield=True):
                    await self._replays.release(key)
                raise
            await self._replays.complete(key)
        return 200, "The webhook was handled."

    async def _hand_over(self, event: WebhookEvent) -> None:
        if callable(self._handler):
            await self._handler(event)
        else:
            self._handler.send_nowait(event)


async def _respond(send: Send, status: int, message: str, *headers: tuple[bytes, bytes]) -> None:
    body = json.dumps({"message": message}).encode()
    fixed = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*fixed, *headers]})
    await send({"type": "http.response.body", "body": body})
