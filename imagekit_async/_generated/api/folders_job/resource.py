# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ...._runtime import UNSET, CallOptions, Resource, Unset, wait_until_done

if TYPE_CHECKING:
    from ...._runtime import Timeout
    from ...models.folder_job import FolderJob


class FoldersJobResource(Resource):
    """
    Follow the jobs that copy, move and rename folders.
    """

    async def get(
        self,
        job_id: str,
        *,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> FolderJob:
        """
        Get the state of a folder job.

        Reports whether a job that copies, moves or renames a folder is done. Returns 207 when a folder was renamed but
        the purge of its old URLs failed. No state for a failed job is documented, so give up waiting after some time.
        Fails with 404 when there is no such job.

        Args:
            job_id: Id of the job, as returned when it was started.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The state of the job. The folder is renamed, but its old URLs could not be purged.

        Raises:
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .get import call as _get

        call = _get(job_id)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

    async def wait(
        self,
        job_id: str,
        *,
        deadline: float | None = 600,
        on_progress: Callable[[FolderJob], None] | None = None,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
    ) -> FolderJob:
        """
        Call `get` until the work is done, and return its last value.

        Pauses between calls grow from 0.25 s to 10 s. An unknown status counts as pending.

        Args:
            job_id: Id of the job, as returned when it was started.
            deadline: Seconds for the whole wait, 600 by default; None for no limit.
            on_progress: Plain function, called with each value whose status is pending. What it raises ends the wait.
                The sync client calls it in the thread of its event loop, where it must not block or call the client.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.

        Returns:
            The value with the status `Completed` or `Partial success`.

        Raises:
            ValueError: `deadline` is not positive.
            JobFailedError: The status is `Failed`; the error holds the `value`.
            WaitTimeoutError: The work was not done before the deadline, or the next pause would end after it. The
                error holds the last `value`, None if there was none.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .get import call as _get

        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body)

        async def ask() -> FolderJob:
            return await self._send(_get(job_id), options)

        return await wait_until_done(
            ask,
            what=f"folders.job {job_id}",
            status="status",
            done=("Completed", "Partial success"),
            failed=("Failed",),
            deadline=deadline,
            on_progress=on_progress,
        )
