"""
A server that fails to order on real connections, and event loops whose clocks run fast, so that waits cost little.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
import trustme

from imagekit_async import AsyncImageKit
from imagekit_async.integrations.httpx2 import Httpx2Transport
from tests.hasty import hasty

PATIENCE_SECONDS = 20
RESPONSE = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"name": "a"}'


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """
    Run each async test on both event loops, with a clock that runs fast.
    """
    return hasty(request.param)


class Peer:
    """
    The server's end of a connection.
    """

    def __init__(self, connection: socket.socket, recovered: threading.Event) -> None:
        self.socket = connection
        self.recovered = recovered
        self._unread = b""

    def head(self) -> bytes:
        """
        Read a request up to its body; empty when the client hung up instead.
        """
        while b"\r\n\r\n" not in self._unread:
            if not self._receive():
                return b""
        head, _, self._unread = self._unread.partition(b"\r\n\r\n")
        return head

    def request(self) -> bytes:
        """
        Read a request with its body, and return its head; empty when the client hung up instead.
        """
        head = self.head()
        fields = {name.lower(): value for name, _, value in (line.partition(b": ") for line in head.split(b"\r\n"))}
        if b"transfer-encoding" in fields:
            while not self._unread.endswith(b"0\r\n\r\n") and self._receive():
                self._unread = self._unread[-(1 << 16) :]
        else:
            missing = int(fields.get(b"content-length", b"0")) - len(self._unread)
            while missing > 0 and (received := self._receive()):
                missing -= received
                self._unread = b""
        self._unread = b""
        return head

    def send(self, data: bytes) -> None:
        """
        Send bytes.
        """
        self.socket.sendall(data)

    def await_hang_up(self) -> None:
        """
        Swallow what comes until the client closes the connection.
        """
        while self._receive():
            self._unread = b""

    def ignore(self) -> None:
        """
        Neither read nor write until the server has recovered.
        """
        self.recovered.wait(PATIENCE_SECONDS)

    def reset(self) -> None:
        """
        Break the connection off, so that the client's system reports a reset.
        """
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def _receive(self) -> int:
        data = self.socket.recv(1 << 16)
        self._unread += data
        return len(data)


Behaviour = Callable[[Peer], None]


def respond(peer: Peer) -> None:
    """
    Respond to every request, as long as the client wants.
    """
    while peer.request():
        peer.send(RESPONSE)


class FaultyServer:
    """
    Treats each connection as instructed; refuses connections until the first instruction.

    Attributes:
        behaviours: What to do with the next connections, one each; the last one stays.
        accepted: Connections so far.
        open: Connections that are not closed by both sides yet.
        tls: Wraps new connections; None for plain ones.
    """

    def __init__(self) -> None:
        self.behaviours: list[Behaviour] = []
        self.accepted = 0
        self.open = 0
        self.tls: ssl.SSLContext | None = None
        self.recovered = threading.Event()
        self._changed = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._socket = socket.socket()
        # Small, so that an upload that is not read soon stands still.
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 14)
        self._socket.bind(("127.0.0.1", 0))

    @property
    def address(self) -> str:
        """
        Host and port.
        """
        return f"127.0.0.1:{self._socket.getsockname()[1]}"

    def play(self, *behaviours: Behaviour) -> None:
        """
        Treat the next connections so; the last behavior stays.
        """
        self.behaviours = list(behaviours)
        if not self._threads:
            self._socket.listen()
            self._start(self._accept)

    def recover(self) -> None:
        """
        Respond to every new connection properly.
        """
        self.recovered.set()
        self.play(respond)

    def settles_at(self, connections: int) -> bool:
        """
        Wait until no more connections are open than these; false if that does not come.
        """
        with self._changed:
            return self._changed.wait_for(lambda: self.open <= connections, PATIENCE_SECONDS)

    def stop(self) -> None:
        """
        Accept no more connections.
        """
        if self._threads and self._socket.fileno() >= 0:
            # Wakes the thread that accepts.
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def close(self) -> None:
        """
        Accept no more connections and wait for the open ones.
        """
        self.recovered.set()
        self.stop()
        for thread in self._threads:
            thread.join(PATIENCE_SECONDS)

    def _start(self, work: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            behaviour = self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]
            with self._changed:
                self.accepted += 1
                self.open += 1
            self._start(self._serve, connection, behaviour)

    def _serve(self, connection: socket.socket, behaviour: Behaviour) -> None:
        connection.settimeout(PATIENCE_SECONDS)
        try:
            with connection:
                stream = connection if self.tls is None else self.tls.wrap_socket(connection, server_side=True)
                with stream:
                    behaviour(Peer(stream, self.recovered))
        except OSError:
            # The client hung up, which is for the test to judge.
            pass
        finally:
            with self._changed:
                self.open -= 1
                self._changed.notify_all()


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    """
    A server that fails to order; at the end it must have been left by its clients.
    """
    server = FaultyServer()
    yield server
    closed = server.settles_at(0)
    server.close()

    assert closed


@attrs.frozen
class Certificates:
    """
    How a server presents itself, and whom its clients trust.

    Attributes:
        trusted: With a certificate that clients trust.
        untrusted: With one that they do not.
        authority: A file with whom they trust.
    """

    trusted: ssl.SSLContext
    untrusted: ssl.SSLContext
    authority: Path


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """
    Certificates of an authority that clients know and of one that they do not know.
    """
    contexts = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authorities = trustme.CA(), trustme.CA()
    for context, authority in zip(contexts, authorities, strict=True):
        authority.issue_cert("127.0.0.1").configure_cert(context)
    file = tmp_path_factory.mktemp("certificates") / "authority.pem"
    authorities[0].cert_pem.write_to_path(file)
    return Certificates(*contexts, file)


@pytest.fixture(autouse=True)
def _known_authority(certificates: Certificates, monkeypatch: pytest.MonkeyPatch, _clean_environment: None) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))


# With the default of five seconds to connect, a machine that stands still for a moment would look like a fault.
PATIENT = httpx.Timeout(60)


TRANSPORTS: dict[str, Callable[[], httpx.AsyncBaseTransport | None]] = {
    "httpx": lambda: None,
    "httpx2": Httpx2Transport,
}


@pytest.fixture(params=TRANSPORTS)
def transport(request: pytest.FixtureRequest) -> Callable[[], httpx.AsyncBaseTransport | None]:
    """
    Makes what a client sends through; None stands for its own way.
    """
    return TRANSPORTS[request.param]


@pytest.fixture
def client(server: FaultyServer, transport: Callable[[], httpx.AsyncBaseTransport | None]) -> AsyncImageKit:
    """
    A client of that server, with one retry.
    """
    url = f"http://{server.address}"
    return AsyncImageKit("private_key_of_tests", base_url=url, max_retries=1, timeout=PATIENT, transport=transport())


@pytest.fixture
def secure_client(server: FaultyServer, transport: Callable[[], httpx.AsyncBaseTransport | None]) -> AsyncImageKit:
    """
    A client of that server that speaks TLS, with one retry.
    """
    url = f"https://{server.address}"
    return AsyncImageKit("private_key_of_tests", base_url=url, max_retries=1, timeout=PATIENT, transport=transport())
