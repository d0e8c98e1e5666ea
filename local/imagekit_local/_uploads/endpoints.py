"""
HTTP side of the two upload operations.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import TypeAlias

import anyio
from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from imagekit_local._account import Account
from imagekit_local._auth import check_authorization
from imagekit_local._errors import ApiError
from imagekit_local._files.views import upload_view
from imagekit_local._metadata.endpoints import version_metadata
from imagekit_local._routing import Handler
from imagekit_local._uploads.form import UploadForm
from imagekit_local._uploads.parsing import UploadParser
from imagekit_local._uploads.signature import authorize_v1, authorize_v2
from imagekit_local._uploads.storing import store_upload

_Authorize: TypeAlias = Callable[[Account, str | None, FormData], Awaitable[None]]


def upload_handlers(account: Account) -> dict[tuple[str, str], Handler]:
    """
    Return the handlers of the upload operations, by method and path template. They authenticate on their own.
    """
    return {
        ("POST", "/api/v1/files/upload"): _upload_handler(account, authorize_v1),
        ("POST", "/api/v2/files/upload"): _upload_handler(account, authorize_v2),
    }


def _upload_handler(account: Account, authorize: _Authorize) -> Handler:
    async def upload(request: Request) -> Response:
        header = request.headers.get("authorization")
        form = await _read_form(account, request, header)
        try:
            await authorize(account, header, form)
            return await _respond(account, UploadForm.from_form(form), request.state.request_id)
        finally:
            with anyio.CancelScope(shield=True):
                await form.close()

    return upload


async def _respond(account: Account, form: UploadForm, request_id: str) -> Response:
    stored = await store_upload(account, form, request_id)
    if stored is None:
        return JSONResponse({"message": "The pre-transformation has been queued successfully."}, 202)
    view = upload_view(account, stored.file, form.response_fields)
    if "metadata" in form.response_fields:
        view["metadata"] = await version_metadata(account, stored.file.current)
    if stored.extension_statuses:
        view["extensionStatus"] = stored.extension_statuses
    return JSONResponse(view)


async def _read_form(account: Account, request: Request, header: str | None) -> FormData:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "multipart/form-data":
        return FormData()
    try:
        async with aclosing(request.stream()) as stream:
            return await UploadParser(request.headers, stream, account.settings.largest_bytes).parse()
    except (MultiPartException, FormParserError, ApiError) as error:
        if header:
            check_authorization(account, header)
        raise (error if isinstance(error, ApiError) else _invalid_form()) from None


def _invalid_form() -> ApiError:
    return ApiError(400, "Your request contains invalid multipart form data.")
