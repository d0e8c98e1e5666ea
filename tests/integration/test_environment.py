"""
Certificates and proxies come from the environment, and a variable that is unusable is named.
"""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator

import anyio
import certifi
import httpx
import pytest

from imagekit_async import APIConnectionError, AsyncImageKit, ConfigurationError, PermissionDeniedError
from imagekit_async._http import environment
from imagekit_async._http.environment import BlockingEnvironmentTransport, EnvironmentTransport, proxy_for
from imagekit_async.integrations.aiohttp import AiohttpTransport
from imagekit_async.integrations.httpx2 import Httpx2Transport

RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
TRANSPORTS = {"httpx": lambda: None, "aiohttp": AiohttpTransport, "httpx2": Httpx2Transport}

pytestmark = pytest.mark.anyio


class Server:
    """A server, or an HTTP proxy, that notes the first line of each request."""

    def __init__(self, response: bytes = RESPONSE) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._response = response
        self.lines: list[bytes] = []
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Stop accepting connections."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        try:
            while True:
                connection, _ = self._listener.accept()
                with connection:
                    self.lines.append(connection.recv(65536).partition(b"\r\n")[0])
                    connection.sendall(self._response)
        except OSError:
            pass


@pytest.fixture
def server() -> Iterator[Server]:
    """A server."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def anyio_backend() -> str:
    """aiohttp works on asyncio only."""
    return "asyncio"


@pytest.fixture(params=TRANSPORTS)
def transport(request: pytest.FixtureRequest) -> httpx.AsyncBaseTransport | None:
    """Each transport that reads the environment."""
    return TRANSPORTS[request.param]()


def free_port() -> int:
    """A port where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


async def call(base_url: str, transport: httpx.AsyncBaseTransport | None) -> object:
    """Make a call."""
    async with AsyncImageKit("private", base_url=base_url, transport=transport, max_retries=0) as client:
        return (await client.request("GET", "/v1/x")).value


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy"])
async def test_requests_go_through_the_proxy(server, transport, name, monkeypatch):
    """A proxy of the environment gets the requests, in either case of the variable."""
    monkeypatch.setenv(name, server.address)

    assert {} == await call("http://api.example", transport)
    assert [b"GET http://api.example/v1/x HTTP/1.1"] == server.lines


@pytest.mark.parametrize("no_proxy", ["127.0.0.1", "localhost,127.0.0.1,[::1]", "[::1", "10.0.0.0/8,127.0.0.0/8", "*"])
async def test_no_proxy_may_look_odd(server, transport, no_proxy, monkeypatch):
    """NO_PROXY with addresses, networks, brackets and nonsense bypasses the proxy for what matches, and never fails."""
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("NO_PROXY", f"{no_proxy},127.0.0.1")

    assert {} == await call(f"http://{server.address}", transport)


@pytest.mark.parametrize(
    ("no_proxy", "url", "direct"),
    [
        ("example.com", "https://api.example.com", True),
        (".example.com", "https://api.example.com", True),
        ("example.com", "https://badexample.com", False),
        ("example.com:8080", "http://example.com:8080", True),
        ("example.com:8080", "http://example.com", False),
        ("10.0.0.0/8", "http://10.1.2.3", True),
        ("10.0.0.0/8,x/y", "http://11.1.2.3", False),
        ("fd00::/8", "http://[fd00::1]:8080", True),
        ("fd00::/8", "http://10.1.2.3", False),
        ("[::1]", "http://[::1]", True),
        ("", "http://localhost", False),
    ],
)
def test_what_no_proxy_matches(no_proxy, url, direct, monkeypatch):
    """NO_PROXY lists hosts with their domains, addresses and networks, with or without a port."""
    monkeypatch.setenv("ALL_PROXY", "proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", no_proxy)
    proxy = proxy_for(httpx.URL(url))

    assert (None if direct else "http://proxy.example:3128") == (proxy and str(proxy.url))


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("HTTP_PROXY", "ftp://user:hush@h", "^environment variable HTTP_PROXY must be the URL of a proxy"),
        ("http_proxy", "http://", "^environment variable http_proxy must be the URL of a proxy"),
        ("ALL_PROXY", "http://h:0", "^environment variable ALL_PROXY must be the URL of a proxy"),
        ("ALL_PROXY", "http://h:99999", "^environment variable ALL_PROXY must be the URL of a proxy"),
        ("all_proxy", "http://[::1", "^environment variable all_proxy must be the URL of a proxy"),
        ("ALL_PROXY", "socks5://user:hush@127.0.0.1:1", r"ALL_PROXY names a SOCKS proxy.*pip install 'httpx\[socks\]'"),
    ],
)
async def test_unusable_proxies_are_named(transport, name, value, message, monkeypatch):
    """A proxy variable that is unusable is named, and its value, which may hold a password, is not shown."""
    monkeypatch.setenv(name, value)

    with pytest.raises(ConfigurationError, match=message) as raised:
        await call("http://127.0.0.1:1", transport)

    assert "hush" not in str(raised.value)


