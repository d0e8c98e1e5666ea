"""
Turns a call and its options into what goes over the wire.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, TypeVar

import anyio
import attrs
import httpx

from .._json import is_object
from .._settings import DEFAULT_TIMEOUT_SECONDS, checked_headers, checked_max_retries, checked_timeout
from .._unset import UNSET, Unset
from .._uploads.multipart import FormStream, MultipartBody, encode_multipart
from .._uploads.sources import ByteSource, open_source
from .._uploads.text import TextSource
from .._version import __version__
from ..errors import APITimeoutError
from .call import Call, CallOptions, Form
from .encoding import free_texts, json_value
from .retry import Repeatability, RetryPolicy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._settings import Settings
    from .._uploads.progress import ProgressCallback

T = TypeVar("T")

_CONNECT_SECONDS = 5.0
_HEADERS = httpx.Headers(
    {
        "Accept": "application/json",
        "Accept-Encoding": "gzip, deflate",
        "User-Agent": f"imagekit-async/{__version__}",
    }
)


@attrs.frozen
class Timeouts:
    """
    How long one attempt may take.

    Attributes:
        stalled: How long connecting, sending and receiving may stand still; None leaves that to the caller's
            http_client.
        whole: Seconds for the attempt from start to end; None for no limit.
        whole_upload: The same for an upload.
    """

    stalled: httpx.Timeout | None
    whole: float | None
    whole_upload: float | None

    @classmethod
    def default(cls) -> Timeouts:
        """
        60 s for an attempt, of which 5 s to connect. An upload may last longer, as long as it goes on.
        """
        # Waiting for a free connection is queueing, not a fault of the server.
        stalled = httpx.Timeout(DEFAULT_TIMEOUT_SECONDS, connect=_CONNECT_SECONDS, pool=None)
        return cls(stalled, DEFAULT_TIMEOUT_SECONDS, None)

    @classmethod
    def of(cls, value: float | httpx.Timeout | None) -> Timeouts:
        """
        Seconds bound the whole attempt, an upload's too; an `httpx.Timeout` bounds each step instead; None bounds
        nothing.

        Raises:
            ConfigurationError: The seconds are not positive and finite.
        """
        if isinstance(value, httpx.Timeout):
            return cls(value, None, None)
        return cls(httpx.Timeout(checked_timeout(value), pool=None), value, value)


@attrs.frozen
class Prepared:
    """
    A call as it goes over the wire; each attempt starts its body anew.
    """

    call: Call[Any]
    url: str
    params: dict[str, str]
    headers: httpx.Headers
    content: bytes | MultipartBody | None
    timeouts: Timeouts
    policy: RetryPolicy
    progress: ProgressCallback | None

    @property
    def whole_seconds(self) -> float | None:
        """
        Seconds for one attempt from start to end; None for no limit.
        """
        return self.timeouts.whole if self.call.form is None else self.timeouts.whole_upload

    def request(self, http_client: httpx.AsyncClient | None) -> httpx.Request:
        """
        Build the request of one attempt.

        Args:
            http_client: The caller's client, whose defaults count; None for the client's own, which has none to merge.
        """
        body = self.content.stream(self.progress) if isinstance(self.content, MultipartBody) else self.content
        stalled = self.timeouts.stalled
        build = httpx.Request if http_client is None else http_client.build_request
        try:
            request = build(
                self.call.operation.method,
                self.url,
                params=self.params or None,
                headers=self.headers,
                content=body,
                extensions={} if stalled is None else {"timeout": stalled.as_dict()},
            )
        except httpx.InvalidURL as error:
            raise invalid_url(error, self.call.operation.name, self.params) from error
        # httpx's own streams are async generators, which trio wants closed when a request is cut off.
        request.stream = body if isinstance(body, FormStream) else _HeldStream(body or b"")
        return request


def invalid_url(error: httpx.InvalidURL, operation: str, params: Mapping[str, str]) -> ValueError:
    """
    Return our error for a URL that cannot be sent; httpx allows 65,536 characters in a path and as many in a query.
    """
    longest = max(params, key=lambda name: len(params[name]), default=None)
    where = "the path" if longest is None else f"the path or query (longest parameter: {longest})"
    return ValueError(f"{operation}: {where} cannot be sent: {error}; split long lists and searches into several calls")


@attrs.define(eq=False)
class _HeldStream(AsyncIterator[bytes], httpx.AsyncByteStream):
    _content: bytes

    async def __anext__(self) -> bytes:
        content, self._content = self._content, b""
        if not content:
            raise StopAsyncIteration
        return content


def with_extra_fields(call: Call[T], options: CallOptions) -> Call[T]:
    """
    Return the call with the caller's extra fields in its form, so that whatever depends on the form sees them.
    """
    if call.form is None or not options.extra_body:
        return call
    fields = {**dict(call.form.fields), **free_texts("extra_body", options.extra_body)}
    return attrs.evolve(call, form=attrs.evolve(call.form, fields=list(fields.items())))


async def prepare(call: Call[Any], options: CallOptions, settings: Settings, timeouts: Timeouts) -> Prepared:
    """
    Combine a call with its options and the client's settings; opens and checks the source of an upload.
    """
    if not isinstance(options.timeout, Unset):
        timeouts = Timeouts.of(options.timeout)
    content = await _content(call, options.extra_body or {}, timeouts)
    headers = _HEADERS.copy()
    if isinstance(content, MultipartBody):
        headers["Content-Type"] = content.content_type
        if content.content_length is not None:
            headers["Content-Length"] = str(content.content_length)
    elif content is not None:
        headers["Content-Type"] = "application/json"
    for given in (settings.default_headers, checked_headers(options.extra_headers or {})):
        if given:
            headers.update(given)
    retries = options.max_retries
    return Prepared(
        call=call,
        url=settings.server(call.operation.server) + call.path,
        params={**call.query, **free_texts("extra_query", options.extra_query)},
        headers=headers,
        content=content,
        timeouts=timeouts,
        policy=RetryPolicy(
            max_retries=settings.max_retries if isinstance(retries, Unset) else checked_max_retries(retries),
            repeatability=repeatability(call, options),
            replayable=not isinstance(content, MultipartBody) or content.replayable,
        ),
        progress=options.progress,
    )


def repeatability(call: Call[Any], options: CallOptions) -> Repeatability:
    """
    Tell what executing a call twice does.

    An upload to a fixed name with overwriting on comes to the same file, if with one more version. The caller's word
    goes before that, except where a second attempt cannot succeed.
    """
    operation = call.operation
    if operation.only_reads:
        return Repeatability.READ
    harmless = operation.idempotent
    if call.form is not None:
        fields = dict(call.form.fields)
        harmless = fields.get("useUniqueFileName") == "false" and fields.get("overwriteFile") != "false"
    if not isinstance(options.idempotent, Unset):
        harmless = options.idempotent
    if call.form is not None:
        # The first attempt spends the token of a client-side signed upload: a second one would hide what became of it.
        harmless = harmless and call.authorized
    return Repeatability.HARMLESS if harmless else Repeatability.HARMFUL


async def _content(call: Call[Any], extra: Mapping[str, object], timeouts: Timeouts) -> bytes | MultipartBody | None:
    if call.form is not None:
        form = call.form
        source = await _opened(call, form, timeouts.whole_upload)
        return encode_multipart(form.fields, form.file_field, source, default_name=form.default_name)
    body = call.json
    if extra:
        body = {**(body if is_object(body) else {}), **json_value("extra_body", extra)}
    if body is UNSET:
        return None
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


async def _opened(call: Call[Any], form: Form, seconds: float | None) -> TextSource | ByteSource:
    # Opening an iterable reads its first chunk, and any source may stall.
    with anyio.move_on_after(seconds):
        return await open_source(form.file)
    raise APITimeoutError(
        f"{form.file_field} could not be opened and read within {seconds:g} s",
        request_sent=False,
        method=call.operation.method,
        path=call.path,
        attempts=0,
    )
