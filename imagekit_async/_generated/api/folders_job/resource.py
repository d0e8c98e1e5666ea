# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._http.call import CallOptions
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
    ) -> FolderJob:
        """
        Get the state of a folder job.

        Tells whether a job that copies, moves or renames a folder is done. Answers 207 when a folder was renamed but
        the purge of its old URLs failed. No state for a failed job is documented, so give up waiting after some time.
        Fails with 404 when there is no such job.

        Args:
            job_id: Id of the job, as returned when it was started.
            timeout: Seconds (or an `httpx.Timeout`) for this call; None for no limit. Default: the client's.
            max_retries: Retries after the first attempt of this call, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.

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
                ),
            )
        ).value
