"""
HTTP side of the purges.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from imagekit_local._account import Account
from imagekit_local._bodies import json_object
from imagekit_local._purges.purging import purge_status, request_purge
from imagekit_local._routing import Handler


def purge_handlers(account: Account) -> dict[tuple[str, str], Handler]:
    """
    Return the handlers of the operations on purges, by method and path template.
    """
    run = account.store.run

    async def create(request: Request) -> Response:
        return JSONResponse({"requestId": await run(request_purge, account, await json_object(request))}, 201)

    async def read(request: Request) -> Response:
        return JSONResponse({"status": await run(purge_status, account, request.path_params["requestId"])})

    return {("POST", "/v1/files/purge"): create, ("GET", "/v1/files/purge/{requestId}"): read}
