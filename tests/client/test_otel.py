"""
OpenTelemetry spans: one for each call, an event for each attempt, and no credentials in either.
"""

from __future__ import annotations

import httpx
import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode, get_current_span

from imagekit_async import BadRequestError, Hooks, InternalServerError, NotFoundError
from imagekit_async.integrations.opentelemetry import OpenTelemetrySpans

pytestmark = pytest.mark.anyio


class Traced:
    """
    Hooks that trace, and the spans that ended.
    """

    def __init__(self) -> None:
        self._exporter = InMemorySpanExporter()
        self._provider = TracerProvider(shutdown_on_exit=False)
        self._provider.add_span_processor(SimpleSpanProcessor(self._exporter))
        self.hooks = Hooks(span=OpenTelemetrySpans(self._provider))
        self.tracer = self._provider.get_tracer("application")

    @property
    def spans(self) -> list[ReadableSpan]:
        """
        Return the spans that ended, in that order.
        """
        return list(self._exporter.get_finished_spans())


@pytest.fixture
def traced() -> Traced:
    """
    A tracer that keeps its spans in memory.
    """
    return Traced()


def respond(status: int = 200, json: object = None) -> httpx.Response:
    """
    Return a response with a request id.
    """
    return httpx.Response(status, json=json or {}, headers={"x-ik-requestid": f"id-{status}"})


async def test_a_span_for_each_call(scripted, traced):
    """A call is one client span with the operation's name, the method, the path, the status and the request id."""
    client, _ = scripted(respond(), hooks=traced.hooks)
    await client.files.get("abc")

    (span,) = traced.spans
    assert ("files.get", SpanKind.CLIENT, StatusCode.UNSET) == (span.name, span.kind, span.status.status_code)
    assert {
        "http.request.method": "GET",
        "url.path": "/v1/files/abc/details",
        "http.response.status_code": 200,
        "imagekit.request_id": "id-200",
    } == dict(span.attributes)


async def test_an_event_for_each_attempt(scripted, traced):
    """Each attempt is an event with its number, duration, status and request id, or the kind of its error."""
    client, _ = scripted(httpx.ReadError("gone"), respond(503), respond(), hooks=traced.hooks)
    await client.files.get("abc")

    (span,) = traced.spans
    assert ["attempt"] * 3 == [event.name for event in span.events]
    assert [
        {"imagekit.attempt": 1, "imagekit.elapsed": 0.0, "error.type": "APIConnectionError"},
        {
            "imagekit.attempt": 2,
            "imagekit.elapsed": 0.0,
            "http.response.status_code": 503,
            "imagekit.request_id": "id-503",
        },
        {
            "imagekit.attempt": 3,
            "imagekit.elapsed": 0.0,
            "http.response.status_code": 200,
            "imagekit.request_id": "id-200",
        },
    ] == [dict(event.attributes) for event in span.events]
    assert "id-200" == span.attributes["imagekit.request_id"]


async def test_a_response_without_a_request_id(scripted, traced):
    """What a response does not report is left out of the span."""
    client, _ = scripted(httpx.Response(200, json={}), hooks=traced.hooks)
    await client.files.get("abc")

    (span,) = traced.spans
    assert "imagekit.request_id" not in span.attributes


async def test_errors_are_recorded(scripted, traced):
    """A call that raises ends its span with the status ERROR, the kind of the error and its message."""
    client, _ = scripted(respond(404, {"message": "No such file"}), hooks=traced.hooks)
    with pytest.raises(NotFoundError) as caught:
        await client.files.get("abc")

    (span,) = traced.spans
    assert (StatusCode.ERROR, f"NotFoundError: {caught.value}") == (span.status.status_code, span.status.description)
    assert "NotFoundError" == span.attributes["error.type"]
    assert {"exception.type": "NotFoundError", "exception.message": str(caught.value)} == dict(
        span.events[-1].attributes
    )


