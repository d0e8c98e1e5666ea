# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from ...._runtime import MODELS, Array, Call, Operation, Reference

if TYPE_CHECKING:
    from ...models.webhook import Webhook

OPERATION = Operation(
    name="accounts.webhooks.list",
    method="GET",
    path="/v1/accounts/webhooks",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Array(Reference(MODELS + ".webhook", "Webhook"))},
)


def call() -> Call[builtins.list[Webhook]]:
    """
    Return the request of `accounts.webhooks.list`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
    )
