"""
Methods that go beyond one call, from the document's extensions: `x-pagination` gives `iterate`, `x-wait` gives `wait`.
"""

from __future__ import annotations

from typing import Any

import attrs
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol

from .arguments import Argument
from .calls import Method
from .document import Document
from .naming import model_names, python_name
from .paging import form


@attrs.frozen
class Pagination:
    """
    How a list is read page by page.

    Attributes:
        call: The operation that reads a page.
        form: One of `list`, `total` and `cursor`.
        position: Its argument for where the page begins: the number of items before it, or the cursor.
        size: Its argument for the number of items in the page; None if it has none.
        item: Annotation of an item.
        tag: Attribute that holds the kind of an item; None if all are of one kind.
        identity: Attribute paths that make up the identity of an item, by its kind.
        attributes: Attributes of a page that is an object: `items`, and `total` or `next`.
    """

    call: Method
    form: str
    position: Argument
    size: Argument | None
    item: str
    tag: str | None
    identity: dict[str | None, tuple[str, ...]]
    attributes: dict[str, str]

    @classmethod
    def of(cls, call: Method) -> Pagination | None:
        """
        Read `x-pagination`; None if the operation has none.
        """
        extension: dict[str, Any] | None = call.operation.get("x-pagination")
        kind = form(extension or {})
        if extension is None or kind is None:
            return None
        page = call.successes[200].prop
        given = {argument.wire: argument for argument in call.located("query")}
        identity = extension.get("identity", [])
        kinds = identity if isinstance(identity, dict) else {None: identity}
        media = call.operation["responses"]["200"]["content"]["application/json"]
        names = model_names(call.document.fields(media["schema"]))
        items = _field(call, page, extension["items"]) if kind != "list" else page
        return cls(
            call,
            kind,
            given[extension.get("offset") or extension["cursor"]],
            given.get(extension.get("size", "")),
            call.types.annotation(items.inner_property, False) if isinstance(items, ListProperty) else "Any",
            _tag(call.document, media["schema"]) if isinstance(identity, dict) else None,
            {kind: tuple(_attributes(path) for path in paths) for kind, paths in kinds.items()},
            {key: names[extension[key]] for key in ("items", "total", "next") if key in extension},
        )

    @property
    def largest(self) -> int:
        """
        Return how many items a page may have.
        """
        return int(self.size.schema["maximum"]) if self.size else 0

    @property
    def filters(self) -> list[Argument]:
        """
        Return the arguments that stay the same for all pages.
        """
        return [argument for argument in self.call.arguments if argument not in (self.position, self.size)]

    @property
    def paging(self) -> list[str]:
        """
        Return the JSON names of the parameters that change from page to page.
        """
        return [argument.wire for argument in (self.position, self.size) if argument is not None]

    @property
    def passed(self) -> dict[str, str]:
        """
        Return the arguments of a page's call: name to expression.
        """
        first = "page_offset" if self.form == "list" else "UNSET if position is None else position"
        paged = {self.position.name: first}
        if self.size is not None:
            paged[self.size.name] = "page_length" if self.form == "list" else "page_size"
        return {argument.name: paged.get(argument.name, argument.name) for argument in self.call.arguments}


def _field(call: Method, page: PropertyProtocol, wire: str) -> PropertyProtocol:
    fields = call.types.fields(page) if isinstance(page, ModelProperty) else []
    return next(field for field in fields if field.name.get_untrusted_value() == wire)


def _tag(document: Document, schema: dict[str, Any]) -> str:
    item = document.resolve(document.resolve(schema)["items"])
    return python_name(item["discriminator"]["propertyName"])


@attrs.frozen
class Waiting:
    """
    How to know that work is done.

    Attributes:
        status: Attribute that has the status.
        done: Statuses of work that is done.
        failed: Statuses of work that failed.
    """

    status: str
    done: tuple[str, ...]
    failed: tuple[str, ...]

    @classmethod
    def of(cls, call: Method) -> Waiting | None:
        """
        Read `x-wait`; None when the operation has none.
        """
        extension: dict[str, Any] | None = call.operation.get("x-wait")
        if extension is None:
            return None
        return cls(python_name(extension["status"]), tuple(extension["done"]), tuple(extension["failed"]))


def _attributes(path: str) -> str:
    return ".".join(python_name(name) for name in path.split("."))
