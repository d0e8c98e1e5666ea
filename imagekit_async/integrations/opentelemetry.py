"""
OpenTelemetry spans for calls: `Hooks(span=OpenTelemetrySpans())`; needs the extra `opentelemetry`.

Nothing else imports OpenTelemetry. What goes into a span is free of credentials.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from .._redaction import redacted
from .._version import __version__

try:
    from opentelemetry.trace import SpanKind, Status, StatusCode, get_tracer, use_span
except ModuleNotFoundError as _error:
    _hint = "OpenTelemetrySpans needs the extra `opentelemetry`: pip install 'imagekit-async[opentelemetry]'"
    raise ModuleNotFoundError(f"{_error}; {_hint}", name=_error.name) from _error

if TYPE_CHECKING:
    from collections.abc import Generator

    from opentelemetry.trace import Span, TracerProvider
    from opentelemetry.util.types import AttributeValue

    from .._http.events import ResponseEvent

__all__ = ["OpenTelemetrySpans"]


class OpenTelemetrySpans:
    """
    Opens a span around each call, named after the operation, with an event for each attempt.

    The span is of kind CLIENT and carries `http.request.method`, `url.path`, `http.response.status_code` and
    `imagekit.request_id` of the last response, and `error.type` and the status ERROR when the call raises an error.

    Args:
        tracer_provider: Where the spans go; by default the application's global provider.
    """

    def __init__(self, tracer_provider: TracerProvider | None = None) -> None:
        self._tracer = get_tracer("imagekit_async", __version__, tracer_provider)

    @contextmanager
    def __call__(self, operation: str, method: str, path: str) -> Generator[CallSpan]:
        """
        Trace a call from its start to its end.

        Args:
            operation: The call as users write it, e.g. `files.get`.
            method: HTTP method.
            path: Path without host and query.
        """
        attributes: dict[str, AttributeValue] = {"http.request.method": method, "url.path": redacted(path)}
        span = self._tracer.start_span(redacted(operation), kind=SpanKind.CLIENT, attributes=attributes)
        with use_span(span, end_on_exit=True, record_exception=False, set_status_on_exception=False):
            try:
                yield CallSpan(span)
            except Exception as error:
                kind, message = type(error).__name__, redacted(str(error))
                span.set_attribute("error.type", kind)
                span.set_status(Status(StatusCode.ERROR, f"{kind}: {message}"))
                span.add_event("exception", {"exception.type": kind, "exception.message": message})
                raise


class CallSpan:
    """
    The span of one call.
    """

    def __init__(self, span: Span) -> None:
        self._span = span

    def attempted(self, event: ResponseEvent) -> None:
        """
        Add the event of a finished attempt, with the status and request id of its response.
        """
        attributes: dict[str, AttributeValue] = {
            "imagekit.attempt": event.request.attempt,
            "imagekit.elapsed": event.elapsed.total_seconds(),
        }
        response: dict[str, AttributeValue] = {}
        if event.status_code is not None:
            response["http.response.status_code"] = event.status_code
        if event.request_id is not None:
            response["imagekit.request_id"] = event.request_id
        if event.error is not None:
            attributes["error.type"] = type(event.error).__name__
        self._span.add_event("attempt", {**attributes, **response})
        self._span.set_attributes(response)
