"""
`AsyncImageKit`: puts settings, session and resource tree together, and ends their life.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from ._generated.api.root.resource import Resources
from ._unset import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

    from httpx import AsyncBaseTransport, AsyncClient, Timeout

    from ._generated.api.root.views import ResourcesWithResponse
    from ._http.hooks import Hooks
    from ._http.pacer import Pacing
    from ._response import ApiResponse, RateLimit
    from .urls import Helper
    from .webhooks import Webhooks

DEFAULT_MAX_RETRIES = 2


class AsyncImageKit(Resources):
    """
    An asynchronous client for the ImageKit.io API, for asyncio and trio.

    Creating it does no I/O. Connections are opened when they are needed, one pool for each event loop, and closed when
    that loop ends. Use it with `async with`, or call `aclose()` at the end; at module level, as in a Lambda handler,
    neither is needed.

    Args:
        private_key: Private key of the account; by default the environment variable `IMAGEKIT_PRIVATE_KEY`.
        public_key: Public key of the account; by default `IMAGEKIT_PUBLIC_KEY`.
        url_endpoint: Base of the account's delivery URLs; by default `IMAGEKIT_URL_ENDPOINT`.
        webhook_secret: Secret that webhooks are signed with; by default `IMAGEKIT_WEBHOOK_SECRET`.
        base_url: Where the API lives; by default `IMAGEKIT_BASE_URL`, else `https://api.imagekit.io`. Given alone,
            uploads go there too.
        upload_base_url: Where uploads go; by default `https://upload.imagekit.io`.
        timeout: Seconds for one attempt, an `httpx.Timeout` to bound its steps instead, or None for no limit. By
            default 60 s, 5 s of them to connect; an upload may last longer while bytes keep moving, and its source
            may stall without limit.
        max_retries: Retries after the first attempt, if repeating is safe; 0 or more, by default 2.
        transport: An httpx transport to send with, such as `httpx.MockTransport`; closed with the client.
        http_client: An `httpx.AsyncClient` to send with, with its own timeouts and limits; left open when this client
            is closed.
        max_response_bytes: Maximum size of a response in bytes, as received and as decoded; by default 32 MiB, which
            is 32 KiB for each of 1,000 assets on a page. A larger response raises `APIResponseValidationError`.
        default_headers: Headers to add to every request.
        pacing: How calls stay within the account's rate limits; by default they learn them from responses. None
            turns pacing off.
        hooks: Functions to call when attempts begin, end and are retried.

    Raises:
        ConfigurationError: There is no private key, or a value is unusable.
    """

    _kind = "client"

    def __init__(
        self,
        private_key: str | None = None,
        *,
        public_key: str | None = None,
        url_endpoint: str | None = None,
        webhook_secret: str | None = None,
        base_url: str | None = None,
        upload_base_url: str | None = None,
        timeout: float | Timeout | Unset | None = UNSET,
        max_retries: int = DEFAULT_MAX_RETRIES,
        transport: AsyncBaseTransport | None = None,
        http_client: AsyncClient | None = None,
        max_response_bytes: int | Unset = UNSET,
        default_headers: Mapping[str, str] | None = None,
        pacing: Pacing | Unset | None = UNSET,
        hooks: Hooks | None = None,
    ) -> None:
        # Loaded with the first client, so that importing the class costs a program that makes none next to nothing.
        from ._http.hooks import Hooks
        from ._http.pacer import Pacing
        from ._http.session import Session
        from ._settings import DEFAULT_MAX_RESPONSE_BYTES, Settings
        from .errors import ConfigurationError

        self._settings = Settings.resolve(
            private_key=private_key,
            public_key=public_key,
            url_endpoint=url_endpoint,
            webhook_secret=webhook_secret,
            base_url=base_url,
            upload_base_url=upload_base_url,
            max_retries=max_retries,
            max_response_bytes=DEFAULT_MAX_RESPONSE_BYTES
            if isinstance(max_response_bytes, Unset)
            else max_response_bytes,
            default_headers=default_headers,
            transport=transport,
            http_client=http_client,
        )
        # Untyped callers may give anything.
        if not isinstance(pacing, Pacing | Unset | None):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ConfigurationError(f"pacing must be a Pacing, or None for no pacing, got {type(pacing).__name__}")
        if not isinstance(hooks, Hooks | None):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ConfigurationError(f"hooks must be Hooks, got {type(hooks).__name__}")
        session = Session(
            self._settings,
            timeout=timeout,
            transport=transport,
            http_client=http_client,
            pacing=Pacing() if isinstance(pacing, Unset) else pacing,
            hooks=hooks or Hooks(),
        )
        super().__init__(session)

    @cached_property
    def with_response(self) -> ResourcesWithResponse:
        """
        The same calls, each returning an `ApiResponse`: the value with request id, status, headers, rate limit and
        attempts.
        """
        from ._generated.api.root.views import ResourcesWithResponse

        return ResourcesWithResponse(self._session)

    @property
    def with_raw_response(self) -> ResourcesWithResponse:
        """
        The vendor SDK's name of `with_response`.
        """
        return self.with_response

    @cached_property
    def helper(self) -> Helper:
        """
        Delivery URLs and upload permissions with the client's keys and `url_endpoint`; nothing in it needs `await`.
        """
        from .urls import Helper

        return Helper(self._settings.private_key, self._settings.url_endpoint, self._settings.public_key)

    @cached_property
    def webhooks(self) -> Webhooks:
        """
        Verifies webhooks with the client's `webhook_secret` and parses them.
        """
        from .webhooks import Webhooks

        return Webhooks(self._settings.webhook_secret)

    async def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        json: Any = UNSET,
        timeout: float | Timeout | Unset | None = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[Any]:
        """
        Send a request that this version has no method for, with the same authentication, retries and errors.

        Args:
            method: HTTP method. Only GET, HEAD, OPTIONS, PUT and DELETE are repeated when it is unknown whether they
                were executed.
            path: Path on `base_url`, from its leading slash on.
            query: Query parameters; None values are left out, booleans and lists written as the API expects.
            json: JSON body; models are accepted. By default no body is sent.
            timeout: As for the client, for this call.
            max_retries: As for the client, for this call.
            extra_headers: Headers to add or replace.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether executing it twice does no harm; by default as HTTP says of the method.

        Returns:
            The response; its value is the parsed JSON, or None for an empty body.

        Raises:
            TypeError: The method or path is not a str.
            ValueError: The method is not one word, or the path has no leading slash.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response came.
        """
        from ._http.call import CallOptions

        options = CallOptions(
            timeout=timeout,
            max_retries=max_retries,
            extra_headers=extra_headers,
            deadline=deadline,
            idempotent=idempotent,
        )
        return await self._session.request(method, path, query=query, json=json, options=options)

    @property
    def rate_limits(self) -> dict[str, tuple[RateLimit, ...]]:
        """
        Return the rate limits learned so far: the windows of each endpoint, such as `assets.list`.
        """
        return self._session.rate_limits

    @property
    def is_closed(self) -> bool:
        """
        True once `aclose` was called.
        """
        return self._session.closed

    async def aclose(self) -> None:
        """
        Close the connections of this event loop, and of those that were closed. A second call does nothing.
        """
        await self._session.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"AsyncImageKit({', '.join(f'{name}={url!r}' for name, url in self._settings.urls().items())})"
