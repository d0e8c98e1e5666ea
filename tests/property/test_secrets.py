"""
No secret in anything that can be shown or stored of a call that fails, whatever a server or a transport repeats.
"""

from __future__ import annotations

import base64
import html
import json
import logging
import pickle
import traceback
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote, unquote

import anyio
import attrs
import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from imagekit_async import AsyncImageKit, Hooks, ImageKitError, capture_calls
from imagekit_async._redaction import Redactor, redacted
from imagekit_async.integrations.opentelemetry import OpenTelemetrySpans
from imagekit_async.models import File, UnknownModel

# What settings accept as a key; every escape has something to do.
KEYS = st.text("aZ09_+/=&\\-.%<", min_size=12, max_size=40).map(lambda text: f"private_{text}")
WORDS = st.text("bcdefgh123456789", min_size=16, max_size=24)
SECRET_NAMES = st.sampled_from(
    ["secretKey", "secret_access_key", "sasToken", "password", "clientSecret", "api-key", "X-Amz-Signature", "ik-s"]
)


@attrs.frozen
class Secrets:
    """All secrets of one call."""

    private_key: str
    webhook_secret: str
    token: str
    signature: str
    password: str
    header: str

    def spellings(self) -> Iterator[str]:
        """Yield each of them in every way that a server may spell it."""
        for secret in attrs.astuple(self):
            yield from (secret, quote(secret), quote(secret, safe=""), html.escape(secret), json.dumps(secret)[1:-1])
            yield from (repr(secret.encode())[2:-1], quote(quote(secret, safe=""), safe=""))
            # Without the last characters, which depend on what follows.
            for before in ("", "x", "xx"):
                yield base64.b64encode(f"{before}{secret}".encode()).decode()[4:-4]


SECRETS = st.builds(
    Secrets,
    private_key=KEYS,
    webhook_secret=WORDS.map(lambda text: f"whsec_{text}"),
    token=WORDS,
    signature=WORDS,
    password=WORDS,
    header=WORDS,
)

ECHOES: dict[str, Callable[[str], str]] = {
    "plain": str,
    "html": html.escape,
    "quoted": lambda text: quote(text, safe=""),
    "twice quoted": lambda text: quote(quote(text, safe=""), safe=""),
    "unquoted": unquote,
    "repr": lambda text: repr(text.encode()),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "json string": json.dumps,
    "json message": lambda text: json.dumps({"message": text}),
    "json in json": lambda text: json.dumps({"message": json.dumps({"request": text}), "help": text, "reason": text}),
    "json field": lambda text: json.dumps({"message": "No.", "errors": [{"request": [text], text: 1}]}),
    "long": lambda text: "x" * 1_990 + text,
    "long message": lambda text: json.dumps({"message": "x" * 1_960 + text}),
    "words": lambda text: " ".join(f"The value {word} is wrong." for word in text.replace("=", " ").split()),
}

Reply = Callable[[str], httpx.Response]
Call = Callable[[AsyncImageKit, Secrets], Awaitable[object]]


def status(code: int) -> Reply:
    """Return a reply with a status and what was echoed as its body."""
    return lambda text: httpx.Response(code, text=text, headers={"x-ik-requestid": "id-1"})


def failure(kind: type[Exception]) -> Reply:
    """Return a reply that fails like a transport, with what was echoed in its text and in that of its cause."""

    def fail(text: str) -> httpx.Response:
        raise kind(text) from OSError(5, text)

    return fail


def header(text: str) -> httpx.Response:
    """Reply with what was echoed in headers."""
    line = quote(text, safe=" :/=?&")
    return httpx.Response(400, headers={"x-ik-requestid": line, "x-echo": line, "content-encoding": line})


REPLIES = [
    *map(status, (200, 400, 401, 403, 407, 429, 500, 503)),
    *map(failure, (httpx.ConnectError, httpx.ReadError, httpx.ReadTimeout, httpx.ProxyError, RuntimeError)),
    header,
]


async def upload(client: AsyncImageKit, secrets: Secrets) -> object:
    """Upload with a client-side signature, from a URL with a password and a signature."""
    url = f"https://someone:{secrets.password}@example.com/a.jpg?ik-t=1900000000&ik-s={secrets.signature}"
    return await client.files.upload(
        file=url, file_name="a.jpg", token=secrets.token, signature=secrets.signature, expire=1, public_key="public"
    )


async def get_from_url(client: AsyncImageKit, secrets: Secrets) -> object:
    """Send a signed URL in the query."""
    return await client.files.metadata.get_from_url(url=f"https://ik.imagekit.io/demo/a.jpg?ik-s={secrets.signature}")


async def create_origin(client: AsyncImageKit, secrets: Secrets) -> object:
    """Send credentials in a JSON body."""
    return await client.request(
        "POST", "/v1/x", json={"a": [{"secretKey": secrets.token, "password": secrets.password}]}
    )


async def get(client: AsyncImageKit, secrets: Secrets) -> object:
    """Send a secret in a header, and in a path that the document does not know."""
    path = f"/v1/x/token={secrets.token}/{quote(secrets.private_key, safe='')}"
    headers = {"X-Api-Key": secrets.header, "Proxy-Authorization": f"Bearer {secrets.signature}"}
    return await client.request("GET", path, query={"sig": secrets.signature}, extra_headers=headers)


