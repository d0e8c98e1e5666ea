"""
Where a local ImageKit may send requests: to the addresses that its user lists, and nowhere else.

Web pages and uploads choose the URLs that are fetched and called, and every service on loopback would be open to them.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

import anyio
import httpx

_MAX_PORT = 65535
_PORTS = {"http": 80, "https": 443}


class UnreachableError(Exception):
    """
    A URL that the server must not send a request to, whatever the reason; the text names it.
    """


class Reach:
    """
    The addresses that uploads by URL, webhooks and callbacks may lead to.

    Args:
        addresses: Each a host with a port, such as `127.0.0.1:9000`, or a URL, of which host and port count.

    Raises:
        ValueError: An address has no host or no port.
    """

    def __init__(self, addresses: Collection[str] = ()) -> None:
        self._addresses: set[tuple[str, int]] = set()
        for address in addresses:
            self.add(address)

    def add(self, address: str) -> None:
        """
        Allow requests to one more address.

        Raises:
            ValueError: It has no host or no port.
        """
        try:
            parts = urlsplit(address if "://" in address else f"//{address}")
            port = parts.port or _PORTS[parts.scheme]
        except (KeyError, ValueError):
            parts, port = urlsplit(""), 0
        if not parts.hostname:
            raise ValueError(f"reachable must contain addresses such as '127.0.0.1:9000', got {address!r}")
        self._addresses.add((_canonical(parts.hostname), port))

    def client(self, timeout_seconds: float) -> httpx.AsyncClient:
        """
        Return a client that sends requests to these addresses only, and raises UnreachableError for all others.
        """
        # Without the environment, or a proxy would send the request. Redirects are not followed.
        return httpx.AsyncClient(transport=_CheckedTransport(self), trust_env=False, timeout=timeout_seconds)

    async def resolve(self, url: httpx.URL) -> list[str]:
        """
        Return the numeric addresses to connect to for a URL, which are checked as well as its name.

        Raises:
            UnreachableError: The URL has credentials, or it or what its host resolves to is not allowed.
            httpx.ConnectError: The host cannot be resolved.
        """
        if url.userinfo:
            raise UnreachableError("The local ImageKit sends no credentials of a URL.")
        host, port = _canonical(url.host), url.port or _PORTS.get(url.scheme, 0)
        if not host or not 0 < port <= _MAX_PORT:
            raise UnreachableError(f"{str(url)!r} is not an http or https URL with a valid host and port.")
        if (host, port) not in self._addresses:
            raise _not_listed(host, port)
        try:
            found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpx.ConnectError(f"cannot resolve {host}: {error}") from error
        addresses = [str(address[0]) for *_, address in found]
        for address in addresses:
            # A name that its owner points at loopback, for a moment or for good, leads to services of this machine.
            if host != "localhost" and _is_here(address) and (_canonical(address), port) not in self._addresses:
                raise _not_listed(_canonical(address), port)
        return addresses


class _CheckedTransport(httpx.AsyncHTTPTransport):
    """
    Connects to the very addresses that were checked, so that a name cannot resolve to others in between.
    """

    def __init__(self, reach: Reach) -> None:
        # The certificate of a receiver on loopback is self-signed.
        super().__init__(verify=False)
        self._reach = reach

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        extensions = {"sni_hostname": request.url.raw_host.decode("ascii"), **request.extensions}
        failure = httpx.ConnectError("the host has no address", request=request)
        for address in await self._reach.resolve(request.url):
            pinned = httpx.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions=extensions,
            )
            try:
                return await super().handle_async_request(pinned)
            except httpx.ConnectError as error:
                failure = error
        raise failure


def _not_listed(host: str, port: int) -> UnreachableError:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return UnreachableError(
        f"The local ImageKit sends requests to listed addresses only. Start it with reachable=['{address}']."
    )


def _canonical(host: str) -> str:
    try:
        return str(_numeric(host))
    except ValueError:
        return host.lower()


def _is_here(address: str) -> bool:
    numeric = _numeric(address)
    return numeric.is_loopback or numeric.is_unspecified


def _numeric(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    address = ipaddress.ip_address(host)
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return address if mapped is None else mapped
