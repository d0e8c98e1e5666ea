"""
Read certificates and proxies from the process environment, as curl, httpx and requests do.
"""

from __future__ import annotations

import ipaddress
import os
import ssl
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeAlias
from urllib.request import getproxies, proxy_bypass

import anyio
import httpx

from ..errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The extension of a request that names its proxy, for messages.
PROXY = "imagekit_async.proxy"

_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")


async def ssl_context(load: Callable[[], ssl.SSLContext] = httpx.create_ssl_context) -> ssl.SSLContext:
    """
    Return the TLS settings for the certificates of the environment, loaded once a process.

    Args:
        load: Reads the certificates; those of httpx by default.

    Raises:
        ConfigurationError: `SSL_CERT_FILE`, `SSL_CERT_DIR` or `SSLKEYLOGFILE` is unusable.
    """
    return await anyio.to_thread.run_sync(_loaded, load, _certificates())


@lru_cache(maxsize=1)
def unused_ssl_context() -> ssl.SSLContext:
    """
    Return TLS settings that trust no server, for connections that use no TLS.
    """
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class EnvironmentTransport(httpx.AsyncBaseTransport):
    """
    Send requests to any server, such as those of a delivery network, with certificates and proxies of the environment.

    httpx's own way to read them raises exceptions that name no variable, and not only httpx's.

    Raises:
        ConfigurationError: On a request, if a variable that it depends on is unusable.
    """

    def __init__(self) -> None:
        self._transports: dict[_Route, httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """
        Send a request.
        """
        proxy = proxy_for(request.url)
        route = _route(request, proxy)
        transport = self._transports.get(route)
        if transport is None:
            context = await ssl_context() if route[0] else unused_ssl_context()
            made = httpx.AsyncHTTPTransport(verify=context, trust_env=False, proxy=proxy)
            transport = self._transports.setdefault(route, made)
        return await transport.handle_async_request(request)

    async def aclose(self) -> None:
        """
        Close all connections.
        """
        while self._transports:
            await self._transports.popitem()[1].aclose()


class BlockingEnvironmentTransport(httpx.BaseTransport):
    """
    The same for code that cannot await.
    """

    def __init__(self) -> None:
        self._transports: dict[_Route, httpx.HTTPTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """
        Send a request.
        """
        proxy = proxy_for(request.url)
        route = _route(request, proxy)
        transport = self._transports.get(route)
        if transport is None:
            context = _loaded(httpx.create_ssl_context, _certificates()) if route[0] else unused_ssl_context()
            made = httpx.HTTPTransport(verify=context, trust_env=False, proxy=proxy)
            transport = self._transports.setdefault(route, made)
        return transport.handle_request(request)

    def close(self) -> None:
        """
        Close all connections.
        """
        while self._transports:
            self._transports.popitem()[1].close()


# Whether it needs certificates, and its proxy.
_Route: TypeAlias = tuple[bool, httpx.URL | None]


def _route(request: httpx.Request, proxy: httpx.Proxy | None) -> _Route:
    address = None if proxy is None else proxy.url
    return "https" in (request.url.scheme, address and address.scheme), address


def _certificates() -> tuple[str | None, ...]:
    return tuple(os.environ.get(name) for name in _CERTIFICATES)


# One for httpx and one for httpx2.
@lru_cache(maxsize=2)
def _loaded(load: Callable[[], ssl.SSLContext], values: tuple[str | None, ...]) -> ssl.SSLContext:
    given = {name: value for name, value in zip(_CERTIFICATES, values, strict=True) if value}
    described = " or ".join(f"{name}={value}" for name, value in given.items()) or "the default file"
    try:
        # OpenSSL ignores a folder that does not exist, so that every handshake fails.
        if "SSL_CERT_FILE" not in given and "SSL_CERT_DIR" in given:
            os.listdir(given["SSL_CERT_DIR"])
        return load()
    except OSError as error:
        raise ConfigurationError(f"cannot load certificates from {described}: {error}") from error


def proxy_for(url: httpx.URL) -> httpx.Proxy | None:
    """
    Return the proxy for a URL, or None to connect directly.

    `NO_PROXY` may list host names and their domains, addresses and networks (10.0.0.0/8), each with or without a port;
    entries of another form are ignored.

    Raises:
        ConfigurationError: `HTTP_PROXY`, `HTTPS_PROXY` or `ALL_PROXY` is not the URL of a proxy.
    """
    proxies = getproxies()
    kind = url.scheme if proxies.get(url.scheme) else "all"
    address = proxies.get(kind)
    if not address or _is_direct(url, proxies.get("no", "")):
        return None
    try:
        proxy = httpx.Proxy(address if "://" in address else f"http://{address}")
        if not proxy.url.host or proxy.url.port not in (None, *range(1, 65536)):
            raise ValueError("no host, or not a port")
    except (httpx.InvalidURL, ValueError):
        # The value may contain a password.
        raise ConfigurationError(
            f"environment variable {_variable(kind)} must be the URL of a proxy, such as http://proxy.example:3128"
        ) from None
    if proxy.url.scheme.startswith("socks") and find_spec("socksio") is None:
        raise ConfigurationError(
            f"environment variable {_variable(kind)} names a SOCKS proxy, which needs a package: "
            "pip install 'httpx[socks]'"
        )
    return proxy


def proxy_name(url: httpx.URL, proxy: httpx.Proxy) -> str:
    """
    Return how a message names the proxy of a URL: its address without credentials, and where it was set.
    """
    kind = url.scheme if getproxies().get(url.scheme) else "all"
    return f"{proxy.url.scheme}://{proxy.url.netloc.decode()} ({_variable(kind)})"


def _variable(kind: str) -> str:
    names = f"{kind}_proxy", f"{kind}_PROXY".upper()
    return next((name for name in names if os.environ.get(name)), names[1])


def _is_direct(url: httpx.URL, no_proxy: str) -> bool:
    host = url.host
    if proxy_bypass(host) or proxy_bypass(f"{host}:{url.port}"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in _networks(no_proxy) if network.version == address.version)


def _networks(no_proxy: str) -> Iterator[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    for entry in no_proxy.split(","):
        with suppress(ValueError):
            yield ipaddress.ip_network(entry.strip().strip("[]"), strict=False)
