"""
Uploads from pages of any origin: a browser asks first, and hides the answer, unless the server agrees.

Everything else takes the private key, which no page may have, and stays closed to them.
"""

from __future__ import annotations

from collections.abc import Collection

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send


class CrossOriginMiddleware:
    """
    Let pages of any origin post to some paths, and read the answer.

    Args:
        app: What answers.
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
