"""
Permissions for uploads from a browser, and the helper that fills in the client's keys.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from imagekit_async.errors import ExpiredSignatureError
from imagekit_async.urls import (
    Helper,
    build_transformation_string,
    build_url,
    get_authentication_parameters,
    get_responsive_image_attributes,
    sign_upload_form,
)

KEY = "private_test_key_0001"
PUBLIC = "public_test_key_0001"
ENDPOINT = "https://ik.imagekit.io/demo"
NOW = 1790000000
FORM: dict[str, Any] = {"file_name": "cat.jpg", "use_unique_file_name": True, "tags": ["a", "b"]}


def decoded(part: str) -> Any:
    """
    Return the JSON of one part of a token.
    """
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def form(**options: Any) -> dict[str, str]:
    """
    Return a signed form.
    """
    return sign_upload_form(**{"form": FORM, "private_key": KEY, "public_key": PUBLIC, "now": NOW, **options})


def test_v1_signature() -> None:
    """Token and expiry are signed together."""
    found = get_authentication_parameters("0b6f1c9e-3d57-4a3e-8f0a-6a5d1c2b7e90", NOW, private_key=KEY)

    assert "7760f90a758efac9a486f787bd4a125d5cfbef1c" == found["signature"]


@pytest.mark.parametrize("expire", [None, timedelta(minutes=30), datetime.fromtimestamp(NOW + 1800, UTC)])
def test_v1_expiry(expire: Any) -> None:
    """The permission ends after half an hour, or at the given time."""
    assert NOW + 1800 == get_authentication_parameters(expire=expire, private_key=KEY, now=NOW)["expire"]


def test_v1_tokens_are_random() -> None:
    """Each permission has its own token, a version 4 UUID."""
    tokens = {get_authentication_parameters(token, private_key=KEY)["token"] for token in (None, "")}

    assert 2 == len(tokens)
    assert all(
        re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", token) for token in tokens
    )


@pytest.mark.parametrize(
    ("expire", "message"),
    [
        (0, "expire must be"),
        (-1, "expire must be"),
        (True, "expire must be"),
        (1.5, "expire must be"),
        ("1790000000", "expire must be"),
        (timedelta(hours=1), "expires_in must be from 1 to 3599 seconds"),
        (timedelta(seconds=-1), "expires_in must be"),
        (datetime.fromtimestamp(NOW, UTC), "expires_in must be"),
    ],
)
def test_v1_bounds(expire: Any, message: str) -> None:
    """An expiry that the API would refuse is refused before sending."""
    with pytest.raises(ValueError, match=message):
        get_authentication_parameters("t", expire, private_key=KEY, now=NOW)


def test_v1_needs_a_key() -> None:
    """Signing requires a key."""
    with pytest.raises(ValueError, match="private_key is required"):
        get_authentication_parameters(private_key="")
    with pytest.raises(ValueError, match=r"^private_key must be valid Unicode$"):
        get_authentication_parameters(private_key="hush\udcff")


def test_v1_token_that_is_not_unicode() -> None:
    """A token that cannot be encoded is refused without being shown."""
    with pytest.raises(ValueError, match=r"^token must be valid Unicode$"):
        get_authentication_parameters("hush\udcff", private_key=KEY)


def test_v2_token() -> None:
    """The token equals the documented one, byte for byte, and comes with the fields it signs."""
    assert {
        "fileName": "cat.jpg",
        "useUniqueFileName": "true",
        "tags": "a,b",
        "token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6InB1YmxpY190ZXN0X2tleV8wMDAxIn0."
        "eyJmaWxlTmFtZSI6ImNhdC5qcGciLCJ1c2VVbmlxdWVGaWxlTmFtZSI6InRydWUiLCJ0YWdzIjoiYSxiIiwiaWF0IjoxNzkwMDAwMDAwLCJleHAiOjE3OTAwMDE4MDB9."
        "NV5mRGxWR8-3ooDvvBO0qj1CE4KvHEoDDQ_80B6VPJA",
    } == form()


def test_v2_signs_what_is_sent() -> None:
    """The token claims every field as text, as the form carries it, and the times."""
    fields = form(form={**FORM, "custom_metadata": {"a": "ü"}, "extensions": [{"name": "remove-bg"}]}, expires_in=60)
    header, payload, signature = fields.pop("token").split(".")
    expected = hmac.new(KEY.encode(), f"{header}.{payload}".encode(), hashlib.sha256).digest()

    assert {"alg": "HS256", "typ": "JWT", "kid": PUBLIC} == decoded(header)
    assert {**fields, "iat": NOW, "exp": NOW + 60} == decoded(payload)
    assert '{"a":"ü"}' == fields["customMetadata"]
    assert base64.urlsafe_b64encode(expected).rstrip(b"=").decode() == signature


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"private_key": ""}, "private_key is required"),
        ({"public_key": ""}, "public_key is required"),
        ({"expires_in": 3601}, "expires_in must be from 1 to 3600 seconds ahead"),
        ({"expires_in": 0}, "expires_in must be"),
        ({"form": {}}, "file_name must be the name to store the file under, got None"),
        ({"form": {**FORM, "file_nam": "x"}}, "'file_nam' is unknown here: did you mean 'file_name'?"),
        ({"form": {**FORM, "token": "x"}}, "'token' is unknown here"),
        ({"form": {**FORM, "file": "x"}}, "'file' is unknown here"),
    ],
)
def test_v2_refusal(options: dict[str, Any], message: str) -> None:
    """Arguments that the API would refuse are refused by name."""
    with pytest.raises(ValueError, match=re.escape(message)):
        form(**options)


def test_helper_fills_in_keys_and_endpoint() -> None:
    """Each method of the helper equals the module's function with the client's keys and endpoint."""
    helper = Helper(KEY, ENDPOINT, PUBLIC)
    steps = [{"width": 5}]
    shared: dict[str, Any] = {"src": "a.jpg", "transformation": steps}

    assert build_url(**shared, url_endpoint=ENDPOINT, signed=True, private_key=KEY) == helper.build_url(
        **shared, signed=True
    )
    assert get_responsive_image_attributes(**shared, url_endpoint=ENDPOINT) == helper.get_responsive_image_attributes(
        **shared
    )
    assert build_transformation_string(steps) == helper.build_transformation_string(steps)  # type: ignore[arg-type]
    assert get_authentication_parameters("t", 5, private_key=KEY) == helper.get_authentication_parameters("t", 5)
    assert PUBLIC == decoded(helper.sign_upload_form(FORM)["token"].partition(".")[0])["kid"]


def test_helper_takes_another_endpoint() -> None:
    """An endpoint passed to a call replaces the client's."""
    url = Helper(KEY, ENDPOINT).build_url(src="a.jpg", url_endpoint="https://cdn.example.com", signed=True)

    assert url.startswith("https://cdn.example.com/a.jpg?ik-s=")
    Helper(KEY).verify_url(url, url_endpoint="https://cdn.example.com/")


def test_helper_verifies() -> None:
    """The helper verifies what it signed, and detects expiry."""
    helper = Helper(KEY, ENDPOINT)
    helper.verify_url(helper.build_url(src="a.jpg", expires_in=60))

    with pytest.raises(ExpiredSignatureError):
        helper.verify_url(
            build_url(src="a.jpg", url_endpoint=ENDPOINT, expires_in=60, private_key=KEY, now=NOW - 10**9)
        )


def test_helper_without_endpoint_or_public_key() -> None:
    """An error names the setting that the client lacks."""
    with pytest.raises(ValueError, match="url_endpoint must be passed here or to the client"):
        Helper(KEY).build_url(src="a.jpg")
    with pytest.raises(ValueError, match="public_key is required"):
        Helper(KEY).sign_upload_form(FORM)


@pytest.mark.parametrize("name", ["tags", "response_fields"])
def test_v2_lists_that_commas_cannot_separate(name: str) -> None:
    """A signed form refuses an item that would become two."""
    with pytest.raises(ValueError, match=rf"^{name}\[1\] must not be empty, contain a comma"):
        form(form={**FORM, name: ["a", "b,c"]})
