"""
Run the jobs on folders in slices, between which other requests are served.

A job that fits into one slice is never seen half done. The rest of a larger one is stored with what is done, so that a
server that was killed continues from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from imagekit_local._account import Account
from imagekit_local._errors import HELP
from imagekit_local._folders.jobs import jobs
from imagekit_local._folders.locks import pending_jobs
from imagekit_local._folders.trees import copy_one, delete_one, keep_used_folders, move_one
from imagekit_local._purges.purging import purge_path
from imagekit_local._store import Task

PARTIAL_SUCCESS = "Partial success"
# About ten milliseconds of work.
_SLICE = 25


def begin_due(account: Account, *, leaves_rest: bool) -> str | None:
    """
    Run the due jobs that nothing else is running, oldest first. Needs a transaction.

    Args:
        account: The account that holds the folders.
        leaves_rest: Whether to run only the first slice of a job.

    Returns:
        Id of a job that takes longer and that the caller must pass to `finish_job`, or None.
    """
    pending = pending_jobs(account).all()
    if not pending:
        return None
    now = account.settings.clock()
    for job in pending:
        is_taken = job["id"] in account.working or (leaves_rest and "isPlanned" in job)
        if is_taken or datetime.fromisoformat(job["dueAt"]) > now:
            continue
        if leaves_rest:
            _work_on(account, job["id"])
        elif not begin(account, job["id"]):
            return str(job["id"])
    return None


def begin(account: Account, job_id: str) -> bool:
    """
    Run the first slice of a job. Needs a transaction.

    Returns:
        Whether the job is done; if not, the caller must pass it to `finish_job`.
    """
    is_done = _work_on(account, job_id)
    if not is_done:
        account.working.add(job_id)
    return is_done


async def finish_job(account: Account, job_id: str) -> None:
    """
    Run the rest of a job.
    """
    try:
        while not await account.store.run(_work_on, account, job_id):
            pass
    finally:
        account.working.discard(job_id)


def _work_on(account: Account, job_id: str) -> bool:
    job = pending_jobs(account).get(job_id)
    if job is None:
        # The server was reset in the meantime.
        return True
    if "isPlanned" not in job:
        account.store.trees.plan(job_id, job["source"], deepest_first=job["type"] == "DELETE_FOLDER")
        pending_jobs(account).replace(job_id, {**job, "isPlanned": True})
    tasks = account.store.trees.take(job_id, _SLICE)
    for task in tasks:
        _do(account, job, task)
    if len(tasks) == _SLICE:
        return False
    if job["type"] != "COPY_FOLDER":
        keep_used_folders(account, job["source"])
    pending_jobs(account).delete(job_id)
    jobs(account).replace(job_id, {"jobId": job_id, "type": job["type"], **_outcome(account, job)})
    return True


def _do(account: Account, job: Mapping[str, Any], task: Task) -> None:
    kind, places = job["type"], (job["source"], job["target"])
    if kind == "DELETE_FOLDER":
        delete_one(account, task)
    elif kind == "COPY_FOLDER":
        copy_one(account, task, *places, with_versions=job["withVersions"])
    else:
        move_one(account, task, *places, keep_ids=kind == "RENAME_FOLDER")


def _outcome(account: Account, job: Mapping[str, Any]) -> dict[str, Any]:
    if not job.get("purges"):
        return {"status": "Completed"}
    purge_id = purge_path(account, job["source"])
    if purge_id is not None:
        return {"status": "Completed", "purgeRequestId": purge_id}
    message = "Folder renamed successfully but purging cache on nested files failed."
    return {"status": PARTIAL_SUCCESS, "message": message, "help": HELP}
