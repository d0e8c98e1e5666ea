"""
Who may upload, in both versions.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from imagekit_local import LocalImageKit
from imagekit_local._uploads.signature import sign

pytestmark = pytest.mark.anyio
NOW = int(datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC).timestamp())
BAD_EXPIRE = (
    "Your request contains invalid expire parameter. "
    "Expire parameter should be a Unix time in less than 1 hour into the future."
)


def signed(token: str = "token-1", expire: object = NOW + 1800, **changes: str) -> dict[str, str]:
    """
    The fields of a client-side upload.
    """
    signature = sign("private_test", token, str(expire))
    return {"publicKey": "public_test", "signature": signature, "token": token, "expire": str(expire), **changes}


async def post(client: httpx.AsyncClient, fields: dict[str, str], version: int = 1, **options: Any) -> tuple[int, Any]:
    """
    Upload a file, and hand back status and body.
    """
    response = await client.post(
        f"/api/v{version}/files/upload", data={"fileName": "a.txt", **fields}, files={"file": b"text"}, **options
    )
    return response.status_code, response.json()


def test_signature_vector() -> None:
    """The signature is the one that ImageKit's own SDKs compute."""
    signature = sign("private_test_key_0001", "0b6f1c9e-3d57-4a3e-8f0a-6a5d1c2b7e90", "1790000000")

    assert "7760f90a758efac9a486f787bd4a125d5cfbef1c" == signature


async def test_signed_upload(anonymous: httpx.AsyncClient) -> None:
    """A valid signature replaces the private key."""
    status, body = await post(anonymous, signed())

    assert (200, "/a") == (status, body["filePath"][:2])


async def test_token_is_spent(anonymous: httpx.AsyncClient) -> None:
    """A token works once, even if the request that used it failed."""
    failed, _ = await post(anonymous, signed(tags="100%"))
    status, body = await post(anonymous, signed())

    assert 400 == failed
    assert 400 == status
    assert (
        "The token with value 'token-1' has been used before. We suggest using V4 UUIDs, "
        "or another random string with enough entropy to avoid collisions."
    ) == body["message"]


async def test_refused_signature_spares_the_token(anonymous: httpx.AsyncClient) -> None:
    """A token with a wrong signature is not used up."""
    await post(anonymous, signed(signature="0" * 40))
    status, _ = await post(anonymous, signed())

    assert 200 == status


@pytest.mark.parametrize("name", ["publicKey", "signature", "token", "expire"])
async def test_missing_field(anonymous: httpx.AsyncClient, name: str) -> None:
    """Each of the four fields is required, and the error names the missing one."""
    fields = signed()
    del fields[name]
    status, body = await post(anonymous, fields)

    assert (400, f"Your request is missing {name} parameter.") == (status, body["message"])


@pytest.mark.parametrize("expire", [NOW - 1, NOW + 3600, "soon", "٣", "9" * 5000, "-1"])
async def test_bad_expire(anonymous: httpx.AsyncClient, expire: object) -> None:
    """The signature must end less than an hour ahead, and in decimal digits."""
    status, body = await post(anonymous, signed(expire=expire))

    assert (400, BAD_EXPIRE) == (status, body["message"])


async def test_last_moment(anonymous: httpx.AsyncClient) -> None:
    """A second less than an hour ahead is accepted."""
    status, _ = await post(anonymous, signed(expire=NOW + 3599))

    assert 200 == status


async def test_unknown_public_key(anonymous: httpx.AsyncClient) -> None:
    """An unknown public key is forbidden."""
    status, body = await post(anonymous, signed(publicKey="public_ölse"))

    assert (403, "Your account cannot be authenticated.") == (status, body["message"])


async def test_wrong_signature(anonymous: httpx.AsyncClient) -> None:
    """A signature over something else is refused."""
    status, body = await post(anonymous, signed(token="token-2") | {"token": "token-3"})

    assert (400, "Your request contains invalid signature parameter.") == (status, body["message"])


async def test_both_methods(client: httpx.AsyncClient) -> None:
    """A signature beside the private key hints at a leaked key, so it is refused."""
    status, body = await post(client, signed())

    assert 400 == status
    assert (
        "Your request contains both signature and basic auth parameter. "
        "Use only one method, you might be exposing your private API key."
    ) == body["message"]


async def test_wrong_private_key(anonymous: httpx.AsyncClient) -> None:
    """A wrong private key is forbidden in both versions."""
    statuses = [(await post(anonymous, {}, version, auth=("private_wrong", "")))[0] for version in (1, 2)]

    assert [403, 403] == statuses


async def test_v2_with_private_key(client: httpx.AsyncClient) -> None:
    """Version 2 takes the private key."""
    status, _ = await post(client, {}, version=2)

    assert 200 == status


async def test_v2_with_token(anonymous: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    """Version 2 refuses tokens, which it cannot verify yet, and reports a token beside the key."""
    alone = await post(anonymous, {"token": "x.y.z"}, version=2)
    beside = await post(client, {"token": "x.y.z"}, version=2)

    assert (400, "Your request has invalid token.") == (alone[0], alone[1]["message"])
    assert (
        "Your request contains both token and basic auth parameter. "
        "Use only one method, you might be exposing your private API key."
    ) == beside[1]["message"]


async def test_key_never_shows(server: LocalImageKit) -> None:
    """The private key is not in any repr of the server."""
    texts = repr(server) + repr(server._account)

    assert server.private_key not in texts
