"""
Account webhooks: where events are to be sent, and the secret that signs them.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

from imagekit_local._errors import ApiError, invalid_value, missing_value
from imagekit_local._predicates import has_credentials, is_flag, is_web_url
from imagekit_local._resources.resource import Resource
from imagekit_local._values import are_strings

EVENT_TYPES = frozenset(
    {
        "video.transformation.accepted",
        "video.transformation.ready",
        "video.transformation.error",
        "upload.pre-transform.success",
        "upload.pre-transform.error",
        "upload.post-transform.success",
        "upload.post-transform.error",
        "file.created",
        "file.updated",
        "file.deleted",
        "file-version.created",
        "file-version.deleted",
        "folder.created",
        "folder.updated",
        "folder.deleted",
    }
)
_MAX_WEBHOOKS = 3


class Webhooks(Resource):
    """
    The webhooks of an account, three at most, each with an endpoint of its own.
    """

    kind = "webhook"
    id_prefix = "wh_"
    missing = "The requested webhook does not exist."

    def created(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """
        A webhook with a new secret, enabled unless the body says otherwise.
        """
        webhooks = self.all()
        if len(webhooks) >= _MAX_WEBHOOKS:
            raise ApiError(400, f"A maximum of {_MAX_WEBHOOKS} webhooks can be created.")
        for name in ("endpoint", "events"):
            if name not in body:
                raise missing_value(name)
        settings = self._settings(body, webhooks)
        now = self.now()
        return {"enabled": True, **settings, "secret": self._secret(), "createdAt": now, "updatedAt": now}

    def changed(self, old: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
        """
        The webhook with the settings that were sent; its secret stays.
        """
        others = [webhook for webhook in self.all() if webhook["id"] != old["id"]]
        return {**old, **self._settings(body, others), "updatedAt": self.now()}

    def _settings(self, body: Mapping[str, Any], others: list[dict[str, Any]]) -> dict[str, Any]:
        settings = {name: body[name] for name in ("endpoint", "events", "enabled") if name in body}
        for name, value in settings.items():
            if not _CHECKS[name](value):
                raise invalid_value(name)
        if any(webhook["endpoint"] == settings.get("endpoint") for webhook in others):
            raise ApiError(400, "A webhook with this endpoint already exists.")
        return settings

    def _secret(self) -> str:
        # A whole number of base64 quartets, so that receivers may take the rest of it as text or as base64.
        entropy = self.account.settings.new_id() + self.account.settings.new_id()
        return "whsec_" + base64.b64encode(bytes.fromhex(entropy)).decode()


def _are_event_types(value: Any) -> bool:
    return are_strings(value) and bool(value) and EVENT_TYPES.issuperset(value)


def _is_endpoint(value: Any) -> bool:
    return is_web_url(value) and not has_credentials(value)


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "endpoint": _is_endpoint,
    "events": _are_event_types,
    "enabled": is_flag,
}
