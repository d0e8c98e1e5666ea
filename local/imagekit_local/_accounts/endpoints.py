"""
HTTP side of the account-wide operations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from imagekit_local._account import Account
from imagekit_local._accounts.named_transformations import NamedTransformations
from imagekit_local._accounts.origins import Origins
from imagekit_local._accounts.url_endpoints import UrlEndpoints
from imagekit_local._accounts.usage import analytics, usage
from imagekit_local._accounts.webhooks import Webhooks
from imagekit_local._resources.endpoints import resource_handlers
from imagekit_local._routing import Handler


def account_handlers(account: Account) -> dict[tuple[str, str], Handler]:
    """
    Return the handlers of the account-wide operations, by method and path template.
    """
    return {
        **resource_handlers("/v1/named-transformations", NamedTransformations(account)),
        **resource_handlers("/v1/accounts/origins", Origins(account), change="PUT"),
        **resource_handlers("/v1/accounts/url-endpoints", UrlEndpoints(account), change="PUT"),
        **resource_handlers("/v1/accounts/webhooks", Webhooks(account)),
        ("GET", "/v1/accounts/usage"): _report_handler(account, usage),
        ("GET", "/v1/accounts/usage-analytics"): _report_handler(account, analytics),
    }


def _report_handler(account: Account, report: Callable[[Account, Mapping[str, str]], Mapping[str, Any]]) -> Handler:
    async def respond(request: Request) -> Response:
        return JSONResponse(await account.store.run(report, account, request.query_params))

    return respond
