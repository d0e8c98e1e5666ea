# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ...._http.call import Call, Operation, query_texts
from ...._json import DATE
from ...._model import Reference

if TYPE_CHECKING:
    from ...models.usage_analytics import UsageAnalytics

MODELS = __name__.rpartition(".api.")[0] + ".models"

OPERATION = Operation(
    name="accounts.usage_analytics.get",
    method="GET",
    path="/v1/accounts/usage-analytics",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={
        200: Reference(MODELS + ".usage_analytics", "UsageAnalytics"),
    },
)


def call(
    *,
    start_date: datetime.date | str,
    end_date: datetime.date | str,
) -> Call[UsageAnalytics]:
    """
    Return the request of `accounts.usage_analytics.get`; the resource's method of that name tells what the arguments mean.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        query=query_texts(
            {
                "startDate": start_date,
                "endDate": end_date,
            },
            {
                "startDate": DATE,
                "endDate": DATE,
            },
        ),
    )