async def test_aiohttp_refuses_other_proxies(monkeypatch):
    """aiohttp does without TLS to the proxy, and the error names the proxy without its credentials."""
    monkeypatch.setenv("HTTP_PROXY", "https://user:hush@h:1")
    message = r"^AiohttpTransport supports only http proxies, not https://h:1 \(HTTP_PROXY\)$"

    with pytest.raises(ConfigurationError, match=message):
        await call("http://127.0.0.1:1", AiohttpTransport())


async def test_connection_errors_name_host_and_port(transport):
    """An error about a connection names the host and the port."""
    port = free_port()

    with pytest.raises(APIConnectionError, match=rf"^Connection failed to 127.0.0.1:{port}: "):
        await call(f"http://127.0.0.1:{port}", transport)


async def test_connection_errors_name_the_proxy(transport, monkeypatch):
    """An error about a connection through a proxy names the proxy and its variable, without credentials."""
    port = free_port()
    monkeypatch.setenv("ALL_PROXY", f"http://user:hush@127.0.0.1:{port}/hush?user=hush")
    message = rf"^Connection failed to api.example:80 through proxy http://127.0.0.1:{port} \(ALL_PROXY\): "

    with pytest.raises(APIConnectionError, match=message) as raised:
        await call("http://api.example", transport)

    assert "hush" not in str(raised.value)


async def test_a_wrong_key_names_the_setting(transport):
    """The error for a key that the API does not know says which setting to check."""
    body = b'{"message": "Your account cannot be authenticated."}'
    server = Server(b"HTTP/1.1 403 Forbidden\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    message = (
        r"^403: Your account cannot be authenticated; check private_key \(environment variable IMAGEKIT_PRIVATE_KEY\)"
    )

    with pytest.raises(PermissionDeniedError, match=message):
        await call(f"http://{server.address}", transport)
    server.close()


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"])
async def test_missing_certificates_are_named(transport, name, tmp_path, monkeypatch):
    """A variable for certificates that names nothing usable is named with its value; http does without."""
    # With the system's certificates, httpx2 writes no keys.
    monkeypatch.setenv("SSL_CERT_FILE", certifi.where())
    if name == "SSL_CERT_DIR":
        monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.setenv(name, str(tmp_path / "missing" / "x"))

    with pytest.raises(ConfigurationError, match=rf"{name}=\S*missing"):
        await call("https://127.0.0.1:1", transport)


