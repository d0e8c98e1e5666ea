# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
"""
The events that webhooks carry, told apart by `type`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, Union

from .._model import MODELS, OneOf, Reference, UnknownModel

if TYPE_CHECKING:
    from .models.file_created_event import FileCreatedEvent
    from .models.file_deleted_event import FileDeletedEvent
    from .models.file_updated_event import FileUpdatedEvent
    from .models.file_version_created_event import FileVersionCreatedEvent
    from .models.file_version_deleted_event import FileVersionDeletedEvent
    from .models.folder_created_event import FolderCreatedEvent
    from .models.folder_deleted_event import FolderDeletedEvent
    from .models.folder_updated_event import FolderUpdatedEvent
    from .models.upload_post_transform_error_event import UploadPostTransformErrorEvent
    from .models.upload_post_transform_success_event import UploadPostTransformSuccessEvent
    from .models.upload_pre_transform_error_event import UploadPreTransformErrorEvent
    from .models.upload_pre_transform_success_event import UploadPreTransformSuccessEvent
    from .models.video_transformation_accepted_event import VideoTransformationAcceptedEvent
    from .models.video_transformation_error_event import VideoTransformationErrorEvent
    from .models.video_transformation_ready_event import VideoTransformationReadyEvent

    WebhookEvent: TypeAlias = Union[
        VideoTransformationAcceptedEvent,
        VideoTransformationReadyEvent,
        VideoTransformationErrorEvent,
        UploadPreTransformSuccessEvent,
        UploadPreTransformErrorEvent,
        UploadPostTransformSuccessEvent,
        UploadPostTransformErrorEvent,
        FileCreatedEvent,
        FileUpdatedEvent,
        FileDeletedEvent,
        FileVersionCreatedEvent,
        FileVersionDeletedEvent,
        FolderCreatedEvent,
        FolderUpdatedEvent,
        FolderDeletedEvent,
        UnknownModel,
    ]
    """
    An event that is sent to a webhook; `type` is the kind. One of a kind that this version does not know is an
    `UnknownModel`.
    """

EVENT = OneOf(
    "type",
    {
        "video.transformation.accepted": Reference(
            MODELS + ".video_transformation_accepted_event", "VideoTransformationAcceptedEvent"
        ),
        "video.transformation.ready": Reference(
            MODELS + ".video_transformation_ready_event", "VideoTransformationReadyEvent"
        ),
        "video.transformation.error": Reference(
            MODELS + ".video_transformation_error_event", "VideoTransformationErrorEvent"
        ),
        "upload.pre-transform.success": Reference(
            MODELS + ".upload_pre_transform_success_event", "UploadPreTransformSuccessEvent"
        ),
        "upload.pre-transform.error": Reference(
            MODELS + ".upload_pre_transform_error_event", "UploadPreTransformErrorEvent"
        ),
        "upload.post-transform.success": Reference(
            MODELS + ".upload_post_transform_success_event", "UploadPostTransformSuccessEvent"
        ),
        "upload.post-transform.error": Reference(
            MODELS + ".upload_post_transform_error_event", "UploadPostTransformErrorEvent"
        ),
        "file.created": Reference(MODELS + ".file_created_event", "FileCreatedEvent"),
        "file.updated": Reference(MODELS + ".file_updated_event", "FileUpdatedEvent"),
        "file.deleted": Reference(MODELS + ".file_deleted_event", "FileDeletedEvent"),
        "file-version.created": Reference(MODELS + ".file_version_created_event", "FileVersionCreatedEvent"),
        "file-version.deleted": Reference(MODELS + ".file_version_deleted_event", "FileVersionDeletedEvent"),
        "folder.created": Reference(MODELS + ".folder_created_event", "FolderCreatedEvent"),
        "folder.updated": Reference(MODELS + ".folder_updated_event", "FolderUpdatedEvent"),
        "folder.deleted": Reference(MODELS + ".folder_deleted_event", "FolderDeletedEvent"),
    },
)


def __getattr__(name: str) -> Any:
    # The union is made on demand, since it needs every model.
    if name != "WebhookEvent":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return Union[(*(variant.model for variant in EVENT.variants.values()), UnknownModel)]
