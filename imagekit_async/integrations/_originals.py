"""
A binary file over the original of a stored file: reads ahead only as far as it is read, and can seek.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Final

import httpx

from .._http.environment import BlockingEnvironmentTransport
from ..transfer._delivery import PAUSES_SECONDS

if TYPE_CHECKING:
    from typing_extensions import Buffer

_TIMEOUT: Final = httpx.Timeout(60, connect=5)


@cache
def _client(process: int) -> httpx.Client:
    # One a process: after a fork, two would read from the same connections.
    return httpx.Client(transport=BlockingEnvironmentTransport(), timeout=_TIMEOUT)


class Original(io.RawIOBase):
    """
    Reads from the delivery network, from where it was cut off if that may pass.

    Args:
        name: What errors call the file.
        size: Bytes.
        url: Returns the URL for the next request, since a signed one expires.
    """

    def __init__(self, name: str, size: int, url: Callable[[], str]) -> None:
        self.size = size
        self._name, self._url = name, url
        self._position = 0
        self._response: httpx.Response | None = None
        self._chunks: Iterator[bytes] = iter(())
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """
        Return True.
        """
        return True

    def seekable(self) -> bool:
        """
        Return True.
        """
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """
        Move; the next read begins a request there.
        """
        position = (0, self._position, self.size)[whence] + offset
        if position < 0:
            raise ValueError(f"cannot seek to {position}, which is before the start")
        if position != self._position:
            self._stop()
            self._position = position
        return position

    def readinto(self, buffer: Buffer, /) -> int:
        """
        Read what has arrived, up to the length of the buffer; 0 at the end.

        Raises:
            OSError: The file is not delivered, or was cut off again and again.
        """
        view = memoryview(buffer).cast("B")
        if self._position >= self.size:
            return 0
        if not self._rest:
            self._rest = memoryview(self._next_chunk())
        count = min(len(view), len(self._rest))
        view[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        self._position += count
        return count

    def close(self) -> None:
        """
        Close the response; a second call does nothing.
        """
        self._stop()
        super().close()

    def _stop(self) -> None:
        self._rest = memoryview(b"")
        if self._response is not None:
            self._response.close()
            self._response = None

    def _next_chunk(self) -> bytes:
        pauses = iter(PAUSES_SECONDS)
        while True:
            try:
                if self._response is None:
                    self._response = self._request()
                    self._chunks = self._response.iter_bytes()
                with suppress(StopIteration):
                    return next(self._chunks)
                raise httpx.RemoteProtocolError(f"it ended after {self._position} of {self.size} bytes")
            except httpx.TransportError as error:
                self._stop()
                pause = next(pauses, None)
                if pause is None:
                    # Without the cause's URL, which may be signed.
                    raise OSError(f"cannot read {self._name!r}: {error or type(error).__name__}") from None
            time.sleep(pause)

    def _request(self) -> httpx.Response:
        headers = {"Accept-Encoding": "identity"}
        if self._position:
            headers["Range"] = f"bytes={self._position}-"
        client = _client(os.getpid())
        response = client.send(client.build_request("GET", self._url(), headers=headers), stream=True)
        status = response.status_code
        if status == (206 if self._position else 200):
            return response
        response.close()
        text = f"the delivery responded with {status} {response.headers.get('ik-error', response.reason_phrase)}"
        if status in (408, 429) or response.is_server_error:
            raise httpx.TransportError(text)
        raise OSError(f"cannot read {self._name!r}: {text}")
