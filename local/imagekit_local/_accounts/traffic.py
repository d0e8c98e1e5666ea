"""
Counting what delivery sends, whatever delivers it.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping
from urllib.parse import quote

import attrs
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from imagekit_local._account import IMAGEKIT_ID, Account
from imagekit_local._accounts.usage import count_delivery

logger = logging.getLogger("imagekit_local")

_TOP = {"image": "topImages", "video": "topVideos"}
_PREFIX = f"/{IMAGEKIT_ID}/"


@attrs.frozen
class Delivered:
    """
    What delivery has found at a URL; it leaves that in the state of the request, as `delivered`.

    `url` is that of the asset, without what is to be done to it, `url_endpoint` the URL of the endpoint or `Default`,
    and `mime` the type of the asset as it is stored.
    """

    url: str
    url_endpoint: str
    mime: str
    transformation: str


class TrafficMiddleware:
    """
    Count the responses below the URL endpoint, and the bytes of their bodies.

    Args:
        app: The application.
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
        start: Message = {}
        size = 0

        async def send_counting(message: Message) -> None:
            nonlocal size
            if message["type"] == "http.response.start":
                start.update(message)
            size += 0 if scope["method"] == "HEAD" else len(message.get("body", b""))
            # Counted before the end is sent, so that a client with the whole response finds it in the usage.
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                await self._count(size, _names(self._account, scope, start))
            await send(message)

        await self._app(scope, receive, send_counting)

    async def _count(self, size: int, names: Mapping[str, str]) -> None:
        try:
            await self._account.store.run(count_delivery, self._account, size, names)
        except (OSError, sqlite3.Error) as error:
            # A full disk does not prevent reading.
            logger.warning("the local ImageKit cannot count a delivery: %s", error)


def _names(account: Account, scope: Scope, start: Message) -> dict[str, str]:
    """
    Return the names that a response counts under in the analytics; unknown ones are left out.
    """
    request, status = Headers(scope=scope), start["status"]
    mime = Headers(raw=start["headers"]).get("content-type", "").partition(";")[0]
    delivered: Delivered | None = scope["state"].get("delivered")
    names = {
        "statusCodes": str(status),
        "format": mime,
        "urlEndpoints": "Default" if delivered is None else delivered.url_endpoint,
        "topReferrers": request.get("referer", ""),
        "topUserAgents": request.get("user-agent", ""),
        "top404Assets": f"{account.base_url}{quote(scope['path'])}" if status == 404 else "",
    }
    if delivered is not None and status < 400:
        names[_TOP.get(delivered.mime.partition("/")[0], "topOtherAssets")] = delivered.url
        names["topImageTransforms"] = delivered.transformation
    return {breakdown: name for breakdown, name in names.items() if name}
