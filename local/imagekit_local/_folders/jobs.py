"""
Copying, moving, renaming and deleting folders: accepted or refused, and locked from then on.

A deletion is a job too, which is due at once and cannot be requested.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from imagekit_local._account import Account
from imagekit_local._clock import shifted
from imagekit_local._errors import ApiError
from imagekit_local._folders.locks import check_unlocked, contains, pending_jobs
from imagekit_local._folders.parameters import existing_path, flag, refusal, target_folder
from imagekit_local._folders.trees import check_size
from imagekit_local._store import Collection, join_path
from imagekit_local._values import canonical_path, clean_folder


def start_copy(account: Account, body: Mapping[str, Any]) -> str:
    """
    Accept the copy of a folder into another. Needs a transaction.

    Returns:
        Id of the job.

    Raises:
        ApiError: 400, a parameter is missing or refused; 404, there is no such folder; 423, a job has locked a path.
    """
    source, target = _source_and_target(body)
    # Older clients call it as the copy of a file does.
    with_versions = flag(body, "includeVersions") or flag(body, "includeFileVersions")
    _check_source(account, body, source, target)
    return _start(account, "COPY_FOLDER", source, target, withVersions=with_versions)


def start_move(account: Account, body: Mapping[str, Any]) -> str:
    """
    Accept the move of a folder into another. Needs a transaction.

    Returns:
        Id of the job.

    Raises:
        ApiError: 400, a parameter is missing or refused; 404, there is no such folder; 423, a job has locked a path.
    """
    source, target = _source_and_target(body)
    if contains(source, target):
        raise refusal(
            "INVALID_DESTINATION_PATH",
            "This operation is not allowed because parent folder cannot be moved into child folder.",
        )
    _check_source(account, body, source, target)
    return _start(account, "MOVE_FOLDER", source, target)


def start_rename(account: Account, body: Mapping[str, Any]) -> str:
    """
    Accept a new name for a folder. Needs a transaction.

    Returns:
        Id of the job.

    Raises:
        ApiError: 400, a parameter is missing or refused; 404, there is no such folder; 409, the name is taken; 423, a
            job has locked a path.
    """
    source, name = canonical_path(_rename_text(body, "folderPath")), _rename_text(body, "newFolderName")
    purges = flag(body, "purgeCache")
    if source == "/":
        raise ApiError(400, "folderPath cannot be root.")
    if account.store.assets.folder_at(source) is None:
        raise ApiError(404, "Source folder not found.")
    target = source.rpartition("/")[0] + clean_folder(name.replace("/", "_"))
    check_unlocked(account, source)
    check_unlocked(account, target)
    if account.store.assets.folder_at(target) is not None:
        taken = target.rpartition("/")[2]
        raise ApiError(409, f"Folder with name {taken} already exists at the same location.")
    return _start(account, "RENAME_FOLDER", source, target, purges=purges)


def start_delete(account: Account, body: Mapping[str, Any]) -> str:
    """
    Accept the deletion of a folder and of all that is in it. Needs a transaction.

    Returns:
        Id of the job.

    Raises:
        ApiError: 400, the folder is the root or holds too much; 404, there is no such folder; 423, a job is using it.
    """
    path = existing_path(body, "folderPath")
    if path == "/":
        raise refusal("INVALID_FOLDER_PATH")
    if account.store.assets.folder_at(path) is None:
        raise ApiError(404, f"No folder found with folderPath `{body['folderPath']}`.", reason="FOLDER_NOT_FOUND")
    check_unlocked(account, path)
    check_size(account, path)
    return _accept(account, "DELETE_FOLDER", path, path, timedelta(0))


def job_view(account: Account, job_id: str) -> dict[str, Any]:
    """
    A job as the API shows it. Needs a transaction.

    Raises:
        ApiError: 404, there is no such job.
    """
    job = jobs(account).get(job_id)
    if job is None:
        raise ApiError(404, "The requested job does not exist.")
    return job


def _start(account: Account, type: str, source: str, target: str, **options: bool) -> str:
    delay = timedelta(seconds=account.settings.job_delay_seconds)
    id = _accept(account, type, source, target, delay, **options)
    jobs(account).insert(id, {"jobId": id, "type": type, "status": "Pending"})
    return id


def _accept(account: Account, type: str, source: str, target: str, delay: timedelta, **options: bool) -> str:
    id = account.settings.new_id()
    due_at = shifted(account.settings.clock(), delay)
    job = {"id": id, "type": type, "source": source, "target": target, "dueAt": due_at.isoformat(), **options}
    pending_jobs(account).insert(id, job)
    return id


def jobs(account: Account) -> Collection:
    """
    What the API says about jobs, by id.
    """
    return account.store.collection("job")


def _source_and_target(body: Mapping[str, Any]) -> tuple[str, str]:
    source, destination = existing_path(body, "sourceFolderPath"), target_folder(body, "destinationPath")
    if source == "/":
        raise refusal("SOURCE_IS_ROOT")
    target = join_path(destination, source.rpartition("/")[2])
    if source in {destination, target}:
        raise refusal("SAME_SOURCE_AND_DESTINATION", "sourceFolderPath and destinationPath is same")
    return source, target


def _check_source(account: Account, body: Mapping[str, Any], source: str, target: str) -> None:
    if account.store.assets.folder_at(source) is None:
        message = f"No files & folder found at sourceFolderPath `{body['sourceFolderPath']}`."
        raise ApiError(404, message, reason="NO_FILES_FOLDER")
    check_unlocked(account, source, target)
    check_size(account, source)


def _rename_text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise ApiError(400, f"{name} parameter is missing.")
    return value
