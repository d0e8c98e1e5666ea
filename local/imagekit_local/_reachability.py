"""
Whom a local ImageKit may call: loopback addresses, and the hosts that its user allows.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

import httpx

_MAX_PORT = 65535


def is_reachable(url: str, allowed_hosts: Collection[str]) -> bool:
    """
    Whether a URL leads to the machine itself or to an allowed host.

    Raises:
        httpx.InvalidURL: It is no URL.
    """
    host = _host(httpx.URL(url))
    return host in allowed_hosts or _is_loopback(host)


def client(timeout_seconds: float) -> httpx.AsyncClient:
    """
    A client that calls no one but whom it is told to.
    """
    # A certificate of a loopback server is self-signed, and a proxy would lead off the machine.
    return httpx.AsyncClient(verify=False, trust_env=False, timeout=timeout_seconds, follow_redirects=False)


def _host(url: httpx.URL) -> str:
    # httpx notices neither by itself, and connecting would fail with whatever the event loop raises.
    if not 0 <= (url.port or 0) <= _MAX_PORT:
        raise httpx.InvalidURL("there is no such port")
    try:
        return url.host
    except UnicodeError as error:
        raise httpx.InvalidURL(f"there can be no such host: {error}") from error


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
