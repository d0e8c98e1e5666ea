"""
Authenticate uploads: the private key, a signed form (v1) or a token (v2).
"""

from __future__ import annotations

import hashlib
import hmac

from starlette.datastructures import FormData

from imagekit_local._account import Account
from imagekit_local._auth import check_authorization, check_enabled, same_secret, unknown_key
from imagekit_local._errors import ApiError, missing_value
from imagekit_local._store import DuplicateError
from imagekit_local._uploads.tokens import TokenError, UploadToken

_FIELDS = ("publicKey", "signature", "token", "expire")
_MAX_LIFETIME_SECONDS = 3600
_MAX_DIGITS = 12


async def authorize_v1(account: Account, header: str | None, form: FormData) -> None:
    """
    Accept the private key, or a form with a valid signature, whose token is then used up.

    Args:
        account: The account that is called.
        header: Value of the Authorization header, or None.
        form: The whole form.

    Raises:
        ApiError: 400 or 403 if neither is valid, or both were sent.
    """
    signed = any(name in form for name in _FIELDS)
    if header and signed:
        raise _both("signature")
    if header:
        check_authorization(account, header)
    else:
        token = _signed_token(account, form)
        await account.store.run(_spend, account, token, _used_before(token))


async def authorize_v2(account: Account, header: str | None, form: FormData) -> None:
    """
    Accept the private key, or a form with a valid JSON web token, which is then used up.

    Raises:
        ApiError: 400 or 403 if neither is valid, or both were sent.
    """
    if header and "token" in form:
        raise _both("token")
    if header:
        check_authorization(account, header)
        return
    token = _verified(account, _required(form, "token"))
    if token.expires_at <= account.settings.clock().timestamp():
        raise ApiError(400, "Your request contains expired token.")
    await account.store.run(_spend, account, token.id, _invalid_token())
    if not _is_vouched_for(form, token):
        raise ApiError(
            400,
            "Your request contains invalid payload. It does not match with the payload used to generate token.",
        )


def sign(private_key: str, token: str, expire: str) -> str:
    """
    Return the signature of a client-side upload.
    """
    return hmac.new(private_key.encode(), f"{token}{expire}".encode(), hashlib.sha1).hexdigest()


def _signed_token(account: Account, form: FormData) -> str:
    public_key, signature, token, expire = (_required(form, name) for name in _FIELDS)
    if not _is_near_future(account, expire):
        raise ApiError(
            400,
            "Your request contains invalid expire parameter. "
            "Expire parameter should be a Unix time in less than 1 hour into the future.",
        )
    if not same_secret(public_key, account.settings.public_key):
        raise unknown_key()
    check_enabled(account)
    if not same_secret(signature, sign(account.settings.private_key, token, expire)):
        raise ApiError(400, "Your request contains invalid signature parameter.")
    return token


def _spend(account: Account, token: str, used_before: ApiError) -> None:
    try:
        account.store.collection("token").insert(token, {})
    except DuplicateError:
        raise used_before from None


def _used_before(token: str) -> ApiError:
    return ApiError(
        400,
        f"The token with value '{token}' has been used before. We suggest using V4 UUIDs, "
        "or another random string with enough entropy to avoid collisions.",
    )


def _verified(account: Account, text: str) -> UploadToken:
    check_enabled(account)
    try:
        return UploadToken.verified(text, account.settings.public_key, account.settings.private_key)
    except TokenError:
        raise _invalid_token() from None


def _invalid_token() -> ApiError:
    return ApiError(400, "Your request has invalid token.")


def _is_vouched_for(form: FormData, token: UploadToken) -> bool:
    sent = [(name, value) for name, value in form.multi_items() if name not in {"file", "token"}]
    # A field that was sent twice is in the list twice, and cannot be in the token.
    return len(sent) == len(token.fields) and dict(sent) == token.fields


def _is_near_future(account: Account, expire: str) -> bool:
    if not expire.isascii() or not expire.isdigit() or len(expire) > _MAX_DIGITS:
        return False
    ahead = int(expire) - account.settings.clock().timestamp()
    return 0 <= ahead < _MAX_LIFETIME_SECONDS


def _required(form: FormData, name: str) -> str:
    value = form.get(name)
    if not isinstance(value, str) or not value:
        raise missing_value(name)
    return value


def _both(name: str) -> ApiError:
    return ApiError(
        400,
        f"Your request contains both {name} and basic auth parameter. "
        "Use only one method, you might be exposing your private API key.",
    )
