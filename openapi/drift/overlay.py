"""
Writes what a document lacks as an OpenAPI Overlay 1.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

import attrs
from ruamel.yaml import YAML

from .differences import Difference, DifferenceKind
from .document import SourceDocument, pointer, steps
from .operation import METHODS, template
from .portable import Carrier
from .report import fact
from .schema import LIMITS, UNIONS

_KEYWORDS: Final = {*LIMITS, "default", "deprecated", "readOnly", "writeOnly"}
#: Key of the object that lacks the member.
_MAPS: Final = {"field": "properties", "response": "responses", "header": "headers", "content": "content"}


def write(path: Path, differences: Iterable[Difference], base: SourceDocument, document: SourceDocument) -> int:
    """
    Write an overlay that adds to the first document what it lacks, and return the number of its actions.

    Args:
        path: File to write.
        differences: How the second document differs from the first.
        base: The first document.
        document: The second document.
    """
    actions = OverlayWriter(base, document).actions(differences)
    info = {"title": f"What {document.name} has and {base.name} lacks", "version": "1.0.0"}
    yaml = YAML()
    yaml.width = 4096  # a target stays on its line
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(str, _string)
    with path.open("w", encoding="utf-8") as file:
        yaml.dump({"overlay": "1.0.0", "info": info, "actions": actions}, file)
    return len(actions)


def _string(representer: Any, value: str) -> Any:
    style = "'" if value == "" else None
    return representer.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def target(at: str, document: SourceDocument) -> str:
    """
    Return the JSONPath of the value at a JSON pointer.
    """
    path = "$"
    value: Any = document.content
    for step in steps(at):
        index = isinstance(value, list)
        path += f"[{step}]" if index else f"['{step}']"
        value = value[int(step)] if index else value[step]
    return path


@attrs.define
class OverlayWriter:
    """
    Makes the actions of an overlay.
    """

    _base: SourceDocument
    _document: SourceDocument
    _carrier: Carrier = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._carrier = Carrier(self._base, self._document)

    def actions(self, differences: Iterable[Difference]) -> list[dict[str, Any]]:
        """
        Return an action for each difference that is something that the first document lacks.
        """
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for each in differences:
            at, update = self._action(each) if each.kind is not DifferenceKind.WORDING else ("", None)
            if update is not None:
                where = target(at, self._base)
                action = {"target": where, "description": f"{each.place}: {fact(each)}", "update": update}
                found.setdefault((where, repr(update)), action)
        actions = list(found.values())
        if self._carrier.components:
            update = {"components": self._carrier.components}
            actions.append({"target": "$", "description": "what the others refer to", "update": update})
        return actions

    def _action(self, each: Difference) -> tuple[str, Any]:
        """
        Return where to add what, as JSON pointer and update; None for the update if nothing is missing.
        """
        last = steps(each.base)[-1] if each.base else ""
        if each.fact in ("operation", "webhook") and each.before is None:
            return self._operation(each)
        if each.fact in _MAPS and each.before is None:
            return self._member(each)
        if each.fact in ("parameter", "body") and each.before is None:
            return self._input(each)
        if each.fact == "required" and each.after is True:
            return each.base, each.member if last == "required" else {"required": [each.member]}
        if each.fact == "enum" and each.before is None:
            return each.base, each.after if last == "enum" else None
        if each.fact == "type" and each.before is None and last in UNIONS:
            return each.base, self._carrier.carry(self._document.find(f"#{each.document}", "")[0])
        if each.fact in _KEYWORDS and each.before is None and last != each.fact:
            return each.base, {each.fact: each.after}
        return each.base, None

    def _member(self, each: Difference) -> tuple[str, Any]:
        value, _ = self._document.find(f"#{each.document}", "")
        # A shared response or header is found under the name that it is shared by.
        is_shared = each.fact in ("response", "header")
        name = each.where.rpartition(" ")[2] if is_shared else steps(each.document)[-1]
        described = each.fact != "content"
        update: dict[str, Any] = {_MAPS[each.fact]: {name: self._carrier.carry(value, described)}}
        if each.after == "required":
            update["required"] = [name]
        return each.base, update

    def _input(self, each: Difference) -> tuple[str, Any]:
        value, _ = self._document.find(f"#{each.document}", "")
        if each.fact == "body":
            return each.base, {"requestBody": self._carrier.carry(value)}
        carried = self._carrier.carry(value, True)
        operation, _ = self._base.find(f"#{each.base}", "")
        if "parameters" in operation:
            return pointer(each.base, "parameters"), carried
        return each.base, {"parameters": [carried]}

    def _operation(self, each: Difference) -> tuple[str, Any]:
        path, method = steps(each.document)[-2:]
        item, _ = self._document.find(f"#{each.document.rpartition('/')[0]}", "")
        shared = {key: item[key] for key in ("parameters", "servers") if key in item}
        merged = {**shared, **item[method]}
        merged["parameters"] = [*item.get("parameters", ()), *item[method].get("parameters", ())]
        if not merged["parameters"]:
            del merged["parameters"]
        carried = {"summary": "", **self._carrier.carry(merged, True)}
        if each.fact == "webhook":
            carried.pop("operationId", None)
            return "", {"webhooks": {path: {method: carried}}}
        # The schemes of the other document have other names; drift compares what they send.
        carried.pop("security", None)
        known = next((mine for mine in self._base.content["paths"] if template(mine) == template(path)), path)
        resource = self._resource(path)
        named = {"operationId": f"{resource}.{_snake(carried.get('operationId', method))}", "tags": [resource]}
        return "/paths", {known: {method: {**named, **_renamed(carried, path, known)}}}

    def _resource(self, path: str) -> str:
        """
        Return the tag of the operation whose path is most like another.
        """
        tagged = {
            template(mine): item[method]["tags"][0]
            for mine, item in self._base.content["paths"].items()
            for method in METHODS
            if item.get(method, {}).get("tags")
        }
        nearest = max(tagged, key=lambda mine: _shared(mine, template(path)), default=None)
        return tagged[nearest] if nearest else "default"


def _shared(path: str, other: str) -> int:
    """
    Return how many steps two paths share from the root.
    """
    steps_ = zip(path.split("/"), other.split("/"), strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], steps_)))


def _snake(name: str) -> str:
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name.rpartition(".")[2])
    return re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")


def _renamed(operation: dict[str, Any], path: str, known: str) -> dict[str, Any]:
    """
    Return an operation with the names that a known path has for the parameters in it.
    """
    names = dict(zip(re.findall(r"\{([^}]*)\}", path), re.findall(r"\{([^}]*)\}", known), strict=True))
    for parameter in operation.get("parameters", ()):
        if parameter.get("in") == "path":
            parameter["name"] = names.get(parameter["name"], parameter["name"])
    return {key: value for key, value in operation.items() if key not in ("operationId", "tags")}
