"""
Sign delivery URLs and verify them. No message contains the key.
"""

from __future__ import annotations

import hmac
import re
import time
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from ..errors import ExpiredSignatureError, InvalidSignatureError
from ._address import Endpoint, parse_endpoint
from ._kinds import refused
from ._percent import stable

if TYPE_CHECKING:
    from ._types import Expiry, Moment

# Means "never" in the signed text, and is not in the URL.
NEVER = 9999999999
SIGNATURE = "ik-s"
EXPIRY = "ik-t"
SECONDS = re.compile(r"[0-9]{1,10}")
_UNSIGNABLE = re.compile("[\ud800-\udfff]")


def epoch(now: Moment | None) -> float:
    """
    Return a moment in seconds since the epoch; None is the current time.
    """
    if now is None:
        return time.time()
    if isinstance(now, datetime):
        if now.tzinfo is None:
            raise ValueError(f"{now!r} has no time zone; pass an aware datetime, for example datetime.now(UTC)")
        return now.timestamp()
    return now


def expiry_time(expires_in: Expiry, now: Moment | None, *, within: float | None = None) -> int:
    """
    Return the time of expiry in whole seconds since the epoch, at most `within` seconds ahead.
    """
    present = int(epoch(now))
    seconds: object = expires_in
    if isinstance(expires_in, datetime):
        seconds = epoch(expires_in) - present
    elif isinstance(expires_in, timedelta):
        seconds = expires_in.total_seconds()
    latest = NEVER - 1 - present if within is None else within
    if not isinstance(seconds, (int, float)) or seconds is True or not 1 <= seconds <= latest:
        accepted = f"from 1 to {latest:.0f} seconds ahead, a timedelta or an aware datetime as far ahead"
        raise ValueError(f"expires_in {refused(accepted, expires_in)}")
    return present + int(seconds)


def is_valid_unicode(text: str) -> bool:
    return not _UNSIGNABLE.search(text)


def checked_key(private_key: str | None) -> str:
    if not private_key or not isinstance(private_key, str):  # pyright: ignore[reportUnnecessaryIsInstance] - checks untyped callers
        raise ValueError("private_key is required for signing and must not be empty")
    # The repr of a `UnicodeEncodeError` would show the key.
    if not is_valid_unicode(private_key):
        raise ValueError("private_key must be valid Unicode")
    return private_key


def hmac_sha1(private_key: str, message: str) -> str:
    digest = _keyed(private_key).copy()
    digest.update(message.encode())
    return digest.hexdigest()


@lru_cache(maxsize=16)
def _keyed(private_key: str) -> hmac.HMAC:
    # Half of the work is to set up the key.
    return hmac.new(private_key.encode(), digestmod="sha1")


def signed_url(url: str, private_key: str, endpoint: Endpoint, expiry: int | None) -> str:
    """
    Return a URL with its signature, spelled so that HTTP clients send it unchanged. The endpoint is not signed.
    """
    below = endpoint.below(url)
    if below is None:
        accepted = f"a path, or a URL below url_endpoint {endpoint.base!r}, to be signed"
        raise ValueError(f"src {refused(accepted, url)}: its signature could never be valid")
    head = url.removesuffix(below)
    below = stable(below)
    digest = hmac_sha1(private_key, f"{below}{NEVER if expiry is None else expiry}")
    marks = f"{SIGNATURE}={digest}" if expiry is None else f"{EXPIRY}={expiry}&{SIGNATURE}={digest}"
    return f"{head}{below}{'&' if '?' in below else '?'}{marks}"


def verify_url(url: str, *, private_key: str, url_endpoint: str, now: Moment | None = None) -> None:
    """
    Check the signature of a delivery URL, as ImageKit does before it delivers a private file.

    >>> verify_url(
    ...     "https://ik.imagekit.io/demo/a.jpg?ik-s=47fd75d340fd8a85c00899c3b77deba4c430cb95",
    ...     private_key="private_vector_key_0001",
    ...     url_endpoint="https://ik.imagekit.io/demo",
    ... )

    Args:
        url: URL exactly as it was requested: nothing decoded, nothing reordered.
        private_key: The account's private key.
        url_endpoint: Base of the account's delivery URLs.
        now: Current time, in seconds since the epoch or as an aware datetime; None for the system clock.

    Raises:
        InvalidSignatureError: The URL is not signed, was changed, or was signed with another key.
        ExpiredSignatureError: The signature is valid but has expired.
        ValueError: The key is empty, or the endpoint is not a URL.
    """
    checked_key(private_key)
    head, mark, query = url.partition("?")
    pairs = query.split("&") if mark else []
    marks = [pair.partition("=") for pair in pairs if pair.startswith((f"{SIGNATURE}=", f"{EXPIRY}="))]
    given = {name: value for name, _, value in marks}
    expiry = given.get(EXPIRY, str(NEVER))
    if SIGNATURE not in given or len(given) < len(marks) or not SECONDS.fullmatch(expiry) or _UNSIGNABLE.search(url):
        raise InvalidSignatureError("The URL has no readable signature")
    rest = "&".join(pair for pair in pairs if not pair.startswith((f"{SIGNATURE}=", f"{EXPIRY}=")))
    below = parse_endpoint(url_endpoint).below(f"{head}?{rest}" if rest else head)
    expected = hmac_sha1(private_key, f"{below}{expiry}")
    if below is None or not hmac.compare_digest(expected.encode(), given[SIGNATURE].encode()):
        raise InvalidSignatureError("The signature does not match the URL and the key")
    if epoch(now) > int(expiry):
        raise ExpiredSignatureError("The signature has expired")
