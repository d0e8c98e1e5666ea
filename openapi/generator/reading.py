"""
Reads the document, so that every object in it knows its place, and gives its operations their names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from .problems import DocumentError, Problem, step

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Place(dict[str, Any]):
    """
    An object of the document.

    Attributes:
        pointer: The JSON pointer of the object in the document as it was written.
    """

    def __init__(self, content: dict[str, Any], pointer: str) -> None:
        super().__init__(content)
        self.pointer = pointer

    def problem(self, reason: str, instead: str, *path: object) -> Problem:
        """
        Return a problem with the object, or with a part of it.
        """
        return Problem(self.pointer + "".join(map(step, path)), reason, instead)

    def like(self, content: dict[str, Any]) -> Place:
        """
        Return other content that came from the same place.
        """
        return Place(content, self.pointer)


def read(path: Path) -> Place:
    """
    Read a document from YAML or JSON.
    """
    found = _placed(_parsed(path), "", ())
    version = found.get("openapi") if isinstance(found, Place) else None
    if not isinstance(found, Place) or not isinstance(version, str) or not version.startswith(("3.0", "3.1")):
        raise DocumentError([Problem("/openapi", "This is not an OpenAPI 3.0 or 3.1 document.", "`openapi: 3.1.0`.")])
    return found


def _parsed(path: Path) -> Any:
    content = path.read_bytes()
    try:
        # Pairs of escaped surrogates are one character in JSON, and two in YAML.
        return json.loads(content)
    except ValueError:
        pass  # It is YAML, or neither.
    try:
        return YAML(typ="safe").load(content)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        reason = f"The document cannot be read: {error.problem or error.context}."
    except (ReaderError, ValueError) as error:
        before = content[: error.position] if isinstance(error, ReaderError) and error.position else b""
        line, reason = before.count(b"\n") + 1, "The document cannot be read: it has bytes that are not UTF-8."
    raise DocumentError([Problem("", reason, "YAML or JSON, in UTF-8.", line)])


def _placed(value: Any, pointer: str, around: tuple[int, ...]) -> Any:
    if id(value) in around:
        reason = "This alias stands for what it is in."
        raise DocumentError([Problem(pointer, reason, "A reference to a component.")])
    inner = (*around, id(value))
    if isinstance(value, str) and "\0" in value:
        raise DocumentError([Problem(pointer, "The text has a null character.", "The text without it.")])
    if isinstance(value, dict):
        return Place({str(key): _placed(item, pointer + step(key), inner) for key, item in value.items()}, pointer)
    if isinstance(value, list):
        return [_placed(item, pointer + step(index), inner) for index, item in enumerate(value)]
    return value


def operations(document: Place) -> Iterator[tuple[str, str, Place]]:
    """
    Yield path, method and operation.
    """
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def rename(document: Place, names: Path) -> None:
    """
    Give operations the names that a file lists by operation id, or by method and path.

    A name is a text, such as `files.versions.list`; null for an operation to leave out; or an object with `operationId`
    and keys to add to the operation, such as `x-paced`.

    Raises:
        DocumentError: The file names an operation that the document does not have.
    """
    given: dict[str, Any] = YAML(typ="safe").load(names)
    unused = set(given)
    for path, method, operation in list(operations(document)):
        key = operation.get("operationId") or f"{method.upper()} {path}"
        if key in given:
            unused.discard(key)
            _apply(document["paths"][path], method, given[key])
    if unused:
        raise DocumentError(
            [
                Problem("/paths", f"{names.name} names {key}, which is not an operation.", "Remove it from that file.")
                for key in sorted(unused)
            ]
        )


def _apply(item: dict[str, Any], method: str, name: Any) -> None:
    if name is None:
        del item[method]
    else:
        item[method].update({"operationId": name} if isinstance(name, str) else name)
