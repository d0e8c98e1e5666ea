"""
Extensions in progress: asked for with an upload or update, and finished at the first look after their time has come.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import attrs

from imagekit_local._account import Account
from imagekit_local._accounts.usage import count_extension
from imagekit_local._bodies import as_array
from imagekit_local._clock import shifted
from imagekit_local._errors import ApiError, invalid_value
from imagekit_local._extensions.background import remove_background
from imagekit_local._extensions.configs import SAVED, is_config, is_reference
from imagekit_local._extensions.results import ExtensionFailedError, after_tasks, described, tagged
from imagekit_local._extensions.saved import SavedExtensions
from imagekit_local._files.placing import MAX_VERSIONS
from imagekit_local._files.views import file_view
from imagekit_local._media import inspect
from imagekit_local._store import File, Version

# No webhook can subscribe to it: it is for the one URL that came with the upload or update.
EXTENSION_FINISHED = "extension.finished"
_KIND = "extensionRun"


def checked_extensions(value: Any) -> tuple[dict[str, Any], ...]:
    """
    The extensions that an upload or update asks for; saved ones may turn out not to exist.

    Raises:
        ApiError: 400, the value is not an array of extensions.
    """
    error = invalid_value("extensions")
    extensions: list[Any] = as_array(value, error)
    if not all(is_config(item) or is_reference(item) for item in extensions):
        raise error
    return tuple(extensions)


def start_extensions(account: Account, file: File, extensions: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """
    Have extensions run on a file that is saved. Needs a transaction.

    Returns:
        The state to report for each name, which is that of a run that has yet to finish.

    Raises:
        ApiError: 400, a saved extension does not exist.
    """
    if not extensions:
        return {}
    configs = [_resolved(account, extension) for extension in extensions]
    due_at = shifted(account.settings.clock(), timedelta(seconds=account.settings.extension_delay_seconds))
    for config in configs:
        id = account.settings.new_id()
        run = {"id": id, "fileId": file.id, "config": config, "dueAt": due_at.isoformat()}
        account.store.collection(_KIND).insert(id, {**run, "webhookUrl": file.current.webhook_url})
        account.agenda.add(_KIND, due_at)
    return {config["name"]: "pending" for config in configs}


def finish_extensions(account: Account) -> None:
    """
    Give files the results of all extensions whose time has come. Needs a transaction.
    """
    if account.agenda.is_idle(_KIND):
        return
    runs = account.store.collection(_KIND)
    waiting = runs.all()
    if not waiting:
        account.agenda.wait(_KIND, ())
        return
    now = account.settings.clock()
    later: list[datetime] = []
    for run in waiting:
        due_at = datetime.fromisoformat(run["dueAt"])
        if due_at > now:
            later.append(due_at)
        else:
            runs.delete(run["id"])
            _finish(account, run, now)
    if len(later) == len(waiting):
        account.agenda.wait(_KIND, later)


def _resolved(account: Account, extension: Mapping[str, Any]) -> Mapping[str, Any]:
    if extension["name"] != SAVED:
        return extension
    try:
        config: Mapping[str, Any] = SavedExtensions(account).read(extension["id"])["config"]
    except ApiError:
        raise ApiError(400, SavedExtensions.missing) from None
    return config


def _finish(account: Account, run: Mapping[str, Any], now: datetime) -> None:
    file = account.store.assets.file(run["fileId"])
    if file is None:
        return
    name = run["config"]["name"]
    try:
        changed = _RESULTS[name](account, file, run["config"])
    except ExtensionFailedError as error:
        _report(account, run, {"status": "FAILURE", "fileId": file.id, "error": {"message": str(error)}})
        return
    changed = attrs.evolve(changed, current=attrs.evolve(changed.current, updated_at=now))
    account.store.assets.save(changed)
    count_extension(account, name)
    view = file_view(account, changed.asset)
    is_new = changed.version_count > file.version_count
    account.emit("file-version.created" if is_new else "file.updated", view)
    _report(account, run, {"status": "SUCCESS", "fileObject": view})


def _report(account: Account, run: Mapping[str, Any], outcome: Mapping[str, Any]) -> None:
    if run["webhookUrl"] is not None:
        body = {"service": run["config"]["name"], **outcome}
        account.emit(EXTENSION_FINISHED, {"webhookUrl": run["webhookUrl"], "body": body})


def _in_place(
    result: Callable[[Account, File, Mapping[str, Any]], Version],
) -> Callable[[Account, File, Mapping[str, Any]], File]:
    return lambda account, file, config: attrs.evolve(file, current=result(account, file, config))


def _without_background(account: Account, file: File, config: Mapping[str, Any]) -> File:
    options = config.get("options", {})
    if "bg_image_url" in options:
        raise ExtensionFailedError("the local ImageKit fetches no backgrounds")
    if len(file.versions) >= MAX_VERSIONS:
        raise ExtensionFailedError("the file has too many versions")
    blobs = account.store.blobs
    id = account.settings.new_id()
    part = blobs.part_path(id)
    try:
        remove_background(blobs.path(file.current.id), part, options.get("bg_color"))
    except ValueError as error:
        raise ExtensionFailedError(str(error)) from error
    blobs.flush_part(id)
    count = file.version_count + 1
    current = attrs.evolve(
        file.current,
        id=id,
        delivery_id=id,
        number=count,
        size=part.stat().st_size,
        media=inspect(part, file.name),
        created_at=account.settings.clock(),
    )
    blobs.adopt(id)
    return attrs.evolve(file, current=current, older=file.versions, version_count=count)


_RESULTS: dict[str, Callable[[Account, File, Mapping[str, Any]], File]] = {
    "remove-bg": _without_background,
    "google-auto-tagging": _in_place(tagged),
    "aws-auto-tagging": _in_place(tagged),
    "ai-auto-description": _in_place(described),
    "ai-tasks": _in_place(after_tasks),
}
