"""
The client's calls, their names, parameters and documentation.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import pytest

from imagekit_async import UNSET
from imagekit_async._generated.api.root.resource import Resources
from imagekit_async._generated.api.root.with_response import ResourcesWithResponse

OPTIONS = {
    "timeout": UNSET,
    "max_retries": UNSET,
    "extra_headers": None,
    "extra_query": None,
    "extra_body": None,
    "deadline": None,
    "idempotent": UNSET,
}
UPLOAD_OPTIONS = {**OPTIONS, "progress": None}


def calls(resource: Any, cls: type, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """
    Walk a resource and those below it.
    """
    for name in dir(cls):
        if name.startswith("_"):
            continue
        child = getattr(resource, name)
        if isinstance(inspect.getattr_static(cls, name), cached_property):
            yield from calls(child, type(child), f"{prefix}{name}.")
        else:
            yield prefix + name, child


@pytest.fixture
def trees(answering) -> dict[str, dict[str, Callable[..., Any]]]:
    """
    Give the calls of a client by name, plain and with the response.
    """
    client, _ = answering()
    return {
        "plain": dict(calls(client, Resources)),
        "with_response": dict(calls(client.with_response, ResourcesWithResponse)),
    }


@pytest.mark.parametrize("kind", ["plain", "with_response"])
def test_calls_are_those_of_the_tree(trees, tree, document, kind):
    """The client has the calls of the tree, `iterate` and `wait` where the document says so, and no others."""
    marks = {"x-pagination": "iterate", "x-wait": "wait"} if kind == "plain" else {}
    derived = {
        f"{call.rpartition('.')[0]}.{name}": mark
        for call, (_, operation) in document.operations.items()
        for mark, name in marks.items()
        if mark in operation
    }
    found = trees[kind]

    assert sorted([*tree, *derived]) == sorted(found)
    assert {name for name, mark in derived.items() if mark == "x-pagination"} == {
        name for name, method in found.items() if not inspect.iscoroutinefunction(method)
    }


@pytest.mark.parametrize("kind", ["plain", "with_response"])
def test_parameters_are_those_of_the_tree(operation, trees, tree, kind):
    """Ids can be given by position or name, all else by name; what is optional defaults to not sent."""
    kinds = {"positional": inspect.Parameter.POSITIONAL_OR_KEYWORD, "keyword": inspect.Parameter.KEYWORD_ONLY}
    expected = {
        entry["name"]: (kinds[entry["kind"]], inspect.Parameter.empty if entry["required"] else UNSET)
        for entry in tree[operation.call]["parameters"]
    }
    parameters = inspect.signature(trees[kind][operation.call]).parameters

    assert expected == {
        name: (parameter.kind, parameter.default)
        for name, parameter in parameters.items()
        if name not in UPLOAD_OPTIONS
    }


@pytest.mark.parametrize("kind", ["plain", "with_response"])
def test_options_exist_on_every_call(operation, trees, kind):
    """Every call takes the same per-call options, an upload its progress too, by name and none of them required."""
    parameters = inspect.signature(trees[kind][operation.call]).parameters
    options = {name: parameters[name] for name in UPLOAD_OPTIONS if name in parameters}
    defaults = OPTIONS if operation.minimal.form is None else UPLOAD_OPTIONS
    expected = {name: (inspect.Parameter.KEYWORD_ONLY, default) for name, default in defaults.items()}

    assert expected == {name: (parameter.kind, parameter.default) for name, parameter in options.items()}


def test_docstring_tells_arguments_result_and_errors(operation, trees):
    """The docstring of a call names each argument, what is returned, and the errors of its documented statuses."""
    method = trees["plain"][operation.call]
    sections = dict(re.findall(r"^(\w+):\n((?:^ .*\n?|^\n)+)", inspect.getdoc(method) or "", re.MULTILINE))
    errors = re.findall(r"^    \w+: (\d{3}):", sections["Raises"], re.MULTILINE)

    assert list(inspect.signature(method).parameters) == re.findall(r"^    (\w+): \S", sections["Args"], re.MULTILINE)
    assert sections["Returns"].strip()
    assert [status for status in operation.statuses if status >= 300] == sorted(int(status) for status in errors)


def test_docstring_with_response_names_the_call(operation, trees):
    """The docstring of a call with its response tells which call it stands for."""
    assert f"`{operation.call}`" in inspect.getdoc(trees["with_response"][operation.call])
