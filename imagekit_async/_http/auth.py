"""
ImageKit's authentication: HTTP Basic with the private key as user name.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Generator


class PrivateKeyAuth(httpx.Auth):
    """
    Adds `Authorization: Basic base64(<private key>:)` (API, section Authentication).
    """

    def __init__(self, private_key: str) -> None:
        self._header = f"Basic {base64.b64encode(f'{private_key}:'.encode()).decode()}"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """
        Send the request once, with the header set.
        """
        request.headers["Authorization"] = self._header
        yield request
