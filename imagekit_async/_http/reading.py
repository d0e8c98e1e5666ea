"""
Read the body of a response in bounded steps: at most one content coding, and never more bytes than a limit.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import httpx
from anyio import CancelScope
from anyio.lowlevel import checkpoint

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

# Decompressing one step keeps the event loop busy for less than a millisecond.
_STEP_BYTES = 256 * 1024
# Of an error's body, only the message is of use.
_MOST_ERROR_BYTES = 1024 * 1024
# httpcore buffers 64 KiB, which may hold that many chunks of one byte.
_MOST_BUFFERED_PIECES = 64 * 1024 // 6


class BodyError(Exception):
    """
    A body is too large, or its content coding is unsupported or broken.
    """


class UnreadableBodyError(Exception):
    """
    The body of a 2xx response cannot be used; `call_error` turns it into an error for the caller.

    Args:
        problem: What is wrong with the body; follows "with a body that is".
        response: The response.
        body: The body as text; empty if it was too large or could not be decoded.
    """

    def __init__(self, problem: str, response: httpx.Response, body: str = "") -> None:
        super().__init__(problem)
        self.response = response
        self.body = body


async def send_and_read(
    client: httpx.AsyncClient, request: httpx.Request, auth: httpx.BasicAuth | None, max_bytes: int
) -> httpx.Response:
    """
    Send a request and read its whole response, of any status.
    """
    response = await client.send(request, auth=auth, follow_redirects=False, stream=True)
    await read_body(response, max_bytes)
    return response


async def read_body(response: httpx.Response, max_bytes: int) -> None:
    """
    Read and decode the body of a streamed response, for its `content`, and close the response.

    If the status is not 2xx, a body that is over 1 MiB or `max_bytes`, or broken, is cut off there: status and headers
    already say what went wrong. Other tasks run between steps of 256 KiB, so timeouts and cancellation end a long body
    in time.

    Args:
        response: The response; its body may have been read already, e.g. by an event hook.
        max_bytes: Most bytes to accept, both as received and as decoded.

    Raises:
        UnreadableBodyError: The status is 2xx, and the body is too large or cannot be decoded.
        httpx.RequestError: The connection failed before the end of the body.
    """
    if response.is_closed:
        if len(response.content) > max_bytes and response.is_success:
            raise UnreadableBodyError(_too_large(max_bytes), response)
        return
    parts: list[bytes] = []
    try:
        await _receive(response, parts, max_bytes if response.is_success else min(max_bytes, _MOST_ERROR_BYTES))
    except BodyError as error:
        if response.is_success:
            raise UnreadableBodyError(str(error), response) from error
    finally:
        await response.aclose()
    # As `aread` does, which would decode without a bound; a new response takes a twentieth of the time of a call.
    response._content = b"".join(parts)  # pyright: ignore[reportPrivateUsage]


async def _receive(response: httpx.Response, parts: list[bytes], max_bytes: int) -> None:
    decoder = BodyDecoder(response.headers.get("content-encoding", ""))
    received = decoded = 0
    pieces = response.aiter_raw()
    try:
        async for piece in pieces:
            received += len(piece)
            for part in decoder.decode(piece):
                parts.append(part[: max_bytes - decoded])
                decoded += len(part)
                if decoded > max_bytes:
                    break
                if decoded > _STEP_BYTES:
                    await checkpoint()
            if max(received, decoded) > max_bytes:
                raise BodyError(_too_large(max_bytes))
        decoder.finish()
    except BaseException:
        await _stop(pieces)
        raise


async def _stop(pieces: AsyncIterator[bytes]) -> None:
    # Below are async generators of httpx and httpcore that only an exception in the lowest one ends; trio warns of
    # those that are left to the garbage collector.
    with CancelScope() as scope:
        scope.cancel()
        for _ in range(_MOST_BUFFERED_PIECES):
            if await anext(pieces, None) is None:
                break


def _too_large(max_bytes: int) -> str:
    return f"larger than max_response_bytes={max_bytes} (raise this setting of the client to accept it)"


class BodyDecoder:
    """
    Undo the content coding of a body (RFC 9110, section 8.4).

    Args:
        content_encoding: Value of the header; empty if there is none.

    Raises:
        BodyError: The body has two codings, or one other than gzip and deflate.
    """

    def __init__(self, content_encoding: str) -> None:
        codings = content_encoding.lower().replace(" ", "").split(",")
        codings = [coding for coding in codings if coding not in ("", "identity")]
        self._coding = codings.pop() if codings else "identity"
        self._inflater: zlib._Decompress | None = None  # pyright: ignore[reportPrivateUsage] - has no public name
        if codings or self._coding not in ("identity", "gzip", "x-gzip", "deflate"):
            raise BodyError(f"encoded as {content_encoding!r}; only one of gzip and deflate is accepted")

    def decode(self, data: bytes) -> Iterator[bytes]:
        """
        Return what a piece of the body decodes to, in parts of at most 256 KiB unless it is not encoded.

        Bytes after the end of the encoded data are ignored.

        Raises:
            BodyError: The data is broken.
        """
        if self._coding == "identity" or not data:
            yield data
            return
        inflater = self._inflater = self._inflater or zlib.decompressobj(self._window_bits(data))
        full = True
        while (data or full) and not inflater.eof:
            try:
                part = inflater.decompress(data, _STEP_BYTES)
            except zlib.error as error:
                raise BodyError(f"not valid {self._coding} data") from error
            # Without input left, a full part may still have more behind it.
            data, full = inflater.unconsumed_tail, len(part) == _STEP_BYTES
            yield part

    def finish(self) -> None:
        """
        Check that the encoded data is complete.

        Raises:
            BodyError: It is not.
        """
        if self._inflater is not None and not self._inflater.eof:
            raise BodyError(f"{self._coding} data that is cut off")

    def _window_bits(self, data: bytes) -> int:
        if self._coding != "deflate":
            return zlib.MAX_WBITS | 16
        # Some servers send deflate without its zlib header (RFC 1950, section 2.2), whose low bits are always 8.
        return zlib.MAX_WBITS if data[0] & 0x0F == 8 else -zlib.MAX_WBITS
