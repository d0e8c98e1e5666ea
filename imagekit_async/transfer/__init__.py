"""
Many files at once: upload a list, or make a remote folder like a local one and the other way round.

`plan_upload` and `plan_download` return a `Plan`, which changes nothing until it is run.
"""

from __future__ import annotations

from ._many import UploadItem, UploadMany, UploadResult, upload_many
from ._plan import Plan, plan_download, plan_upload
from ._policy import PlanOptions
from ._values import Item, LocalFile, Progress, RemoteFile, Report, Result, UploadOptions

__all__ = [
    "Item",
    "LocalFile",
    "Plan",
    "PlanOptions",
    "Progress",
    "RemoteFile",
    "Report",
    "Result",
    "UploadItem",
    "UploadMany",
    "UploadOptions",
    "UploadResult",
    "plan_download",
    "plan_upload",
    "upload_many",
]
