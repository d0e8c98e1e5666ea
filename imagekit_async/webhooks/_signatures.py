"""
Sign webhooks and verify their signatures in constant time. The current scheme is Standard Webhooks
(https://www.standardwebhooks.com); the older one is the header `x-ik-signature`.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import attrs

from ..errors import (
    ConfigurationError,
    WebhookHeaderError,
    WebhookSignatureError,
    WebhookTimestampError,
    WebhookTooNewError,
    WebhookTooOldError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

Scheme = Literal["standard-webhooks", "x-ik-signature"]
"""
How webhooks are signed: with the headers of Standard Webhooks, or with the header that ImageKit used before.
"""

STANDARD: Scheme = "standard-webhooks"
OLDER: Scheme = "x-ik-signature"
DEFAULT_TOLERANCE = timedelta(minutes=5)
SECRET_PREFIX = b"whsec_"


@attrs.frozen
class _Signed:
    id: str
    timestamp: str
    per_second: int
    signatures: list[str] = attrs.field(repr=False)

    def seconds(self) -> float:
        # The length is limited because Python refuses to parse very long numbers.
        if not re.fullmatch("[0-9]{1,20}", self.timestamp):
            raise WebhookTimestampError("The time of sending is missing or is not a whole number")
        return int(self.timestamp) / self.per_second


def utc_now() -> datetime:
    return datetime.now(UTC)


def raw_body(payload: bytes | str) -> bytes:
    """
    Return the bytes that were signed.

    Raises:
        TypeError: The payload is neither bytes nor text, for example JSON that was already parsed.
    """
    if isinstance(payload, str):
        return _bytes(payload)
    if not isinstance(payload, bytes | bytearray):  # pyright: ignore[reportUnnecessaryIsInstance] - checks untyped callers
        raise TypeError(
            f"payload must be the raw body of the request as bytes or str, got {type(payload).__name__}: the signature "
            "covers the bytes as they were sent, which cannot be restored from parsed JSON"
        )
    return bytes(payload)


def signing_keys(secret: str | bytes) -> list[bytes]:
    """
    Return the keys that a secret stands for: its own bytes, as in the vendor's SDKs, and what it decodes to as base64
    without its prefix, as in Standard Webhooks.

    Raises:
        ConfigurationError: The secret is blank.
        TypeError: It is neither text nor bytes.
    """
    if secret and not isinstance(secret, str | bytes):  # pyright: ignore[reportUnnecessaryIsInstance] - checks untyped callers
        raise TypeError(f"secret of the webhook must be a str or bytes, got {type(secret).__name__}")
    whole = _bytes(secret) if isinstance(secret, str) else secret
    encoded = whole.removeprefix(SECRET_PREFIX) if whole else b""
    if not encoded.strip():
        raise ConfigurationError("secret of the webhook must not be blank")
    try:
        decoded = base64.b64decode(encoded + b"=" * (-len(encoded) % 4), validate=True)
    except binascii.Error:
        decoded = b""
    return [whole, decoded] if decoded else [whole]


def sign(
    payload: bytes | str,
    secret: str | bytes,
    *,
    id: str | None = None,
    timestamp: datetime | None = None,
    scheme: Scheme = STANDARD,
) -> dict[str, str]:
    """
    Return the headers that ImageKit would send with a payload, for tests of a receiver.

    Args:
        payload: The raw body.
        secret: Secret of the webhook. All of its bytes are the key, as in the vendor's SDKs.
        id: Id of the message; by default a random one. The older scheme has none.
        timestamp: Time of sending, an aware datetime; by default now.
        scheme: How to sign.

    Raises:
        TypeError: The payload is neither bytes nor text.
        ValueError: The timestamp has no time zone, or the scheme is unknown.
        ConfigurationError: The secret is blank.
    """
    body, key = raw_body(payload), signing_keys(secret)[0]
    seconds = _seconds(utc_now() if timestamp is None else timestamp)
    if checked_scheme(scheme) == OLDER:
        milliseconds = str(round(seconds * 1000))
        return {"x-ik-signature": f"t={milliseconds},v1={_hexadecimal(key, milliseconds, body)}"}
    id = f"msg_{secrets.token_hex(12)}" if id is None else id
    sent = str(int(seconds))
    return {"webhook-id": id, "webhook-timestamp": sent, "webhook-signature": f"v1,{_base64(key, id, sent, body)}"}


def verify(
    body: bytes,
    headers: Mapping[str, str],
    secret: str | bytes,
    *,
    tolerance: timedelta,
    now: datetime,
    scheme: Scheme,
) -> str:
    """
    Check the time of sending and the signature, and return what identifies the delivery.

    Raises:
        WebhookVerificationError: The delivery is not authentic; the subclass says why.
        ValueError: The scheme is unknown, `now` has no time zone, or the tolerance is negative.
        ConfigurationError: The secret is blank.
    """
    keys = signing_keys(secret)
    older = checked_scheme(scheme) == OLDER
    signed = _older_parts(headers) if older else _standard_parts(headers)
    _check_age(_seconds(now) - signed.seconds(), checked_tolerance(tolerance))
    if older:
        expected = [_hexadecimal(keys[0], signed.timestamp, body)]
    else:
        expected = [_base64(key, signed.id, signed.timestamp, body) for key in keys]
    # Any match suffices. Which one matched is not secret, so only each comparison takes constant time.
    if not any(hmac.compare_digest(_bytes(one), _bytes(other)) for one in signed.signatures for other in expected):
        raise WebhookSignatureError(
            "No signature matches: pass the body exactly as received, and the secret of this webhook"
        )
    return expected[0] if older else signed.id


def checked_tolerance(tolerance: timedelta) -> timedelta:
    if tolerance < timedelta(0):
        raise ValueError(f"tolerance must not be negative, got {tolerance!r}")
    return tolerance


def checked_scheme(scheme: Scheme) -> Scheme:
    if scheme not in (STANDARD, OLDER):
        raise ValueError(f"scheme must be {STANDARD!r} or {OLDER!r}, got {scheme!r}")
    return scheme


def _standard_parts(headers: Mapping[str, str]) -> _Signed:
    id, timestamp, signature = _required(headers, "webhook-id", "webhook-timestamp", "webhook-signature")
    entries = [entry.partition(",") for entry in signature.split()]
    return _Signed(id, timestamp, 1, [value for version, _, value in entries if version == "v1"])


def _older_parts(headers: Mapping[str, str]) -> _Signed:
    (header,) = _required(headers, "x-ik-signature")
    parts = {name.strip(): value.strip() for name, _, value in (part.partition("=") for part in header.split(","))}
    return _Signed("", parts.get("t", ""), 1000, [parts.get("v1", "")])


def _required(headers: Mapping[str, str], *names: str) -> list[str]:
    given = {name.lower(): value for name, value in headers.items()}
    missing = [name for name in names if not given.get(name)]
    if missing:
        raise WebhookHeaderError(f"The request lacks the header {' and the header '.join(missing)}")
    return [given[name] for name in names]


def _seconds(moment: datetime) -> float:
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone; pass an aware datetime, for example datetime.now(UTC)")
    return moment.timestamp()


def _check_age(seconds: float, tolerance: timedelta) -> None:
    limit = tolerance.total_seconds()
    if seconds > limit:
        raise WebhookTooOldError(f"The webhook was sent {seconds:.0f} s ago, more than {limit:.0f} s")
    if seconds < -limit:
        raise WebhookTooNewError(f"The webhook was sent {-seconds:.0f} s in the future, more than {limit:.0f} s")


def _digest(key: bytes, *parts: bytes) -> bytes:
    return hmac.digest(key, b".".join(parts), "sha256")


def _base64(key: bytes, id: str, timestamp: str, body: bytes) -> str:
    return base64.b64encode(_digest(key, _bytes(id), _bytes(timestamp), body)).decode()


def _hexadecimal(key: bytes, timestamp: str, body: bytes) -> str:
    return _digest(key, _bytes(timestamp), body).hex()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
