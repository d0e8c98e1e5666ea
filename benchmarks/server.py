"""
A server that costs as little as possible: a process of its own, ready-made responses, bodies counted and dropped.

A path below `/limited-100-1` has a rate limit of 100 requests in 1 second; `/limited-100-1,2400-60` has two windows.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from time import monotonic
from typing import ClassVar
from urllib.parse import parse_qs

from benchmarks.payloads import asset, page

HEAD = (
    "HTTP/1.1 {}\r\nContent-Type: application/json\r\nx-ik-requestid: 0123456789abcdef\r\n{}Content-Length: {}\r\n\r\n"
)
RATE_LIMIT = "X-RateLimit-Limit: {}\r\nX-RateLimit-Interval: {:.0f}\r\nX-RateLimit-Reset: {:.0f}\r\n"
UNENDING = 1_000_000
FILE = json.dumps(asset(1)).encode()


def respond(body: bytes, more: str = "", status: str = "200 OK") -> bytes:
    """
    Return a whole response.
    """
    return HEAD.format(status, more, len(body)).encode() + body


SMALL = respond(FILE)


@cache
def listing(query: str) -> bytes:
    """
    Return a page of a list; the parameter `path` says how long the list is.
    """
    wanted = parse_qs(query)
    skip, limit = int(wanted.get("skip", ["0"])[0]), int(wanted.get("limit", ["1000"])[0])
    total = int(wanted["path"][0]) if "path" in wanted else UNENDING
    return respond(page(max(min(limit, total - skip), 0), skip))


class Limit:
    """
    A rate limit of sliding windows, and how often it was met.
    """

    def __init__(self, text: str) -> None:
        pairs = [window.split("-") for window in text.split(",")]
        self.windows = [(int(limit), float(seconds), deque[float]()) for limit, seconds in pairs]
        self.accepted = 0
        self.refused = 0

    def respond(self) -> bytes:
        """
        Count a request and return the response to it.
        """
        now = monotonic()
        for limit, seconds, times in self.windows:
            while times and times[0] <= now - seconds:
                times.popleft()
            if len(times) >= limit:
                self.refused += 1
                told = RATE_LIMIT.format(limit, seconds * 1000, (times[0] + seconds - now) * 1000 + 1)
                return respond(b'{"message":"Too many requests"}', told, "429 Too Many Requests")
        self.accepted += 1
        for _, _, times in self.windows:
            times.append(now)
        limit, seconds, times = max(self.windows, key=lambda window: len(window[2]) / window[0])
        return respond(FILE, RATE_LIMIT.format(limit, seconds * 1000, (times[0] + seconds - now) * 1000))


class Connection(asyncio.Protocol):
    """
    Responds to the requests of one connection.
    """

    limits: ClassVar[dict[str, Limit]] = {}
    delay_seconds: ClassVar[float] = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """
        Begin.
        """
        self.transport = transport
        self.head = b""
        self.body_left = 0
        self.reply = b""

    def data_received(self, data: bytes) -> None:
        """
        Read on, and respond to every complete request.
        """
        while data:
            if self.body_left:
                taken = min(len(data), self.body_left)
                self.body_left -= taken
                data = data[taken:]
            else:
                self.head += data
                head, end, data = self.head.partition(b"\r\n\r\n")
                if not end:
                    return
                self.head = b""
                self.begin(head)
            if not self.body_left and self.delay_seconds:
                asyncio.get_running_loop().call_later(self.delay_seconds, self.transport.write, self.reply)
            elif not self.body_left:
                self.transport.write(self.reply)

    def begin(self, head: bytes) -> None:
        """
        Choose the response to a request.
        """
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
        self.body_left = int(length or 0)
        target = head.split(b" ", 2)[1].decode()
        path, _, query = target.partition("?")
        if path.startswith("/limited-"):
            key = path.split("/")[1]
            limit = self.limits.setdefault(key, Limit(key.removeprefix("limited-")))
            counts = json.dumps({"accepted": limit.accepted, "refused": limit.refused}).encode()
            self.reply = respond(counts) if path.endswith("/counts") else limit.respond()
        else:
            self.reply = listing(query) if path == "/v1/files" else SMALL


async def serve(delay_seconds: str, certificate: str) -> None:
    """
    Serve on a free port, which is printed, until standard input ends; over TLS with a file of key and certificate.
    """
    Connection.delay_seconds = float(delay_seconds)
    loop = asyncio.get_running_loop()
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
    server = await loop.create_server(Connection, "127.0.0.1", 0, backlog=8192, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


@contextmanager
def running(certificate: str = "", *, delay_seconds: float = 0) -> Iterator[str]:
    """
    Run the server for a block.

    Args:
        certificate: A file of key and certificate, to serve over TLS.
        delay_seconds: How long each response takes, as over a network.

    Yields:
        Its URL.
    """
    command = [sys.executable, "-m", "benchmarks.server", str(delay_seconds), certificate]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        port = process.stdout.readline().strip() if process.stdout else ""
        yield f"http{'s' * bool(certificate)}://127.0.0.1:{port}"
        process.communicate("")


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
