# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from typing import Literal

WebhookEventType = Literal[
    "file-version.created",
    "file-version.deleted",
    "file.created",
    "file.deleted",
    "file.updated",
    "folder.created",
    "folder.deleted",
    "folder.updated",
    "upload.post-transform.error",
    "upload.post-transform.success",
    "upload.pre-transform.error",
    "upload.pre-transform.success",
    "video.transformation.accepted",
    "video.transformation.error",
    "video.transformation.ready",
]
"""
Kind of an event that can be sent to a webhook.
"""