@pytest.mark.parametrize("module", ["aiohttp", "httpx2"])
def test_a_missing_key_log_names_its_variable_at_import(module, tmp_path):
    """A library that makes TLS settings when it is imported fails with an error of ours that names the variable."""
    code = f"""
import os
os.environ["SSLKEYLOGFILE"] = {str(tmp_path / "missing" / "keys")!r}
from imagekit_async import ConfigurationError
try:
    import imagekit_async.integrations.{module}
except ConfigurationError as error:
    assert "SSLKEYLOGFILE" in str(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)

    assert (0, b"") == (done.returncode, done.stderr)


async def test_http_needs_no_certificates(server, transport, monkeypatch):
    """A server without TLS is reached whatever the variables for certificates say."""
    monkeypatch.setenv("SSL_CERT_FILE", "/missing")

    assert {} == await call(f"http://{server.address}", transport)


async def test_certificates_are_loaded_once(monkeypatch, tmp_path):
    """Clients share the certificates, until a variable names others."""
    first, again = await environment.ssl_context(), await environment.ssl_context()
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    changed = await environment.ssl_context()

    assert first is again
    assert first is not changed
    assert isinstance(changed, ssl.SSLContext)


async def test_a_key_that_is_not_utf_8_stays_secret():
    """A key from the environment with bytes that are not UTF-8 is refused without being shown."""
    code = "from imagekit_async import AsyncImageKit; AsyncImageKit()"
    done = subprocess.run(
        [sys.executable, "-c", code], env={b"IMAGEKIT_PRIVATE_KEY": b"hush\xff"}, capture_output=True, check=False
    )

    assert b"ConfigurationError: private_key (environment variable IMAGEKIT_PRIVATE_KEY) must be" in done.stderr
    assert b"hush" not in done.stderr


async def fetch(url: str, *, blocking: bool) -> int:
    """Read a URL of any server, as downloads do, twice."""
    once = {"Connection": "close"}

    def get() -> int:
        with httpx.Client(transport=BlockingEnvironmentTransport()) as client:
            return max(client.get(url, headers=once).status_code for _ in range(2))

    if blocking:
        return await anyio.to_thread.run_sync(get)
    async with httpx.AsyncClient(transport=EnvironmentTransport()) as client:
        return max([(await client.get(url, headers=once)).status_code for _ in range(2)])


@pytest.mark.parametrize("blocking", [False, True])
@pytest.mark.parametrize(
    "variables",
    [
        {"NO_PROXY": "[::1,127.0.0.1"},
        {"NO_PROXY": "127.0.0.0/8", "HTTP_PROXY": "http://127.0.0.1:1"},
        {"NO_PROXY": "127.0.0.1", "ALL_PROXY": "socks5://127.0.0.1:1"},
        {"HTTPS_PROXY": "http://h:99999"},
        {"SSL_CERT_FILE": "/missing"},
        {"SSLKEYLOGFILE": "/missing/keys"},
    ],
    ids=lambda variables: " ".join(variables),
)
async def test_downloads_need_only_what_they_use(server, variables, blocking, monkeypatch):
    """A variable that has nothing to do with a URL, or is odd, does not keep a download from its server."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert 200 == await fetch(f"http://{server.address}/a.png", blocking=blocking)


@pytest.mark.parametrize("blocking", [False, True])
async def test_downloads_go_through_the_proxy(server, blocking, monkeypatch):
    """A download uses the proxy of the environment."""
    monkeypatch.setenv("ALL_PROXY", f"http://{server.address}")

    assert 200 == await fetch("http://cdn.example/a.png", blocking=blocking)
    assert [b"GET http://cdn.example/a.png HTTP/1.1"] * 2 == server.lines


@pytest.mark.parametrize("blocking", [False, True])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTPS_PROXY", "ftp://user:hush@h"),
        ("ALL_PROXY", "socks5://user:hush@127.0.0.1:1"),
        ("SSL_CERT_FILE", "/missing"),
        ("SSLKEYLOGFILE", "/missing/keys"),
    ],
)
async def test_downloads_name_unusable_variables(name, value, blocking, monkeypatch):
    """A variable that a download depends on and that is unusable is named, without a password."""
    monkeypatch.setenv(name, value)

    with pytest.raises(ConfigurationError, match=name) as caught:
        await fetch("https://127.0.0.1:1/a.png", blocking=blocking)

    assert "hush" not in str(caught.value)
