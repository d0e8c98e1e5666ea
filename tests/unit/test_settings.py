"""
How a client is configured: arguments first, then the environment, then defaults; what is unusable is refused at once.
"""

from __future__ import annotations

import httpx
import pytest

from imagekit_async import AsyncImageKit, ConfigurationError
from imagekit_async._settings import API_SERVER, UPLOAD_SERVER, Settings

VARIABLES = {
    "private_key": "IMAGEKIT_PRIVATE_KEY",
    "public_key": "IMAGEKIT_PUBLIC_KEY",
    "url_endpoint": "IMAGEKIT_URL_ENDPOINT",
    "webhook_secret": "IMAGEKIT_WEBHOOK_SECRET",
}
VALUES = {
    "private_key": "private_of_environment",
    "public_key": "public_of_environment",
    "url_endpoint": "https://ik.example/environment/",
    "webhook_secret": "whsec_of_environment",
}


def resolved(**arguments: object) -> Settings:
    """The settings of a client made with these arguments."""
    defaults = {
        "private_key": None,
        "public_key": None,
        "url_endpoint": None,
        "webhook_secret": None,
        "base_url": None,
        "upload_base_url": None,
        "max_retries": 2,
        "default_headers": None,
        "max_response_bytes": 1000,
        "transport": None,
        "http_client": None,
    }
    return Settings.resolve(**{**defaults, **arguments})


@pytest.fixture
def environment(monkeypatch):
    """An environment that holds all four values."""
    for name, variable in VARIABLES.items():
        monkeypatch.setenv(variable, VALUES[name])


@pytest.mark.usefixtures("environment")
def test_values_come_from_the_environment():
    """What is not passed is read from the environment."""
    settings = resolved()

    assert (VALUES["private_key"], VALUES["public_key"]) == (settings.private_key, settings.public_key)
    assert (VALUES["webhook_secret"], "https://ik.example/environment") == (
        settings.webhook_secret,
        settings.url_endpoint,
    )


@pytest.mark.usefixtures("environment")
def test_arguments_come_first():
    """What is passed wins over the environment."""
    settings = resolved(private_key="a", public_key="b", webhook_secret="c", url_endpoint="https://ik.example/d")

    assert ("a", "b", "c", "https://ik.example/d") == (
        settings.private_key,
        settings.public_key,
        settings.webhook_secret,
        settings.url_endpoint,
    )


def test_only_the_private_key_is_needed():
    """The other values are None when they are given nowhere."""
    settings = resolved(private_key="a")

    assert (None, None, None) == (settings.public_key, settings.webhook_secret, settings.url_endpoint)


def test_a_missing_private_key():
    """The error names the argument and the variable."""
    with pytest.raises(ConfigurationError, match=r"private_key=.*IMAGEKIT_PRIVATE_KEY"):
        AsyncImageKit()


@pytest.mark.parametrize("name", list(VARIABLES))
@pytest.mark.parametrize(
    "value", ["", " ", "\n", "key\n", "a b", "k\u00e9y", "\ufeffkey", "k\u200by", "\udcff", "k\x7f", '"key"']
)
def test_unusable_values(name, value, monkeypatch):
    """A value that is blank, has spaces or is not ASCII is refused, wherever it comes from."""
    rule = "an absolute http or https URL" if name == "url_endpoint" else "printable ASCII without spaces"
    pattern = rf"{name} \(environment variable {VARIABLES[name]}\) must be {rule}"

    with pytest.raises(ConfigurationError, match=pattern):
        AsyncImageKit(**{"private_key": "a", name: value})
    monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", "a")
    monkeypatch.setenv(VARIABLES[name], value)
    with pytest.raises(ConfigurationError, match=pattern):
        AsyncImageKit()


@pytest.mark.parametrize("argument", ["base_url", "upload_base_url", "url_endpoint"])
@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.imagekit.io",
        "//api.imagekit.io",
        "ftp://api.imagekit.io",
        "https://",
        "https:///v1",
        "https://:443",
        "https://user:password@host",
        "https://user@host",
        "https://host?x=1",
        "https://host#x",
        "https://[::1",
        "https://host:port",
        "https://host:99999",
        "https://host:0",
        "https://ho st",
        " https://host",
        "https://ho\x00st",
        "https://host?",
        "https://host#",
        "https://ho\\st",
        "https://host/\u2028",
        "https://a..b",
        "https://.",
        f"https://{'a' * 64}.example",
        f"https://{'a.' * 130}example",
        "https://xn--",
        "https://\u00ad",
        "https://\ud800",
    ],
)
def test_bad_urls(argument, url):
    """A base URL that cannot be built upon is refused by the name of its argument."""
    with pytest.raises(ConfigurationError, match=f"^{argument} ") as caught:
        AsyncImageKit("private", **{argument: url})

    assert "password" not in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "api", "upload"),
    [
        ({}, API_SERVER, UPLOAD_SERVER),
        ({"base_url": "http://localhost:8000/"}, "http://localhost:8000", "http://localhost:8000"),
        ({"base_url": "http://a/x//", "upload_base_url": "http://[::1]:9/"}, "http://a/x", "http://[::1]:9"),
        ({"upload_base_url": "http://b"}, API_SERVER, "http://b"),
    ],
)
def test_base_urls(arguments, api, upload):
    """The base URL alone moves uploads too; an upload URL moves only them; slashes at the end are dropped."""
    settings = resolved(private_key="a", **arguments)

    assert {"base_url": api, "upload_base_url": upload} == settings.urls()
    assert (api, upload) == (settings.server(API_SERVER), settings.server(UPLOAD_SERVER))
    assert "https://other.example" == settings.server("https://other.example")


