"""
Brings the operations of a document into one form: references to parameters, bodies and responses are followed, what a
path gives to all its operations is in each of them, and webhooks have a union of their events.
"""

from __future__ import annotations

from typing import Any

from .document import Document
from .naming import class_name, joined, python_name
from .problems import Problem
from .reading import Place, operations
from .schemas import Schemas

_PATH_KEYS = ("summary", "description")
EVENT = "WebhookEvent"


def normalize(document: Document) -> list[Problem]:
    """
    Normalize a document in place, and return what cannot be.
    """
    problems: list[Problem] = []
    document.data.setdefault("tags", [])
    schemas = Schemas(document, problems)
    schemas.normalize_components()
    normalizer = _Operations(document, schemas, problems)
    for path, item in document.data.get("paths", {}).items():
        normalizer.push_down(path, item)
    for _, _, operation in operations(document.data):
        normalizer.normalize(operation)
    normalizer.normalize_webhooks()
    return problems


class _Operations:
    def __init__(self, document: Document, schemas: Schemas, problems: list[Problem]) -> None:
        self._document = document
        self._schemas = schemas
        self._problems = problems

    def push_down(self, path: str, item: Place) -> None:
        """
        Move the parameters and servers of a path to its operations, whose own go before them.
        """
        if "$ref" in item:
            self._problems.append(
                item.problem("A path that is a reference is not followed.", "Its operations.", "$ref")
            )
        parameters = [self._followed(node) for node in item.pop("parameters", ())]
        servers = item.pop("servers", None)
        for method in [key for key, value in item.items() if isinstance(value, Place) and key not in _PATH_KEYS]:
            operation = item[method]
            own = [self._followed(node) for node in operation.get("parameters", ())]
            known = {(node.get("name"), node.get("in")) for node in own}
            inherited = [node.like(dict(node)) for node in parameters if (node["name"], node["in"]) not in known]
            if own or inherited:
                operation["parameters"] = inherited + own
            if servers and "servers" not in operation:
                operation["servers"] = servers

    def normalize(self, operation: Place) -> None:
        """
        Normalize the schemas of an operation.
        """
        name = class_name(python_name(operation.get("operationId", "").replace(".", "_")))
        for parameter in operation.get("parameters", ()):
            if "schema" in parameter:
                parameter["schema"] = self._schemas.normalized(parameter["schema"], joined(name, parameter["name"]))
        if "requestBody" in operation:
            operation["requestBody"] = body = self._followed(operation["requestBody"])
            self._content(body, name + "Request")
        responses = operation.setdefault("responses", {})
        successes = sorted(status for status in responses if status.startswith("2"))
        for status in [*responses]:
            response = responses.pop(status)
            response = self._followed(response)
            response.setdefault("description", "")
            if status in successes and status not in ("204", "205"):
                self._content(response, f"{name}Response" + ("" if status == successes[0] else status))
            else:
                response.pop("content", None)
            responses[status.upper().replace("2XX", "200")] = response

    def normalize_webhooks(self) -> None:
        """
        Normalize the bodies of webhooks, and join those that no union joins.
        """
        events: dict[str, str] = {}
        for name, item in self._document.data.get("webhooks", {}).items():
            for operation in (node for node in item.values() if isinstance(node, Place) and "requestBody" in node):
                body = operation["requestBody"] = self._followed(operation["requestBody"])
                self._content(body, joined(class_name(python_name(name)), "event"))
                for media in body.get("content", {}).values():
                    reference = media.get("schema", {}).get("$ref")
                    if reference:
                        events[reference] = operation.pointer
                    else:
                        reason = "The body of a webhook must be an object."
                        self._problems.append(media.problem(reason, "A schema with `properties`.", "schema"))
        schemas = self._document.data["components"]["schemas"]
        if events and EVENT not in schemas:
            webhooks = self._document.data["webhooks"]
            union = webhooks.like({"oneOf": [webhooks.like({"$ref": reference}) for reference in events]})
            schemas[EVENT] = self._schemas.normalized(union, EVENT, named=True)
        joined_events = {part.get("$ref") for part in schemas.get(EVENT, {}).get("oneOf", ())}
        self._problems += [
            Problem(
                pointer, f"This webhook is missing in the union {EVENT}.", "Its schema in the `oneOf` of that union."
            )
            for reference, pointer in events.items()
            if reference not in joined_events and len(events) > 1
        ]

    def _content(self, holder: Place, name: str) -> None:
        for media in holder.get("content", {}).values():
            if "schema" in media:
                media["schema"] = self._schemas.normalized(media["schema"], name)

    def _followed(self, node: Place) -> Place:
        """
        Return what a reference to a parameter, body or response points at, at its own place.
        """
        if "$ref" not in node:
            return node
        try:
            target = self._document.target(node["$ref"])
        except (KeyError, TypeError):
            target = None
        if not isinstance(target, Place):
            reason = f"The reference {node['$ref']} leads nowhere."
            self._problems.append(node.problem(reason, "A reference to a component of this document.", "$ref"))
            return node.like({"name": "", "in": "", "description": ""})
        content: dict[str, Any] = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
        return self._followed(target.like(content))
