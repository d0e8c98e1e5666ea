# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ...._http.call import CallOptions
from ...._waiting import wait_until_done
from ...types import UNSET, Unset
from . import get as _get

if TYPE_CHECKING:
    from httpx import Timeout

    from ...._http.session import Session
    from ...models.folder_job import FolderJob


class FoldersJobResource:
    """
    Follow the jobs that copy, move and rename folders.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

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

        Tells whether a job that copies, moves or renames a folder is done. Answers 207 when a folder was renamed but
        the purge of its old URLs failed. No state for a failed job is documented, so give up waiting after some time.
        Fails with 404 when there is no such job.

        Args:
            job_id: Id of the job, as returned when it was started.
            timeout: Seconds for one attempt (an `httpx.Timeout` bounds its steps instead); None for no limit. Default: the client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit but that of the cancel scopes around it.
            idempotent: Whether executing the call twice does no harm, so that it may be repeated when its outcome is unknown.
                Default: true.

        Returns:
            The state of the job. The folder is renamed, but its old URLs could not be purged.

        Raises:
            AuthenticationError: 401: The request carries no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then repeat the request.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete answer came; its subclasses tell a timeout.
        """
        return (
            await self._session.send(
                _get.call(
                    job_id=job_id,
                ),
                CallOptions(
                    timeout=timeout,
                    max_retries=max_retries,
                    extra_headers=extra_headers,
                    extra_query=extra_query,
                    extra_body=extra_body,
                    deadline=deadline,
                    idempotent=idempotent,
                ),
            )
        ).value

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
        Ask `get` until the work is done, and return the last answer.

        The questions come at growing distances, from 0.25 s to 10 s. A status that this version does not know counts as
        pending.

        Args:
            job_id: Id of the job, as returned when it was started.
            deadline: Seconds for the whole wait, 600 by default; None for no limit.
            on_progress: Plain function, called with each answer that tells that the work goes on; what it raises ends the
                wait.
            timeout: Seconds for one attempt (an `httpx.Timeout` bounds its steps instead); None for no limit. Default: the client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.

        Returns:
            The answer with the status `Completed` or `Partial success`.

        Raises:
            ValueError: `deadline` is not positive.
            JobFailedError: The status is `Failed`; the error's `value` is
                the answer.
            WaitTimeoutError: The work was not done in time; a pause that would end after the deadline is not begun. The
                error's `value` is the last answer, None if there was none.
            AuthenticationError: 401: The request carries no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then repeat the request.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete answer came; its subclasses tell a timeout.
        """

        async def ask() -> FolderJob:
            question = _get.call(
                job_id=job_id,
            )
            return (
                await self._session.send(
                    question,
                    CallOptions(
                        timeout=timeout,
                        max_retries=max_retries,
                        extra_headers=extra_headers,
                        extra_query=extra_query,
                        extra_body=extra_body,
                    ),
                )
            ).value

        return await wait_until_done(
            ask,
            what=f"folders.job {job_id}",
            status="status",
            done=("Completed", "Partial success"),
            failed=("Failed",),
            deadline=deadline,
            on_progress=on_progress,
        )
