"""
Restricted keys, expired keys, and a disabled account.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from imagekit_local import LocalImageKit
from imagekit_local._document.reading import packaged_document

pytestmark = pytest.mark.anyio
OPERATIONS = [(operation.method, operation.path) for operation in packaged_document().operations]
BEYOND_LIBRARY = ("/v1/accounts/", "/v1/saved-extensions", "/v1/named-transformations")
READS = {
    "/v1/files",
    "/v1/files/{fileId}/details",
    "/v1/files/{fileId}/versions",
    "/v1/files/{fileId}/versions/{versionId}",
    "/v1/bulkJobs/{jobId}",
    "/v1/files/purge/{requestId}",
    "/v1/files/{fileId}/metadata",
    "/v1/metadata",
    "/v1/customMetadataFields",
}
NOT_ALLOWED = (403, "Your account cannot be authenticated.", "INSUFFICIENT_PERMISSION")


@pytest.fixture
def restricted() -> Iterator[LocalImageKit]:
    """
    A server with a key of each kind.
    """
    server = LocalImageKit(
        restricted_keys={
            "key_no": "none",
            "key_ro": "read",
            "key_all": "read-all",
            "key_rw": "write",
            "key_old": "expired",
        }
    )
    yield server
    server.stop()


async def respond(server: LocalImageKit, key: str, method: str, path: str) -> tuple[int, str, str | None]:
    """
    Return the status, message and reason of a response.
    """
    async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
        response = await client.request(method, path, auth=(key, ""))
    body = response.json() if response.status_code >= 400 else {}
    return response.status_code, body.get("message", ""), body.get("reason")


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
async def test_read_only_key(restricted: LocalImageKit, method: str, path: str) -> None:
    """A read-only key can call what the documentation calls reading, and nothing else."""
    outcome = await respond(restricted, "key_ro", method, path)

    # What is documented later belongs to the library unless it is known to lie beyond it.
    assert (method == "GET" and not path.startswith(BEYOND_LIBRARY)) == (outcome != NOT_ALLOWED)
    assert path not in READS or method != "GET" or outcome != NOT_ALLOWED


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
async def test_key_that_reads_everything(restricted: LocalImageKit, method: str, path: str) -> None:
    """A key with `read-all` can read beyond the media library, and still change nothing."""
    outcome = await respond(restricted, "key_all", method, path)

    assert (method == "GET") == (outcome != NOT_ALLOWED)


@pytest.mark.parametrize(
    ("key", "outcome"),
    [
        ("key_no", NOT_ALLOWED),
        ("key_ro", (200, "", None)),
        ("key_rw", (200, "", None)),
        ("key_old", (403, "Your request contains expired private API key.", None)),
        ("key", (403, "Your account cannot be authenticated.", None)),
    ],
)
async def test_keys(restricted: LocalImageKit, key: str, outcome: tuple[int, str, str | None]) -> None:
    """Each key has its access, and an expired key differs from an unknown one."""
    assert outcome == await respond(restricted, key, "GET", "/v1/files")


async def test_upload_with_restricted_key(restricted: LocalImageKit) -> None:
    """Uploading is writing."""
    assert NOT_ALLOWED == await respond(restricted, "key_ro", "POST", "/api/v1/files/upload")
    assert 400 == (await respond(restricted, "key_rw", "POST", "/api/v1/files/upload"))[0]


async def test_disabled_account() -> None:
    """A disabled account refuses its own keys with a reason, and unknown keys as usual."""
    server = LocalImageKit(is_disabled=True)
    own = await respond(server, server.private_key, "GET", "/v1/files")
    upload = await respond(server, server.private_key, "POST", "/api/v1/files/upload")
    foreign = await respond(server, "key", "GET", "/v1/files")
    form = {"publicKey": server.public_key, "signature": "s", "token": "t", "expire": str(int(time.time()) + 60)}
    async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
        signed = await client.post("/api/v1/files/upload", data=form, files={"file": b"text"})
    server.stop()

    assert (403, "Your account is disabled.", None) == own == upload
    assert "Your account cannot be authenticated." == foreign[1]
    assert (403, "Your account is disabled.") == (signed.status_code, signed.json()["message"])


def test_keys_are_not_shown(restricted: LocalImageKit) -> None:
    """The repr of the settings contains no key."""
    assert "key_" not in repr(restricted._account.settings)


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"private_key": ""}, "private_key"),
        ({"private_key": "secret:word"}, "private_key"),
        ({"private_key": "secret\n"}, "private_key"),
        ({"private_key": "sécret"}, "private_key"),
        ({"public_key": ""}, "public_key"),
        ({"restricted_keys": {"": "read"}}, "restricted_keys"),
    ],
)
def test_impossible_key(options: dict[str, Any], name: str) -> None:
    """A key that is empty, which every client without one sends, or that no client can send is refused."""
    with pytest.raises(ValueError, match="must be printable ASCII without spaces and colons, and not empty") as caught:
        LocalImageKit(**options)

    assert str(caught.value).startswith(name)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"private_key": b"secret"}, TypeError, "^private_key must be a str, got bytes$"),
        ({"host": ""}, ValueError, "^host must not be empty; 0.0.0.0 listens on all addresses$"),
        ({"port": -1}, ValueError, "^port must be an int from 0 to 65535, got -1$"),
        ({"port": 65536}, ValueError, "^port must be an int from 0 to 65535, got 65536$"),
        ({"port": "80"}, ValueError, "^port must be an int from 0 to 65535, got '80'$"),
        ({"idle_timeout_seconds": float("nan")}, ValueError, "idle_timeout_seconds' must be > 0: nan"),
        ({"fetch_timeout_seconds": 0}, ValueError, "fetch_timeout_seconds' must be > 0: 0"),
        ({"extension_delay_seconds": -1}, ValueError, "extension_delay_seconds' must be >= 0: -1"),
        ({"job_delay_seconds": -1}, ValueError, "job_delay_seconds' must be >= 0: -1"),
    ],
)
def test_settings_that_cannot_work(options: dict[str, Any], error: type[Exception], message: str) -> None:
    """A setting that no server can have is refused by name when the server is made, and an empty host binds nothing."""
    with pytest.raises(error, match=message):
        LocalImageKit(**options)
