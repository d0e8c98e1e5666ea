"""
Uploads from web pages: a browser asks first, and hides the response, unless the server agrees.

Pages of foreign origins are refused before they get here. Every other path takes the private key, which no page may
have, and stays closed to pages.
"""

from __future__ import annotations

from collections.abc import Collection

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send


class CrossOriginMiddleware:
    """
    Let pages post to some paths, and read the response.

    Args:
        app: The application.
        paths: The paths that are open to pages.
    """

    def __init__(self, app: ASGIApp, paths: Collection[str]) -> None:
        self._app = app
        self._open = CORSMiddleware(app, allow_origins=("*",), allow_methods=("POST",))
        self._paths = frozenset(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """
        Serve one request.
        """
        await (self._open if scope["path"] in self._paths else self._app)(scope, receive, send)
