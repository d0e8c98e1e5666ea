"""
Signed URLs: what is signed, verified and refused.
"""

from __future__ import annotations

import logging
import pickle
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from imagekit_async.errors import ExpiredSignatureError, ImageKitError, InvalidSignatureError
from imagekit_async.urls import Helper, build_url, verify_url

KEY = "private_vector_key_0001"
ENDPOINT = "https://ik.imagekit.io/demo"
NOW = 1700000000


def signed(**options: Any) -> str:
    """
    Return a signed URL of the test's file.
    """
    defaults = {"src": "/shoes/red shoe.jpg", "url_endpoint": ENDPOINT, "private_key": KEY, "now": NOW, "signed": True}
    return build_url(**{**defaults, **options})


def verify(url: str, *, key: str = KEY, endpoint: str = ENDPOINT, now: Any = NOW) -> None:
    """
    Verify a URL with the test's key.
    """
    verify_url(url, private_key=key, url_endpoint=endpoint, now=now)


@pytest.mark.parametrize(
    "expires_in",
    [
        300,
        300.9,
        timedelta(minutes=5),
        datetime.fromtimestamp(NOW + 300, UTC),
        datetime.fromtimestamp(NOW + 300, timezone(timedelta(hours=5))),
    ],
)
def test_expiry_in_every_form(expires_in: Any) -> None:
    """Seconds, a timedelta and a datetime are equivalent."""
    assert "ik-t=1700000300&" in signed(expires_in=expires_in, signed=False)


@pytest.mark.parametrize(
    "expires_in",
    [0, 0.5, -5, True, "300", float("nan"), float("inf"), 9e9, timedelta(0), datetime.fromtimestamp(NOW, UTC)],
)
def test_expiry_that_would_never_come(expires_in: Any) -> None:
    """An expiry of less than a second, or one that never comes, is refused."""
    with pytest.raises(ValueError, match="expires_in must be from 1 to 8299999998 seconds ahead"):
        signed(expires_in=expires_in)


def test_naive_times() -> None:
    """A datetime without a time zone is refused, as `expires_in` and as `now`."""
    naive = datetime(2030, 1, 1)

    with pytest.raises(ValueError, match="has no time zone"):
        signed(expires_in=naive)
    with pytest.raises(ValueError, match="has no time zone"):
        verify(signed(), now=naive)


@pytest.mark.parametrize("key", [None, "", 5])
def test_signing_needs_a_key(key: Any) -> None:
    """Signing and verifying require a key."""
    with pytest.raises(ValueError, match="private_key is required"):
        signed(private_key=key)
    with pytest.raises(ValueError, match="private_key is required"):
        verify(signed(), key=key)


def test_a_key_that_is_not_unicode() -> None:
    """A key with a byte that is not UTF-8, as from the environment, is refused without being shown or kept."""
    for use in (lambda: signed(private_key="hush\udcff"), lambda: verify(signed(), key="hush\udcff")):
        with pytest.raises(ValueError, match=r"^private_key must be valid Unicode$") as caught:
            use()

        assert (None, None) == (caught.value.__cause__, caught.value.__context__)


@pytest.mark.parametrize("name", ["ik-s", "ik-t", "tr"])
@pytest.mark.parametrize("place", ["src", "query_parameters", "url_endpoint"])
def test_reserved_names(name: str, place: str) -> None:
    """A query that already has a reserved name is refused."""
    options: dict[str, Any] = {
        "src": {"src": f"{ENDPOINT}/a.jpg?{name}=5"},
        "query_parameters": {"query_parameters": {name: "5"}},
        "url_endpoint": {"url_endpoint": f"{ENDPOINT}?{name}=5"},
    }[place]

    with pytest.raises(ValueError, match=f"must not have '{name}'"):
        signed(transformation=[{"width": 5}], **options)
    assert f"{name}=5" in signed(signed=False, **options)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"expires_in": 300},
        {"transformation": [{"width": 5}, {"overlay": {"type": "text", "text": "50% off"}}]},
        {"transformation": [{"width": 5}], "transformation_position": "path", "expires_in": 300},
        {"query_parameters": {"v": "7", "ik-attachment": True}, "expires_in": 300},
        {"src": f"{ENDPOINT}/a%20b.jpg?flag"},
        {"src": "/"},
        {"src": "/", "url_endpoint": "https://cdn.example.com"},
        {"src": "हिन्दी.png"},
    ],
)
def test_what_is_signed_is_verified(options: dict[str, Any]) -> None:
    """Each signed URL verifies, with or without a trailing slash on the endpoint."""
    url = signed(**options)
    endpoint = options.get("url_endpoint", ENDPOINT)

    verify(url, endpoint=endpoint)
    verify(url, endpoint=f"{endpoint}/", now=datetime.fromtimestamp(NOW, UTC))