async def test_retries_that_fail_are_one_span(scripted, traced):
    """However many attempts fail, the call is one span."""
    client, _ = scripted(respond(500), respond(500), respond(500), hooks=traced.hooks)
    with pytest.raises(InternalServerError):
        await client.files.get("abc")

    (span,) = traced.spans
    assert [1, 2, 3, None] == [event.attributes.get("imagekit.attempt") for event in span.events]


async def test_spans_nest(scripted, traced):
    """A call's span is a child of the span around it, and the current one while the request is sent."""
    current: list[object] = []

    def send(_: httpx.Request) -> httpx.Response:
        current.append(get_current_span().get_span_context().span_id)
        return respond()

    client, _ = scripted(send, hooks=traced.hooks)
    with traced.tracer.start_as_current_span("request") as outer:
        await client.files.get("abc")
        after = get_current_span()

    call, _ = traced.spans
    assert outer.get_span_context().span_id == call.parent.span_id
    assert [call.context.span_id] == current
    assert outer is after


@pytest.mark.parametrize(
    "text",
    [
        "https://ik.imagekit.io/a/b.jpg?ik-t=1&ik-s=SECRET&v=1",
        "https://ik.imagekit.io/a/b.jpg?IK-T=SECRET",
        "token=SECRET, signature: SECRET",
        '{"token": "SECRET", "publicKey": "SECRET"}',
        "Authorization: Basic SECRET",
        "bearer SECRET",
        "http://SECRET:SECRET@proxy.example",
        "privateKey=SECRET",
        "webhook_secret=SECRET",
        "https%3A%2F%2Fik.imagekit.io%2Fa%3Fik-t%3D1%26ik-s%3DSECRET",
        "https://account.blob.core.windows.net/a.jpg?sv=1&sig=SECRET",
        "https://bucket.s3.amazonaws.com/a.jpg?X-Amz-Credential=SECRET&X-Amz-Signature=SECRET",
        '{"privateKey": "-----BEGIN PRIVATE KEY-----\\nSECRET SECRET"}',
        "{'password': 'SECRET SECRET'}",
        "ik-s:  SECRET",
    ],
)
async def test_credentials_are_redacted(scripted, traced, text):
    """Keys, tokens and signatures that an error or a path repeats are not in the span."""
    client, _ = scripted(respond(400, {"message": f"refused: {text}"}), private_key="SECRET", hooks=traced.hooks)
    with pytest.raises(BadRequestError):
        await client.request("GET", f"/v1/{text.replace('?', '&')}")

    (span,) = traced.spans
    assert "***" in span.attributes["url.path"]
    assert "***" in span.status.description
    assert "SECRET" not in span.to_json()


@pytest.mark.parametrize("text", ["a" * 200_000, "a-" * 100_000, "key " * 50_000, "://a" * 50_000, 'key="' * 40_000])
async def test_long_messages_hold_nobody_up(scripted, traced, text):
    """However long a message is, redacting it takes a moment: the event loop must not stand still for it."""
    client, _ = scripted(respond(400, {"message": text}), hooks=traced.hooks)
    with pytest.raises(BadRequestError):
        await client.files.get("abc")

    (span,) = traced.spans
    assert span.status.description.startswith(f"BadRequestError: 400: {text[:3]}")


async def test_other_words_are_kept(scripted, traced):
    """Redaction leaves messages readable."""
    message = "The token was used, the key is wrong: see https://imagekit.io/docs?page=2"
    client, _ = scripted(respond(400, {"message": message}), hooks=traced.hooks)
    with pytest.raises(BadRequestError):
        await client.files.get("abc")

    (span,) = traced.spans
    assert message in span.status.description


async def test_the_global_provider_is_the_default(scripted):
    """Without a provider of its own, and with none set globally, tracing does nothing and changes nothing."""
    client, _ = scripted(respond(), hooks=Hooks(span=OpenTelemetrySpans()))

    file = await client.files.get("abc")

    assert {} == file.to_dict()
