"""
Which folders a running job keeps other jobs, and deletion, away from.

Files may come and go there all the same.
"""

from __future__ import annotations

from imagekit_local._account import Account
from imagekit_local._errors import ApiError
from imagekit_local._store import Collection


def pending_jobs(account: Account) -> Collection:
    """
    The jobs that are still to be done, each with its `source` and `target` folder.
    """
    return account.store.collection("pendingJob")


def check_unlocked(account: Account, source: str, target: str | None = None) -> None:
    """
    Refuse to touch what a running job reads or writes. Needs a transaction.

    Args:
        account: The account that holds the folders.
        source: Path of the folder to take or delete.
        target: Path of the folder to write, None if there is none.

    Raises:
        ApiError: 423, a job has locked something above, at or below one of the two.
    """
    locked = [path for job in pending_jobs(account).all() for path in (job["source"], job["target"])]
    if any(overlap(source, path) for path in locked):
        raise ApiError(423, "A bulk job is running on given folder path, please try after sometime.")
    if target is not None and any(overlap(target, path) for path in locked):
        raise ApiError(423, "Destination folder path is already locked. Please try after sometime.")


def overlap(one: str, other: str) -> bool:
    """
    Whether one of two folders is the other, or contains it.
    """
    return contains(one, other) or contains(other, one)


def contains(folder: str, path: str) -> bool:
    """
    Whether a path is that of a folder, or below it.
    """
    return path == folder or path.startswith(f"{folder}/")
