"""
Reads originals from the delivery network, which the API has no call for.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import anyio
import httpx

from .._http.environment import EnvironmentTransport
from .._redaction import redacted
from ..errors import TransferError
from ._values import RemoteFile

if TYPE_CHECKING:
    from .._client import AsyncImageKit

PAUSES_SECONDS: Final = (0.5, 2.0)
_TIMEOUT: Final = httpx.Timeout(60.0, connect=10.0)
_LINK_SECONDS: Final = 3600

Sink = Callable[[bytes], Awaitable[object]]


@asynccontextmanager
async def delivery_client(given: httpx.AsyncClient | None = None) -> AsyncGenerator[httpx.AsyncClient]:
    """
    Enter a client to download with, unless one is given.
    """
    if given is not None:
        yield given
        return
    transport = EnvironmentTransport()
    async with httpx.AsyncClient(transport=transport, timeout=_TIMEOUT, follow_redirects=True) as client:
        yield client


async def fetch_original(
    client: AsyncImageKit, http_client: httpx.AsyncClient, file: RemoteFile, restart: Callable[[], Awaitable[Sink]]
) -> str:
    """
    Read a file's original, and try again after errors that may pass.

    Args:
        client: Signs the URL.
        http_client: Sends the requests.
        file: What to read.
        restart: Called before each attempt; returns what takes the bytes.

    Returns:
        SHA-256 of the original, as hexadecimal digits.

    Raises:
        TransferError: It was not delivered, or not in its full size.
    """
    pauses = iter(PAUSES_SECONDS)
    while True:
        url = client.helper.build_url(
            src=file.url,
            url_endpoint=file.url_endpoint,
            transformation=[{"original": True}],
            expires_in=_LINK_SECONDS if file.is_private else None,
        )
        try:
            return await _read(http_client, url, file, await restart())
        except (httpx.HTTPError, _PassingError) as error:
            pause = next(pauses, None)
            if pause is None or not isinstance(error, (httpx.TransportError, _PassingError)):
                # Without the cause's URL, which may be signed.
                text = redacted(str(error)) or type(error).__name__
                raise TransferError(f"cannot download {file.path}: {text}") from None
        await anyio.sleep(pause)


class _PassingError(Exception):
    pass


async def _read(http_client: httpx.AsyncClient, url: str, file: RemoteFile, sink: Sink) -> str:
    digest, size = hashlib.sha256(), 0
    async with http_client.stream("GET", url, headers={"Accept-Encoding": "identity"}) as response:
        if response.status_code != 200:
            detail = redacted(response.headers.get("ik-error", response.reason_phrase))
            text = f"the delivery responded with {response.status_code} {detail}"
            may_pass = response.status_code in (408, 429) or response.is_server_error
            raise _PassingError(text) if may_pass else TransferError(f"cannot download {file.path}: {text}")
        async for chunk in response.aiter_bytes():
            size += len(chunk)
            digest.update(chunk)
            await sink(chunk)
    if size != file.size:
        raise _PassingError(f"the delivery sent {size} of {file.size} bytes")
    return digest.hexdigest()
