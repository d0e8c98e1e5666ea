"""
Webhooks: what is accepted, what is refused with which error, and which event results.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import pickle
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest

from imagekit_async import errors, models, webhooks
from imagekit_async._generated.webhooks import EVENT
from imagekit_async.models import FileCreatedEvent, FileDeletedEvent, WebhookEventType
from imagekit_async.webhooks import Scheme, UnknownEvent, Webhooks, sign, unsafe_unwrap, unwrap

SECRET = "whsec_dGhpcy1pcy1hLXRlc3Qtc2VjcmV0LTAwMDE="
BODY = b'{"id":"evt_1","type":"file.deleted","created_at":"2026-09-21T14:13:20.000Z","data":{"fileId":"abc"}}'
SENT = datetime.fromtimestamp(1790000000, UTC)
WHOLE = "SqWI6NwnDT6oVcQoLWGllrSl2zU8ICpb/kx1Mxs/nNM="
GENERIC = "COvKrA9TWWcZoN0hBc8WLH92kP/V+B87qgq8r9uj9o4="
OLDER = "c2a1c1f60a8b2718887d1af43a3e0559baaf49b3dc06d55d90032549d51e89c5"
BOTH: tuple[Scheme, ...] = get_args(Scheme)


def headers(signature: str = f"v1,{WHOLE}", timestamp: str = "1790000000") -> dict[str, str]:
    """
    Return headers of the current scheme for `BODY`.
    """
    return {"webhook-id": "msg_0001", "webhook-timestamp": timestamp, "webhook-signature": signature}


def older(value: str = f"t=1790000000000,v1={OLDER}") -> dict[str, str]:
    """
    Return the header of the older scheme for `BODY`.
    """
    return {"x-ik-signature": value}


@pytest.mark.parametrize("signature", [WHOLE, GENERIC], ids=["whole secret", "decoded secret"])
def test_known_signatures(signature: str) -> None:
    """A signature with either key derivation is accepted and yields the typed event."""
    event = unwrap(BODY, headers(f"v1,{signature}"), SECRET, now=SENT)

    assert isinstance(event, FileDeletedEvent)
    assert ("evt_1", SENT, "abc") == (event.id, event.created_at, event.data.file_id)


def test_known_older_signature() -> None:
    """The older header is accepted if its scheme is selected."""
    event = unwrap(BODY, older(), SECRET, now=SENT, scheme="x-ik-signature")

    assert "file.deleted" == event.type


@pytest.mark.parametrize("payload", [BODY, BODY.decode(), bytearray(BODY)], ids=["bytes", "str", "bytearray"])
@pytest.mark.parametrize("secret", [SECRET, SECRET.encode()], ids=["str", "bytes"])
def test_raw_forms(payload: bytes | str, secret: str | bytes) -> None:
    """Body and secret may be bytes or text."""
    event = unwrap(payload, headers(), secret, now=SENT)

    assert json.loads(BODY) == event.to_dict()


@pytest.mark.parametrize(
    "signature",
    [
        f"v1,{'A' * 43}= v1,{WHOLE}",
        f"v1a,{'A' * 86}== v1,{GENERIC}",
        f"v2,{WHOLE}\tv1,{WHOLE}",
        f"v1 , v1,{WHOLE}  v1",
    ],
)
def test_any_signature_of_several(signature: str) -> None:
    """One matching entry of version v1 is enough, whatever else the header contains."""
    event = unwrap(BODY, headers(signature), SECRET, now=SENT)

    assert "evt_1" == event.id


def test_header_names_in_any_case() -> None:
    """Header names are compared without regard to case."""
    event = unwrap(BODY, {name.title(): value for name, value in headers().items()}, SECRET, now=SENT)

    assert "evt_1" == event.id


@pytest.mark.parametrize(
    "signature",
    [
        f"v2,{WHOLE}",
        f"v1a,{WHOLE}",
        WHOLE,
        f"v1={WHOLE}",
        f"v1,{WHOLE[:-1]}",
        f"v1,{WHOLE}=",
        f"v1,{WHOLE.swapcase()}",
        "v1,",
        "v1,\u00e4\ud800",
        ",",
    ],
)
def test_signature_refused(signature: str) -> None:
    """An unknown version, or a signature that differs from the expected text, never matches."""
    with pytest.raises(errors.WebhookSignatureError):
        unwrap(BODY, headers(signature), SECRET, now=SENT)


@pytest.mark.parametrize(
    "value",
    ["t=1790000000000", "t=1790000000000,v1=", f"t=1790000000000,v1={OLDER.upper()}", f"t=1790000000001,v1={OLDER}"],
)
def test_older_signature_refused(value: str) -> None:
    """The older header must contain the lower-case digest of its time and body."""
    with pytest.raises(errors.WebhookSignatureError):
        unwrap(BODY, older(value), SECRET, now=SENT, scheme="x-ik-signature")


@pytest.mark.parametrize("scheme", BOTH)
@pytest.mark.parametrize("body", [BODY + b" ", BODY.replace(b"abc", b"xyz"), b"", "\ud800"])
def test_changed_body_refused(scheme: Scheme, body: bytes | str) -> None:
    """The signature covers the bytes as they were sent."""
    with pytest.raises(errors.WebhookSignatureError):
        unwrap(body, headers() | older(), SECRET, now=SENT, scheme=scheme)


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
@pytest.mark.parametrize("value", [None, ""], ids=["absent", "empty"])
def test_missing_header_refused(name: str, value: str | None) -> None:
    """A missing header raises an error that names it."""
    given = {key: text for key, text in (headers() | {name: value}).items() if text is not None}

    with pytest.raises(errors.WebhookHeaderError, match=name):
        unwrap(BODY, given, SECRET, now=SENT)


@pytest.mark.parametrize(
    ("given", "scheme"), [(older(), "standard-webhooks"), (headers(), "x-ik-signature"), ({}, BOTH[0])]
)
def test_scheme_is_never_guessed(given: dict[str, str], scheme: Scheme) -> None:
    """Only the selected scheme is checked, so a sender cannot choose the weaker one."""
    with pytest.raises(errors.WebhookHeaderError):
        unwrap(BODY, given, SECRET, now=SENT, scheme=scheme)


@pytest.mark.parametrize(
    "timestamp", ["now", "1790000000.0", "+1790000000", " 1790000000", "1_790", "\u0661", "9" * 5000]
)
def test_malformed_timestamp_refused(timestamp: str) -> None:
    """The time of sending must be a whole number of at most 20 ASCII digits."""
    with pytest.raises(errors.WebhookTimestampError):
        unwrap(BODY, headers(timestamp=timestamp), SECRET, now=SENT)


@pytest.mark.parametrize("value", ["none", f"v1={OLDER}", f"t=,v1={OLDER}", f"t=x,v1={OLDER}"])
def test_malformed_older_timestamp_refused(value: str) -> None:
    """The older header is refused if its time is unreadable."""
    with pytest.raises(errors.WebhookTimestampError):
        unwrap(BODY, older(value), SECRET, now=SENT, scheme="x-ik-signature")


@pytest.mark.parametrize("scheme", BOTH)
@pytest.mark.parametrize("tolerance", [timedelta(0), timedelta(minutes=5), timedelta(days=400)])
def test_tolerance(scheme: Scheme, tolerance: timedelta) -> None:
    """The tolerance holds in both directions, its limit included."""
    given = headers() | older()
    step = timedelta(milliseconds=1)

    for now in (SENT - tolerance, SENT, SENT + tolerance):
        unwrap(BODY, given, SECRET, tolerance=tolerance, now=now, scheme=scheme)
    with pytest.raises(errors.WebhookTooOldError):
        unwrap(BODY, given, SECRET, tolerance=tolerance, now=SENT + tolerance + step, scheme=scheme)
    with pytest.raises(errors.WebhookTooNewError):
        unwrap(BODY, given, SECRET, tolerance=tolerance, now=SENT - tolerance - step, scheme=scheme)


def test_default_clock_and_tolerance() -> None:
    """By default a webhook signed now is accepted, and one from six minutes ago is not."""
    now = datetime.now(UTC)

    assert "evt_1" == unwrap(BODY, sign(BODY, SECRET), SECRET).id
    with pytest.raises(errors.WebhookTooOldError):
        unwrap(BODY, sign(BODY, SECRET, timestamp=now - timedelta(minutes=6)), SECRET)


@pytest.mark.parametrize("payload", [json.loads(BODY), [1], None, 7])
def test_parsed_body_refused(payload: Any) -> None:
    """Parsed JSON raises a TypeError that says what to pass instead."""
    with pytest.raises(TypeError, match="raw body"):
        unwrap(payload, headers(), SECRET, now=SENT)
    with pytest.raises(TypeError, match="raw body"):
        unsafe_unwrap(payload)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 200_000, b"[]", b"null", b'"text"'], ids=repr)
def test_payload_that_is_no_object(body: bytes) -> None:
    """An authentic body that is not a JSON object has its own error."""
    with pytest.raises(errors.WebhookPayloadError):
        unwrap(body, sign(body, SECRET, timestamp=SENT), SECRET, now=SENT)


def test_signature_comes_before_content() -> None:
    """A body that is not authentic is not parsed."""
    with pytest.raises(errors.WebhookSignatureError):
        unwrap(b"{", headers(), SECRET, now=SENT)


@pytest.mark.parametrize("secret", [5, ["whsec_hush"], {"secret": "whsec_hush"}])
def test_a_secret_of_another_type_is_refused(secret: Any) -> None:
    """What is neither text nor bytes is refused by name and type, without being shown."""
    with pytest.raises(TypeError, match=r"^secret of the webhook must be a str or bytes, got \w+$"):
        sign(BODY, secret)
    with pytest.raises(TypeError, match=r"^secret of the webhook must be a str or bytes"):
        webhooks.WebhookEndpoint(secret, print)


@pytest.mark.parametrize("secret", ["", " ", "whsec_", b"", b"whsec_ ", None])
def test_blank_secret_refused(secret: Any) -> None:
    """A blank secret would let anyone sign, so it is refused."""
    with pytest.raises(errors.ConfigurationError, match="blank"):
        unwrap(BODY, headers(), secret, now=SENT)
    with pytest.raises(errors.ConfigurationError, match="blank"):
        sign(BODY, secret)


def test_secret_that_is_no_base64() -> None:
    """A secret that is not base64 still verifies with its own bytes."""
    secret = "whsec_not base64!"

    assert "evt_1" == unwrap(BODY, sign(BODY, secret, timestamp=SENT), secret, now=SENT).id


@pytest.mark.parametrize("secret", ["whsec_====", "whsec_=", "="])
def test_empty_key_never_fits(secret: str) -> None:
    """A secret that decodes to nothing does not allow the empty key."""
    forged = base64.b64encode(hmac.digest(b"", b"msg_0001.1790000000." + BODY, hashlib.sha256)).decode()

    with pytest.raises(errors.WebhookSignatureError):
        unwrap(BODY, headers(f"v1,{forged}"), secret, now=SENT)


@pytest.mark.parametrize(
    "options",
    [{"now": datetime(2026, 9, 21)}, {"tolerance": timedelta(seconds=-1)}, {"scheme": "v1"}],
)
def test_unusable_options_refused(options: dict[str, Any]) -> None:
    """A naive time, a negative tolerance and an unknown scheme raise a ValueError."""
    with pytest.raises(ValueError, match=next(iter(options)).replace("now", "time zone")) as caught:
        unwrap(BODY, headers(), SECRET, **{"now": SENT, **options})

    assert not isinstance(caught.value, errors.WebhookVerificationError)


def test_errors_are_distinct_and_show_no_secret() -> None:
    """Each failure has its own class below one root, can be pickled, and shows no secret or signature."""
    cases: list[tuple[bytes, dict[str, str], datetime]] = [
        (BODY, {}, SENT),
        (BODY, headers(timestamp="x"), SENT),
        (BODY, headers(), SENT + timedelta(hours=1)),
        (BODY, headers(), SENT - timedelta(hours=1)),
        (BODY + b" ", headers(), SENT),
        (b"{", sign(b"{", SECRET, timestamp=SENT), SENT),
    ]
    caught: list[errors.WebhookVerificationError] = []
    for body, given, now in cases:
        with pytest.raises(errors.WebhookVerificationError) as info:
            unwrap(body, given, SECRET, now=now)
        caught.append(info.value)

    assert set(errors.WebhookVerificationError.__subclasses__()) == {type(error) for error in caught}
    assert caught == pickle.loads(pickle.dumps(caught))
    shown = repr([(str(error), repr(error)) for error in caught])
    assert not any(text in shown for text in (SECRET, SECRET[6:], WHOLE, GENERIC))
    assert issubclass(errors.WebhookVerificationError, errors.ImageKitError)
    assert issubclass(errors.WebhookVerificationError, ValueError)


@pytest.mark.parametrize("kind", get_args(WebhookEventType))
def test_every_event_type_is_typed(kind: str) -> None:
    """Every event that a webhook can subscribe to has a model, which keeps the payload."""
    payload = {"id": "evt_2", "type": kind, "created_at": "2026-09-21T14:13:20Z", "data": {}, "later": 1}
    event = unsafe_unwrap(json.dumps(payload))

    assert kind == event.type
    assert type(event) is EVENT.variants[kind].model
    assert type(event) is getattr(models, type(event).__name__)
    assert (payload, SENT) == (event.to_dict(), event.created_at)


def test_no_event_type_beyond_the_subscribable() -> None:
    """The known event types are exactly those that a webhook can subscribe to."""
    assert set(get_args(WebhookEventType)) == set(EVENT.variants)


@pytest.mark.parametrize("payload", [{"type": "file.frozen", "data": {"fileId": "a"}}, {}, {"type": 3}, {"type": None}])
def test_unknown_event_keeps_its_payload(payload: dict[str, Any]) -> None:
    """An unknown event type yields an `UnknownEvent` with the whole payload."""
    body = json.dumps(payload)
    event = unwrap(body, sign(body, SECRET, timestamp=SENT), SECRET, now=SENT)

    assert isinstance(event, UnknownEvent)
    assert payload == event.to_dict()
    assert payload.get("type") == event.type


def test_event_of_unexpected_shape_is_not_lost() -> None:
    """A known event type with missing or odd fields still yields its model."""
    event = unsafe_unwrap(b'{"type":"file.created","created_at":"soon","data":7}')

    assert isinstance(event, FileCreatedEvent)
    assert "file.created" == event.type
    assert (None, None, None) == tuple(getattr(event, name, None) for name in ("id", "created_at", "data"))


def test_union_of_events() -> None:
    """`WebhookEvent` is the union of all events and the unknown one, at run time too."""
    members = get_args(webhooks.WebhookEvent)

    assert {variant.model for variant in EVENT.variants.values()} | {UnknownEvent} == set(members)


@pytest.mark.parametrize("name", webhooks.__all__)
def test_exported_names(name: str) -> None:
    """Each public name can be imported."""
    assert hasattr(webhooks, name)


def test_unknown_name() -> None:
    """A misspelled name raises an AttributeError that shows it."""
    with pytest.raises(AttributeError, match="wrap"):
        webhooks.wrap  # noqa: B018


def test_sign_gives_the_known_headers() -> None:
    """Signing returns the headers that the vendor's SDKs accept."""
    assert headers() == sign(BODY, SECRET, id="msg_0001", timestamp=SENT)
    assert older() == sign(BODY, SECRET, timestamp=SENT, scheme="x-ik-signature")


