"""
From a request to a typed event: the signature is checked first, the body is read after that.
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
    Return the event that a webhook carries, once it is certain that ImageKit sent it.

    Args:
        payload: The body of the request exactly as it was received, not parsed.
        headers: The headers of the request, in any case.
        secret: Secret of the webhook, with its prefix `whsec_`.
        tolerance: How far the time of sending may be from now, on either side; by default 5 minutes.
        now: The current time, an aware datetime; by default the system's.
        scheme: How the sender signs; `x-ik-signature` for the header that ImageKit used before.

    Returns:
        The model of the event; an `UnknownEvent` if this version does not know its type.

    Raises:
        WebhookHeaderError: A header of the signature is missing.
        WebhookTimestampError: The time of sending cannot be read.
        WebhookTooOldError: It was sent longer ago than the tolerance.
        WebhookTooNewError: It was sent further in the future than the tolerance.
        WebhookSignatureError: No signature fits.
        WebhookPayloadError: The body is authentic, but no JSON object.
        TypeError: The payload is neither bytes nor text.
        ValueError: `now` has no time zone, the tolerance is negative, or the scheme is unknown.
        ConfigurationError: The secret is blank.
    """
    body = raw_body(payload)
    verify(body, headers, secret, tolerance=tolerance, now=utc_now() if now is None else now, scheme=scheme)
    return unsafe_unwrap(body)


def unsafe_unwrap(payload: bytes | str) -> WebhookEvent:
    """
    Return the event in a body that nobody verified: anyone may have sent it.

    Args:
        payload: The raw body.

    Returns:
        The model of the event; an `UnknownEvent` if this version does not know its type.

    Raises:
        WebhookPayloadError: The body is no JSON object.
        TypeError: The payload is neither bytes nor text.
    """
    body = raw_body(payload)
    try:
        value: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise WebhookPayloadError("The body of the webhook is no JSON") from error
    if not is_object(value):
        raise WebhookPayloadError(f"The body of the webhook is no JSON object but a {type(value).__name__}")
    return cast("WebhookEvent", EVENT.decode(value))


class Webhooks:
    """
    Webhooks verified with a client's `webhook_secret`; the calls are those of the vendor's SDK.

    Args:
        secret: Secret of the webhook; None when every call passes its own.
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
        Return the event that a webhook carries, once it is certain that ImageKit sent it.

        Args:
            payload: The body of the request exactly as it was received, not parsed.
            headers: The headers of the request, in any case.
            key: Secret of the webhook; by default the client's `webhook_secret`.
            tolerance: How far the time of sending may be from now, on either side; by default 5 minutes.
            now: The current time, an aware datetime; by default the system's.
            scheme: How the sender signs.

        Returns:
            The model of the event; an `UnknownEvent` if this version does not know its type.

        Raises:
            WebhookVerificationError: It is not authentic, or no JSON object; see `imagekit_async.webhooks.unwrap`.
            TypeError: The payload is neither bytes nor text.
            ConfigurationError: There is no secret, or it is blank.
        """
        secret = self._secret if key is None else key
        if secret is None:
            raise ConfigurationError(
                "No secret to verify webhooks with: pass key=..., or webhook_secret=... to the client, or set the "
                "environment variable IMAGEKIT_WEBHOOK_SECRET"
            )
        return unwrap(payload, headers, secret, tolerance=tolerance, now=now, scheme=scheme)

    def unsafe_unwrap(self, payload: bytes | str) -> WebhookEvent:
        """
        Return the event in a body that nobody verified: anyone may have sent it.

        Args:
            payload: The raw body.

        Raises:
            WebhookPayloadError: The body is no JSON object.
            TypeError: The payload is neither bytes nor text.
        """
        return unsafe_unwrap(payload)
