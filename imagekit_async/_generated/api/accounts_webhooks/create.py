# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...._http.call import Call, Operation
from ...._http.encoding import Field, json_body
from ...._json import Array
from ...._model import Reference
from ...._scalars import BOOLEAN, STRING
from ...types import UNSET, Unset

if TYPE_CHECKING:
    from ...models.webhook import Webhook
    from ...models.webhook_event_type import WebhookEventType

MODELS = __name__.rpartition(".api.")[0] + ".models"

OPERATION = Operation(
    name="accounts.webhooks.create",
    method="POST",
    path="/v1/accounts/webhooks",
    server="https://api.imagekit.io",
    idempotent=False,
    paced=True,
    responses={
        201: Reference(MODELS + ".webhook", "Webhook"),
    },
)

_FIELDS: Mapping[str, Field] = {
    "endpoint": Field("endpoint", STRING, required=True),
    "events": Field("events", Array(STRING), required=True),
    "enabled": Field("enabled", BOOLEAN),
}


def call(
    *,
    endpoint: str,
    events: Sequence[WebhookEventType],
    enabled: bool | Unset = UNSET,
) -> Call[Webhook]:
    """
    Return the request of `accounts.webhooks.create`; the resource's method of that name tells what the arguments mean.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(
            _FIELDS,
            {
                "endpoint": endpoint,
                "events": events,
                "enabled": enabled,
            },
        ),
    )
