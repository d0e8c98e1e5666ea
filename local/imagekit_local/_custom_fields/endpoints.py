"""
HTTP side of the custom metadata fields.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from imagekit_local._account import Account
from imagekit_local._bodies import json_object
from imagekit_local._custom_fields.fields import change_field, create_field, delete_field, list_fields
from imagekit_local._routing import Handler

_PATH = "/v1/customMetadataFields"


def custom_field_handlers(account: Account) -> dict[tuple[str, str], Handler]:
    """
    Return the handlers of the operations on custom metadata fields, by method and path template.
    """
    run = account.store.run

    async def all_fields(request: Request) -> Response:
        with_deleted = request.query_params.get("includeDeleted") == "true"
        return JSONResponse(await run(list_fields, account, with_deleted=with_deleted))

    async def create(request: Request) -> Response:
        return JSONResponse(await run(create_field, account, await json_object(request)), 201)

    async def change(request: Request) -> Response:
        body = await json_object(request)
        return JSONResponse(await run(change_field, account, request.path_params["id"], body))

    async def delete(request: Request) -> Response:
        await run(delete_field, account, request.path_params["id"])
        return Response(status_code=204)

    return {
        ("GET", _PATH): all_fields,
        ("POST", _PATH): create,
        ("PATCH", f"{_PATH}/{{id}}"): change,
        ("DELETE", f"{_PATH}/{{id}}"): delete,
    }
