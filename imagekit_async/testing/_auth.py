"""
Who may call: HTTP basic authentication with the private key.
"""

from __future__ import annotations

import base64
import hmac

from imagekit_async.testing._account import Account
from imagekit_async.testing._errors import ApiError


def check_authorization(account: Account, header: str | None) -> None:
    """
    Accept a request that carries the account's private key as its user name; the password does not matter.

    Args:
        account: The account that is called.
        header: Value of the Authorization header; None or empty if there is none.

    Raises:
        ApiError: 401 without credentials, 403 with credentials that are not this account's.
    """
    if not header:
        raise ApiError(401, "Your request does not contain private API key.")
    if not same_secret(_user_name(header), account.settings.private_key):
        raise unknown_key()


def same_secret(sent: str, expected: str) -> bool:
    """
    Compare in a time that does not depend on where the two differ.
    """
    return hmac.compare_digest(sent.encode(errors="replace"), expected.encode())


def unknown_key() -> ApiError:
    """
    The error for a key that belongs to no account.
    """
    return ApiError(403, "Your account cannot be authenticated.")


def _user_name(header: str) -> str:
    scheme, _, credentials = header.partition(" ")
    if scheme.lower() != "basic":
        raise unknown_key()
    try:
        return base64.b64decode(credentials.strip(), validate=True).decode().partition(":")[0]
    except ValueError:
        raise unknown_key() from None
