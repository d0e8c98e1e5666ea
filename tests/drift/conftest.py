"""
Small documents to compare.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ruamel.yaml import YAML

from openapi.drift.differences import Difference
from openapi.drift.document import SourceDocument
from openapi.drift.operations import compared

Facts = list[tuple[str, str, str]]


def _document(text: str, version: str = "3.1.0") -> SourceDocument:
    content = YAML(typ="safe").load(text)
    return SourceDocument("small.yaml", {"openapi": version, **content})


@pytest.fixture
def differences() -> Callable[[str, str], list[Difference]]:
    """
    Return a function that compares two documents, given as YAML.
    """
    return lambda before, after: compared(_document(before), _document(after))


@pytest.fixture
def sent() -> Callable[[str, str], Facts]:
    """
    Return a function that compares two schemas of a body that the client sends: kind, field and fact.
    """
    return lambda before, after: _facts(_body(before), _body(after))


@pytest.fixture
def received() -> Callable[[str, str], Facts]:
    """
    Return a function that compares two schemas of a body that the client receives: kind, field and fact.
    """
    return lambda before, after: _facts(_response(before), _response(after))


def _facts(before: dict[str, Any], after: dict[str, Any]) -> Facts:
    pair = [
        SourceDocument("small.yaml", {"openapi": "3.1.0", "paths": {"/a": {"post": each}}}) for each in (before, after)
    ]
    return [(each.kind.value, each.field, each.fact) for each in compared(*pair)]


def _body(schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": YAML(typ="safe").load(schema)}}
    return {"requestBody": {"content": content}, "responses": {}}


def _response(schema: str) -> dict[str, Any]:
    return {"responses": {"200": {"content": {"application/json": {"schema": YAML(typ="safe").load(schema)}}}}}
