"""
The JSON web token that signs a whole upload form in version 2 of the API.

PyJWT warns about keys below 32 bytes, such as those of a local server, and would fail suites that turn warnings into
errors.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, cast

import attrs

_MAX_LIFETIME_SECONDS = 3600


class TokenError(Exception):
    """
    A token has the wrong keys, or is not in the documented form.
    """


@attrs.frozen
class UploadToken:
    """
    The content of a token; build it with `verified`.
    """

    id: str
    expires_at: int
    fields: Mapping[str, Any]

    @classmethod
    def verified(cls, text: str, public_key: str, private_key: str) -> UploadToken:
        """
        Read a token and check its signature and form, but not its expiry.

        Raises:
            TokenError: The token is invalid.
        """
        head, _, rest = text.partition(".")
        body, _, signature = rest.partition(".")
        if _object(head) != {"alg": "HS256", "typ": "JWT", "kid": public_key}:
            raise TokenError("the header is not that of this account")
        expected = hmac.new(private_key.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
        if not hmac.compare_digest(_decoded(signature), expected):
            raise TokenError("the signature is not that of this account")
        fields = _object(body)
        issued_at, expires_at = (_seconds(fields.pop(name, None)) for name in ("iat", "exp"))
        if not 0 <= expires_at - issued_at <= _MAX_LIFETIME_SECONDS:
            raise TokenError("the token is valid for too long")
        # The text of a token can change without changing its content, but its digest cannot.
        return cls(expected.hex(), expires_at, fields)


def _seconds(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TokenError("a time is missing or not a whole number")
    return value


def _object(part: str) -> dict[str, Any]:
    try:
        value = json.loads(_decoded(part))
    except (ValueError, RecursionError):
        raise TokenError("a part is not JSON") from None
    if not isinstance(value, dict):
        raise TokenError("a part is not an object")
    return cast("dict[str, Any]", value)


def _decoded(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise TokenError("a part is not base64") from None
