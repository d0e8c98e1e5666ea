"""
Authentication: HTTP basic with the private key.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Collection

from imagekit_local._account import Access, Account, Settings
from imagekit_local._errors import ApiError

_UNKNOWN_KEY = "Your account cannot be authenticated."
_BEYOND_LIBRARY = ("/v1/accounts/", "/v1/saved-extensions", "/v1/named-transformations")
_WRITERS: tuple[Access, ...] = ("write",)


def check_authorization(account: Account, header: str | None, *, allows: Collection[Access] = _WRITERS) -> None:
    """
    Accept a request whose user name is a private key of the account. The password does not matter.

    Args:
        account: The account that is called.
        header: Value of the Authorization header, or None.
        allows: Levels of access, one of which the key needs.

    Raises:
        ApiError: 401 without credentials, 403 if they are unknown, expired or insufficient.
    """
    if not header:
        raise ApiError(401, "Your request does not contain private API key.")
    access = _access(account.settings, _user_name(header))
    if access == "expired":
        raise ApiError(403, "Your request contains expired private API key.")
    check_enabled(account)
    if access not in allows:
        raise ApiError(403, _UNKNOWN_KEY, reason="INSUFFICIENT_PERMISSION")


def accesses(method: str, path: str) -> tuple[Access, ...]:
    """
    Return the levels of access, one of which a key needs to call an operation.
    """
    if method != "GET":
        return _WRITERS
    return (*_WRITERS, "read-all") if path.startswith(_BEYOND_LIBRARY) else (*_WRITERS, "read-all", "read")


def check_enabled(account: Account) -> None:
    """
    Accept a request to an account that is not disabled.

    Raises:
        ApiError: 403 if it is disabled.
    """
    if account.settings.is_disabled:
        raise ApiError(403, "Your account is disabled.")


def same_secret(sent: str, expected: str) -> bool:
    """
    Compare two secrets in constant time.
    """
    return hmac.compare_digest(sent.encode(errors="replace"), expected.encode())


def unknown_key() -> ApiError:
    """
    Return the error for a key that belongs to no account.
    """
    return ApiError(403, _UNKNOWN_KEY)


def _access(settings: Settings, key: str) -> Access:
    if same_secret(key, settings.private_key):
        return "write"
    for restricted, access in settings.restricted_keys.items():
        if same_secret(key, restricted):
            return access
    raise unknown_key()


def _user_name(header: str) -> str:
    scheme, _, credentials = header.partition(" ")
    if scheme.lower() != "basic":
        raise unknown_key()
    try:
        return base64.b64decode(credentials.strip(), validate=True).decode().partition(":")[0]
    except ValueError:
        raise unknown_key() from None
