"""
The local ImageKit as its users hold it: started and stopped around a block, or mounted as a transport.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import anyio
import anyio.to_thread
import httpx
import uvicorn

from imagekit_async.testing._account import Account, Settings
from imagekit_async.testing._app import build_app
from imagekit_async.testing._store import Store, StoreError

if TYPE_CHECKING:
    from starlette.types import ASGIApp
    from typing_extensions import Self

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PRIVATE_KEY = "private_local"
DEFAULT_PUBLIC_KEY = "public_local"
_MEBIBYTE = 1024 * 1024
_IN_PROCESS_URL = "http://imagekit.test"
_IDLE_SECONDS = 60
_GRACE_SECONDS = 1


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _random_id() -> str:
    return secrets.token_hex(12)


class LocalImageKit:
    """
    A server that behaves like ImageKit and keeps what it is sent, until it is stopped or for good.

    Enter it with `async with` (on asyncio or trio) or `with` to listen on a socket; it serves from a thread of its own.
    Or pass `transport()` to an httpx client to reach it without a socket. Use one of the two ways at a time.

    Args:
        private_key: Key that requests must carry.
        public_key: Key that names the pair in signed uploads.
        host: Address to listen on.
        port: Port to listen on, 0 for any free one.
        data: Directory that keeps everything, made if need be, for one server at a time; None to forget at the end.
        max_upload_bytes: Largest file that is no video, in bytes.
        max_video_bytes: Largest video, in bytes.
        fetch_timeout_seconds: How long the origin of an upload by URL may take to send its response headers, and then
            between two pieces of the body.
        clock: Tells the time, aware of its zone.
        new_id: Gives a new id of 24 lowercase hexadecimal digits; the suffix of a unique file name is made from one.
    """

    def __init__(
        self,
        *,
        private_key: str = DEFAULT_PRIVATE_KEY,
        public_key: str = DEFAULT_PUBLIC_KEY,
        host: str = DEFAULT_HOST,
        port: int = 0,
        data: str | os.PathLike[str] | None = None,
        max_upload_bytes: int = 25 * _MEBIBYTE,
        max_video_bytes: int = 100 * _MEBIBYTE,
        fetch_timeout_seconds: float = 8.0,
        clock: Callable[[], datetime] = _now,
        new_id: Callable[[], str] = _random_id,
    ) -> None:
        settings = Settings(
            private_key=private_key,
            public_key=public_key,
            max_upload_bytes=max_upload_bytes,
            max_video_bytes=max_video_bytes,
            fetch_timeout_seconds=fetch_timeout_seconds,
            clock=clock,
            new_id=new_id,
        )
        self._address = (host, port)
        self._account = Account(settings, _IN_PROCESS_URL, Store(None if data is None else Path(data)))
        self._app = build_app(self._account)
        self._server: _ThreadedServer | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}(url={self.url!r})"

    @property
    def url(self) -> str:
        """
        Base URL of the API, without a trailing slash; a name that only the transport knows while not listening.
        """
        return self._account.base_url

    @property
    def url_endpoint(self) -> str:
        """
        Base URL of delivered files.
        """
        return self._account.url_endpoint

    @property
    def private_key(self) -> str:
        """
        Key that requests must carry.
        """
        return self._account.settings.private_key

    @property
    def public_key(self) -> str:
        """
        Key that names the pair in signed uploads.
        """
        return self._account.settings.public_key

    def transport(self) -> httpx.ASGITransport:
        """
        A transport that hands requests to the server in process, whatever host they name.

        What was stored stays until `stop()`, or else until the interpreter exits. Blocks to open a data directory.

        Raises:
            StoreError: The data directory cannot be used, or another server is using it.
        """
        self._account.store.open()
        return httpx.ASGITransport(app=self._app, raise_app_exceptions=False)

    def start(self) -> None:
        """
        Listen, and return when requests are answered. Blocks; `with` and `async with` call it.

        Raises:
            OSError: The address cannot be listened on.
            RuntimeError: The server has been started already.
            StoreError: The data directory cannot be used, or another server is using it.
        """
        if self._server is not None:
            raise RuntimeError("the local ImageKit has been started already")
        host = self._address[0]
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server(self._address, family=family)
        # Connections inherit it. asyncio would set it only on a socket that names its protocol, and this one does not;
        # the second packet of each answer would then wait 40 ms for the client to acknowledge the first.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._account.store.open()
        except StoreError:
            listener.close()
            raise
        literal = f"[{host}]" if family is socket.AF_INET6 else host
        self._account.base_url = f"http://{literal}:{listener.getsockname()[1]}"
        self._server = _ThreadedServer(self._app, listener)
        self._server.start()

    def stop(self) -> None:
        """
        Stop listening, and drop all that was stored unless a data directory keeps it.

        Blocks; leaving `with` and `async with` calls it.
        """
        if self._server is not None:
            self._server.stop()
            self._server = None
        self._account.base_url = _IN_PROCESS_URL
        self._account.store.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        await anyio.to_thread.run_sync(self.start)
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(self.stop)


class _ThreadedServer(uvicorn.Server):
    def __init__(self, app: ASGIApp, listener: socket.socket) -> None:
        config = uvicorn.Config(
            app,
            http="h11",
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=_IDLE_SECONDS,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        super().__init__(config)
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self.run, args=([listener],), name="local-imagekit", daemon=True)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set()

    def start(self) -> None:
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        self.should_exit = True
        self._thread.join()
