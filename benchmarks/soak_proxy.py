"""
A local ImageKit behind a proxy that fails on purpose, for `soak.py`, which runs it as a process of its own.

Prints one line of JSON that says where to find it, then responds to each command on stdin with its counts, and ends
with stdin. The commands are "faults", "calm", and "together 9" to hold the next 9 requests until all of them are there.
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
import struct
import sys
from collections import Counter
from collections.abc import AsyncIterator
from enum import Enum

import h11
import httpx

from imagekit_async.testing import LocalImageKit

_READ_BYTES = 64 * 1024
_DOWN_SECONDS = 0.15
_SLOW_SECONDS = (0.05, 0.3)
_LIMIT_HEADERS = [("X-RateLimit-Limit", "500"), ("X-RateLimit-Interval", "1000"), ("X-RateLimit-Reset", "100")]
_BACK_SOON = [("Retry-After", "0")]
_HOP_HEADERS = {b"host", b"connection"}


class Fault(Enum):
    """
    What goes wrong with a request, and whether the server executed it.
    """

    RESET_AT_HEAD = "connection reset after the head of the request; not executed"
    RESET_IN_BODY = "connection reset in the middle of an upload; not executed"
    RESET_UNFORWARDED = "connection reset after the whole request; not executed"
    RESPONSE_LOST = "connection reset instead of the response; executed"
    RESPONSE_CUT = "connection closed in the middle of the response, or before one without a body; executed"
    RESPONSE_WITHHELD = "no response until the client hangs up; executed"
    RESPONSE_SLOW = "response delayed; executed"
    RESPONSE_GARBLED = "2xx with half a body that calls itself whole; executed"
    CLOSED_AFTERWARDS = "connection closed right after a proper response; executed"
    EARLY_503 = "503 while the request is still being sent; not executed"
    INSTEAD_503 = "503 instead of forwarding; not executed"
    LATE_502 = "502 instead of the response; executed"
    RATE_LIMITED_429 = "429 instead of forwarding; not executed"
    RESTART = f"port closed for {_DOWN_SECONDS} s, so that connections are refused; executed"


_UNEXECUTED = (Fault.EARLY_503, Fault.INSTEAD_503, Fault.RATE_LIMITED_429)


class Deck:
    """
    Deals faults in random order, each once among so many requests, so that none is left to luck.
    """

    def __init__(self, faults: list[Fault], requests: int, source: random.Random) -> None:
        self._cards: list[Fault | None] = [*faults, *[None] * (requests - len(faults))]
        self._random = source
        self._left: list[Fault | None] = []

    def deal(self) -> Fault | None:
        """
        Return the next fault; None for a request that goes well.
        """
        if not self._left:
            self._left = self._random.sample(self._cards, len(self._cards))
        return self._left.pop()


class _CutError(Exception):
    """
    The request is to end here.
    """


class Peer:
    """
    One connection of the client.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.SERVER)
        self.busy = False

    async def request(self) -> h11.Request | None:
        """
        Read the head of the next request; None at the end.
        """
        event = await self._event()
        self.busy = isinstance(event, h11.Request)
        return event if isinstance(event, h11.Request) else None

    async def body(self) -> AsyncIterator[bytes]:
        """
        Read the body of the request.
        """
        while isinstance(event := await self._event(), h11.Data):
            yield bytes(event.data)

    async def _event(self) -> object:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            self._http.receive_data(await self._reader.read(_READ_BYTES))
        return event

    async def respond(
        self, status: int, headers: list[tuple[str, str]], content: bytes, *, close: bool = False, cut: bool = False
    ) -> None:
        """
        Send a response, or half of one, announced as whole.
        """
        headers = [*headers, ("Content-Length", str(len(content)))]
        if close:
            headers.append(("Connection", "close"))
        self._writer.write(self._http.send(h11.Response(status_code=status, headers=headers)) or b"")
        self._writer.write(self._http.send(h11.Data(data=content[: len(content) // 2] if cut else content)) or b"")
        if not cut:
            self._http.send(h11.EndOfMessage())
        await self._writer.drain()

    def next_cycle(self) -> bool:
        """
        Get ready for another request; False if the connection is to be closed instead.
        """
        self.busy = False
        if (self._http.our_state, self._http.their_state) != (h11.DONE, h11.DONE):
            return False
        self._http.start_next_cycle()
        return True

    async def gone(self) -> None:
        """
        Return when the client has hung up.
        """
        while await self._reader.read(_READ_BYTES):
            pass

    def reset(self) -> None:
        """
        Drop the connection without a proper end.
        """
        if self._writer.transport.is_closing():
            return
        linger = struct.pack("ii", 1, 0)
        self._writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._writer.transport.abort()

    async def aclose(self) -> None:
        """
        Close the connection.
        """
        self._writer.close()
        try:
            await self._writer.wait_closed()
        except OSError:
            self._writer.transport.abort()


class Proxy:
    """
    Forwards to a server, with faults while it is not calm.
    """

    def __init__(self, upstream: httpx.AsyncClient, seed: str) -> None:
        self._upstream = upstream
        self._random = random.Random(seed)
        self._uploads = Deck([fault for fault in Fault if fault is not Fault.RESTART], 50, self._random)
        self._others = Deck([fault for fault in Fault if fault is not Fault.RESET_IN_BODY], 80, self._random)
        self._peers: set[Peer] = set()
        self._counts: Counter[str] = Counter()
        self._requests = 0
        self._listener: asyncio.Server | None = None
        self._calm = asyncio.Event()
        self._expected = 0
        self._all_there = asyncio.Event()
        self.port = 0

    async def listen(self) -> None:
        """
        Accept connections, always on the same port.
        """
        self._listener = await asyncio.start_server(self._serve, "127.0.0.1", self.port, backlog=1024)
        self.port = self._listener.sockets[0].getsockname()[1]

    def command(self, name: str) -> dict[str, object]:
        """
        Obey, and return the counts.
        """
        if name == "calm":
            self._calm.set()
            self._expected = 0
            self._all_there.set()
        elif name == "faults":
            self._calm.clear()
        else:
            self._expected = int(name.removeprefix("together "))
            self._all_there.clear()
        return {
            "requests": self._requests,
            "connections": len(self._peers),
            "busy": sum(peer.busy for peer in self._peers),
            "faults": {fault.value: self._counts[fault.name] for fault in Fault},
        }

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = Peer(reader, writer)
        self._peers.add(peer)
        try:
            while (request := await peer.request()) is not None:
                fault = await self._exchange(peer, request)
                if not peer.next_cycle() or fault is Fault.CLOSED_AFTERWARDS:
                    break
        except (_CutError, h11.RemoteProtocolError, OSError):
            peer.reset()
        finally:
            await peer.aclose()
            self._peers.discard(peer)

    async def _exchange(self, peer: Peer, request: h11.Request) -> Fault | None:
        self._requests += 1
        if self._expected:
            self._expected -= 1
            if not self._expected:
                self._all_there.set()
            await self._all_there.wait()
        deck = self._uploads if request.target.endswith(b"/upload") else self._others
        fault = None if self._calm.is_set() else deck.deal()
        self._counts[fault.name if fault else ""] += 1
        if fault is Fault.RESET_AT_HEAD:
            raise _CutError
        if fault is Fault.EARLY_503:
            await peer.respond(503, _BACK_SOON, b"{}", close=True)
        if fault is Fault.RESET_UNFORWARDED or fault in _UNEXECUTED:
            async for _ in peer.body():
                pass
            await self._refuse(peer, fault)
            return fault
        response = await self._forward(peer, request, cut=fault is Fault.RESET_IN_BODY)
        await self._respond(peer, response, fault)
        return fault

    async def _refuse(self, peer: Peer, fault: Fault) -> None:
        if fault is Fault.RESET_UNFORWARDED:
            raise _CutError
        if fault is Fault.INSTEAD_503:
            await peer.respond(503, _BACK_SOON, b"<html>Service Unavailable</html>")
        if fault is Fault.RATE_LIMITED_429:
            await peer.respond(429, _LIMIT_HEADERS, b'{"message": "Too many requests"}')

    async def _forward(self, peer: Peer, request: h11.Request, *, cut: bool) -> httpx.Response:
        async def body() -> AsyncIterator[bytes]:
            async for data in peer.body():
                if cut:
                    yield data[: len(data) // 2]
                    raise _CutError
                yield data

        has_body = request.method in (b"POST", b"PATCH", b"PUT")
        if not has_body:
            async for _ in peer.body():
                pass
        return await self._upstream.request(
            request.method.decode(),
            request.target.decode(),
            headers=[(name, value) for name, value in request.headers if name not in _HOP_HEADERS],
            content=body() if has_body else None,
        )

    async def _respond(self, peer: Peer, response: httpx.Response, fault: Fault | None) -> None:
        content = response.content
        if fault is Fault.RESPONSE_LOST or (fault is Fault.RESPONSE_CUT and not content):
            raise _CutError
        if fault is Fault.RESPONSE_WITHHELD:
            await self._hold_back(peer)
        if fault is Fault.RESPONSE_SLOW:
            await asyncio.sleep(self._random.uniform(*_SLOW_SECONDS))
        if fault is Fault.LATE_502:
            await peer.respond(502, [], b"<html>Bad Gateway</html>")
            return
        if fault is Fault.RESTART and self._listener is not None:
            self._listener.close()
            self._listener = None
            asyncio.get_running_loop().call_later(_DOWN_SECONDS, self._restart)
        if fault is Fault.RESPONSE_GARBLED:
            content = content[: len(content) // 2]
        # A client that got its response while the port is closed has to connect again.
        down, cut = self._listener is None, fault is Fault.RESPONSE_CUT
        await peer.respond(response.status_code, _kept(response), content, close=down, cut=cut)

    def _restart(self) -> None:
        self._tasks = asyncio.ensure_future(self.listen())

    async def _hold_back(self, peer: Peer) -> None:
        waits = [asyncio.ensure_future(peer.gone()), asyncio.ensure_future(self._calm.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
        raise _CutError


def _kept(response: httpx.Response) -> list[tuple[str, str]]:
    names = ("content-type", "x-ik-requestid")
    return [(name, response.headers[name]) for name in names if name in response.headers]


async def _main(server: LocalImageKit, seed: str) -> None:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=20)
    async with httpx.AsyncClient(base_url=server.url, timeout=30, limits=limits, trust_env=False) as upstream:
        proxy = Proxy(upstream, seed)
        await proxy.listen()
        about = {"proxy": f"http://127.0.0.1:{proxy.port}", "server": server.url, "private_key": server.private_key}
        print(json.dumps(about), flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            print(json.dumps(proxy.command(line.strip())), flush=True)


if __name__ == "__main__":
    with LocalImageKit() as local:
        asyncio.run(_main(local, sys.argv[1]))
