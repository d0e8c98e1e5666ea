"""
From a request to a typed event: the signature is checked before the body is parsed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from .._generated.webhooks import EVENT
from .._json import is_object
from ..errors import ConfigurationError, WebhookPayloadError
from ._signatures import DEFAULT_TOLERANCE, STANDARD, raw_body, utc_now, verify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from .._generated.webhooks import WebhookEvent
    from ._signatures import Scheme


def unwrap(
    payload: bytes | str,
    headers: Mapping[str, str],
    secret: str | bytes,
    *,
    tolerance: timedelta = DEFAULT_TOLERANCE,
    now: datetime | None = None,
    scheme: Scheme = STANDARD,
) -> WebhookEvent:
    """
    Verify a webhook and return its event.

    Args:
        payload: Body of the request exactly as received, not parsed.
        headers: Headers of the request; case does not matter.
        secret: Secret of the webhook, with its prefix `whsec_`.
        tolerance: Greatest difference between the time of sending and now, in either direction; by default 5 minutes.
        now: Current time, an aware datetime; by default the system clock.
        scheme: How the sender signs; `x-ik-signature` for the header that ImageKit used before.

    Returns:
        The model of the event; an `UnknownEvent` if this version does not know its type.

    Raises:
        WebhookHeaderError: A header of the signature is missing.
        WebhookTimestampError: The time of sending cannot be read.
        WebhookTooOldError: The webhook was sent longer ago than the tolerance.
        WebhookTooNewError: The webhook was sent further in the future than the tolerance.
        WebhookSignatureError: No signature matches.
        WebhookPayloadError: The body is authentic but is not a JSON object.
        TypeError: The payload is neither bytes nor text.
        ValueError: `now` has no time zone, the tolerance is negative, or the scheme is unknown.
        ConfigurationError: The secret is blank.
    """
    body = raw_body(payload)
    verify(body, headers, secret, tolerance=tolerance, now=utc_now() if now is None else now, scheme=scheme)
    return unsafe_unwrap(body)


def unsafe_unwrap(payload: bytes | str) -> WebhookEvent:
    """
    Return the event in a body without verifying it: anyone may have sent it.

    Args:
        payload: The raw body.

    Raises:
        WebhookPayloadError: The body is not a JSON object.
        TypeError: The payload is neither bytes nor text.
    """
    body = raw_body(payload)
    try:
        value: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise WebhookPayloadError("The body of the webhook is not JSON") from error
    if not is_object(value):
        raise WebhookPayloadError(f"The body of the webhook must be a JSON object, got a {type(value).__name__}")
    return cast("WebhookEvent", EVENT.decode(value))


class Webhooks:
    """
    Webhooks verified with a client's `webhook_secret`, under the method names of the vendor's SDK.

    Args:
        secret: Secret of the webhook; None if every call passes its own.
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: str | None) -> None:
        self._secret = secret

    def unwrap(
        self,
        payload: bytes | str,
        headers: Mapping[str, str],
        *,
        key: str | bytes | None = None,
        tolerance: timedelta = DEFAULT_TOLERANCE,
        now: datetime | None = None,
        scheme: Scheme = STANDARD,
    ) -> WebhookEvent:
        """
        Verify a webhook and return its event; see `imagekit_async.webhooks.unwrap`.

        Args:
            payload: Body of the request exactly as received, not parsed.
            headers: Headers of the request; case does not matter.
            key: Secret of the webhook; by default the client's `webhook_secret`.
            tolerance: Greatest difference between the time of sending and now; by default 5 minutes.
            now: Current time, an aware datetime; by default the system clock.
            scheme: How the sender signs.

        Raises:
            WebhookVerificationError: The webhook is not authentic, or its body is not a JSON object.
            TypeError: The payload is neither bytes nor text.
            ConfigurationError: There is no secret, or it is blank.
        """
        secret = self._secret if key is None else key
        if secret is None:
            raise ConfigurationError(
                "key is required to verify webhooks: pass key=..., or webhook_secret=... to the client, or set "
                "IMAGEKIT_WEBHOOK_SECRET"
            )
        return unwrap(payload, headers, secret, tolerance=tolerance, now=now, scheme=scheme)

    def unsafe_unwrap(self, payload: bytes | str) -> WebhookEvent:
        """
        Return the event in a body without verifying it; see `imagekit_async.webhooks.unsafe_unwrap`.

        Raises:
            WebhookPayloadError: The body is not a JSON object.
            TypeError: The payload is neither bytes nor text.
        """
        return unsafe_unwrap(payload)
