"""
What each kind of call makes of a server that fails in every way a connection can fail.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import attrs
import httpx
import pytest

from imagekit_async import (
    APIConnectionError,
    ApiResponse,
    APIResponseValidationError,
    APITimeoutError,
    AsyncImageKit,
    BadRequestError,
    DeadlineExceededError,
    UploadOutcomeUnknownError,
)

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
BODY = b'{"name": "a"}'
LENGTH_AND_BODY = b"Content-Length: 13\r\n\r\n" + BODY
RESPONSE = OK + LENGTH_AND_BODY
REFUSAL = b'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 17\r\n\r\n{"message": "no"}'
# More than the buffers of a connection hold.
UPLOAD_BYTES = 12 << 20


class Chunks:
    """
    An upload that can be read once.
    """

    def __init__(self, count: int, chunk: bytes) -> None:
        self._left = [chunk] * count

    def __aiter__(self) -> Chunks:
        return self

    async def __anext__(self) -> bytes:
        await anyio.lowlevel.checkpoint()
        if not self._left:
            raise StopAsyncIteration
        return self._left.pop()


@attrs.frozen
class Kind:
    """
    A kind of call.

    Attributes:
        name: For the test's id.
        send: Makes the call, with the size of the file for uploads.
        repeated: Whether it may be repeated when it is unknown whether it was executed.
        upload: Whether it is an upload.
        replayable: Whether its body can be read again.
    """

    name: str
    send: Callable[..., Awaitable[ApiResponse[Any]]]
    repeated: bool = False
    upload: bool = False
    replayable: bool = True


def plain(method: str, body: object) -> Callable[..., Awaitable[ApiResponse[Any]]]:
    """
    Make a call without a file.
    """

    def send(client: AsyncImageKit, folder: Path, size: int, **options: Any) -> Awaitable[ApiResponse[Any]]:
        return client.request(method, "/v1/things", **({} if body is None else {"json": body}), **options)

    return send


def upload(*, from_path: bool, **fields: Any) -> Callable[..., Awaitable[ApiResponse[Any]]]:
    """
    Make an upload, from a path or from an iterator.
    """

    def send(client: AsyncImageKit, folder: Path, size: int, **options: Any) -> Awaitable[ApiResponse[Any]]:
        path = folder / "a.bin"
        with path.open("wb") as file:
            file.truncate(size)
        source = path if from_path else Chunks(max(1, size >> 18), bytes(min(size, 1 << 18)))
        return client.with_response.files.upload(file=source, file_name="a.bin", folder="/b", **fields, **options)

    return send


OVERWRITE = Kind("overwrite-path", upload(from_path=True, use_unique_file_name=False), repeated=True, upload=True)
ONCE = Kind("upload-iterator", upload(from_path=False), upload=True, replayable=False)
REPEATED = [
    Kind("get", plain("GET", None), repeated=True),
    Kind("put", plain("PUT", {"a": 1}), repeated=True),
    OVERWRITE,
]
KINDS = [
    *REPEATED,
    Kind("post", plain("POST", {"a": 1})),
    Kind("upload-path", upload(from_path=True), upload=True),
    ONCE,
]
UPLOADS = [kind for kind in KINDS if kind.upload]


def reset_unread(peer):
    """Break off when something came, without reading it."""
    peer.socket.recv(1, socket.MSG_PEEK)
    peer.reset()


def reset_in_head(peer):
    """Break off within the head of the request."""
    peer.socket.recv(9)
    peer.reset()


def reset_after_head(peer):
    """Break off before the body was read."""
    peer.head()
    peer.reset()


def reset_after_request(peer):
    """Break off when the request is complete."""
    peer.request()
    peer.reset()


def hang_up(peer):
    """Close properly instead of responding."""
    peer.request()


def half_close(peer):
    """Close the direction of the response only."""
    peer.request()
    peer.socket.shutdown(socket.SHUT_WR)
    peer.await_hang_up()


def garbage(peer):
    """Speak something else than HTTP."""
    peer.request()
    peer.send(b"\x00\x16SSH-2.0-something\r\n\r\n")


def huge_head(peer):
    """Send more header fields than anybody reads."""
    peer.request()
    peer.send(OK + b"X-Padding: " + b"a" * 300_000)
    peer.await_hang_up()


def cut_head(peer):
    """Hang up within the head of the response."""
    peer.request()
    peer.send(OK[:30])


def cut_body(peer):
    """Announce more than is sent."""
    peer.request()
    peer.send(OK + b'Content-Length: 100\r\n\r\n{"name": "a"}')


def cut_chunks(peer):
    """Hang up before the last chunk."""
    peer.request()
    peer.send(OK + b'Transfer-Encoding: chunked\r\n\r\nd\r\n{"name": "a"}\r\n')


def reset_in_body(peer):
    """Break off within a body that only the end of the connection would end."""
    peer.request()
    peer.send(OK + b'Connection: close\r\n\r\n{"name": "a"')
    peer.reset()


def bad_chunks(peer):
    """Send a chunk whose size is not a number."""
    peer.request()
    peer.send(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n")
    peer.await_hang_up()


def silence(peer):
    """Never respond."""
    peer.request()
    peer.await_hang_up()


def stall_in_head(peer):
    """Stop within the head of the response."""
    peer.request()
    peer.send(OK[:30])
    peer.await_hang_up()


def stall_in_body(peer):
    """Stop within the body of the response."""
    peer.request()
    peer.send(OK + b"Content-Length: 100\r\n\r\n{")
    peer.await_hang_up()


def endless_dribble(peer):
    """Send a little of the response again and again, without end."""
    peer.request()
    peer.send(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    while not peer.recovered.wait(0.005):
        peer.send(b"1\r\n \r\n")


BREAKS = [
    reset_unread,
    reset_in_head,
    reset_after_head,
    reset_after_request,
    hang_up,
    half_close,
    garbage,
    huge_head,
    cut_head,
    cut_body,
    cut_chunks,
    reset_in_body,
    bad_chunks,
]
STALLS = [silence, stall_in_head, stall_in_body, endless_dribble]


def named(item):
    """Return the id of a parameter."""
    return item.name if isinstance(item, Kind) else item.__name__


def deaf(peer):
    """Read nothing after the head of the request."""
    peer.head()
    peer.ignore()


def refusal_then_close(peer):
    """Refuse an upload that is still being sent, and break off with it unread."""
    peer.head()
    peer.send(REFUSAL)


def refusal_then_drain(peer):
    """Refuse an upload that is still being sent, and swallow the rest."""
    peer.head()
    peer.send(REFUSAL)
    peer.socket.shutdown(socket.SHUT_WR)
    peer.await_hang_up()


def refusal_then_silence(peer):
    """Refuse an upload that is still being sent, and neither read the rest nor close."""
    peer.head()
    peer.send(REFUSAL)
    peer.ignore()


def plain_text(peer):
    """Speak HTTP where TLS is expected."""
    peer.socket.recv(1000)
    peer.send(REFUSAL)


def respond(peer):
    """Respond to every request, as long as the client wants."""
    while peer.request():
        peer.send(RESPONSE)


def interim_responses(peer):
    """Announce the response before sending it."""
    peer.request()
    peer.send(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + RESPONSE)
    respond(peer)


def dribble(peer):
    """Respond byte by byte."""
    peer.request()
    peer.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for index in range(len(RESPONSE)):
        peer.send(RESPONSE[index : index + 1])
    respond(peer)


def no_length(peer):
    """End the response with the connection."""
    peer.request()
    peer.send(OK + b"\r\n" + BODY)


def long_head(peer):
    """Send many header fields, but not too many."""
    peer.request()
    peer.send(OK + b"".join(b"X-Field-%d: a\r\n" % index for index in range(2000)) + LENGTH_AND_BODY)
    respond(peer)


def one_response(peer):
    """Promise to keep the connection, and close it after one response."""
    peer.request()
    peer.send(RESPONSE)


def surplus(peer):
    """Send more than was announced."""
    peer.request()
    peer.send(OK + b"Content-Length: 5\r\n\r\n" + BODY)
    respond(peer)


async def fails(client, kind, folder, expected, size=1000, **options):
    """Make a call that must fail, and return the error."""
    with pytest.raises(APIConnectionError) as caught, anyio.fail_after(200):
        await kind.send(client, folder, size, **options)

    assert expected is type(caught.value)
    return caught.value


async def works(client, server):
    """Return whether the client's next call works."""
    server.recover()
    with anyio.fail_after(200):
        return {"name": "a"} == (await client.request("POST", "/v1/next")).value


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS, ids=named)
@pytest.mark.parametrize("fault", BREAKS, ids=named)
async def test_broken_connections(server, client, tmp_path, kind, fault):
    """A call that may have been executed says so, and is repeated only where that is harmless."""
    server.play(fault)

    async with client:
        error = await fails(client, kind, tmp_path, UploadOutcomeUnknownError if kind.upload else APIConnectionError)
        attempts = server.accepted
        working = await works(client, server)

    assert (True, 2 if kind.repeated else 1) == (error.request_sent, error.attempts)
    assert error.attempts == attempts
    assert working


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS, ids=named)
@pytest.mark.parametrize("fault", STALLS, ids=named)
async def test_stalls(server, client, tmp_path, kind, fault):
    """A call that gets no response ends with its timeout, and is retried only if that is safe."""
    server.play(fault)
    # The parts of an endless response come in time; only the whole attempt's time runs out.
    timeout = 4 if fault is endless_dribble else httpx.Timeout(None, read=0.6)

    async with client:
        expected = UploadOutcomeUnknownError if kind.upload else APITimeoutError
        error = await fails(client, kind, tmp_path, expected, timeout=timeout)
        attempts = server.accepted
        working = await works(client, server)

    assert (True, 2 if kind.repeated else 1) == (error.request_sent, error.attempts)
    assert error.attempts == attempts
    assert not kind.upload or error.timed_out
    assert working


