"""
Let a browser upload by itself: signatures that grant permission without the private key.
"""

from __future__ import annotations

import hmac
import json
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypedDict

from ._kinds import is_blank, refused
from ._options import check_names
from ._signing import checked_key, epoch, expiry_time, hmac_sha1, is_valid_unicode

if TYPE_CHECKING:
    from ._types import Expiry, Moment

DEFAULT_LIFETIME = timedelta(minutes=30)
# The API refuses an expiry of an hour or more.
_LONGEST_V1_SECONDS = 3599
_LONGEST_V2_SECONDS = 3600


class AuthenticationParameters(TypedDict):
    """
    Form fields of a v1 upload that a browser sends along with `publicKey`.
    """

    token: str
    expire: int
    signature: str


def get_authentication_parameters(
    token: str | None = None,
    expire: int | timedelta | datetime | None = None,
    *,
    private_key: str,
    now: Moment | None = None,
) -> AuthenticationParameters:
    """
    Return the form fields that let a browser upload one file by itself (upload v1).

    >>> get_authentication_parameters("tok-1", 1700001800, private_key="private_vector_key_0001")["signature"]
    'a3f31f4bf7b457a201c4a2bb0c8f6cc04b248e2e'

    Args:
        token: Text that is used for one upload only; by default a random UUID.
        expire: When the permission ends: a timedelta or an aware datetime less than an hour ahead, by default 30
            minutes. An int is a Unix time in seconds, as in the form field, and is signed as it is.
        private_key: The account's private key.
        now: Current time, in seconds since the epoch or as an aware datetime; None for the system clock.

    Raises:
        ValueError: The key is missing, or the expiry is not valid.
    """
    checked_key(private_key)
    token = token or str(uuid.uuid4())
    if not is_valid_unicode(token):
        raise ValueError("token must be valid Unicode")
    if expire is None or isinstance(expire, (timedelta, datetime)):
        expire = expiry_time(DEFAULT_LIFETIME if expire is None else expire, now, within=_LONGEST_V1_SECONDS)
    if isinstance(expire, bool) or not isinstance(expire, int) or expire < 1:  # pyright: ignore[reportUnnecessaryIsInstance] - checks untyped callers
        raise ValueError(f"expire {refused('a Unix time in whole seconds, a timedelta or an aware datetime', expire)}")
    return {"token": token, "expire": expire, "signature": hmac_sha1(private_key, f"{token}{expire}")}


def sign_upload_form(
    form: Mapping[str, object],
    *,
    private_key: str,
    public_key: str,
    expires_in: Expiry = DEFAULT_LIFETIME,
    now: Moment | None = None,
) -> dict[str, str]:
    """
    Return the form fields that let a browser upload one file by itself (upload v2), `token` included.

    The token signs all fields, so the browser must send exactly these fields, unchanged, and the file.

    Args:
        form: Arguments of `client.beta.v2.files.upload`, without `file` and `token`; `file_name` is required.
        private_key: The account's private key.
        public_key: The public key that belongs to it.
        expires_in: When the permission ends, at most an hour ahead.
        now: Current time, in seconds since the epoch or as an aware datetime; None for the system clock.

    Raises:
        ValueError: A key is missing, or the expiry or an argument of the form is not valid.
    """
    checked_key(private_key)
    if is_blank(public_key):
        raise ValueError("public_key is required for signing an upload form and must not be empty")
    fields = _fields(form)
    issued = int(epoch(now))
    expiry = expiry_time(expires_in, issued, within=_LONGEST_V2_SECONDS)
    header = {"alg": "HS256", "typ": "JWT", "kid": public_key}
    signed = f"{_part(header)}.{_part({**fields, 'iat': issued, 'exp': expiry})}"
    digest = hmac.digest(private_key.encode(), signed.encode(), "sha256")
    return {**fields, "token": f"{signed}.{_base64(digest)}"}


def _fields(form: Mapping[str, object]) -> dict[str, str]:
    # Imported when used, because building URLs does not need the endpoint.
    from .._generated.api.beta_v2_files import upload

    known = ["file_name", *sorted({*(upload.call.__kwdefaults__ or {})} - {"token"})]
    check_names(form, known)
    if is_blank(form.get("file_name")):
        raise ValueError(f"file_name {refused('the name to store the file under', form.get('file_name'))}")
    arguments: dict[str, Any] = dict(form)
    call = upload.call(file=b"", **arguments)
    return {} if call.form is None else dict(call.form.fields)


def _part(values: Mapping[str, object]) -> str:
    return _base64(json.dumps(values, separators=(",", ":"), ensure_ascii=False).encode())


def _base64(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
