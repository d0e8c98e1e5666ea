"""
Origins: external stores that delivery could fetch from. Their credentials are checked but never stored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from imagekit_local._accounts.url_endpoints import UrlEndpoints
from imagekit_local._errors import ApiError
from imagekit_local._predicates import is_flag, is_text, is_web_url
from imagekit_local._resources.resource import Resource

_MAX_LENGTH = 100
_NAME = re.compile(r"[a-zA-Z0-9 ]{1,100}")
_EMAIL = re.compile(r"(?!\.)(?!.*\.\.)[A-Za-z0-9_'+\-.]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}")
_IAM_KEYS = ("accessKey", "secretKey")


@attrs.frozen
class _Key:
    accepts: Callable[[Any], bool]
    problem: str
    is_required: bool = False
    is_secret: bool = False
    default: object = None


def _text(*, secret: bool = False, may_be_empty: bool = False) -> _Key:
    least = 0 if may_be_empty else 1
    return _Key(
        lambda value: isinstance(value, str) and least <= len(value) <= _MAX_LENGTH,
        f"must have {least} to {_MAX_LENGTH} characters",
        is_required=True,
        is_secret=secret,
    )


def _url(*, required: bool = True) -> _Key:
    return _Key(is_web_url, "must be a valid URL", is_required=required)


_FLAG = _Key(is_flag, "must be a boolean", default=False)
_PREFIX = attrs.evolve(_text(may_be_empty=True), is_required=False, default="")
_SECRET = _text(secret=True)
# A private key alone has about 1,700 characters.
_LONG_SECRET = _Key(is_text, "must not be empty", is_required=True, is_secret=True)
# An origin that uses an IAM role sends both keys empty, so that one key alone does not show which kind it is.
_KEY = _text(secret=True, may_be_empty=True)
_COMMON = {
    "type": _Key(lambda value: True, ""),
    "name": _Key(
        lambda value: isinstance(value, str) and _NAME.fullmatch(value) is not None,
        "must have 1 to 100 letters, digits and spaces",
        is_required=True,
    ),
    "includeCanonicalHeader": _FLAG,
    "baseUrlForCanonicalHeader": _url(required=False),
}
_BUCKET = {"bucket": _text(), "prefix": _PREFIX}
_S3 = {**_BUCKET, "useIAMRole": _FLAG, "accessKey": _KEY, "secretKey": _KEY}
_CLIENT_EMAIL = _Key(
    lambda value: isinstance(value, str) and _EMAIL.fullmatch(value) is not None, "must be a valid email", True
)
_TYPES: dict[str, dict[str, _Key]] = {
    "S3": _S3,
    "S3_COMPATIBLE": {
        **_BUCKET,
        "endpoint": _url(),
        "s3ForcePathStyle": _FLAG,
        "accessKey": _SECRET,
        "secretKey": _SECRET,
    },
    "CLOUDINARY_BACKUP": _S3,
    "WEB_FOLDER": {"baseUrl": _url(), "forwardHostHeaderToOrigin": _FLAG},
    "WEB_PROXY": {},
    "GCS": {**_BUCKET, "clientEmail": _CLIENT_EMAIL, "privateKey": _LONG_SECRET},
    "AZURE_BLOB": {"container": _text(), "prefix": _PREFIX, "accountName": _text(), "sasToken": _LONG_SECRET},
    "AKENEO_PIM": {
        "baseUrl": _url(),
        "clientId": _SECRET,
        "clientSecret": _SECRET,
        "username": _SECRET,
        "password": _SECRET,
    },
}


class Origins(Resource):
    """
    The origins of an account. An update replaces the whole origin, including its type.
    """

    kind = "origin"
    id_prefix = "origin_"
    missing = "Origin not found."

    def created(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return the origin without its credentials.
        """
        kind = body.get("type")
        if not isinstance(kind, str) or kind not in _TYPES:
            raise ApiError(400, f"Invalid origin type. Must be one of {', '.join(_TYPES)}.")
        keys = {**_COMMON, **_TYPES[kind]}
        for name in body:
            if name not in keys:
                raise ApiError(400, f"{name} is not allowed")
        for name, key in keys.items():
            _check(name, key, body)
        _check_role(keys, body)
        values = {name: body.get(name, key.default) for name, key in keys.items() if not key.is_secret}
        return {name: value for name, value in values.items() if value is not None}

    def changed(self, old: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return the origin that a body describes; nothing of the old one remains.
        """
        return self.created(body)

    def obstacle(self, document: Mapping[str, Any]) -> ApiError | None:
        """
        Return the error for an origin that a URL endpoint uses, or None.
        """
        if any(document["id"] in endpoint["origins"] for endpoint in UrlEndpoints(self.account).all()):
            return ApiError(409, "Origin is used by a URL-endpoint.")
        return None


def _check(name: str, key: _Key, body: Mapping[str, Any]) -> None:
    if name not in body and not key.is_required:
        return
    if key.is_required and not isinstance(body.get(name), str):
        raise ApiError(400, f"{name} is required and must be a string")
    if not key.accepts(body[name]):
        raise ApiError(400, f"{name} {key.problem}")


def _check_role(keys: Mapping[str, _Key], body: Mapping[str, Any]) -> None:
    if "useIAMRole" not in keys:
        return
    has_role = body.get("useIAMRole", False)
    for name in _IAM_KEYS:
        if has_role == bool(body[name]):
            raise ApiError(400, f"{name} must be empty if, and only if, useIAMRole is true")
