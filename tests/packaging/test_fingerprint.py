"""
The fingerprint of the document that the package is generated from.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import imagekit_async
from openapi.generator.fingerprint import fingerprint

DOCUMENT = Path(__file__).parents[2] / "openapi" / "imagekit-v1.yaml"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """
    Load the document once.
    """
    return YAML(typ="safe").load(DOCUMENT)


def test_package_shows_the_fingerprint_of_the_document(document):
    """`__api_version__` is the fingerprint of the document as it is."""
    assert fingerprint(document) == imagekit_async.__api_version__


def test_fingerprint_counts_operations_and_webhooks(document):
    """Path items count by their methods, whatever else they hold."""
    methods = [method for item in document["paths"].values() for method in item]
    changed = copy.deepcopy(document)
    changed["paths"]["/v1/files"]["parameters"] = []
    del changed["webhooks"]["file.created"]

    _, operations, webhooks, digest = fingerprint(changed).split("; ")

    assert f"{len(methods)} operations" == operations
    assert f"{len(document['webhooks']) - 1} webhooks" == webhooks
    assert fingerprint(document).rpartition("; ")[2] != digest


def test_fingerprint_ignores_formatting(document):
    """The order of keys does not change the fingerprint, any value does."""
    reordered = dict(reversed(document.items()))
    reworded = {**document, "info": {**document["info"], "title": "Another"}}

    assert fingerprint(document) == fingerprint(reordered)
    assert fingerprint(document) != fingerprint(reworded)