@pytest.mark.parametrize(
    "tampered",
    [
        lambda url: url.replace("w-5", "w-6"),
        lambda url: url.replace("shoe.jpg", "shoe.png"),
        lambda url: url.replace("1700000300", "1700009999"),
        lambda url: url.replace("ik-t=1700000300&", ""),
        lambda url: url.replace("1700000300", "٣"),
        lambda url: url.replace("1700000300", "-1"),
        lambda url: url[:-1] + "é",
        lambda url: url.replace("shoe.jpg", "\udcff.jpg"),
        lambda url: url[:-40],
        lambda url: url[:-40] + url[-40:].upper(),
        lambda url: url.partition("&ik-s")[0],
        lambda url: url.partition("?")[0],
        lambda url: url + "&ik-s=" + url[-40:],
        lambda url: url + "&v=1",
        lambda url: url.replace("/demo/", "/other/"),
    ],
)
def test_tampering(tampered: Any) -> None:
    """Any change to a signed URL is detected, whether or not the URL has expired."""
    url = tampered(signed(transformation=[{"width": 5}], expires_in=300))

    for now in (NOW, NOW + 10**6):
        with pytest.raises(InvalidSignatureError):
            verify(url, now=now)


def test_another_key() -> None:
    """A signature made with another key is invalid."""
    with pytest.raises(InvalidSignatureError, match="does not match"):
        verify(signed(private_key="another"))


def test_expired() -> None:
    """A URL is valid through its last second and expires after it, by the system clock if `now` is not given."""
    url = signed(expires_in=300)
    verify(url, now=NOW + 300)

    with pytest.raises(ExpiredSignatureError):
        verify(url, now=NOW + 301)
    with pytest.raises(ExpiredSignatureError):
        verify(url, now=None)


def test_the_clock_of_the_call() -> None:
    """If `now` is not given, an expiry counts from the system clock."""
    verify(signed(expires_in=300, now=None), now=None)


