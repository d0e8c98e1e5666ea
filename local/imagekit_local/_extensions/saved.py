"""
Saved extensions: settings with an id that uploads and updates refer to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imagekit_local._errors import ApiError, invalid_value, missing_value
from imagekit_local._extensions.configs import is_config
from imagekit_local._predicates import is_text
from imagekit_local._resources.resource import Resource

_MAX_SAVED_EXTENSIONS = 100
_PARTS = ("name", "description", "config")


class SavedExtensions(Resource):
    """
    The saved extensions of an account. Names need not be unique.
    """

    kind = "savedExtension"
    id_prefix = "ext_"
    missing = "The requested saved extension does not exist."

    def read(self, id: str) -> dict[str, Any]:
        """
        Return the saved extension with an id.

        Raises:
            ApiError: 404 if it does not exist, 400 if the id is malformed.
        """
        if not id.startswith(self.id_prefix):
            raise ApiError(400, "Invalid saved extension ID.")
        return super().read(id)

    def created(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return a saved extension. All its parts are required.
        """
        if len(self.all()) >= _MAX_SAVED_EXTENSIONS:
            raise ApiError(400, f"A maximum of {_MAX_SAVED_EXTENSIONS} saved extensions can be created.")
        for name in _PARTS:
            if name not in body:
                raise missing_value(name)
        now = self.now()
        return {**_parts(body), "createdAt": now, "updatedAt": now}

    def changed(self, old: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return the saved extension with the parts that were sent. A new config replaces the old one as a whole.
        """
        return {**old, **_parts(body), "updatedAt": self.now()}


def _parts(body: Mapping[str, Any]) -> dict[str, Any]:
    parts = {name: body[name] for name in _PARTS if name in body}
    for name, value in parts.items():
        if name == "config":
            if not is_config(value):
                raise ApiError(400, "Invalid extension configuration.")
        elif not is_text(value):
            raise invalid_value(name)
    return parts
