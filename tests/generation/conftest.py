"""
Small documents, and the packages that are generated from them.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from imagekit_async import AsyncImageKit

pytest.importorskip("openapi_python_client")
from openapi.generator.generation import generate, load


class Api:
    """
    A generated package on a recording transport.
    """

    def __init__(self, package: str) -> None:
        self._package = package
        self.requests: list[httpx.Request] = []
        self.replies: list[httpx.Response] = []

    def module(self, name: str) -> Any:
        """
        Return a module of the package.
        """
        return importlib.import_module(f"{self._package}.{name}")

    def reply(self, *values: Any) -> None:
        """
        Set the next responses: JSON values, or responses.
        """
        for value in values:
            self.replies.append(value if isinstance(value, httpx.Response) else httpx.Response(200, json=value))

    def _play(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.replies.pop(0) if self.replies else httpx.Response(200, json={})

    @property
    def transport(self) -> httpx.MockTransport:
        """
        The transport that plays the replies.
        """
        return httpx.MockTransport(self._play)

    @property
    def root(self) -> Any:
        """
        The resource tree of the package.
        """
        client = AsyncImageKit("private_key", transport=self.transport, max_retries=0)
        return self.module("api.root.resource").Resources(client._session)

    @property
    def sent(self) -> Any:
        """
        The JSON of the last request.
        """
        return json.loads(self.requests[-1].content)

    @property
    def queries(self) -> list[str]:
        """
        The query of each request.
        """
        return [request.url.query.decode() for request in self.requests]


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """
    Return a function that writes a document.
    """

    def write(document: str) -> Path:
        path = tmp_path_factory.mktemp("document") / "document.yaml"
        head = "openapi: 3.1.0\ninfo: {title: Test, version: '1'}\n"
        servers = "" if "servers: []" in document else "servers: [{url: https://api.imagekit.io}]\n"
        path.write_text(head + servers + document, encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory, written: Callable[[str], Path]) -> Iterator[Callable[[str], Api]]:
    """
    Return a function that generates a package from a document, once.
    """
    folder = tmp_path_factory.mktemp("packages")
    names: dict[str, str] = {}

    def package(document: str) -> Api:
        if document not in names:
            path = written(document)
            names[document] = f"package_{len(names)}"
            generate(load(path), path, folder / names[document])
        return Api(names[document])

    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield package


@pytest.fixture(scope="session")
def table() -> dict[str, str]:
    """
    Return the table of the documentation: what is generated or refused, by the part of the document.
    """
    page = Path(__file__).parents[2] / "docs" / "how-to" / "generator.md"
    rows = [row.strip("|").split(" | ") for row in page.read_text(encoding="utf-8").splitlines() if row[:2] == "| "]
    return {row[0].strip(): row[1].strip() for row in rows[1:]}
