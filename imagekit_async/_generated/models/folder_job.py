# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class FolderJob(Model):
    """
    State of a folder job. With status 207 the folder is renamed but not purged; only then `message` and `help` are
    present.

    Attributes:
        job_id: Id of the job.
        type: What the job does: `COPY_FOLDER`, `MOVE_FOLDER` or `RENAME_FOLDER`.
        status: State of the job: `Pending`, `Completed`, or `Partial success`, which occurs only with status 207.
        purge_request_id: Id of the cache purge; present for a rename that was to purge.
        message: Why the purge failed; set only with status 207.
        help: Where to find support; set only with status 207.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    job_id: str
    type: str
    status: str
    purge_request_id: str | None = None
    message: str | None = None
    help: str | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "job_id": Property("jobId", required=True),
        "type": Property("type", required=True),
        "status": Property("status", required=True),
        "purge_request_id": Property("purgeRequestId"),
        "message": Property("message"),
        "help": Property("help"),
    }