@pytest.mark.anyio
@pytest.mark.parametrize("kind", [*REPEATED, ONCE], ids=named)
async def test_deadline_while_nothing_comes(server, client, tmp_path, kind):
    """A call that has a deadline and no other limit ends with it, and says that it was sent."""
    server.play(silence)

    async with client:
        expected = UploadOutcomeUnknownError if kind.upload else DeadlineExceededError
        error = await fails(client, kind, tmp_path, expected, timeout=None, deadline=6)
        working = await works(client, server)

    assert (True, 1) == (error.request_sent, error.attempts)
    assert working


@pytest.mark.anyio
@pytest.mark.parametrize("kind", UPLOADS, ids=named)
@pytest.mark.parametrize("fault", [deaf, refusal_then_silence], ids=named)
async def test_uploads_that_nobody_reads(server, client, tmp_path, kind, fault):
    """An upload that the server stops reading ends with its timeout, before it is sent."""
    server.play(fault)

    async with client:
        error = await fails(
            client, kind, tmp_path, UploadOutcomeUnknownError, UPLOAD_BYTES, timeout=httpx.Timeout(None, write=2)
        )
        attempts = server.accepted
        working = await works(client, server)

    assert (True, 2 if kind.repeated else 1) == (error.timed_out, error.attempts)
    assert error.attempts == attempts
    assert working


