# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...._runtime import MODELS, Call, Operation, Reference

if TYPE_CHECKING:
    from ...models.webhook import Webhook

OPERATION = Operation(
    name="accounts.webhooks.get",
    method="GET",
    path="/v1/accounts/webhooks/{id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Reference(MODELS + ".webhook", "Webhook")},
)


def call(id: str) -> Call[Webhook]:
    """
    Return the request of `accounts.webhooks.get`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(id=id),
    )
