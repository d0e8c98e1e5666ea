"""
Folder locks: running jobs keep other jobs and deletions away from their folders.

Files can still be added and deleted there.
"""

from __future__ import annotations

from imagekit_local._account import Account
from imagekit_local._errors import ApiError
from imagekit_local._store import Collection


def pending_jobs(account: Account) -> Collection:
    """
    Return the pending jobs, each with its `source` and `target` folder.
    """
    return account.store.collection("pendingJob")


def check_unlocked(account: Account, source: str, target: str | None = None) -> None:
    """
    Refuse to touch folders that a running job reads or writes. Needs a transaction.

    Args:
        account: The account that holds the folders.
        source: Path of the folder to read or delete.
        target: Path of the folder to write, or None.

    Raises:
        ApiError: 423 if a job has locked one of the two, or a folder above or below it.
    """
    locked = [path for job in pending_jobs(account).all() for path in (job["source"], job["target"])]
    if any(overlap(source, path) for path in locked):
        raise ApiError(423, "A bulk job is running on given folder path, please try after sometime.")
    if target is not None and any(overlap(target, path) for path in locked):
        raise ApiError(423, "Destination folder path is already locked. Please try after sometime.")


def overlap(one: str, other: str) -> bool:
    """
    Return whether one of two folders equals or contains the other.
    """
    return contains(one, other) or contains(other, one)


def contains(folder: str, path: str) -> bool:
    """
    Return whether a path equals a folder or is below it.
    """
    return path == folder or path.startswith(f"{folder}/")