@pytest.mark.parametrize(
    "src",
    [
        "https://elsewhere.test/a.jpg",
        "http://ik.imagekit.io/demo/a.jpg",
        "https://ik.imagekit.io/other/a.jpg",
        f"{ENDPOINT}-other/a.jpg",
    ],
)
def test_urls_of_other_endpoints(src: str) -> None:
    """A whole URL that is not below the endpoint could never verify, so signing it is refused."""
    with pytest.raises(ValueError, match="src must be a path, or a URL below url_endpoint"):
        signed(src=src)
    with pytest.raises(InvalidSignatureError):
        verify(f"{src}?ik-s={'0' * 40}")
    assert src == signed(src=src, signed=False)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"transformation": [{"default_image": "/spare parts/é.png"}]}, "?tr=di-spare%20parts@@%C3%A9.png&"),
        ({"transformation": [{"ai_edit": "prompt-50% off"}]}, "?tr=e-edit-prompt-50%25%20off&"),
        ({"transformation": [{"raw": 'zz-"a b"#&?'}]}, "?tr=zz-%22a%20b%22%23&?&"),
        ({"transformation": [{"raw": "zz-/?"}], "transformation_position": "path"}, "/tr:zz-%2F%3F/shoes/"),
        # yarl decodes these, so they are not encoded.
        ({"transformation": [{"raw": "zz-%7e%3d%2f%41"}]}, "?tr=zz-~%3D/A&"),
        ({"transformation": [{"raw": "zz-%7e%3d%2f%41"}], "transformation_position": "path"}, "/tr:zz-~=%2FA/"),
        ({"query_parameters": {"tr": "h-30,w-40"}}, "?tr=h-30,w-40&"),
        ({"query_parameters": {"a": "b,c/d e'"}}, "?a=b,c/d%20e%27&"),
        ({"src": f"{ENDPOINT}/a%2cb%c3%bc.jpg"}, "/demo/a,b%C3%BC.jpg?"),
        # Decoded, the separators would end the text.
        (
            {"transformation": [{"overlay": {"type": "text", "text": "a, b", "encoding": "plain"}}]},
            "?tr=l-text,ie-YSwgYg%3D%3D,l-end&",
        ),
        ({"src": f"{ENDPOINT}/tr:l-text,i-a%3ab,l-end/a.jpg"}, "/demo/tr:l-text,ie-YTpi,l-end/a.jpg?"),
        # Browsers encode an apostrophe in the query only.
        ({"transformation": [{"ai_edit": "prompt-it's"}]}, "/demo/tr:e-edit-prompt-it's/shoes/"),
        ({"src": f"{ENDPOINT}/a.jpg", "transformation": [{"ai_edit": "prompt-it's"}]}, "?tr=e-edit-prompt-it%27s&"),
    ],
)
def test_spelling(options: dict[str, Any], expected: str) -> None:
    """A signed URL is spelled as HTTP clients send it."""
    url = signed(**options)

    assert expected in url
    verify(url)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"src": "a/../b.jpg"}, "src must not have '.' or '..'"),
        ({"src": f"{ENDPOINT}/a/%2e/b.jpg"}, "src must not have '.' or '..'"),
        ({"transformation": [{"ai_edit": "prompt-red%2c blue"}]}, "transformation must not have %2C or %3A"),
        (
            {"transformation": [{"raw": "zz-a/b?c"}, {"ai_edit": "prompt-red%2c blue"}]},
            "transformation must not have %2C",
        ),
        ({"src": f"{ENDPOINT}/a.jpg?tr=n-a%3Ab"}, "transformation must not have %2C or %3A"),
        ({"src": "\ud800"}, "src must be text without lone surrogates"),
        ({"query_parameters": {"v": "\ud800"}}, "query_parameters: v must be text without lone surrogates"),
    ],
)
def test_what_no_client_sends(options: dict[str, Any], message: str) -> None:
    """Signing is refused if some HTTP client would change the URL."""
    with pytest.raises(ValueError, match=re.escape(message)):
        signed(**options)


@pytest.mark.parametrize("error", [InvalidSignatureError, ExpiredSignatureError])
def test_errors(error: type[ImageKitError]) -> None:
    """Both errors are ImageKitErrors and ValueErrors, and can be pickled."""
    assert issubclass(error, (ImageKitError, ValueError))
    assert error("a") == pickle.loads(pickle.dumps(error("a")))


def test_the_key_is_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    """No message, repr, log record or URL contains the key."""
    caplog.set_level(logging.DEBUG)
    shown = [repr(Helper(KEY, ENDPOINT)), signed(expires_in=300)]
    for wrong in ({"expires_in": 0}, {"src": ""}, {"transformation": [{"width": 0}]}):
        with pytest.raises(ValueError) as caught:  # noqa: PT011 - any message will do
            signed(**wrong)
        shown.append(repr(caught.value))
    with pytest.raises(InvalidSignatureError) as invalid:
        verify("https://ik.imagekit.io/demo/a.jpg?ik-s=5")
    shown.append(repr(invalid.value))

    assert not [text for text in [*shown, caplog.text] if KEY in text]


@pytest.mark.parametrize("src", [None, "", 5, "https://", "http:///a.jpg"])
def test_src_must_lead_somewhere(src: Any) -> None:
    """A source that is neither a path nor a URL is refused."""
    with pytest.raises(ValueError, match="src must be"):
        signed(src=src)


@pytest.mark.parametrize(
    "endpoint", [None, "", 5, "ik.imagekit.io/demo", "ftp://ik.imagekit.io", "https://", "//a.test"]
)
def test_endpoint_must_be_a_url(endpoint: Any) -> None:
    """An endpoint without scheme or host is refused."""
    with pytest.raises(ValueError, match="url_endpoint must be an absolute http or https URL"):
        signed(url_endpoint=endpoint)


def test_other_arguments() -> None:
    """An invalid position or query value is refused by name."""
    with pytest.raises(ValueError, match="transformation_position must be query or path, got 'header'"):
        signed(transformation_position="header")
    with pytest.raises(ValueError, match="query_parameters: v must be text, a number or a boolean"):
        signed(query_parameters={"v": [1]})
    with pytest.raises(ValueError, match="query_parameters: v must be"):
        signed(query_parameters={"v": float("nan")})
