"""
Named transformations: short names for transformation strings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from imagekit_local._errors import ApiError
from imagekit_local._predicates import is_flag
from imagekit_local._resources.resource import Resource
from imagekit_local._store import Store

_MAX_NAMED_TRANSFORMATIONS = 250
# Responses name it for thumbnails. Its size is not documented.
_BUILT_IN = {"ik_ml_thumbnail": "w-300,h-300,c-at_max"}
_NAME = re.compile(r"[A-Za-z0-9_]+")


class NamedTransformations(Resource):
    """
    The named transformations of an account. Names are unique and case-sensitive.
    """

    kind = "named-transformation"
    id_prefix = "nt_"
    missing = "The requested named transformation does not exist."

    def created(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return a named transformation, enabled unless the body says otherwise.
        """
        existing = self.all()
        if len(existing) >= _MAX_NAMED_TRANSFORMATIONS:
            raise ApiError(400, f"A maximum of {_MAX_NAMED_TRANSFORMATIONS} named transformations can be created.")
        document = {name: body.get(name) for name in _CHECKS} | {"enabled": body.get("enabled", True)}
        _check(document)
        _refuse_taken(document["name"], existing)
        return {**document, "createdAt": self.now()}

    def changed(self, old: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return the named transformation with the fields that were sent.
        """
        changes = {name: body[name] for name in _CHECKS if name in body}
        _check(changes)
        if changes.get("name", old["name"]) != old["name"] or changes.get("enabled") is False:
            obstacle = self.obstacle(old)
            if obstacle is not None:
                raise obstacle
        _refuse_taken(changes.get("name"), [other for other in self.all() if other["id"] != old["id"]])
        return {**old, **changes}

    def obstacle(self, document: Mapping[str, Any]) -> ApiError | None:
        """
        Return the error for a transformation that the upload settings refer to, or None.
        """
        setting = self.account.settings.upload_transformation or ""
        if f"n-{document['name']}" not in re.split(r"[,:]", setting):
            return None
        return ApiError(409, "This named transformation is used in the upload settings of your account.")


def enabled_transformation(store: Store, name: str) -> str | None:
    """
    Return the transformation string of a name, or None if it is unknown or disabled. Needs a transaction.

    Every account has the name of the thumbnails, which a named transformation can override.
    """
    for document in store.collection(NamedTransformations.kind).all():
        if document["name"] == name and document["enabled"]:
            transformation: str = document["transformation"]
            return transformation
    return _BUILT_IN.get(name)


def _check(parts: Mapping[str, Any]) -> None:
    for name, value in parts.items():
        if not _CHECKS[name](value):
            raise ApiError(400, f"Invalid {name}.")


def _refuse_taken(name: Any, others: list[dict[str, Any]]) -> None:
    if any(other["name"] == name for other in others):
        raise ApiError(409, "A named transformation with this name already exists.")


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "name": lambda value: isinstance(value, str) and _NAME.fullmatch(value) is not None,
    "transformation": lambda value: isinstance(value, str) and bool(value.strip()),
    "enabled": is_flag,
}
