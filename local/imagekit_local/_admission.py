"""
Which requests are let in, so that a web page elsewhere cannot use a server that listens on loopback.

A browser names the page that sends a request in `Origin`, and the host that the page believes to talk to in `Host`.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from imagekit_local._errors import ApiError

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:@/\s]+)(?::[0-9]{1,5})?", re.IGNORECASE)
_ORIGIN = re.compile(r"https?://([^/?#]+)", re.IGNORECASE)


class HostMiddleware:
    """
    Refuse requests to a host name that is not this server's, which is how DNS rebinding reaches it.

    Args:
        app: The application to protect.
        hosts: Names and addresses to accept in `Host` beside loopback and the address that a connection came in at.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """
        Serve one request.
        """
        sent = Headers(scope=scope).get("host", "")
        host = _host(sent)
        if _is_loopback(host) or host == scope["server"][0] or host in self._hosts:
            await self._app(scope, receive, send)
            return
        message = f"The local ImageKit is not {sent!r}. Start it with allowed_hosts=[...] to serve other host names."
        await _refuse(ApiError(421, message), scope, receive, send)


class OriginMiddleware:
    """
    Refuse requests from web pages, unless the page's origin is on loopback or allowed by name.

    Args:
        app: The application to protect.
        origins: Further origins to accept, such as `https://shop.example`.

    Raises:
        ValueError: An origin is not a scheme, a host and perhaps a port.
    """

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        for origin in origins:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"allowed_origins must contain origins such as 'https://shop.example', got {origin!r}")
        self._app = app
        self._origins = {origin.lower() for origin in origins}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """
        Serve one request.
        """
        origins = Headers(scope=scope).getlist("origin")
        foreign = next((origin for origin in origins if not self._accepts(origin)), None)
        if foreign is None:
            await self._app(scope, receive, send)
            return
        message = (
            f"The local ImageKit does not serve pages of {foreign!r}. "
            "Start it with allowed_origins=[...] to serve pages that are not on loopback."
        )
        await _refuse(ApiError(403, message), scope, receive, send)

    def _accepts(self, origin: str) -> bool:
        match = _ORIGIN.fullmatch(origin)
        return match is not None and (_is_loopback(_host(match[1])) or origin.lower() in self._origins)


async def _refuse(error: ApiError, scope: Scope, receive: Receive, send: Send) -> None:
    # Closing a connection with unread bytes resets it, and the client would lose the response.
    while (await receive()).get("more_body", False):
        pass
    await error.response()(scope, receive, send)


def _host(authority: str) -> str:
    match = _HOST.fullmatch(authority)
    return "" if match is None else match[1].strip("[]").lower()


def _is_loopback(host: str) -> bool:
    try:
        return host in {"localhost", "::1"} or ipaddress.IPv4Address(host).is_loopback
    except ValueError:
        return False
