"""
Due work: folder jobs and extensions.

It is done before any request is served; a test that sets the clock thus decides when. Only a large folder job lets
others pass, which see it half done. A server that listens also does it by itself, for clients that wait for a webhook
and ask nothing.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

from imagekit_local._account import Account
from imagekit_local._extensions.running import finish_extensions
from imagekit_local._folders.working import begin_due, finish_job

logger = logging.getLogger("imagekit_local")


@contextmanager
def logged_failure(account: Account) -> Generator[None]:
    """
    Log a failure of the disk, and go on: a full one must not keep others from being served, and the work stays due.
    """
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        if not account.shortage.report(error):
            logger.exception("the local ImageKit cannot do what is due now")


async def finish_due(account: Account, *, leaves_rest: bool = False) -> None:
    """
    Do all work of an account whose time has come.

    Args:
        account: The account that the work is of.
        leaves_rest: Whether to leave what remains of large folder jobs to another call.
    """
    while (job_id := await account.store.run(_finish, account, leaves_rest)) is not None:
        await finish_job(account, job_id)


def _finish(account: Account, leaves_rest: bool) -> str | None:
    finish_extensions(account)
    return begin_due(account, leaves_rest=leaves_rest)


class DueMiddleware:
    """
    Finish what is due before a request is served.

    Args:
        app: The application that responds.
        account: The account that the work is of.
    """

    def __init__(self, app: ASGIApp, account: Account) -> None:
        self._app = app
        self._account = account

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """
        Serve one request.
        """
        with logged_failure(self._account):
            await finish_due(self._account, leaves_rest=self._account.has_worker)
        await self._app(scope, receive, send)
