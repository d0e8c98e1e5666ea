# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...._runtime import BOOLEAN, MODELS, STRING, UNSET, Array, Call, Field, Operation, Reference, Unset, json_body

if TYPE_CHECKING:
    from ...models.webhook import Webhook
    from ...models.webhook_event_type import WebhookEventType

OPERATION = Operation(
    name="accounts.webhooks.update",
    method="PATCH",
    path="/v1/accounts/webhooks/{id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Reference(MODELS + ".webhook", "Webhook")},
)

_FIELDS: Mapping[str, Field] = {
    "endpoint": Field("endpoint", STRING),
    "events": Field("events", Array(STRING)),
    "enabled": Field("enabled", BOOLEAN),
}


def call(
    id: str,
    *,
    endpoint: str | Unset = UNSET,
    events: Sequence[WebhookEventType] | Unset = UNSET,
    enabled: bool | Unset = UNSET,
) -> Call[Webhook]:
    """
    Return the request of `accounts.webhooks.update`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(id=id),
        json=json_body(_FIELDS, {"endpoint": endpoint, "events": events, "enabled": enabled}),
    )
