"""
Valid and invalid requests generated from the document: every response is documented and not a server error.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from PIL import Image
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation

from imagekit_local import LocalImageKit
from imagekit_local._document.reading import packaged_document

_DOCUMENT = Path(__file__).parents[3] / "openapi" / "imagekit-v1.yaml"
_EXTENSION = {"name": "aws-auto-tagging", "minConfidence": 0, "maxTags": 1}
_RESOURCES: dict[str, dict[str, Any]] = {
    "/v1/customMetadataFields": {"name": "a", "label": "a", "schema": {"type": "Text"}},
    "/v1/saved-extensions": {"name": "a", "description": "a", "config": _EXTENSION},
    "/v1/named-transformations": {"name": "a", "transformation": "w-1"},
    "/v1/accounts/origins": {"name": "a", "type": "WEB_PROXY"},
    "/v1/accounts/url-endpoints": {"description": "a", "urlPrefix": "a"},
    "/v1/accounts/webhooks": {"endpoint": "http://127.0.0.1:9", "events": ["file.created"], "enabled": False},
}
_PATHS = {
    "sourceFilePath": "/a/a.png",
    "filePath": "/a/a.png",
    "sourceFolderPath": "/a",
    "folderPath": "/a",
}
# With a key beside them, or with arbitrary text in them, no upload gets past them.
_REFUSED = {"token", "signature", "publicKey", "expire", "checks"}
schema = schemathesis.openapi.from_path(_DOCUMENT)


class _Library:
    """
    A server with one object of each kind, at the ids that requests use.
    """

    def __init__(self, server: LocalImageKit, session: requests.Session) -> None:
        self.server = server
        self.session = session
        self.ids = {path: self._send(path, json=body)["id"] for path, body in _RESOURCES.items()}
        image = io.BytesIO()
        Image.new("RGB", (2, 2)).save(image, "PNG")
        form = {"fileName": "a.png", "folder": "/a", "useUniqueFileName": "false"}
        old, new = (self._send("/api/v1/files/upload", data=form, files={"file": image.getvalue()}) for _ in range(2))
        job = self._send("/v1/bulkJobs/copyFolder", json={"sourceFolderPath": "/a", "destinationPath": "/b"})
        purge = self._send("/v1/files/purge", json={"url": new["url"]})
        self.url = new["url"]
        self.parameters = {
            "fileId": new["fileId"],
            "versionId": old["versionInfo"]["id"],
            "jobId": job["jobId"],
            "requestId": purge["requestId"],
        }

    def _send(self, path: str, **content: Any) -> Any:
        response = self.session.post(self.server.url + path, timeout=10, **content)
        response.raise_for_status()
        return response.json()

    def fill(self, case: schemathesis.Case) -> None:
        """
        Point a request to something that exists, unless it is meant to be wrong.
        """
        if _is_valid(case, ParameterLocation.PATH):
            known = {**self.parameters, "id": self.ids.get(case.operation.path.removesuffix("/{id}"))}
            case.path_parameters = {name: known[name] for name in case.path_parameters}
        if _is_valid(case, ParameterLocation.QUERY) and "url" in case.query:
            case.query["url"] = self.url
        if _is_valid(case, ParameterLocation.BODY) and isinstance(case.body, dict):
            known = {**_PATHS, "url": self.url, "fileIds": [self.parameters["fileId"]]}
            kept = case.body.keys() - _REFUSED
            case.body = {name: known.get(name, value) for name, value in case.body.items() if name in kept}


def _is_valid(case: schemathesis.Case, location: ParameterLocation) -> bool:
    component = case.meta.components.get(location) if case.meta else None
    return component is not None and component.mode.is_positive


@pytest.fixture
def library() -> Iterator[_Library]:
    """
    The library that one operation is called on.
    """
    with LocalImageKit(job_delay_seconds=0) as server, requests.Session() as session:
        session.auth = (server.private_key, "")
        yield _Library(server, session)


# What one request changes, the next may well meet: the fixture is per operation, not per example.
@schema.parametrize()
@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_operation(case: schemathesis.Case, library: _Library) -> None:
    """Any request gets a response with a documented status, schema, content type and headers."""
    library.fill(case)

    # All but this is judged for every response of this directory.
    case.call_and_validate(base_url=library.server.url, session=library.session, checks=[not_a_server_error])


def test_all_operations_are_driven() -> None:
    """Every operation of the document is tested."""
    assert len(packaged_document().operations) == len(list(schema.get_all_operations()))
