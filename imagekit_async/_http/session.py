"""
Sends calls: builds the request, retries by policy, turns failures into our errors and decodes the answer.
"""

from __future__ import annotations

import json
import logging
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

import anyio
import attrs
import httpx

from .._generated.types import UNSET, Unset
from .._model import PLAIN, Kind, MapOf, is_object
from .._response import ApiResponse, RateLimit
from .._settings import API_SERVER, DEFAULT_TIMEOUT_SECONDS, checked_max_retries, checked_timeout
from .._uploads.multipart import FormStream, MultipartBody, encode_multipart
from .._uploads.sources import open_source
from .._version import __version__
from ..errors import (
    APIConnectionError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    UploadOutcomeUnknownError,
)
from .auth import PrivateKeyAuth
from .call import Call, CallOptions, Operation, query_texts
from .connections import Connections
from .exceptions import body_text, classify_exception, connection_error, response_error
from .retry import Attempt, RetryPolicy, classify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._settings import Settings

T = TypeVar("T")

logger = logging.getLogger("imagekit_async")

_IDEMPOTENT_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
_CONNECT_SECONDS = 5.0


@attrs.frozen
class _Prepared:
    """
    A call as it goes over the wire; each attempt starts its body anew.
    """

    call: Call[Any]
    url: str
    params: dict[str, str]
    headers: httpx.Headers
    content: bytes | MultipartBody | None
    timeout: httpx.Timeout | httpx._client.UseClientDefault  # pyright: ignore[reportPrivateUsage] - no public name
    policy: RetryPolicy

    def body(self) -> bytes | FormStream | None:
        return self.content.stream() if isinstance(self.content, MultipartBody) else self.content


