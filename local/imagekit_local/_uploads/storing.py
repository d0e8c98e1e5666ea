"""
Store uploaded bytes as a new file, or as a new version of the file with the same name.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import attrs

from imagekit_local._account import Account, Settings
from imagekit_local._custom_fields.values import uploaded_metadata
from imagekit_local._errors import ApiError, file_too_large
from imagekit_local._extensions.running import start_extensions
from imagekit_local._files.placing import MAX_VERSIONS, VersionLimitError
from imagekit_local._folders.making import make_folders
from imagekit_local._media import Media, inspect
from imagekit_local._store import File, Store, Version, join_path
from imagekit_local._uploads.checks import run_checks
from imagekit_local._uploads.events import emit_upload, post_failed_upload
from imagekit_local._uploads.form import UploadForm
from imagekit_local._uploads.sources import write_source
from imagekit_local._uploads.transformation import transform_part
from imagekit_local._values import unique_name


@attrs.frozen
class Stored:
    """
    The file with the upload as its current version, and the state of the requested extensions.
    """

    file: File
    extension_statuses: dict[str, str]


async def store_upload(account: Account, form: UploadForm, request_id: str) -> Stored | None:
    """
    Write an upload to disk and record it.

    Args:
        account: The account that is to hold it.
        form: What the upload asks for.
        request_id: Id of the request, for the events that come of it.

    Returns:
        What was stored, once it is safe; None for a video to transform first, which always fails.

    Raises:
        ApiError: 400, the bytes are refused, or the name is taken and must not be overwritten. Nothing is kept then.
    """
    upload_id = account.settings.new_id()
    async with _part(account.store, upload_id) as path:
        size = await write_source(account.settings, form.file, path)
        media = await anyio.to_thread.run_sync(inspect, path, form.name)
        if size > _limit(account.settings, media):
            raise file_too_large()
        form.transformation.check_media(media)
        if media.is_video and form.transformation.pre is not None:
            await anyio.to_thread.run_sync(account.store.blobs.delete_part, upload_id)
            await account.store.run(post_failed_upload, account, form, request_id)
            return None
        pre = _pre_transformation(account.settings, form, media)
        if pre is not None:
            size = await transform_part(account, path, media, pre)
            media = await anyio.to_thread.run_sync(inspect, path, form.name)
        await anyio.to_thread.run_sync(account.store.blobs.flush_part, upload_id)
        version = _version(account.settings, form, upload_id, size, media)
        return await account.store.run(_record, account, form, version, request_id)


@contextlib.asynccontextmanager
async def _part(store: Store, upload_id: str) -> AsyncGenerator[Path, None]:
    try:
        yield await anyio.to_thread.run_sync(store.blobs.part_path, upload_id)
    except BaseException:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(store.blobs.delete_part, upload_id)
        raise


def _limit(settings: Settings, media: Media) -> int:
    return settings.max_video_bytes if media.is_video else settings.max_upload_bytes


def _pre_transformation(settings: Settings, form: UploadForm, media: Media) -> str | None:
    if form.transformation.pre is not None:
        return form.transformation.pre
    # The account's own is for images that can be read; an upload that does not ask for it must not fail for it.
    return settings.upload_transformation if media.format is not None else None


def _version(settings: Settings, form: UploadForm, upload_id: str, size: int, media: Media) -> Version:
    now = settings.clock()
    return Version(
        id=upload_id,
        number=1,
        size=size,
        media=media,
        delivery_id=upload_id,
        created_at=now,
        updated_at=now,
        tags=form.tags or (),
        custom_coordinates=form.custom_coordinates,
        description=form.description,
        is_private=form.is_private,
        is_published=form.is_published,
        webhook_url=form.webhook_url,
    )


def _record(account: Account, form: UploadForm, version: Version, request_id: str) -> Stored:
    run_checks(account, form, version.size, version.media)
    metadata = uploaded_metadata(account, form.custom_metadata)
    version = attrs.evolve(version, custom_metadata=metadata)
    name = unique_name(form.name, version.id) if form.unique_name else form.name
    existing = account.store.assets.file_at(join_path(form.folder, name))
    if existing is None:
        make_folders(account, form.folder)
        file = File(id=version.id, folder=form.folder, name=name, created_at=version.created_at, current=version)
    else:
        file = _overwritten(account, existing, form, version)
    account.store.blobs.adopt(version.id)
    account.store.assets.save(file)
    emit_upload(account, file, form, request_id)
    return Stored(file, start_extensions(account, file, form.extensions))


def _overwritten(account: Account, file: File, form: UploadForm, version: Version) -> File:
    if not form.overwrite_file:
        raise ApiError(
            400,
            "A file with the same name already exists at the exact location. "
            "We could not overwrite it because both overwriteFile and useUniqueFileName are set to false.",
        )
    if _is_too_early(account, file, version):
        message = "You have sent too many requests to update the file recently. Please try again later."
        raise ApiError(400, message)
    if len(file.versions) >= MAX_VERSIONS:
        raise VersionLimitError
    count = file.version_count + 1
    current = attrs.evolve(version, number=count, **_kept(file.current, form))
    return attrs.evolve(file, current=current, older=file.versions, version_count=count)


def _is_too_early(account: Account, file: File, version: Version) -> bool:
    rule = account.limiter.overwrites
    if rule is None:
        return False
    ages = [version.created_at - old.created_at for old in file.versions if old.number > 1]
    return sum(timedelta() <= age < rule.interval for age in ages) >= rule.requests


def _kept(old: Version, form: UploadForm) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    if form.tags is None and not form.overwrite_tags:
        kept["tags"] = old.tags
    if form.custom_metadata is None and not form.overwrite_custom_metadata:
        kept["custom_metadata"] = old.custom_metadata
    if not form.overwrite_ai_tags:
        kept["ai_tags"] = old.ai_tags
    return kept
