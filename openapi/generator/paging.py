"""
What `x-pagination` may say: the parameters and response fields by which a list is read page by page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .arguments import arguments
from .document import Document
from .problems import Problem
from .reading import Place

# `size` is optional but for lists.
_KEYS = {
    "list": {"offset", "identity"},
    "total": {"offset", "items", "total"},
    "cursor": {"cursor", "items", "next"},
}
_PARAMETERS = {"offset", "size", "cursor"}
_FIELDS = {"items", "total", "next"}
_OWN_ARGUMENTS = {"page_size", "limit", "prefetch"}
_INSTEAD = "`{offset, size, identity}`, `{offset, items, total}` or `{cursor, next, items}`."


def form(extension: dict[str, Any]) -> str | None:
    """
    Return which form an `x-pagination` has; None if it has none.
    """
    keys = extension.keys() - {"size"}
    return next((name for name, needed in _KEYS.items() if needed == keys), None)


def paging_problems(document: Document, operation: Place) -> Iterator[Problem]:
    """
    Yield what is wrong with the `x-pagination` of an operation.
    """
    extension = operation.get("x-pagination")
    if extension is None:
        return
    kind = form(extension)
    if kind is None or (kind == "list" and "size" not in extension):
        yield operation.problem("These keys do not say how to read the next page.", _INSTEAD, "x-pagination")
        return
    query = {node.get("name") for node in operation.get("parameters", ()) if node.get("in") == "query"}
    for key in sorted(_PARAMETERS & extension.keys()):
        if extension[key] not in query:
            reason = f"The operation has no query parameter {extension[key]}."
            yield operation.problem(reason, "The name of one of its query parameters.", "x-pagination", key)
    yield from _argument_problems(document, operation, extension)
    content = operation["responses"].get("200", {}).get("content", {})
    schema = document.resolve(content.get("application/json", {}).get("schema", {}))
    if kind == "list" and schema.get("type") != "array":
        reason = "A list that is read by offset and size alone must be an array."
        yield operation.problem(reason, "`items` and `total` for a list inside an object.", "x-pagination")
    known = document.fields(schema)
    for key in sorted(_FIELDS & extension.keys()):
        if extension[key] not in known:
            reason = f"The response has no field {extension[key]}."
            yield operation.problem(reason, "The name of one of its fields.", "x-pagination", key)


def _argument_problems(document: Document, operation: Place, extension: dict[str, Any]) -> Iterator[Problem]:
    for _, wire, name, place in arguments(document, operation):
        if name in _OWN_ARGUMENTS and wire not in [extension.get(key) for key in _PARAMETERS]:
            reason = f"{wire} would be the argument {name}, which `iterate` has itself."
            yield place.problem(reason, "`x-python-name` with another name, or `size` in `x-pagination`.")
        is_size = wire == extension.get("size") and form(extension) == "list"
        if is_size and "maximum" not in document.resolve(place.get("schema", {})):
            yield place.problem(f"The largest page is not documented, which {wire} asks for.", "`maximum`.", "schema")
