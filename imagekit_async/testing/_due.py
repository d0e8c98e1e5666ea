"""
Work whose time has come: folder jobs and extensions.

It is done before anything is answered, so that no request sees it half done; a test that sets the clock thus decides
when. A server that listens also does it by itself, for clients that wait for a webhook and ask nothing.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from imagekit_async.testing._account import Account
from imagekit_async.testing._extensions.running import finish_extensions
from imagekit_async.testing._folders.jobs import finish_jobs


async def finish_due(account: Account) -> None:
    """
    Do all work of an account whose time has come.
    """
    await account.store.run(_finish, account)


def _finish(account: Account) -> None:
    finish_extensions(account)
    finish_jobs(account)


class DueMiddleware:
    """
    Finish what is due before a request is served.

    Args:
        app: What answers.
        account: The account that the work is of.
    """

    def __init__(self, app: ASGIApp, account: Account) -> None:
        self._app = app
        self._account = account

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """
        Serve one request.
        """
        await finish_due(self._account)
        await self._app(scope, receive, send)
