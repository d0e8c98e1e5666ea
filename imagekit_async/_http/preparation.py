"""
Turns a call and its options into the requests to send.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import anyio
import attrs
import httpx

from .._generated.fingerprint import __api_version__
from .._json import is_mapping, is_object
from .._model import PLAIN
from .._redaction import redacted, show
from .._scalars import STRING, placed, wrong_type
from .._settings import API_SERVER, DEFAULT_TIMEOUT_SECONDS, checked_headers, checked_max_retries, checked_timeout
from .._unset import UNSET, Unset
from .._version import __version__
from .call import Call, CallOptions, Form, Operation
from .encoding import free_texts, json_value
from .exceptions import source_timeout
from .retry import Repeatability, RetryPolicy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._settings import Settings
    from .._uploads.multipart import FormStream, MultipartBody
    from .._uploads.progress import ProgressCallback
    from .._uploads.sources import ByteSource
    from .._uploads.text import TextSource

T = TypeVar("T")

_CONNECT_SECONDS = 5.0
_IDEMPOTENT_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})  # RFC 9110, section 9.2.2
_IN_MEMORY = (bytes, type(None))
# Most calls of a client go to a few URLs, and parsing one takes a twentieth of the time of a small upload.
_parsed = lru_cache(maxsize=16)(httpx.URL)
_METHOD = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)  # RFC 9110, section 5.6.2
_HEADERS = httpx.Headers(
    {
        "Accept-Encoding": "gzip, deflate",
        "User-Agent": f"imagekit-async/{__version__} ({__api_version__})",
    }
)


@attrs.frozen(eq=False, repr=False)
class Timeouts:
    """
    How long one attempt may take.

    Attributes:
        stalled: How long connecting, sending and receiving may make no progress.
        whole: Seconds for the attempt from start to end; None for no limit.
        whole_upload: The same for an upload.
    """

    stalled: httpx.Timeout
    whole: float | None
    whole_upload: float | None

    @property
    def opening(self) -> float | None:
        """
        Seconds to open the source of an upload and to read the first chunk of an iterable; None for no limit.
        """
        return self.stalled.write if self.whole_upload is None else self.whole_upload

    @classmethod
    def default(cls) -> Timeouts:
        """
        Return 60 s for an attempt, 5 s of them to connect; no limit for uploads while bytes keep moving.
        """
        # Waiting for a free connection is queueing, not a failure of the server.
        stalled = httpx.Timeout(DEFAULT_TIMEOUT_SECONDS, connect=_CONNECT_SECONDS, pool=None)
        return cls(stalled, DEFAULT_TIMEOUT_SECONDS, None)

    @classmethod
    def of(cls, value: float | httpx.Timeout | None) -> Timeouts:
        """
        Return the timeouts a caller asks for: seconds limit the whole attempt, uploads included; an `httpx.Timeout`
        limits each step instead; None sets no limit.

        Raises:
            ConfigurationError: The seconds are not positive and finite.
        """
        if isinstance(value, httpx.Timeout):
            return cls(value, None, None)
        return cls(httpx.Timeout(checked_timeout(value), pool=None), value, value)


@attrs.frozen(eq=False, repr=False)
class Prepared:
    """
    A call ready to send; each attempt starts its body from the beginning.

    Attributes:
        replayable: Whether the body can be sent again.
    """

    call: Call[Any]
    url: str
    headers: httpx.Headers
    content: bytes | MultipartBody | None
    timeouts: Timeouts
    policy: RetryPolicy
    replayable: bool
    progress: ProgressCallback | None

    @property
    def whole_seconds(self) -> float | None:
        """
        Seconds for one attempt from start to end; None for no limit.
        """
        return self.timeouts.whole if self.call.form is None else self.timeouts.whole_upload

    @property
    def is_traced(self) -> bool:
        """
        Whether it matters how far an attempt gets: executing it twice does harm, or only its steps have limits.
        """
        return self.whole_seconds is None or self.policy.repeatability is Repeatability.HARMFUL

    def body(self) -> Body | FormStream:
        """
        Return the body of one attempt, from its first byte.
        """
        content = self.content
        return Body(content or b"") if isinstance(content, _IN_MEMORY) else content.stream(self.progress)

    def close(self) -> None:
        """
        Release what was opened for an attempt that never began.
        """
        if not isinstance(self.content, _IN_MEMORY):
            self.content.close()

    def request(self, body: Body | FormStream, http_client: httpx.AsyncClient | None) -> httpx.Request:
        """
        Return the request of one attempt.

        Args:
            body: Its body.
            http_client: The caller's client, whose defaults apply; None for our own, which has none.
        """
        build = httpx.Request if http_client is None else http_client.build_request
        try:
            request = build(
                self.call.operation.method,
                _parsed(self.url),
                params=self.call.query or None,
                headers=self.headers,
                content=self.content if isinstance(self.content, _IN_MEMORY) else body,
                extensions={"timeout": self.timeouts.stalled.as_dict()},
            )
        except httpx.InvalidURL as error:
            raise invalid_url(error, self.call) from error
        # httpx's own streams are async generators, which trio requires to be closed when a request is cut off.
        request.stream = body
        return request


@attrs.define(eq=False, repr=False)
class Body(AsyncIterator[bytes], httpx.AsyncByteStream):
    """
    The body of one attempt, when it is in memory.
    """

    _content: bytes = b""
    error: None = None

    async def __anext__(self) -> bytes:
        content, self._content = self._content, b""
        if not content:
            raise StopAsyncIteration
        return content

    def close(self) -> None:
        """
        Do nothing: it keeps nothing open.
        """


def invalid_url(error: httpx.InvalidURL, call: Call[Any]) -> ValueError:
    """
    Return our error for a URL that cannot be sent; httpx allows 65,536 characters in a path and as many in a query.
    """
    longest = max(call.query, key=lambda name: len(call.query[name]), default=None)
    where = "the path" if longest is None else f"the path or query (longest parameter: {longest})"
    name = redacted(call.operation.name)
    return ValueError(f"{name}: {where} cannot be sent: {error}; split long lists and searches into several calls")


def complete(call: Call[T], options: CallOptions) -> Call[T]:
    """
    Return the call with the caller's extra fields and parameters, so that whatever depends on them sees them.
    """
    if options.extra_query:
        call = attrs.evolve(call, query={**call.query, **free_texts("extra_query", options.extra_query)})
    if not options.extra_body:
        return call
    if call.form is not None:
        fields = {**dict(call.form.fields), **free_texts("extra_body", options.extra_body)}
        return attrs.evolve(call, form=attrs.evolve(call.form, fields=list(fields.items())))
    if not is_mapping(options.extra_body):
        raise placed(wrong_type("a mapping", options.extra_body), "extra_body")
    given = call.json if is_object(call.json) else {}
    return attrs.evolve(call, json={**given, **json_value("extra_body", options.extra_body)})


def undocumented_call(method: str, path: str, *, query: Mapping[str, object] | None, json: Any) -> Call[Any]:
    """
    Return a call that the API's document does not know.

    Raises:
        TypeError: The method or path is not a str.
        ValueError: The method is not an HTTP method, or the path does not start with a slash, holds a query, or is not
            valid Unicode.
    """
    if not _METHOD.fullmatch(_text("method", method)):
        raise ValueError(f"method must be an HTTP method such as GET, got {show(method)}")
    path = _text("path", path)
    if not path.startswith("/") or "?" in path or "#" in path:
        # Without the value: its query may hold a signature.
        raise ValueError("path must start with a slash and hold no query or fragment; pass query=...")
    method = method.upper()
    operation = Operation(
        # Paths hold ids: with a name for each of them, the pacer would learn nothing and forget nothing.
        name=f"{method} {'/'.join(path.split('/')[:3])}",
        method=method,
        path=path,
        server=API_SERVER,
        idempotent=method in _IDEMPOTENT_METHODS,
        paced=True,
        responses={200: PLAIN},
    )
    return Call(operation, path, query=free_texts("query", query), json=json_value("json", json))


def _text(argument: str, value: str) -> str:
    try:
        text: str = STRING.encode(value)
    except (TypeError, ValueError) as error:
        raise placed(error, argument) from None
    return text


async def prepare(call: Call[Any], options: CallOptions, settings: Settings, timeouts: Timeouts) -> Prepared:
    """
    Combine a complete call with its options and the client's settings; open and check the source of an upload.
    """
    if not isinstance(options.timeout, Unset):
        timeouts = Timeouts.of(options.timeout)
    retries = options.max_retries
    policy = RetryPolicy(
        max_retries=settings.max_retries if isinstance(retries, Unset) else checked_max_retries(retries),
        repeatability=repeatability(call, options.idempotent),
    )
    if not (options.progress is None or callable(options.progress)):
        raise placed(wrong_type("a function", options.progress), "progress")
    documented = checked_headers(call.headers, call.operation.name)
    extra = checked_headers(options.extra_headers or {})
    # Last, because what it opens is closed with the prepared call only.
    content = await _content(call, timeouts)
    return Prepared(
        call=call,
        url=settings.server(call.operation.server) + call.path,
        headers=_headers(call, content, documented, settings.default_headers, extra),
        content=content,
        timeouts=timeouts,
        policy=policy,
        replayable=isinstance(content, _IN_MEMORY) or content.replayable,
        progress=options.progress,
    )


def _headers(call: Call[Any], content: bytes | MultipartBody | None, *given: Mapping[str, str] | None) -> httpx.Headers:
    headers = _HEADERS.copy()
    headers["Accept"] = call.operation.accepts
    if isinstance(content, bytes):
        headers["Content-Type"] = "application/json"
    elif content is not None:
        headers["Content-Type"] = content.content_type
        if content.content_length is not None:
            headers["Content-Length"] = str(content.content_length)
    for added in filter(None, given):
        headers.update(added)
    return headers


def repeatability(call: Call[Any], idempotent: bool | Unset = UNSET) -> Repeatability:
    """
    Return what executing a complete call twice does.

    Args:
        call: The call.
        idempotent: What the caller says about it. It takes precedence, except where a second attempt cannot succeed.
    """
    operation = call.operation
    if not isinstance(idempotent, bool | Unset):  # pyright: ignore[reportUnnecessaryIsInstance] - "no" would mean yes
        raise TypeError(f"idempotent must be a bool, got {idempotent!r}")
    if operation.only_reads:
        return Repeatability.READ
    harmless = operation.idempotent
    if call.form is not None:
        # Uploaded twice, such a file ends up the same, at worst with one more version.
        fields = dict(call.form.fields)
        harmless = fields.get("useUniqueFileName") == "false" and fields.get("overwriteFile") != "false"
    harmless = harmless and not call.asks_for_harm
    if not isinstance(idempotent, Unset):
        harmless = idempotent
    if call.form is not None:
        # The first attempt uses up the token of a client-side signed upload: a second would hide what became of it.
        harmless = harmless and call.authorized
    return Repeatability.HARMLESS if harmless else Repeatability.HARMFUL


async def _content(call: Call[Any], timeouts: Timeouts) -> bytes | MultipartBody | None:
    if call.form is not None:
        # Imported with the first upload: a twentieth of the time to the first response.
        from .._uploads.multipart import encode_multipart

        form = call.form
        source = await _opened(call, form, timeouts.opening)
        return encode_multipart(form.fields, form.file_field, source, default_name=form.default_name)
    if call.json is UNSET:
        return None
    return json.dumps(call.json, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


async def _opened(call: Call[Any], form: Form, seconds: float | None) -> TextSource | ByteSource:
    from .._uploads.sources import open_source

    # Opening an iterable reads its first chunk, and any source may stall.
    with anyio.move_on_after(seconds):
        return await open_source(form.file)
    raise source_timeout(call, f"{form.file_field} could not be opened and read within {seconds:g} s")
