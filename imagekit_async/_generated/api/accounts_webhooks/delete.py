# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._http.call import Call, Operation

MODELS = __name__.rpartition(".api.")[0] + ".models"

OPERATION = Operation(
    name="accounts.webhooks.delete",
    method="DELETE",
    path="/v1/accounts/webhooks/{id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={
        204: None,
    },
)


def call(
    id: str,
) -> Call[None]:
    """
    Return the request of `accounts.webhooks.delete`; the resource's method of that name tells what the arguments mean.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(
            id=id,
        ),
    )
