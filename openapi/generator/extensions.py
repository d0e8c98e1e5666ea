"""
Methods that go beyond one call, from the document's extensions: `x-pagination` gives `iterate`, `x-wait` gives `wait`.
"""

from __future__ import annotations

from typing import Any

import attrs
from openapi_python_client.parser.properties.list_property import ListProperty

from .calls import Argument, Method
from .naming import python_name


@attrs.frozen
class Pagination:
    """
    How a list is read page by page.

    Attributes:
        call: The operation that reads a page.
        offset: Its argument for the number of items before the page.
        size: Its argument for the number of items in the page.
        item: Annotation of an item.
        tag: Attribute that tells what kind an item is of; None when all are of one kind.
        identity: Attribute paths that make up the identity of an item, by its kind.
    """

    call: Method
    offset: Argument
    size: Argument
    item: str
    tag: str | None
    identity: dict[str | None, tuple[str, ...]]

    @classmethod
    def of(cls, call: Method) -> Pagination | None:
        """
        Read `x-pagination`; None when the operation has none.

        Raises:
            ValueError: The answer is no array, or `offset` or `size` no parameter.
        """
        extension: dict[str, Any] | None = call.operation.get("x-pagination")
        if extension is None:
            return None
        prop = call.successes[200].prop
        arguments = {argument.wire: argument for argument in call.located("query")}
        if not isinstance(prop, ListProperty) or not {extension["offset"], extension["size"]} <= arguments.keys():
            raise ValueError(f"{call.id}: x-pagination needs an array, and query parameters for offset and size")
        media = call.document.resolve(call.operation["responses"]["200"])["content"]["application/json"]
        item = call.document.resolve(call.document.resolve(media["schema"])["items"])
        identity = extension["identity"]
        kinds = identity if isinstance(identity, dict) else {None: identity}
        return cls(
            call,
            arguments[extension["offset"]],
            arguments[extension["size"]],
            call.types.annotation(prop.inner_property, False),
            python_name(item["discriminator"]["propertyName"]) if isinstance(identity, dict) else None,
            {kind: tuple(_attributes(path) for path in paths) for kind, paths in kinds.items()},
        )

    @property
    def largest(self) -> int:
        """
        Return how many items a page may have.
        """
        return int(self.size.schema["maximum"])

    @property
    def filters(self) -> list[Argument]:
        """
        Return the arguments that stay the same for all pages.
        """
        return [argument for argument in self.call.arguments if argument not in (self.offset, self.size)]

    @property
    def passed(self) -> dict[str, str]:
        """
        Return the arguments of a page's call: name to expression.
        """
        paged = {self.offset.name: "page_offset", self.size.name: "page_length"}
        return {argument.name: paged.get(argument.name, argument.name) for argument in self.call.arguments}


@attrs.frozen
class Waiting:
    """
    How to tell that work is done.

    Attributes:
        status: Attribute that tells the status.
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