@pytest.mark.anyio
@pytest.mark.parametrize("kind", UPLOADS, ids=named)
async def test_early_refusals(server, client, tmp_path, kind):
    """An upload that is refused while it is being sent fails with the refusal, once."""
    server.play(refusal_then_drain)

    async with client:
        with pytest.raises(BadRequestError) as caught, anyio.fail_after(200):
            await kind.send(client, tmp_path, UPLOAD_BYTES)
        attempts = server.accepted
        working = await works(client, server)

    assert ("no", 1, 1) == (caught.value.message, caught.value.attempts, attempts)
    assert working


@pytest.mark.anyio
@pytest.mark.parametrize("kind", UPLOADS, ids=named)
async def test_early_refusals_cut_off(server, client, tmp_path, kind):
    """An upload whose refusal comes with a reset fails with the refusal or, if the reset swallows it, as unknown."""
    server.play(refusal_then_close)

    async with client:
        with pytest.raises((BadRequestError, UploadOutcomeUnknownError)) as caught, anyio.fail_after(200):
            await kind.send(client, tmp_path, UPLOAD_BYTES)
        attempts = server.accepted
        working = await works(client, server)

    assert attempts == caught.value.attempts
    assert kind.repeated or attempts == 1
    assert working


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS, ids=named)
async def test_refused_connections(server, client, tmp_path, kind):
    """A call that finds no server is retried, and says that it was not sent."""
    async with client:
        error = await fails(client, kind, tmp_path, APIConnectionError)
        working = await works(client, server)

    assert (False, 2 if kind.replayable else 1) == (error.request_sent, error.attempts)
    assert working


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS, ids=named)
@pytest.mark.parametrize("fault", [reset_unread, plain_text], ids=named)
async def test_failed_handshakes(server, secure_client, certificates, tmp_path, kind, fault):
    """A call whose TLS handshake fails is repeated, and says that it was not sent."""
    server.play(fault)

    async with secure_client as client:
        error = await fails(client, kind, tmp_path, APIConnectionError)
        server.tls = certificates.trusted
        working = await works(client, server)

    assert (False, 2 if kind.replayable else 1) == (error.request_sent, error.attempts)
    assert working


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS, ids=named)
async def test_bad_certificates(server, secure_client, certificates, tmp_path, kind):
    """A call to a server whose certificate is not trusted is not repeated, and says that it was not sent."""
    server.tls = certificates.untrusted
    server.play(hang_up)

    async with secure_client as client:
        error = await fails(client, kind, tmp_path, APIConnectionError)
        attempts = server.accepted
        server.tls = certificates.trusted
        working = await works(client, server)

    assert (False, 1, 1) == (error.request_sent, error.attempts, attempts)
    assert working


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS, ids=named)
@pytest.mark.parametrize("quirk", [interim_responses, dribble, no_length, long_head], ids=named)
async def test_unusual_responses(server, client, tmp_path, kind, quirk):
    """A response that is unusual but proper is read at the first attempt."""
    server.play(quirk)

    async with client:
        response = await kind.send(client, tmp_path, 1000)
        working = await works(client, server)

    assert (200, 1) == (response.status_code, response.attempts)
    assert working


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS, ids=named)
async def test_connections_closed_between_calls(server, client, tmp_path, kind):
    """A call that finds its kept connection closed opens another one, without a second attempt."""
    server.play(one_response)

    async with client:
        await client.request("GET", "/v1/first")
        server.settles_at(0)
        response = await kind.send(client, tmp_path, 1000)

    assert (1, 2) == (response.attempts, server.accepted)


