"""
Uploads of version 2 with a JSON web token.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

import httpx
import pytest

from imagekit_local import LocalImageKit
from imagekit_local._uploads.tokens import UploadToken

pytestmark = pytest.mark.anyio

NOW = 1893553445
FIELDS = {"fileName": "cat.txt", "tags": "a,b", "useUniqueFileName": "true"}
INVALID = "Your request has invalid token."
MISMATCH = "Your request contains invalid payload. It does not match with the payload used to generate token."
VECTOR = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6InB1YmxpY190ZXN0X2tleV8wMDAxIn0."
    "eyJmaWxlTmFtZSI6ImNhdC5qcGciLCJ1c2VVbmlxdWVGaWxlTmFtZSI6InRydWUiLCJ0YWdzIjoiYSxiIiwiaWF0IjoxNzkwMDAwMDAwLCJl"
    "eHAiOjE3OTAwMDE4MDB9.NV5mRGxWR8-3ooDvvBO0qj1CE4KvHEoDDQ_80B6VPJA"
)


def encoded(value: Any) -> str:
    """
    A part of a token.
    """
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def token(payload: Any = None, *, key: str = "private_test", **header: str) -> str:
    """
    A token as a web service would make it.
    """
    body = {**FIELDS, "iat": NOW, "exp": NOW + 1800} if payload is None else payload
    signed = f"{encoded({'alg': 'HS256', 'typ': 'JWT', 'kid': 'public_test', **header})}.{encoded(body)}"
    return f"{signed}.{encoded(hmac.new(key.encode(), signed.encode(), hashlib.sha256).digest())}"


async def post(client: httpx.AsyncClient, text: str | None, **fields: Any) -> tuple[int, str | None]:
    """
    Upload with a token.
    """
    data = {**FIELDS, **({} if text is None else {"token": text}), **fields}
    response = await client.post("/api/v2/files/upload", data=data, files={"file": ("cat.txt", b"purr")})
    return response.status_code, response.json().get("message")


async def test_token(anonymous: httpx.AsyncClient) -> None:
    """A token over all fields replaces the private key, once."""
    text = token()
    first = await post(anonymous, text)
    again = await post(anonymous, text)

    assert (200, None) == first
    assert (400, INVALID) == again


async def test_last_digit(anonymous: httpx.AsyncClient) -> None:
    """A token stays used up when its text changes without changing its content."""
    text = token()
    twin = text[:-1] + chr(ord(text[-1]) + 1)
    await post(anonymous, text)

    assert (400, INVALID) == await post(anonymous, twin)


def test_vector() -> None:
    """The documented example is valid."""
    verified = UploadToken.verified(VECTOR, "public_test_key_0001", "private_test_key_0001")

    assert {"fileName": "cat.jpg", "useUniqueFileName": "true", "tags": "a,b"} == verified.fields
    assert 1790001800 == verified.expires_at


@pytest.mark.parametrize(
    "text",
    [
        "x.y.z",
        "ü",
        token(key="private_other"),
        token(kid="public_other"),
        token(alg="none"),
        token({**FIELDS, "iat": NOW}),
        token({**FIELDS, "iat": NOW, "exp": str(NOW)}),
        token({**FIELDS, "iat": False, "exp": NOW}),
        token({**FIELDS, "iat": NOW, "exp": NOW + 3601}),
        token({**FIELDS, "iat": NOW + 9, "exp": NOW + 8}),
        token([]),
        token(b"{"),
        token(b"[" * 20_000),
        token().rpartition(".")[0],
        token() + "!",
    ],
)
async def test_invalid(anonymous: httpx.AsyncClient, text: str) -> None:
    """Anything that is not a token of this account, valid for at most an hour, is refused."""
    assert (400, INVALID) == await post(anonymous, text)


async def test_expired(anonymous: httpx.AsyncClient, server: LocalImageKit) -> None:
    """An expired token is refused as such, used or not."""
    text = token({**FIELDS, "iat": NOW - 3600, "exp": NOW})

    assert (400, "Your request contains expired token.") == await post(anonymous, text)


async def test_missing(anonymous: httpx.AsyncClient) -> None:
    """Without token and key, the token is reported as missing."""
    assert (400, "Your request is missing token parameter.") == await post(anonymous, None)


@pytest.mark.parametrize(
    "fields", [{"tags": "a, b"}, {"folder": "/x"}, {"tags": ["a,b", "a,b"]}], ids=["changed", "added", "repeated"]
)
async def test_other_fields(anonymous: httpx.AsyncClient, fields: dict[str, Any]) -> None:
    """The form must match the token exactly, and the token is used up if it does not."""
    text = token()

    assert (400, MISMATCH) == await post(anonymous, text, **fields)
    assert (400, INVALID) == await post(anonymous, text)


async def test_disabled_account() -> None:
    """A disabled account accepts no token."""
    server = LocalImageKit(private_key="private_test", public_key="public_test", is_disabled=True)
    async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
        status = (await post(client, token()))[0]
    server.stop()

    assert 403 == status
