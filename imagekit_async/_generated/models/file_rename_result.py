# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class FileRenameResult(Model):
    """
    Outcome of a rename. With status 207 the file is renamed but nothing is purged; only then `message`, `help` and
    `reason` are present.

    Attributes:
        purge_request_id: Id of the cache purge, when one was requested and accepted.
        message: Why the purge failed; set only with status 207.
        help: Where to find support; set only with status 207.
        reason: Machine-readable code, `PURGE_FAILED`; set only with status 207.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    purge_request_id: str | None = None
    message: str | None = None
    help: str | None = None
    reason: str | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "purge_request_id": Property("purgeRequestId"),
        "message": Property("message"),
        "help": Property("help"),
        "reason": Property("reason"),
    }
