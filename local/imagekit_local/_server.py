"""
The local ImageKit as its users see it: a server on a socket, or a transport.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import anyio
import anyio.to_thread
import httpx
from anyio.from_thread import start_blocking_portal

from imagekit_local._account import Access, Account, Settings
from imagekit_local._admission import HostMiddleware, OriginMiddleware
from imagekit_local._app import build_app
from imagekit_local._clock import Clock, utc_now
from imagekit_local._connections import InProcessTransport
from imagekit_local._document.reading import packaged_document, read_document
from imagekit_local._due import finish_due
from imagekit_local._errors import ApiError
from imagekit_local._faults.fault import Faults
from imagekit_local._ids import random_id
from imagekit_local._listening import ListeningServer
from imagekit_local._rate_limits import RateLimiter
from imagekit_local._reachability import Reach
from imagekit_local._recording import RecordedRequest
from imagekit_local._seeding import seed
from imagekit_local._store import Store, StoreError
from imagekit_local._webhooks.sending import Delivery, deliver_due
from imagekit_local._webhooks.signing import Scheme

if TYPE_CHECKING:
    from typing import Self

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PRIVATE_KEY = "private_local"
DEFAULT_PUBLIC_KEY = "public_local"
_MEBIBYTE = 1024 * 1024
_IN_PROCESS_URL = "http://imagekit.test"


class LocalImageKit:
    """
    A server that behaves like ImageKit and stores what it receives.

    Enter it with `with` or `async with` (asyncio or trio) to listen on a socket; it serves from its own thread. Or pass
    `transport()` to an httpx client to reach it without a socket. Use one of the two ways at a time.

    Args:
        private_key: Private key of the account, which requests must carry.
        public_key: Public key of the account, which signed uploads must carry.
        restricted_keys: More private keys, with the access of each: `read` to the media library, `read-all` to every
            GET, `write` to everything, `none`, or `expired`.
        is_disabled: Whether the account is disabled, so that the API refuses every request.
        host: Address to listen on.
        port: Port to listen on, 0 for any free one.
        data: Directory that keeps everything, for one server at a time, created if needed; None to keep nothing.
        max_upload_bytes: Largest size of a file that is not a video, in bytes.
        max_video_bytes: Largest size of a video, in bytes.
        fetch_timeout_seconds: Longest time to fetch the file of an upload by URL, in seconds.
        idle_timeout_seconds: Longest time, in seconds, for a client on the socket to send the head of a request or to
            pause within its body, after which it gets 400, and to keep a connection without a request.
        extension_delay_seconds: How long an extension runs, in seconds. It finishes with the first request after that,
            and its results depend on the name of the file only.
        job_delay_seconds: How long a folder job or a purge is pending, in seconds. A job finishes with the first
            request after that, or on its own if the server listens, which serves other requests during a large job.
        purges_per_month: Number of cache purges per calendar month in UTC.
        upload_transformation: Transformation of every uploaded image whose upload names none.
        rate_limit: Limit of each endpoint, as `requests/seconds` per window, e.g. `20/1,300/60`; `realistic` for
            figures like those of the service, or `off`. Uploads have no limit, but with `realistic`, one file can be
            overwritten 20 times per minute.
        allowed_hosts: Host names to serve, in addition to `localhost`, loopback addresses, `host`, and the address that
            a connection comes in at. Requests over a socket that name another host in `Host` are refused with 421.
        allowed_origins: Origins of web pages to serve, such as `https://shop.example`, in addition to loopback.
            Requests that name another origin in `Origin` are refused with 403.
        reachable: Addresses that uploads by URL, webhooks and callbacks may lead to, as `host:port` or as a URL of
            which host and port count, e.g. `127.0.0.1:9000`. All others are refused; `add_reachable` adds one later.
        webhook_signature: Signature scheme of webhooks: Standard Webhooks, or the older `x-ik-signature`.
        document: OpenAPI 3 document that says which operations there are: a YAML or JSON file, or its parsed content;
            None for the document of this release. Operations that the server does not implement respond with their
            example, and those that are not in the document with 404.
        clock: Returns the time as an aware datetime; `LocalImageKit.clock` moves it.
        new_id: Returns a new id of 24 lowercase hexadecimal digits, which also determines the suffix of a unique file
            name. `counting_ids()` makes ids predictable.

    Raises:
        OSError: The document cannot be read.
        ValueError: A key, the host, the port, a time, an origin, an address, the rate limit or the document is invalid.
    """

    def __init__(
        self,
        *,
        private_key: str = DEFAULT_PRIVATE_KEY,
        public_key: str = DEFAULT_PUBLIC_KEY,
        restricted_keys: Mapping[str, Access] | None = None,
        is_disabled: bool = False,
        host: str = DEFAULT_HOST,
        port: int = 0,
        data: str | os.PathLike[str] | None = None,
        max_upload_bytes: int = 25 * _MEBIBYTE,
        max_video_bytes: int = 100 * _MEBIBYTE,
        fetch_timeout_seconds: float = 8.0,
        idle_timeout_seconds: float = 60.0,
        extension_delay_seconds: float = 0.0,
        job_delay_seconds: float = 0.05,
        purges_per_month: int = 1000,
        upload_transformation: str | None = None,
        rate_limit: str = "off",
        allowed_hosts: Collection[str] = (),
        allowed_origins: Collection[str] = (),
        reachable: Collection[str] = (),
        webhook_signature: Scheme = "standard-webhooks",
        document: str | os.PathLike[str] | Mapping[str, Any] | None = None,
        clock: Callable[[], datetime] = utc_now,
        new_id: Callable[[], str] = random_id,
    ) -> None:
        settings = Settings(
            private_key=private_key,
            public_key=public_key,
            restricted_keys={} if restricted_keys is None else dict(restricted_keys),
            is_disabled=is_disabled,
            max_upload_bytes=max_upload_bytes,
            max_video_bytes=max_video_bytes,
            fetch_timeout_seconds=fetch_timeout_seconds,
            idle_timeout_seconds=idle_timeout_seconds,
            extension_delay_seconds=extension_delay_seconds,
            job_delay_seconds=job_delay_seconds,
            purges_per_month=purges_per_month,
            upload_transformation=upload_transformation,
            reach=Reach(reachable),
            document=packaged_document() if document is None else read_document(document),
            webhook_signature=webhook_signature,
            clock=Clock(clock),
            new_id=new_id,
        )
        if not host:
            raise ValueError("host must not be empty; 0.0.0.0 listens on all addresses")
        if port not in range(65536):
            raise ValueError(f"port must be an int from 0 to 65535, got {port!r}")
        self._address = (host, port)
        store = Store(None if data is None else Path(data))
        self._account = Account(
            settings, _IN_PROCESS_URL, store, RateLimiter(rate_limit, settings.clock), Faults(settings.document)
        )
        self._app = OriginMiddleware(build_app(self._account), allowed_origins)
        self._hosts = frozenset({host, *allowed_hosts})
        self._server: ListeningServer | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}(url={self.url!r})"

    @property
    def url(self) -> str:
        """
        Base URL of the API, without a trailing slash. While not listening, only the transport knows it.
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
        Private key of the account.
        """
        return self._account.settings.private_key

    @property
    def public_key(self) -> str:
        """
        Public key of the account.
        """
        return self._account.settings.public_key

    @property
    def clock(self) -> Clock:
        """
        The clock of the server.
        """
        return self._account.settings.clock

    @property
    def faults(self) -> Faults:
        """
        The faults of the server.
        """
        return self._account.faults

    @property
    def requests(self) -> list[RecordedRequest]:
        """
        The last 10,000 requests without their secrets, oldest first.
        """
        return self._account.requests.all()

    def add_reachable(self, address: str) -> None:
        """
        Allow uploads by URL, webhooks and callbacks to lead to one more address.

        Args:
            address: A host with a port, such as `127.0.0.1:9000`, or a URL, of which host and port count.

        Raises:
            ValueError: It has no host or no port.
        """
        self._account.settings.reach.add(address)

    def reset(self) -> None:
        """
        Delete everything stored, sent and counted, remove all faults, and let the clock run. Blocks.
        """
        self._account.reset()

    def seed(self, folder: str | os.PathLike[str]) -> int:
        """
        Upload the files of a folder and its subfolders with their own names. Blocks.

        Returns:
            The number of files.

        Raises:
            NotADirectoryError: The folder does not exist.
            RuntimeError: A file is refused because of its size or its name.
        """
        self._account.store.open()
        # The caller may have an event loop of any kind in this thread.
        with start_blocking_portal() as portal:
            try:
                return portal.call(seed, self._account, Path(folder))
            except ApiError as error:
                raise RuntimeError(f"cannot seed from {folder}: {error.message}") from error

    async def deliver_webhooks(self) -> list[Delivery]:
        """
        Send the webhooks and callbacks that are due, including retries.

        A listening server does so on its own, ten times per second.

        Returns:
            The outcome of each delivery.
        """
        await finish_due(self._account)
        return await deliver_due(self._account)

    def transport(self) -> httpx.AsyncBaseTransport:
        """
        Return a transport that passes requests to the server in process, whatever host they name.

        Stored files remain until `stop()` or the end of the interpreter. Blocks to open a data directory.

        Raises:
            StoreError: The data directory cannot be used, or another server is using it.
        """
        self._account.store.open()
        return InProcessTransport(self._app)

    def start(self) -> None:
        """
        Listen, and return when the server accepts requests. Blocks. `with` and `async with` call it.

        Raises:
            OSError: The address is in use or not available.
            RuntimeError: The server is already started.
            StoreError: The data directory cannot be used, or another server is using it.
        """
        if self._server is not None:
            raise RuntimeError("the local ImageKit has been started already")
        host = self._address[0]
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server(self._address, family=family)
        # Connections inherit it. asyncio sets it only on a socket that names its protocol, which this one does not.
        # Without it, the second packet of each response waits 40 ms for the client to acknowledge the first.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._account.store.open()
        except StoreError:
            listener.close()
            raise
        literal = f"[{host}]" if family is socket.AF_INET6 else host
        self._account.base_url = f"http://{literal}:{listener.getsockname()[1]}"
        self._server = ListeningServer(HostMiddleware(self._app, self._hosts), listener, self._account)
        self._server.start()

    def stop(self) -> None:
        """
        Stop listening, and delete everything unless a data directory keeps it.

        Blocks. Leaving `with` or `async with` calls it.
        """
        if self._server is not None:
            self._server.stop()
            self._server = None
        self._account.base_url = _IN_PROCESS_URL
        self._account.store.close()
        # Another server may use the data directory before this one does again.
        self._account.agenda.clear()

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
