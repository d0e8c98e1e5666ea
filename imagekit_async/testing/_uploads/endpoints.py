"""
HTTP side of the two upload operations.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import anyio
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from imagekit_async.testing._account import Account
from imagekit_async.testing._auth import check_authorization
from imagekit_async.testing._errors import ApiError
from imagekit_async.testing._files.views import upload_view
from imagekit_async.testing._metadata.endpoints import version_metadata
from imagekit_async.testing._operations import Handler
from imagekit_async.testing._uploads.form import UploadForm
from imagekit_async.testing._uploads.signature import authorize_v1, authorize_v2
from imagekit_async.testing._uploads.storing import store_upload

_MAX_FILES = 10
_MAX_FIELDS = 100
# A charset of the caller's choice can decode to halves of characters, which no answer could send back.
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_Authorize: TypeAlias = Callable[[Account, str | None, FormData], Awaitable[None]]


def upload_handlers(account: Account) -> dict[tuple[str, str], Handler]:
    """
    Handlers of the upload operations, by method and path template. They authenticate by themselves.
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
            _refuse_surrogates(form)
            await authorize(account, header, form)
            return await _answer(account, UploadForm.from_form(form), request.state.request_id)
        finally:
            with anyio.CancelScope(shield=True):
                await form.close()

    return upload


async def _answer(account: Account, form: UploadForm, request_id: str) -> Response:
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
    # Base64 takes a third more room than its bytes; twice the room lets the size check answer for a little too much.
    max_part_size = 2 * account.settings.largest_bytes + 1024
    try:
        return await request.form(max_files=_MAX_FILES, max_fields=_MAX_FIELDS, max_part_size=max_part_size)
    except HTTPException:
        if header:
            check_authorization(account, header)
        raise _invalid_form() from None


def _refuse_surrogates(form: FormData) -> None:
    for value in form.values():
        if isinstance(value, str) and not value.isascii() and _LONE_SURROGATE.search(value):
            raise _invalid_form()


def _invalid_form() -> ApiError:
    return ApiError(400, "Your request contains invalid multipart form data.")
