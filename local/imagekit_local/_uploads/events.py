"""
Events of an upload: the file, and the outcome of its transformations.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from imagekit_local._account import Account
from imagekit_local._files.events import emit_file
from imagekit_local._files.views import upload_view
from imagekit_local._store import File, join_path
from imagekit_local._transformations import TransformationError, parse
from imagekit_local._uploads.form import UploadForm
from imagekit_local._webhooks.outbox import post_event

_FAILED = {"error": {"reason": "encoding_failed"}}
_DERIVED_NAMES = {
    "gif-to-video": "ik-gif-video.mp4",
    "thumbnail": "ik-thumbnail.jpg",
    "abs": "ik-master",
}
_MANIFESTS = {"hls": ".m3u8", "dash": ".mpd"}


def post_failed_upload(account: Account, form: UploadForm, request_id: str) -> None:
    """
    Emit that a transformation failed before anything was stored. Needs a transaction.
    """
    path = join_path(form.folder, form.name)
    data = {"name": form.name, "path": path, "transformation": _FAILED}
    request = {"x_request_id": request_id, "transformation": form.transformation.pre}
    post_event(account, "upload.pre-transform.error", data, request)


def emit_upload(account: Account, file: File, form: UploadForm, request_id: str) -> None:
    """
    Emit the events of a stored file and its transformations. Needs a transaction.

    Args:
        account: The account that holds it.
        file: The stored file.
        form: The form of the upload.
        request_id: Id of the request.
    """
    emit_file(account, "file.created" if file.version_count == 1 else "file-version.created", file)
    pre = form.transformation.pre
    if pre is not None:
        request = {"x_request_id": request_id, "transformation": pre}
        post_event(account, "upload.pre-transform.success", upload_view(account, file, form.response_fields), request)
    for item in form.transformation.post:
        _post_item(account, file, item, request_id)


def _post_item(account: Account, file: File, item: Mapping[str, Any], request_id: str) -> None:
    request = {"x_request_id": request_id, "transformation": dict(item)}
    data = {"fileId": file.id, "url": _derived_url(account, file, item), "name": file.name}
    if _can_make(file, item):
        post_event(account, "upload.post-transform.success", data, request)
    else:
        failure = {**data, "path": file.path, "transformation": _FAILED}
        post_event(account, "upload.post-transform.error", failure, request)


def _can_make(file: File, item: Mapping[str, Any]) -> bool:
    # The server does not process videos.
    if item["type"] != "transformation" or not file.current.media.is_image:
        return False
    try:
        parse(_bare(item["value"]))
    except TransformationError:
        return False
    return True


def _derived_url(account: Account, file: File, item: Mapping[str, Any]) -> str:
    value = _bare(item.get("value", ""))
    steps = f"/tr:{value}" if value else ""
    path = quote(file.path)
    if item["type"] == "transformation":
        return f"{account.url_endpoint}{steps}{path}"
    name = _DERIVED_NAMES[item["type"]] + _MANIFESTS.get(item.get("protocol", ""), "")
    return f"{account.url_endpoint}{path}/{name}" + (f"?tr={value}" if value else "")


def _bare(value: str) -> str:
    return value.removeprefix("tr:")
