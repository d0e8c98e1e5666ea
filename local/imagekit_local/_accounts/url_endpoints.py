"""
URL endpoints: base URLs of delivery with the origins behind them. Every account starts with the default one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from imagekit_local._bodies import as_object
from imagekit_local._errors import ApiError
from imagekit_local._predicates import is_text
from imagekit_local._resources.resource import Resource
from imagekit_local._values import are_strings

_DEFAULT: Mapping[str, Any] = {
    "id": "default",
    "description": "Default URL-endpoint created by ImageKit.",
    "urlPrefix": "",
    "origins": [],
}
_KEYS = ("description", "urlPrefix", "origins", "urlRewriter")
_REWRITERS: dict[str, dict[str, bool]] = {
    "CLOUDINARY": {"preserveAssetDeliveryTypes": False},
    "IMGIX": {},
    "AKAMAI": {},
}
_MAX_DESCRIPTION_LENGTH = 1000
_MAX_ORIGINS = 10
_PREFIX = re.compile(r"[A-Za-z0-9-]{1,100}")


class UrlEndpoints(Resource):
    """
    The URL endpoints of an account. Prefixes are unique. An update replaces the whole URL endpoint.
    """

    kind = "urlEndpoint"
    id_prefix = "endpoint_"
    missing = "URL-endpoint not found."

    def all(self) -> list[dict[str, Any]]:
        """
        Return all URL endpoints, the default one first.
        """
        others = [endpoint for endpoint in self.documents.all() if endpoint["id"] != _DEFAULT["id"]]
        return [self.read("default"), *others]

    def read(self, id: str) -> dict[str, Any]:
        """
        Return the URL endpoint with an id; the default one always exists.

        Raises:
            ApiError: 404 if it does not exist.
        """
        if id == _DEFAULT["id"]:
            return self.documents.get(id) or dict(_DEFAULT)
        return super().read(id)

    def created(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return a URL endpoint with a unique prefix.
        """
        return self._settings(body, self.all())

    def change(self, id: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """
        Replace a URL endpoint; the default one keeps its empty prefix.

        Raises:
            ApiError: 404 if it does not exist, 400 if the body is invalid.
        """
        if id == _DEFAULT["id"] and self.documents.get(id) is None:
            self.documents.insert(id, _DEFAULT)
        return super().change(id, body)

    def changed(self, old: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return the URL endpoint that a body describes; nothing of the old one remains.
        """
        if old["id"] == _DEFAULT["id"]:
            if body.get("urlPrefix", "") != "":
                raise ApiError(400, "urlPrefix of the default URL-endpoint cannot be changed.")
            return self._settings(body, None)
        others = [endpoint for endpoint in self.all() if endpoint["id"] != old["id"]]
        return self._settings(body, others)

    def obstacle(self, document: Mapping[str, Any]) -> ApiError | None:
        """
        Return the error for the default one, or None.
        """
        if document["id"] == _DEFAULT["id"]:
            return ApiError(400, "Default URL-endpoint cannot be deleted.")
        return None

    def _settings(self, body: Mapping[str, Any], others: list[dict[str, Any]] | None) -> dict[str, Any]:
        # The default endpoint has no prefix.
        for name in body:
            if name not in _KEYS:
                raise ApiError(400, f"{name} is not allowed")
        description = body.get("description")
        if not is_text(description):
            raise ApiError(400, "description is required")
        if len(description) > _MAX_DESCRIPTION_LENGTH:
            raise ApiError(400, f"description must have at most {_MAX_DESCRIPTION_LENGTH} characters")
        prefix = "" if others is None else self._prefix(body, others)
        settings = {"description": description, "urlPrefix": prefix, "origins": self._origins(body.get("origins", []))}
        return settings | ({"urlRewriter": _rewriter(body["urlRewriter"])} if "urlRewriter" in body else {})

    def _prefix(self, body: Mapping[str, Any], others: list[dict[str, Any]]) -> str:
        prefix = body.get("urlPrefix", "")
        if not isinstance(prefix, str):
            raise ApiError(400, "urlPrefix must be a string")
        if not prefix:
            raise ApiError(
                400,
                "urlPrefix cannot be empty string. This is reserved for the default URL-endpoint created by ImageKit.",
            )
        if _PREFIX.fullmatch(prefix) is None:
            raise ApiError(400, "urlPrefix must have at most 100 letters, digits and hyphens")
        if any(endpoint["urlPrefix"] == prefix for endpoint in others):
            raise ApiError(400, "urlPrefix is used by another URL-endpoint.")
        return prefix

    def _origins(self, origins: Any) -> list[str]:
        if not are_strings(origins) or len(origins) > _MAX_ORIGINS:
            raise ApiError(400, f"origins must be an array of at most {_MAX_ORIGINS} ids")
        known = self.account.store.collection("origin")
        if any(known.get(id) is None for id in origins):
            raise ApiError(400, "Origin does not exists. Please create origin before using it in URL-endpoint.")
        return origins


def _rewriter(value: Any) -> dict[str, Any]:
    error = ApiError(400, "urlRewriter is invalid")
    sent = as_object(value, error)
    kind = sent.get("type")
    if not isinstance(kind, str) or kind not in _REWRITERS:
        raise error
    rewriter: dict[str, Any] = {"type": kind, **_REWRITERS[kind]}
    for name, setting in sent.items():
        if name not in rewriter or not isinstance(setting, type(rewriter[name])):
            raise error
    return rewriter | sent
