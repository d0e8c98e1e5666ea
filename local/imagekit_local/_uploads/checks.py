"""
Check an upload against the condition that its caller attached.
"""

from __future__ import annotations

from typing import Any

from imagekit_local._account import Account
from imagekit_local._custom_fields.values import schemas_by_name
from imagekit_local._errors import ApiError
from imagekit_local._media import Media
from imagekit_local._search.checks import folder_text, holds
from imagekit_local._search.syntax import QueryError
from imagekit_local._uploads.form import UploadForm, invalid_checks


def run_checks(account: Account, form: UploadForm, size: int, media: Media) -> None:
    """
    Accept an upload that meets its checks or has none. Needs a transaction.

    Raises:
        ApiError: 400 if it does not meet them, or they are invalid.
    """
    if form.checks is None:
        return
    try:
        is_met = holds(form.checks, _record(form, size, media), schemas_by_name(account), account.settings.clock())
    except QueryError:
        raise invalid_checks() from None
    if not is_met:
        raise ApiError(400, "Your request failed 'checks' validation.")


def _record(form: UploadForm, size: int, media: Media) -> dict[str, Any]:
    metadata = form.custom_metadata or {}
    return {
        "request.fileName": form.name,
        "request.folder": folder_text(form.folder),
        "request.customCoordinates": form.custom_coordinates,
        "request.webhookUrl": form.webhook_url,
        "request.useUniqueFileName": form.unique_name,
        "request.isPrivateFile": form.is_private,
        "request.isPublished": form.is_published,
        "request.overwriteFile": form.overwrite_file,
        "request.overwriteAITags": form.overwrite_ai_tags,
        "request.overwriteTags": form.overwrite_tags,
        "request.overwriteCustomMetadata": form.overwrite_custom_metadata,
        "request.tags": form.tags,
        "file.size": size,
        "file.mime": media.mime,
        "mediaMetadata.width": media.width,
        "mediaMetadata.height": media.height,
        **{f"request.customMetadata.{name}": value for name, value in metadata.items()},
    }
