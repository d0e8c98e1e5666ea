"""
HTTP clients that a transport could send through, each alone and in an interpreter of its own, plain and over TLS.

Prints, for each, CPU time of a small call, one at a time and 50 at a time, calls in a second at 50, and MB in a second
of an upload whose pieces of 1 MiB come from an async iterator.
"""

from __future__ import annotations

import json
import os
import ssl
import statistics
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias

import anyio
import trustme

from benchmarks.measure import alternate, fresh, spent
from benchmarks.server import running

PIECE = bytes(2**20)
PIECES = 200
LENGTH = {"Content-Length": str(PIECES * len(PIECE))}
ROUNDS = 3
MAIN = "import sys; from benchmarks.transports import main; main(*sys.argv[1:])"
SMALL = "/v1/files/1/details"
UPLOAD = "/api/v1/files/upload"

Calls: TypeAlias = tuple[Callable[[], Awaitable[object]], Callable[[], Awaitable[object]]]


async def pieces() -> AsyncIterator[bytes]:
    """
    Yield the body of an upload.
    """
    for _ in range(PIECES):
        yield PIECE


def with_httpx(url: str, certificate: str) -> Calls:
    """
    Return a small call and an upload over httpx.
    """
    import httpx

    client = httpx.AsyncClient(base_url=url, verify=_context(certificate), timeout=60)
    return lambda: client.get(SMALL), lambda: client.post(UPLOAD, content=pieces(), headers=LENGTH)


def with_httpx2(url: str, certificate: str) -> Calls:
    """
    Return a small call and an upload over httpx2.
    """
    import httpx2

    client = httpx2.AsyncClient(base_url=url, verify=_context(certificate), timeout=60)
    return lambda: client.get(SMALL), lambda: client.post(UPLOAD, content=pieces(), headers=LENGTH)


def with_aiohttp(url: str, certificate: str) -> Calls:
    """
    Return a small call and an upload over aiohttp.
    """
    import aiohttp

    session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, ssl=_context(certificate)))

    async def get() -> None:
        async with session.get(url + SMALL) as response:
            await response.read()

    async def post() -> None:
        async with session.post(url + UPLOAD, data=pieces(), headers=LENGTH) as response:
            await response.read()

    return get, post


def with_pyreqwest(url: str, certificate: str) -> Calls:
    """
    Return a small call and an upload over pyreqwest.
    """
    from pyreqwest.client import ClientBuilder

    builder = ClientBuilder()
    client = (builder.add_root_certificate_pem(Path(certificate).read_bytes()) if certificate else builder).build()

    async def get() -> None:
        await (await client.get(url + SMALL).build().send()).bytes()

    async def post() -> None:
        await (await client.post(url + UPLOAD).headers(LENGTH).body_stream(pieces()).build().send()).bytes()

    return get, post


def with_pyqwest(url: str, certificate: str) -> Calls:
    """
    Return a small call and an upload over pyqwest.
    """
    import pyqwest

    trusted = Path(certificate).read_bytes() if certificate else None
    client = pyqwest.Client(pyqwest.HTTPTransport(tls_ca_cert=trusted))
    return lambda: client.get(url + SMALL), lambda: client.post(url + UPLOAD, LENGTH, pieces())


CLIENTS: dict[str, Callable[[str, str], Calls]] = {
    "httpx": with_httpx,
    "httpx2": with_httpx2,
    "aiohttp": with_aiohttp,
    "pyreqwest": with_pyreqwest,
    "pyqwest": with_pyqwest,
}


def report() -> None:
    """
    Measure all clients and print a table.
    """
    print("| client | us CPU, 1 at a time | us CPU, 50 at a time | calls/s, 50 at a time | upload, MB/s |")
    print("|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        authority = trustme.CA()
        server, trusted = f"{folder}/server.pem", f"{folder}/authority.pem"
        authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(server)
        authority.cert_pem.write_to_path(trusted)
        for scheme, keys, certificate in (("plain", "", ""), ("TLS", server, trusted)):
            with running(keys) as url:
                takes = {name: _taking(name, url, certificate) for name in CLIENTS}
                runs = anyio.run(alternate, takes, ROUNDS)
            for name, taken in runs.items():
                figures = [f"{statistics.median(run[what] for run in taken):,.4g}" for what in taken[0]]
                print(f"| {name}, {scheme} | {' | '.join(figures)} |", flush=True)


def main(name: str, url: str, certificate: str) -> None:
    """
    Measure one client and print its figures as JSON.
    """
    print(json.dumps(anyio.run(_figures, name, url, certificate)), flush=True)
    # pyqwest 0.12.0 aborts when the interpreter ends.
    os._exit(0)


async def _figures(name: str, url: str, certificate: str) -> dict[str, float]:
    get, post = CLIENTS[name](url, certificate)
    await spent(get, 200, 50)
    one, many = await spent(get, 500), await spent(get, 2000, 50)
    upload = await spent(post, 2)
    megabytes = PIECES * len(PIECE) / 1e6
    return {"one": 1e6 * one.cpu, "many": 1e6 * many.cpu, "rate": 1 / many.wall, "upload": megabytes / upload.wall}


def _taking(name: str, url: str, certificate: str) -> Callable[[], Any]:
    return lambda: fresh(MAIN, name, url, certificate)


def _context(certificate: str) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certificate or None)


if __name__ == "__main__":
    report()
