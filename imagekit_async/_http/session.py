"""
What the resources of a client send their calls through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from .._redaction import Redactor
from .._unset import Unset
from .connections import Connections
from .deadline import Deadline
from .preparation import Timeouts, complete, undocumented_call
from .run import Run, Shared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._response import ApiResponse, RateLimit
    from .._settings import Settings
    from .call import Call, CallOptions
    from .hooks import Hooks
    from .pacer import Pacing

T = TypeVar("T")


class Session:
    """
    Sends calls, each as a `Run` of its own, over connections that they share.

    Args:
        settings: The client's settings.
        timeout: Seconds, an `httpx.Timeout`, None for no limit, UNSET for the default.
        transport: The caller's httpx transport, if any.
        http_client: The caller's httpx client, if any.
        pacing: How to stay within the rate limits; None to ignore them.
        hooks: Functions to call while calls are made.

    Raises:
        ConfigurationError: The timeout is not valid.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        timeout: float | httpx.Timeout | Unset | None,
        transport: httpx.AsyncBaseTransport | None,
        http_client: httpx.AsyncClient | None,
        pacing: Pacing | None,
        hooks: Hooks,
    ) -> None:
        if not isinstance(timeout, Unset):
            timeouts = Timeouts.of(timeout)
        else:
            timeouts = Timeouts.default() if http_client is None else Timeouts(http_client.timeout, None, None)
        self._learned: dict[str, tuple[RateLimit, ...]] = {}
        self._connections = Connections(
            transport, http_client, servers=settings.servers.values(), pacing=pacing, learned=self._learned
        )
        redactor = Redactor(settings.private_key, settings.webhook_secret)
        auth = httpx.BasicAuth(settings.private_key, "")
        self._shared = Shared(settings, timeouts, self._connections, http_client, auth, hooks, redactor)

    @property
    def closed(self) -> bool:
        """
        True once `aclose` was called.
        """
        return self._connections.closed

    @property
    def rate_limits(self) -> dict[str, tuple[RateLimit, ...]]:
        """
        The limits learned so far, by endpoint.
        """
        return {key: limits for key, limits in self._learned.copy().items() if limits}

    async def aclose(self) -> None:
        """
        Close the connections; a second call does nothing.
        """
        await self._connections.aclose()

    async def send(self, call: Call[T], options: CallOptions) -> ApiResponse[T]:
        """
        Send a call and return its parsed value with what is known about the exchange.

        Raises:
            APIConnectionError: No complete response came; `APITimeoutError` if not in time, `DeadlineExceededError` if
                not before the deadline, `UploadOutcomeUnknownError` if an upload may have been stored.
            APIStatusError: The response's status is not 2xx.
            APIResponseValidationError: The response's body is not what the API documents.
            ClientClosedError: The client is closed.
        """
        return await Run(self._shared, complete(call, options), options, Deadline.after(options.deadline)).finish()

    async def request(
        self, method: str, path: str, *, query: Mapping[str, object] | None, json: Any, options: CallOptions
    ) -> ApiResponse[Any]:
        """
        Send a call that the API's document does not know, and return its JSON.

        Raises:
            ValueError: The path does not start with a slash, or holds a query.
        """
        return await self.send(undocumented_call(method, path, query=query, json=json), options)