@pytest.mark.anyio
async def test_surplus_after_the_announced_body(server, client):
    """Bytes after a broken body are never taken for the next response, and cost one call at most."""
    server.play(surplus)

    async with client:
        with pytest.raises(APIResponseValidationError):
            await client.request("POST", "/v1/things")
        with pytest.raises(APIConnectionError, match="illegal status line"):
            await client.request("POST", "/v1/things")
        working = await works(client, server)

    assert working


@pytest.mark.anyio
@pytest.mark.parametrize("kind", REPEATED, ids=named)
@pytest.mark.parametrize("fault", BREAKS, ids=named)
async def test_recoveries(server, client, tmp_path, kind, fault):
    """A call that may be repeated gets its response when the failure was a passing one."""
    server.play(fault, respond)

    async with client:
        response = await kind.send(client, tmp_path, 1000)

    assert (200, 2, 2) == (response.status_code, response.attempts, server.accepted)


@pytest.mark.anyio
@pytest.mark.parametrize("kind", REPEATED, ids=named)
async def test_an_earlier_attempt_counts(server, client, tmp_path, kind):
    """A call of which only an earlier attempt was sent says that it may have been executed."""
    server.play(lambda peer: (peer.request(), server.stop()))

    async with client:
        error = await fails(client, kind, tmp_path, UploadOutcomeUnknownError if kind.upload else APIConnectionError)

    assert (True, 2, 1) == (error.request_sent, error.attempts, server.accepted)


@pytest.mark.anyio
@pytest.mark.parametrize("kind", REPEATED, ids=named)
async def test_no_time_for_another_attempt(server, client, tmp_path, kind):
    """A call that was sent, and has no time left for another attempt, says that it may have been executed."""
    server.play(lambda peer: (peer.request(), time.sleep(0.3)))

    async with client:
        expected = UploadOutcomeUnknownError if kind.upload else DeadlineExceededError
        error = await fails(client, kind, tmp_path, expected, deadline=6.2)

    assert (True, 1, 1) == (error.request_sent, error.attempts, server.accepted)


@pytest.mark.anyio
async def test_resets_at_once(server, client, tmp_path):
    """A connection that breaks as soon as it is made ends the call, and nothing else."""
    server.play(lambda peer: peer.reset())

    async with client:
        with pytest.raises(APIConnectionError), anyio.fail_after(200):
            await client.request("POST", "/v1/things")
        working = await works(client, server)

    assert working


@pytest.mark.anyio
@pytest.mark.parametrize("fault", [reset_after_head, garbage], ids=named)
async def test_sources_that_are_spent(server, client, tmp_path, fault):
    """An upload that would be repeated is not when its source can be read only once, and says so."""
    server.play(fault)
    overwrite = Kind("", upload(from_path=False, use_unique_file_name=False))

    async with client:
        error = await fails(client, overwrite, tmp_path, UploadOutcomeUnknownError)

    assert (1, 1) == (error.attempts, server.accepted)
    assert "can be read only once" in error.message
