# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import DATE_TIME, PLAIN, Array, Model, Property

if TYPE_CHECKING:
    from .webhook_event_type import WebhookEventType


@attrs.frozen(kw_only=True, repr=False, eq=False)
class Webhook(Model):
    """
    A URL that receives events of the account.

    Attributes:
        id: Id of the webhook.
        endpoint: URL that events are sent to.
        events: Kinds of events that are sent.
        enabled: Whether anything is sent.
        secret: Secret to verify the events with; begins with `whsec_`.
        created_at: When the webhook was created.
        updated_at: When the webhook last changed.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    endpoint: str
    events: builtins.list[WebhookEventType | str]
    enabled: bool
    secret: str = attrs.field(repr=False)
    created_at: datetime.datetime
    updated_at: datetime.datetime
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "endpoint": Property("endpoint", required=True),
        "events": Property("events", Array(PLAIN), required=True),
        "enabled": Property("enabled", required=True),
        "secret": Property("secret", required=True),
        "created_at": Property("createdAt", DATE_TIME, required=True),
        "updated_at": Property("updatedAt", DATE_TIME, required=True),
    }
