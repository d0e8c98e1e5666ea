"""
Whom a local ImageKit may call: loopback addresses, and the hosts that its user allows.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

import httpx


def is_reachable(url: str, allowed_hosts: Collection[str]) -> bool:
    """
    Whether a URL leads to the machine itself or to an allowed host.

    Raises:
        httpx.InvalidURL: It is no URL.
    """
    host = httpx.URL(url).host
    return host in allowed_hosts or _is_loopback(host)


def client(timeout_seconds: float) -> httpx.AsyncClient:
    """
    A client that calls no one but whom it is told to.
    """
    # A certificate of a loopback server is self-signed, and a proxy would lead off the machine.
    return httpx.AsyncClient(verify=False, trust_env=False, timeout=timeout_seconds, follow_redirects=False)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
