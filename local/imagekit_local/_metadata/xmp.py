"""
XMP data of an image, flattened: the name of a field in a structure starts with the name of the structure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from PIL import Image

from imagekit_local._metadata.forms import plain

_MAX_BYTES = 1024 * 1024
# Parts of the notation, not of the data.
_NOTATION = {"about", "lang", "nodeID", "parseType", "resource", "xmptk"}
_CONTAINERS = ("Bag", "Seq", "Alt")
_FRACTION = re.compile(r"(-?[0-9]{1,18})/([0-9]{1,18})")
_LEAST_OVERLAP = 3
_NAMES = {
    "CreatorContactInfoCiAdrCity": "CreatorCity",
    "CreatorContactInfoCiAdrCtry": "CreatorCountry",
    "CreatorContactInfoCiAdrExtadr": "CreatorAddress",
    "CreatorContactInfoCiAdrPcode": "CreatorPostalCode",
    "CreatorContactInfoCiAdrRegion": "CreatorRegion",
    "CreatorContactInfoCiEmailWork": "CreatorWorkEmail",
    "CreatorContactInfoCiTelWork": "CreatorWorkTelephone",
    "CreatorContactInfoCiUrlWork": "CreatorWorkURL",
}


def xmp_values(image: Image.Image) -> dict[str, Any]:
    """
    Return values by name, or none if the data are larger than 1 MiB.

    Raises:
        Exception: The data are broken.
    """
    if len(image.info.get("xmp", b"")) > _MAX_BYTES:
        return {}
    tree: dict[str, Any] = image.getxmp()
    rdf = tree.get("xmpmeta", tree)["RDF"]
    values: dict[str, Any] = {}
    for description in _listed(rdf["Description"]):
        for name, value in _flattened("", description):
            values[_NAMES.get(name, name)] = _formed(name, value)
    return {name: value for name, value in values.items() if value is not None}


def _flattened(parent: str, node: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in node.items():
        if key not in _NOTATION:
            yield from _named(_joined(parent, key[:1].upper() + key[1:]), value)


def _named(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """
    Return a value by its name. A structure gives its fields, and a list of structures gives a list for each field.
    """
    if not isinstance(value, dict):
        yield name, value
        return
    node = cast("dict[str, Any]", value)
    container = next((kind for kind in _CONTAINERS if kind in node), None)
    if container is not None:
        yield from _items(name, container, node[container])
    elif "text" in node:
        yield name, node["text"]
    else:
        yield from _flattened(name, node.get("Description", node))


def _items(name: str, container: str, content: Any) -> Iterator[tuple[str, Any]]:
    items = _listed(content["li"]) if content else []
    if container == "Alt":
        items = sorted(items, key=_is_translation)[:1]
    columns: dict[str, list[Any]] = {}
    for item in items:
        for column, value in _named(name, item):
            columns.setdefault(column, []).append(value)
    for column, values in columns.items():
        yield column, values if container == "Bag" or len(values) > 1 else values[0]


def _joined(parent: str, child: str) -> str:
    """
    Join two names, with what the first ends and the second begins with only once.
    """
    for length in range(len(child), _LEAST_OVERLAP - 1, -1):
        if parent.endswith(child[:length]):
            return parent + child[length:]
    return parent + child


def _formed(name: str, value: Any) -> Any:
    if name == "Rating" and isinstance(value, str) and value.lstrip("-").isdecimal():
        return int(value)
    fraction = _FRACTION.fullmatch(value) if isinstance(value, str) else None
    if fraction is None or not int(fraction[2]):
        return plain(value)
    return int(fraction[1]) / int(fraction[2])


def _is_translation(item: Any) -> bool:
    return isinstance(item, dict) and cast("dict[str, Any]", item).get("lang") != "x-default"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]  # pyright: ignore[reportUnknownVariableType]
