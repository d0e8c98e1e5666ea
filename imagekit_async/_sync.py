"""
`ImageKit`: the client for code that cannot await.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import cached_property, partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from ._background import BlockingSession
from ._client import AsyncImageKit
from ._generated.api.root.views import ResourcesSync, ResourcesSyncWithResponse

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from ._response import ApiResponse, RateLimit
    from .urls import Helper
    from .webhooks import Webhooks

P = ParamSpec("P")
T = TypeVar("T")


def _with_settings_of(
    constructor: Callable[Concatenate[Any, P], None],
) -> Callable[[Callable[..., None]], Callable[Concatenate[Any, P], None]]:
    return wraps(constructor)


def _blocking_form_of(
    method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]],
) -> Callable[[Callable[..., T]], Callable[Concatenate[Any, P], T]]:
    return wraps(method)


class ImageKit(ResourcesSync):
    """
    A client for the ImageKit.io API whose calls block.

    It has the resources, methods and settings of `AsyncImageKit`. The calls of all clients of a process run in one
    background event loop, which starts with the first call; so they work from any number of threads, after a fork, and
    in a thread whose own event loop is running (as in a notebook), although that loop stands still until the call
    returns. Ctrl-C cancels the call in flight. Use the client with `with`, or call `close()` at the end.

    A `transport`, `http_client`, hook or progress callback is used in the thread of the background loop. Transports and
    clients must be asynchronous; callbacks are plain functions, which must not block or call an `ImageKit`.

    Raises:
        ConfigurationError: There is no private key, or a value is unusable.
    """

    _kind = "client"

    @_with_settings_of(AsyncImageKit.__init__)
    def __init__(self, *args: Any, **settings: Any) -> None:
        self._client = AsyncImageKit(*args, **settings)
        super().__init__(BlockingSession(self._client._session))

    @cached_property
    def with_response(self) -> ResourcesSyncWithResponse:
        """
        The same calls, each returning an `ApiResponse`: the value with request id, status, headers, rate limit and
        attempts.
        """
        return ResourcesSyncWithResponse(self._session)

    @property
    def with_raw_response(self) -> ResourcesSyncWithResponse:
        """
        The vendor SDK's name of `with_response`.
        """
        return self.with_response

    @property
    def helper(self) -> Helper:
        """
        Delivery URLs and upload permissions with the client's keys and `url_endpoint`.
        """
        return self._client.helper

    @property
    def webhooks(self) -> Webhooks:
        """
        Verifies webhooks with the client's `webhook_secret` and parses them.
        """
        return self._client.webhooks

    @_blocking_form_of(AsyncImageKit.request)
    def request(self, *args: Any, **kwargs: Any) -> ApiResponse[Any]:
        """
        Send a request that this version has no method for: `AsyncImageKit.request`, with the same arguments.
        """
        return self._session.run(partial(self._client.request, *args, **kwargs))

    @property
    def rate_limits(self) -> dict[str, tuple[RateLimit, ...]]:
        """
        The rate limits learned so far: the windows of each endpoint, e.g. of `assets.list`.
        """
        return self._client.rate_limits

    @property
    def is_closed(self) -> bool:
        """
        True once `close` was called.
        """
        return self._client.is_closed

    def close(self) -> None:
        """
        Close the client's connections. A second call does nothing.
        """
        if not self.is_closed:
            self._session.run(self._client.aclose)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return repr(self._client).removeprefix("Async")