CALLS = [upload, get_from_url, create_origin, get]


@contextmanager
def logged() -> Iterator[list[str]]:
    """Collect what the SDK logs."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(logging.Formatter().format(record))  # type: ignore[method-assign]
    logger = logging.getLogger("imagekit_async")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


async def traces(call: Call, secrets: Secrets, echo: Callable[[str], str], reply: Reply) -> list[str]:
    """
    Make a call whose server or transport repeats all of the request, and return every text that it leaves behind.
    """

    async def handler(request: httpx.Request) -> httpx.Response:
        body = (await request.aread()).decode()
        head = "\n".join(f"{name}: {value}" for name, value in request.headers.items())
        return reply(echo(f"{request.method} {request.url}\n{head}\n\n{body}"))

    events: list[object] = []
    exporter, provider = InMemorySpanExporter(), TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    hooks = Hooks(
        on_request=events.append,
        on_response=events.append,
        on_retry=events.append,
        span=OpenTelemetrySpans(provider),
    )
    client = AsyncImageKit(
        secrets.private_key,
        webhook_secret=secrets.webhook_secret,
        default_headers={"X-Webhook-Secret": secrets.webhook_secret, "CF-Access-Token": secrets.header},
        transport=httpx.MockTransport(handler),
        max_retries=0,
        pacing=None,
        hooks=hooks,
    )
    with logged() as lines, capture_calls() as records:
        try:
            events.append(await call(client, secrets))
        except ImageKitError as error:
            events += [error, pickle.loads(pickle.dumps(error)), pickle.dumps(error).decode(errors="backslashreplace")]
            lines += [str(error), *traceback.format_exception(error), json.dumps(getattr(error, "body", None))]
    assert lines
    spans = [span.to_json() for span in exporter.get_finished_spans()]
    return [*lines, *spans, *map(repr, [*events, *records, client])]


@settings(max_examples=150)
@given(
    call=st.sampled_from(CALLS),
    echo=st.sampled_from(list(ECHOES)),
    reply=st.sampled_from(REPLIES),
    secrets=SECRETS,
)
def test_no_failed_call_shows_a_secret(call, echo, reply, secrets):
    """Whatever repeats a request, and however, no error, log, span, event or record shows a secret of it."""
    told = anyio.run(traces, call, secrets, ECHOES[echo], reply)

    shown = [(spelling, text) for spelling in secrets.spellings() for text in told if spelling in text]
    assert [] == shown


@given(name=SECRET_NAMES, secret=WORDS, depth=st.integers(0, 3))
def test_no_model_shows_an_unknown_secret(name, secret, depth):
    """The repr of a model hides fields that the document does not know but that are named like a secret."""
    value: object = {name: secret, "note": f"see https://a:{secret}@example.com/?ik-s={secret}"}
    for _ in range(depth):
        value = {"more": [value]}

    for model in (File.from_dict({"name": "a", "x": value}), UnknownModel.from_dict({"x": value})):
        assert secret not in repr(model)
        assert model == pickle.loads(pickle.dumps(model))


@given(secret=KEYS, text=st.text(max_size=30), spell=st.sampled_from(list(ECHOES)))
def test_a_known_secret_is_removed_from_any_text(secret, text, spell):
    """A known secret is found in the middle of other text, however the whole is escaped."""
    told = Redactor(secret)(ECHOES[spell](f"{text} {secret} {text}"))

    assert secret not in told
    assert base64.b64encode(secret.encode()).decode()[4:-4] not in told


@pytest.mark.parametrize(
    "text",
    [
        "private_HUSHHUSHHUSH= is not valid",
        "whsec_HUSHHUSHHUSH",
        "eyJHUSH.eyJHUSH.HUSH-HUSH",
        "<secretKey>HUSH</secretKey>",
        "&quot;password&quot;:&quot;HUSH HUSH&quot;",
        '{\\"password\\":\\"HUSH HUSH\\"}',
        'name="token"\r\n\r\nHUSH\r\n',
        "tokens=['HUSH', 'HUSH'], credentials={'HUSH': 'HUSH'}",
        "headers[X-Api-Key]=HUSH",
        "Set-Cookie: HUSH",
        "?key=HUSH",
    ],
)
def test_what_looks_like_a_credential_is_removed(text):
    """Keys of accounts and webhooks, tokens, and values named like a secret need not be known."""
    assert "HUSH" not in redacted(text)


@given(st.text())
def test_redacting_twice_changes_nothing(text):
    """What is redacted stays as it is when it is redacted again, as an error in a span is."""
    once = redacted(text)

    assert once == redacted(once)


@pytest.mark.parametrize(
    "text",
    [
        "Your request contains invalid value for fileName parameter.",
        "The token was used, the key is wrong: see https://imagekit.io/docs?page=2",
        "Invalid key: must be one of a, b",
        '{"publicKey": "public_abc", "public_key": "public_abc"}',
        "https://ik.imagekit.io/demo/tr:w-300,h-200/a.jpg?updatedAt=1",
        '{"fileId": "0123456789abcdef01234567", "tags": ["monkey", "keyboard"]}',
        "2026-11-26T08:00:00Z a@example.com",
    ],
)
def test_other_text_is_kept(text):
    """Text without credentials is not changed."""
    assert text == redacted(text)