def test_the_base_url_comes_from_the_environment(monkeypatch):
    """A client can be pointed to another server without a change of code."""
    monkeypatch.setenv("IMAGEKIT_BASE_URL", "http://localhost:8000")

    assert {"base_url": "http://localhost:8000", "upload_base_url": "http://localhost:8000"} == resolved(
        private_key="a"
    ).urls()


@pytest.mark.parametrize("value", [0, -1, -0.5, float("nan"), float("inf"), "5", True, [1]])
def test_bad_timeouts(value):
    """A timeout that is not positive and finite is refused."""
    with pytest.raises(
        ConfigurationError, match=r"^timeout must be a positive number of seconds, an httpx.Timeout, or None"
    ):
        AsyncImageKit("private", timeout=value)


@pytest.mark.parametrize("value", [-1, 1.5, True, "2", None])
def test_bad_retries(value):
    """The number of retries is an int of at least 0."""
    with pytest.raises(ConfigurationError, match=r"^max_retries must be an int of at least 0"):
        AsyncImageKit("private", max_retries=value)


def test_two_ways_to_send():
    """A transport and an http_client exclude each other."""
    transport = httpx.MockTransport(lambda _: httpx.Response(200))

    with pytest.raises(ConfigurationError, match="transport or http_client, not both"):
        AsyncImageKit("private", transport=transport, http_client=httpx.AsyncClient(transport=transport))


def test_nothing_secret_is_shown():
    """The texts of client and settings show the URLs and no secret."""
    arguments = {"private_key": "private-hush", "webhook_secret": "whsec-hush", "default_headers": {"X": "x-hush"}}
    client = AsyncImageKit(**arguments)

    assert f"AsyncImageKit(base_url='{API_SERVER}', upload_base_url='{UPLOAD_SERVER}')" == repr(client) == str(client)
    assert "hush" not in repr(resolved(**arguments))


@pytest.mark.parametrize("value", ["hush\n", "hush\r\nX: y", " hush", "hush ", "hush\u00e9", "hush\x00"])
def test_headers_that_cannot_be_sent(value):
    """A header that HTTP does not allow is refused by its name; its value, which may be a token, is not shown."""
    with pytest.raises(
        ConfigurationError, match=r"^default_headers: the value of X-Token must be a str of printable ASCII"
    ) as raised:
        resolved(private_key="a", default_headers={"X-Token": value})

    assert "hush" not in str(raised.value)


def test_header_names_that_cannot_be_sent():
    """A header's name is one word."""
    with pytest.raises(
        ConfigurationError, match=r"^default_headers: a header name must be one word, such as X-Tenant, got 'X Token'$"
    ):
        resolved(private_key="a", default_headers={"X Token": "a"})


def test_headers_that_can_be_sent():
    """A value may be empty and hold blanks and tabs inside, a name any sign that HTTP allows."""
    headers = {"X-Empty": "", "X_1.a": 'a b\tc; d="e"'}

    assert headers == resolved(private_key="a", default_headers=headers).default_headers


def test_settings_are_fixed():
    """Later changes of what was passed do not reach the client."""
    headers = {"X-Tenant": "1"}
    settings = resolved(private_key="a", default_headers=headers)
    headers["X-Tenant"] = "2"

    assert {"X-Tenant": "1"} == settings.default_headers
    with pytest.raises(AttributeError):
        settings.private_key = "b"


def test_an_internationalized_host_is_accepted():
    """A host outside ASCII that has an IDNA form is usable."""
    url = "https://пример.example"

    assert url == resolved(private_key="a", base_url=url).server(API_SERVER)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"private_key": 123}, r"^private_key must be a str, got int$"),
        ({"private_key": b"hush"}, r"^private_key must be a str, got bytes$"),
        ({"private_key": "hush:b"}, r"^private_key must not contain a colon"),
        ({"base_url": 5}, r"^base_url must be a str, got int$"),
        ({"transport": httpx.HTTPTransport(verify=False)}, r"^transport must be an httpx.AsyncBaseTransport, got HTTP"),
        ({"http_client": httpx.Client(verify=False)}, r"^http_client must be an httpx.AsyncClient, got Client$"),
        ({"default_headers": [("X", "hush")]}, r"^default_headers must be a mapping of str to str, got list$"),
        ({"default_headers": {"X": 5}}, r"^default_headers: the value of X must be a str"),
        ({"default_headers": {5: "x"}}, r"^default_headers: a header name must be one word, such as X-Tenant, got 5$"),
        ({"default_headers": {"Content-Length": "3"}}, r"^default_headers must not contain Content-Length"),
        ({"pacing": True}, r"^pacing must be a Pacing, or None for no pacing, got bool$"),
        ({"hooks": {"on_retry": print}}, r"^hooks must be Hooks, got dict$"),
        ({"max_response_bytes": 0}, r"^max_response_bytes must be an int of at least 1, got 0$"),
        ({"max_response_bytes": "1"}, r"^max_response_bytes must be an int of at least 1, got '1'$"),
    ],
)
def test_wrong_types_are_refused_by_name(arguments, message):
    """A value of the wrong type is refused when the client is made, by the name of its argument, and not shown."""
    with pytest.raises(ConfigurationError, match=message) as raised:
        AsyncImageKit(**{"private_key": "private", **arguments})

    assert "hush" not in str(raised.value)
