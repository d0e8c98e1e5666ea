"""
What the generator's own keys, which begin with `x-`, may say.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from typing import Any

from .document import Document, walk
from .naming import TAKEN
from .problems import Problem
from .reading import Place

_FLAGS = ("x-idempotent", "x-paced", "x-replaces-authorization")


def own_key_problems(document: Document) -> Iterator[Problem]:
    """
    Yield the wrong values of flags and names.
    """
    for node in walk(document.data):
        if not isinstance(node, Place):
            continue
        for key in _FLAGS:
            if not isinstance(node.get(key, True), bool | dict):
                yield node.problem(
                    f"{key} is {node[key]!r}, which is neither true nor false.", "`true` or `false`.", key
                )
        name = node.get("x-python-name", "name")
        if not isinstance(name, dict) and (reason := _name_problem(name)):
            yield node.problem(reason, "A name such as `ai_tags`.", "x-python-name")


def _name_problem(name: Any) -> str | None:
    if not isinstance(name, str) or not name.isidentifier() or name.startswith("_") or keyword.iskeyword(name):
        return f"{name!r} cannot be the name of an argument or attribute."
    return f"{name} is a name that every call or model has." if name in TAKEN else None


def wait_problems(document: Document, operation: Place) -> Iterator[Problem]:
    """
    Yield what is wrong with the `x-wait` of an operation.
    """
    extension = operation.get("x-wait")
    if extension is None:
        return
    if not isinstance(extension, dict) or extension.keys() != {"status", "done", "failed"}:
        reason = "These keys do not say when the work is done."
        yield operation.problem(reason, "`{status, done, failed}`.", "x-wait")
        return
    content: dict[str, Any] = next((node.get("content", {}) for status, node in _successes(operation)), {})
    field = document.fields(content.get("application/json", {}).get("schema", {})).get(extension["status"])
    if field is None:
        reason = f"The response has no field {extension['status']}."
        yield operation.problem(reason, "The name of one of its fields.", "x-wait", "status")
        return
    for key in ("done", "failed"):
        values = extension[key]
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            yield operation.problem(f"{key} is not a list of texts.", "A list, such as `[Completed]`.", "x-wait", key)
        # A failure may be undocumented.
        elif key == "done" and (not values or {*values} - {*field.get("enum", values)}):
            reason = f"{extension['status']} never is one of {values}."
            yield operation.problem(reason, "Values of its enum.", "x-wait", key)


def _successes(operation: Place) -> Iterator[tuple[str, Any]]:
    return ((status, node) for status, node in sorted(operation["responses"].items()) if status.startswith("2"))
