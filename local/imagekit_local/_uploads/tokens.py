"""
The JSON web token that signs a whole upload form in version 2.

PyJWT warns of keys below 32 bytes, which the keys of a local server are, and would fail suites that forbid warnings.
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
    A token that was not made with the keys of the account, or not as documented.
    """


@attrs.frozen
class UploadToken:
    """
    What a token vouches for; build it with `verified`.
    """

    id: str
    expires_at: int
    fields: Mapping[str, Any]

    @classmethod
    def verified(cls, text: str, public_key: str, private_key: str) -> UploadToken:
        """
        Read a token and check its signature and form, but not whether it has expired.

        Raises:
            TokenError: It is not valid.
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
            raise TokenError("the token lives too long")
        # The text of a token can be changed without changing what it says, its digest cannot.
        return cls(expected.hex(), expires_at, fields)


def _seconds(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TokenError("a time is missing or no whole number")
    return value


def _object(part: str) -> dict[str, Any]:
    try:
        value = json.loads(_decoded(part))
    except (ValueError, RecursionError):
        raise TokenError("a part is not JSON") from None
    if not isinstance(value, dict):
        raise TokenError("a part is no object")
    return cast("dict[str, Any]", value)


def _decoded(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise TokenError("a part is not base64") from None
