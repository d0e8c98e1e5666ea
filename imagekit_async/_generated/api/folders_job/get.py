# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...._runtime import MODELS, Call, Operation, Reference

if TYPE_CHECKING:
    from ...models.folder_job import FolderJob

OPERATION = Operation(
    name="folders.job.get",
    method="GET",
    path="/v1/bulkJobs/{job_id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={
        200: Reference(MODELS + ".folder_job", "FolderJob"),
        207: Reference(MODELS + ".folder_job", "FolderJob"),
    },
)


def call(job_id: str) -> Call[FolderJob]:
    """
    Return the request of `folders.job.get`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(job_id=job_id),
    )
