"""
Serve an application on a socket, from a thread of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any

import uvicorn

from imagekit_local._account import Account
from imagekit_local._connections import BreakableProtocol
from imagekit_local._due import finish_due, logged_failure, logger
from imagekit_local._webhooks.outbox import MESSAGE
from imagekit_local._webhooks.sending import due_by_address, send_all

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_GRACE_SECONDS = 1
_TICK_SECONDS = 0.1
_RETRY_SECONDS = 5
_QUIET_SECONDS = 60


class ListeningServer(uvicorn.Server):
    """
    A server that responds until it is stopped, and also does what is due and sends webhooks.

    Args:
        app: The application.
        listener: The socket to listen on; the server closes it.
        account: The account that the application serves.
    """

    def __init__(self, app: ASGIApp, listener: socket.socket, account: Account) -> None:
        config = uvicorn.Config(
            app,
            http=BreakableProtocol,
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            # It is declared as an integer, and handed to a timer that takes fractions.
            timeout_keep_alive=account.settings.idle_timeout_seconds,  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        super().__init__(config)
        self._account = account
        self._loop: asyncio.AbstractEventLoop
        self._stopping: asyncio.Event
        self._finishing: asyncio.Task[None]
        self._claiming: asyncio.Task[None]
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._quiet_until = 0.0
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self.run, args=([listener],), name="local-imagekit", daemon=True)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """
        Start listening.
        """
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        self._loop.set_exception_handler(self._report)
        self._account.has_worker = True
        self._finishing = asyncio.create_task(_patiently(self._account, finish_due(self._account)))
        self._claiming = asyncio.create_task(_patiently(self._account, self._deliver()))
        await super().startup(sockets)
        self._ready.set()

    async def main_loop(self) -> None:
        """
        Tick until stopped. uvicorn's own loop would notice only at its next tick.
        """
        counter = 0
        while not await self.on_tick(counter):
            counter += 1
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), _TICK_SECONDS)

    async def on_tick(self, counter: int) -> bool:
        """
        Do what is due, ten times a second.
        """
        # A large folder and a busy store may take long, and the next tick must not wait for either.
        if self._finishing.done():
            self._finishing = asyncio.create_task(_patiently(self._account, finish_due(self._account)))
        if self._claiming.done():
            self._claiming = asyncio.create_task(_patiently(self._account, self._deliver()))
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """
        Stop listening and sending.
        """
        await super().shutdown(sockets)
        self._account.has_worker = False
        for task in (self._finishing, self._claiming, *self._sending.values()):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _deliver(self) -> None:
        # A receiver that does not respond delays only its own messages.
        busy = {url: task for url, task in self._sending.items() if not task.done()}
        if len(busy) < len(self._sending):
            self._account.agenda.look(MESSAGE)
        self._sending = busy
        for url, messages in (await due_by_address(self._account, self._sending)).items():
            self._sending[url] = asyncio.create_task(_patiently(self._account, send_all(self._account, messages, [])))

    def _report(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        # Without free descriptors asyncio reports, and tries again, thousands of times a second.
        error = context.get("exception")
        if "socket.accept()" in context["message"]:
            if loop.time() >= self._quiet_until:
                self._quiet_until = loop.time() + _QUIET_SECONDS
                logger.warning("the local ImageKit has to let connections wait: %s", error)
        elif "_start_serving" not in context["message"]:
            loop.default_exception_handler(context)

    def start(self) -> None:
        """
        Return when requests get responses. Blocks.
        """
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """
        Return when the server has stopped. Blocks.
        """
        self.should_exit = True
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()


async def _patiently(account: Account, work: Awaitable[object]) -> None:
    with logged_failure(account):
        await work
        return
    # Not at the next tick: a disk is full for minutes, and each failure is logged.
    await asyncio.sleep(_RETRY_SECONDS)
