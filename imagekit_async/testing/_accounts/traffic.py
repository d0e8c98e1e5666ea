"""
Counting what delivery sends, whatever delivers it.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from imagekit_async.testing._account import IMAGEKIT_ID, Account
from imagekit_async.testing._accounts.usage import count_delivery

_PREFIX = f"/{IMAGEKIT_ID}/"


class TrafficMiddleware:
    """
    Count the answers below the URL endpoint, and the bytes of their bodies.

    Args:
        app: What answers.
        account: The account that the usage is of.
    """

    def __init__(self, app: ASGIApp, account: Account) -> None:
        self._app = app
        self._account = account

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """
        Serve one request.
        """
        if not scope["path"].startswith(_PREFIX):
            await self._app(scope, receive, send)
            return
        status = size = 0

        async def send_counting(message: Message) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))
            # Counted before the end is sent, so that whoever has the whole answer finds it in the usage.
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                await self._account.store.run(count_delivery, self._account, status, size)
            await send(message)

        await self._app(scope, receive, send_counting)
