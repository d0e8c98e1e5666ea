"""
The client's calls, their names, parameters and documentation.
"""

from __future__ import annotations

import inspect
import pydoc
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import pytest

from imagekit_async import UNSET, ImageKit

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
# What a client has besides the tree.
CLIENT = {
    "aclose",
    "close",
    "helper",
    "is_closed",
    "rate_limits",
    "request",
    "webhooks",
    "with_raw_response",
    "with_response",
}
VIEWS = ("plain", "with_response", "sync", "sync_with_response")
EVERY_VIEW = pytest.mark.parametrize("kind", VIEWS)


def calls(resource: Any, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """
    Walk a resource and those below it.
    """
    cls = type(resource)
    for name in dir(cls):
        if name.startswith("_") or (not prefix and name in CLIENT):
            continue
        child = getattr(resource, name)
        if isinstance(inspect.getattr_static(cls, name), cached_property):
            yield from calls(child, f"{prefix}{name}.")
        else:
            yield prefix + name, child


@pytest.fixture
def trees(responding) -> dict[str, dict[str, Callable[..., Any]]]:
    """
    Give the calls of both clients by name, plain and with the response.
    """
    client, _ = responding()
    blocking = ImageKit("private_key")
    views = (client, client.with_response, blocking, blocking.with_response)
    return {kind: dict(calls(view)) for kind, view in zip(VIEWS, views, strict=True)}


@EVERY_VIEW
def test_calls_are_those_of_the_tree(trees, tree, document, kind):
    """Both clients have the calls of the tree, `iterate` and `wait` if the document says so, and no others."""
    marks = {} if "with_response" in kind else {"x-pagination": "iterate", "x-wait": "wait"}
    derived = {
        f"{call.rpartition('.')[0]}.{name}": mark
        for call, (_, operation) in document.operations.items()
        for mark, name in marks.items()
        if mark in operation
    }
    found = trees[kind]

    assert sorted([*tree, *derived]) == sorted(found)
    plain = {name for name, method in found.items() if not inspect.iscoroutinefunction(method)}
    iterates = {name for name, mark in derived.items() if mark == "x-pagination"}
    assert (set(found) if "sync" in kind else iterates) == plain


@EVERY_VIEW
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


@EVERY_VIEW
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


@EVERY_VIEW
def test_views_show_name_and_docstring(trees, kind):
    """Each view of a method has its name and docstring, and `help` shows its parameters."""
    for name, method in trees["plain"].items():
        seen = trees[kind].get(name, method)

        assert (method.__name__, method.__qualname__, inspect.getdoc(method)) == (
            seen.__name__,
            seen.__qualname__,
            inspect.getdoc(seen),
        )
        assert str(inspect.signature(method)).partition(" ->")[0] == str(inspect.signature(seen)).partition(" ->")[0]


def test_views_show_what_they_return(trees):
    """The signature of a view's method names what it returns there."""
    returns = {
        kind: {
            name: inspect.signature(method).return_annotation
            for name, method in trees[kind].items()
            if name in ("files.get", "folders.job.wait", "assets.iterate")
        }
        for kind in VIEWS
    }

    assert {
        "plain": {
            "assets.iterate": "PageIterator[File | Folder | UnknownModel]",
            "files.get": "File",
            "folders.job.wait": "FolderJob",
        },
        "with_response": {"files.get": "ApiResponse[File]"},
        "sync": {
            "assets.iterate": "Iterator[File | Folder | UnknownModel]",
            "files.get": "File",
            "folders.job.wait": "FolderJob",
        },
        "sync_with_response": {"files.get": "ApiResponse[File]"},
    } == returns


@EVERY_VIEW
def test_views_are_documented(trees, kind):
    """`help` of a view's class lists its methods with their docstrings."""
    owner = trees[kind]["files.get"].__self__

    assert "Id of the file" in pydoc.render_doc(type(owner), renderer=pydoc.plaintext)
