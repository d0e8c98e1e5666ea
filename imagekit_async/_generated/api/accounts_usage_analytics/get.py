# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import DATE, MODELS, Call, Field, Operation, Reference, query_texts

if TYPE_CHECKING:
    from ...models.usage_analytics import UsageAnalytics

OPERATION = Operation(
    name="accounts.usage_analytics.get",
    method="GET",
    path="/v1/accounts/usage-analytics",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Reference(MODELS + ".usage_analytics", "UsageAnalytics")},
)

_PARAMETERS: Mapping[str, Field] = {
    "start_date": Field("startDate", DATE, required=True),
    "end_date": Field("endDate", DATE, required=True),
}


def call(*, start_date: datetime.date | str, end_date: datetime.date | str) -> Call[UsageAnalytics]:
    """
    Return the request of `accounts.usage_analytics.get`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        query=query_texts({"start_date": start_date, "end_date": end_date}, _PARAMETERS),
    )