class Session:
    """
    What every resource sends its calls through.

    Args:
        settings: The client's settings.
        timeout: Seconds, an `httpx.Timeout`, None for no limit, UNSET for the default.
        transport: The caller's httpx transport, if any.
        http_client: The caller's httpx client, if any.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        timeout: float | httpx.Timeout | None | Unset,
        transport: httpx.AsyncBaseTransport | None,
        http_client: httpx.AsyncClient | None,
    ) -> None:
        self._settings = settings
        self._connections = Connections(transport, http_client)
        self._auth = PrivateKeyAuth(settings.private_key)
        self._timeout = self._default_timeout(timeout, http_client)

    @property
    def closed(self) -> bool:
        """
        True once `aclose` was called.
        """
        return self._connections.closed

    async def aclose(self) -> None:
        """
        Close the connections; a second call does nothing.
        """
        await self._connections.aclose()

    async def send(self, call: Call[T], options: CallOptions) -> ApiResponse[T]:
        """
        Send a call and return its parsed value with what is known about the exchange.

        Raises:
            APIConnectionError: No complete answer came; `APITimeoutError` if not in time, `UploadOutcomeUnknownError` if an
                upload may have been stored all the same.
            APIStatusError: The answer's status is not 2xx.
            APIResponseValidationError: The answer's body is not what the API documents.
            ClientClosedError: The client is closed.
        """
        started = anyio.current_time()
        await self._connections.client()
        prepared = await self._prepare(call, options)
        response, attempts = await self._attempt(prepared)
        return ApiResponse(
            value=cast("T", _decode(call.operation, call.path, response, attempts)),
            request_id=response.headers.get("x-ik-requestid"),
            status_code=response.status_code,
            headers=response.headers,
            rate_limit=RateLimit.from_headers(response.headers),
            attempts=attempts,
            elapsed=timedelta(seconds=anyio.current_time() - started),
        )

    async def request(
        self, method: str, path: str, *, query: Mapping[str, object] | None, json: Any, options: CallOptions
    ) -> ApiResponse[Any]:
        """
        Send a call that the API's document does not know, and return its JSON.

        Raises:
            ValueError: The path does not start with a slash, or holds a query.
        """
        if not path.startswith("/") or "?" in path or "#" in path:
            raise ValueError(
                f"path must start with a slash and hold no query or fragment (pass query=...), not {path!r}"
            )
        method = method.upper()
        operation = Operation(
            name="request",
            method=method,
            path=path,
            server=API_SERVER,
            idempotent=method in _IDEMPOTENT_METHODS,
            responses={200: PLAIN},
        )
        return await self.send(
            Call(operation=operation, path=path, query=query_texts(query or {}), json=PLAIN.encode(json)), options
        )

    async def _prepare(self, call: Call[Any], options: CallOptions) -> _Prepared:
        settings = self._settings
        operation = call.operation
        headers = httpx.Headers({"Accept": "application/json", "User-Agent": f"imagekit-async/{__version__}"})
        content = await _content(call, options.extra_body or {})
        if isinstance(content, MultipartBody):
            headers["Content-Type"] = content.content_type
            if content.content_length is not None:
                headers["Content-Length"] = str(content.content_length)
        elif content is not None:
            headers["Content-Type"] = "application/json"
        headers.update(settings.default_headers)
        headers.update(options.extra_headers)
        retries = options.max_retries
        return _Prepared(
            call=call,
            url=settings.server(operation.server) + call.path,
            params={**call.query, **query_texts(options.extra_query or {})},
            headers=headers,
            content=content,
            timeout=self._timeout if isinstance(options.timeout, Unset) else _timeout(options.timeout),
            policy=RetryPolicy(
                max_retries=settings.max_retries if isinstance(retries, Unset) else checked_max_retries(retries),
                idempotent=operation.idempotent,
                replayable=not isinstance(content, MultipartBody) or content.replayable,
            ),
        )

    async def _attempt(self, prepared: _Prepared) -> tuple[httpx.Response, int]:
        call = prepared.call
        method, path = call.operation.method, call.path
        number = 0
        while True:
            number += 1
            cause: httpx.RequestError | None = None
            error: APIConnectionError | APIStatusError
            try:
                response = await self._send_once(prepared, number)
            except httpx.RequestError as exception:
                cause = exception
                error = connection_error(exception, method=method, path=path, attempts=number)
                attempt = Attempt(number, classify_exception(exception))
            else:
                if response.is_success:
                    return response, number
                error = answer = response_error(response, method=method, path=path, attempts=number)
                attempt = Attempt(number, classify(response.status_code), answer.retry_after)
            delay = prepared.policy.delay(attempt, random.random)
            if delay is None:
                _give_up(prepared, error, attempt, cause)
            logger.debug("%s %s retry in %.3f s after attempt %d", method, path, delay.total_seconds(), number)
            await anyio.sleep(delay.total_seconds())

    async def _send_once(self, prepared: _Prepared, number: int) -> httpx.Response:
        client = await self._connections.client()
        call = prepared.call
        body = prepared.body()
        request = client.build_request(
            call.operation.method,
            prepared.url,
            params=prepared.params or None,
            headers=prepared.headers,
            content=body,
            timeout=prepared.timeout,
        )
        if isinstance(body, FormStream):
            # As content, httpx wraps it in an async generator, which trio wants closed when a request is cut off.
            request.stream = body
        started = anyio.current_time()
        status: object = "no answer"
        request_id = None
        try:
            response = await client.send(request, auth=self._auth if call.authorized else None, follow_redirects=False)
            status, request_id = response.status_code, response.headers.get("x-ik-requestid")
        finally:
            logger.debug(
                "%s %s %s request_id=%s attempt=%d duration=%.3f s",
                call.operation.method,
                call.path,
                status,
                request_id,
                number,
                anyio.current_time() - started,
            )
        return response

    @staticmethod
    def _default_timeout(timeout: float | httpx.Timeout | None | Unset, http_client: httpx.AsyncClient | None) -> Any:
        if not isinstance(timeout, Unset):
            return _timeout(timeout)
        if http_client is not None:
            return httpx.USE_CLIENT_DEFAULT
        return httpx.Timeout(DEFAULT_TIMEOUT_SECONDS, connect=_CONNECT_SECONDS, pool=None)


def _timeout(value: float | httpx.Timeout | None) -> httpx.Timeout:
    if isinstance(value, httpx.Timeout):
        return value
    # Waiting for a free connection is queueing, not a fault of the server.
    return httpx.Timeout(checked_timeout(value), pool=None)


async def _content(call: Call[Any], extra: Mapping[str, object]) -> bytes | MultipartBody | None:
    if call.form is not None:
        form = call.form
        fields = {**dict(form.fields), **query_texts(extra)}
        source = await open_source(form.file)
        return encode_multipart(list(fields.items()), form.file_field, source, default_name=form.default_name)
    body = call.json
    if extra:
        body = {**(body if is_object(body) else {}), **cast("dict[str, Any]", PLAIN.encode(extra))}
    if body is UNSET:
        return None
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _give_up(
    prepared: _Prepared,
    error: APIConnectionError | APIStatusError,
    attempt: Attempt,
    cause: httpx.RequestError | None,
) -> NoReturn:
    spent = attrs.evolve(prepared.policy, replayable=True).delay(attempt, random.random) is not None
    note = "; not retried, as the source cannot be read again from its start" if spent else ""
    form = prepared.call.form
    if form is not None and isinstance(error, APIConnectionError) and error.request_sent:
        fields = dict(form.fields)
        raise UploadOutcomeUnknownError(
            f"{error.message}; the upload may have been stored all the same{note}",
            file_name=fields.get("fileName"),
            folder=fields.get("folder"),
            timed_out=isinstance(error, APITimeoutError),
            method=error.method,
            path=error.path,
            attempts=error.attempts,
        ) from cause
    error.message += note
    error.args = (error.message,)
    raise error from cause


def _decode(operation: Operation, path: str, response: httpx.Response, attempts: int) -> Any:
    documented = operation.responses
    kind = documented.get(response.status_code, next(iter(documented.values())))
    if kind is None or response.status_code == 204:
        return None
    value, problem = _value(kind, response.content)
    if problem is None:
        return value
    raise APIResponseValidationError(
        f"{response.status_code} with a body that is {problem}",
        status_code=response.status_code,
        body=body_text(response),
        request_id=response.headers.get("x-ik-requestid"),
        method=operation.method,
        path=path,
        attempts=attempts,
    )


def _value(kind: Kind, content: bytes) -> tuple[Any, str | None]:
    if not content:
        # Free-form objects may be left out altogether (folder creation does); a model may not.
        return ({}, None) if isinstance(kind, MapOf) else (None, None if kind is PLAIN else "empty")
    try:
        raw = json.loads(content)
    except (ValueError, RecursionError):
        return None, "no JSON"
    value = kind.decode(raw)
    return value, "not of the documented type" if value is None and kind is not PLAIN else None