def test_sign_makes_up_ids() -> None:
    """Each signed delivery has its own id."""
    assert sign(BODY, SECRET, timestamp=SENT) != sign(BODY, SECRET, timestamp=SENT)


@pytest.mark.parametrize("options", [{"timestamp": datetime(2026, 9, 21)}, {"scheme": "v1"}])
def test_sign_refuses_unusable_options(options: dict[str, Any]) -> None:
    """Signing refuses a naive time and an unknown scheme."""
    with pytest.raises(ValueError, match=r"time zone|scheme"):
        sign(BODY, SECRET, **options)


def test_client_calls_use_its_secret() -> None:
    """`client.webhooks.unwrap` uses the client's secret or the call's, under the vendor's names."""
    calls = Webhooks("whsec_other")

    assert "evt_1" == Webhooks(SECRET).unwrap(BODY, headers=headers(), now=SENT).id
    assert "evt_1" == calls.unwrap(BODY, headers(), key=SECRET, now=SENT).id
    assert "evt_1" == calls.unsafe_unwrap(BODY).id
    with pytest.raises(errors.WebhookSignatureError):
        calls.unwrap(BODY, headers(), now=SENT)


def test_client_without_secret() -> None:
    """Without a secret, the error names the ways to set one."""
    with pytest.raises(errors.ConfigurationError, match="IMAGEKIT_WEBHOOK_SECRET"):
        Webhooks(None).unwrap(BODY, headers())


def test_client_calls_show_no_secret() -> None:
    """The repr of `client.webhooks` shows no secret."""
    assert "whsec" not in repr(Webhooks(SECRET))
