"""
Signatures of webhooks: made, and checked in constant time. Plain functions over bytes and headers; the current scheme
is that of Standard Webhooks (https://www.standardwebhooks.com), the older one the header `x-ik-signature`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
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
How webhooks are signed: with the headers of Standard Webhooks, or with the one header that ImageKit used before.
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
        # The length is limited because Python refuses to read very long numbers.
        if not re.fullmatch("[0-9]{1,20}", self.timestamp):
            raise WebhookTimestampError("The time of sending is missing or no whole number")
        return int(self.timestamp) / self.per_second


def utc_now() -> datetime:
    """
    Return the current time.
    """
    return datetime.now(UTC)


def raw_body(payload: bytes | str) -> bytes:
    """
    Return the bytes that were signed.

    Raises:
        TypeError: The payload is neither bytes nor text, e.g. JSON that was parsed already.
    """
    if isinstance(payload, str):
        return payload.encode("utf-8", "surrogatepass")
    if not isinstance(payload, bytes | bytearray):  # pyright: ignore[reportUnnecessaryIsInstance] - checks untyped callers
        raise TypeError(
            f"pass the raw body of the request as bytes or str, not {type(payload).__name__}: the signature is over "
            "the bytes as they were sent, which parsed JSON cannot give back"
        )
    return bytes(payload)


def signing_keys(secret: str | bytes) -> list[bytes]:
    """
    Return the keys that a secret stands for: its own bytes, as in the vendor's SDKs, and what it decodes to as base64
    without its prefix, as Standard Webhooks has it.

    Raises:
        ConfigurationError: The secret is blank.
    """
    whole = _bytes(secret) if isinstance(secret, str) else secret
    encoded = whole.removeprefix(SECRET_PREFIX) if whole else b""
    if not encoded.strip():
        raise ConfigurationError("The secret of the webhook must not be blank")
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
    Return the headers that ImageKit would send with a payload, to test the receiver of webhooks.

    Args:
        payload: The raw body.
        secret: Secret of the webhook; all of its bytes are the key, as in the vendor's SDKs.
        id: Id of the message; by default a new random one. The older scheme has none.
        timestamp: When it was sent, an aware datetime; by default now.
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
    Check time and signature.

    Args:
        body: The raw body.
        headers: Headers of the request, in any case.
        secret: Secret of the webhook.
        tolerance: How far the time of sending may be from now, on either side.
        now: The current time, aware.
        scheme: How the sender signs.

    Returns:
        What tells this delivery from all others: the id of the message, in the older scheme its signature.

    Raises:
        WebhookVerificationError: It is not authentic; the subclass tells why.
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
    # Any match suffices; which one it was is no secret, so only each comparison takes constant time.
    if not any(_same(one, other) for one in signed.signatures for other in expected):
        raise WebhookSignatureError(
            "No signature fits: pass the body exactly as it was received, and the secret of this very webhook"
        )
    return expected[0] if older else signed.id


def checked_tolerance(tolerance: timedelta) -> timedelta:
    """
    Return the tolerance if it is not negative.

    Raises:
        ValueError: It is.
    """
    if tolerance < timedelta(0):
        raise ValueError(f"tolerance must not be negative, which {tolerance!r} is")
    return tolerance


def checked_scheme(scheme: Scheme) -> Scheme:
    """
    Return the scheme if there is one of this name.

    Raises:
        ValueError: There is none.
    """
    if scheme not in (STANDARD, OLDER):
        raise ValueError(f"scheme must be {STANDARD!r} or {OLDER!r}, not {scheme!r}")
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
        raise WebhookHeaderError(f"The request has no header {' and no header '.join(missing)}")
    return [given[name] for name in names]


def _seconds(moment: datetime) -> float:
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone; pass an aware datetime, e.g. with tzinfo=timezone.utc")
    return moment.timestamp()


def _check_age(seconds: float, tolerance: timedelta) -> None:
    limit = tolerance.total_seconds()
    if seconds > limit:
        raise WebhookTooOldError(f"The webhook was sent {seconds:.0f} s ago, more than {limit:.0f} s")
    if seconds < -limit:
        raise WebhookTooNewError(f"The webhook was sent {-seconds:.0f} s in the future, more than {limit:.0f} s")


def _digest(key: bytes, *parts: bytes) -> bytes:
    return hmac.new(key, b".".join(parts), hashlib.sha256).digest()


def _base64(key: bytes, id: str, timestamp: str, body: bytes) -> str:
    return base64.b64encode(_digest(key, _bytes(id), _bytes(timestamp), body)).decode()


def _hexadecimal(key: bytes, timestamp: str, body: bytes) -> str:
    return _digest(key, _bytes(timestamp), body).hex()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(_bytes(one), _bytes(other))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
