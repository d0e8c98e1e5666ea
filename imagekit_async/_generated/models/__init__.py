# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
"""
The models of the API, each imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .adaptive_bitrate_post_transformation import (
        AdaptiveBitratePostTransformation,
        AdaptiveBitratePostTransformationDict,
    )
    from .ai_tag import AITag
    from .ai_task_action import AiTaskAction, AiTaskActionDict
    from .ai_tasks_extension import AiTasksExtension, AiTasksExtensionDict
    from .akamai_url_rewriter import AkamaiUrlRewriter, AkamaiUrlRewriterDict
    from .akeneo_pim_origin import AkeneoPimOrigin
    from .assets_list_file_type import AssetsListFileType
    from .assets_list_sort import AssetsListSort
    from .assets_list_type import AssetsListType
    from .auto_description_extension import AutoDescriptionExtension, AutoDescriptionExtensionDict
    from .auto_tagging_extension import AutoTaggingExtension, AutoTaggingExtensionDict
    from .auto_tagging_extension_name import AutoTaggingExtensionName
    from .azure_blob_origin import AzureBlobOrigin
    from .bulk_delete_result import BulkDeleteResult
    from .bulk_file_error import BulkFileError
    from .bulk_tag_result import BulkTagResult
    from .cache_counts import CacheCounts
    from .cache_invalidation import CacheInvalidation
    from .cache_invalidation_status import CacheInvalidationStatus
    from .cache_invalidation_status_status import CacheInvalidationStatusStatus
    from .cloudinary_backup_origin import CloudinaryBackupOrigin
    from .cloudinary_url_rewriter import CloudinaryUrlRewriter, CloudinaryUrlRewriterDict
    from .count_entry import CountEntry
    from .country_breakdown import CountryBreakdown
    from .country_entry import CountryEntry
    from .creator import Creator
    from .custom_metadata_field import CustomMetadataField
    from .custom_metadata_field_schema import CustomMetadataFieldSchema, CustomMetadataFieldSchemaDict
    from .custom_metadata_field_schema_update import (
        CustomMetadataFieldSchemaUpdate,
        CustomMetadataFieldSchemaUpdateDict,
    )
    from .custom_metadata_field_type import CustomMetadataFieldType
    from .custom_post_transformation import CustomPostTransformation, CustomPostTransformationDict
    from .error import Error
    from .exif import Exif
    from .exif_details import ExifDetails
    from .exif_gps import ExifGps
    from .exif_image import ExifImage
    from .exif_interoperability import ExifInteroperability
    from .exif_thumbnail import ExifThumbnail
    from .extension_state import ExtensionState
    from .extension_status import ExtensionStatus
    from .extension_usage_entry import ExtensionUsageEntry
    from .failed_upload_transformation import FailedUploadTransformation
    from .failed_video_transformation import FailedVideoTransformation
    from .file import File
    from .file_created_event import FileCreatedEvent
    from .file_deleted_data import FileDeletedData
    from .file_deleted_event import FileDeletedEvent
    from .file_rename_result import FileRenameResult
    from .file_type import FileType
    from .file_update_response import FileUpdateResponse
    from .file_updated_event import FileUpdatedEvent
    from .file_upload_response import FileUploadResponse
    from .file_version_created_event import FileVersionCreatedEvent
    from .file_version_deleted_data import FileVersionDeletedData
    from .file_version_deleted_event import FileVersionDeletedEvent
    from .folder import Folder
    from .folder_created_event import FolderCreatedEvent
    from .folder_deleted_data import FolderDeletedData
    from .folder_deleted_event import FolderDeletedEvent
    from .folder_job import FolderJob
    from .folder_job_started import FolderJobStarted
    from .folder_updated_event import FolderUpdatedEvent
    from .gcs_origin import GcsOrigin
    from .gif_to_video_post_transformation import GifToVideoPostTransformation, GifToVideoPostTransformationDict
    from .imgix_url_rewriter import ImgixUrlRewriter, ImgixUrlRewriterDict
    from .metadata import Metadata
    from .metadata_assignment import MetadataAssignment, MetadataAssignmentDict
    from .metadata_removal import MetadataRemoval, MetadataRemovalDict
    from .named_transformation import NamedTransformation
    from .post_transform_context import PostTransformContext
    from .pre_transform_context import PreTransformContext
    from .publication import Publication, PublicationDict
    from .ready_video_transformation import ReadyVideoTransformation
    from .remove_bg_extension import RemoveBgExtension, RemoveBgExtensionDict
    from .remove_bg_options import RemoveBgOptions, RemoveBgOptionsDict
    from .requested_post_transformation import RequestedPostTransformation
    from .requested_post_transformation_type import RequestedPostTransformationType
    from .s3_compatible_origin import S3CompatibleOrigin
    from .s3_origin import S3Origin
    from .saved_extension import SavedExtension
    from .saved_extension_reference import SavedExtensionReference, SavedExtensionReferenceDict
    from .select_metadata_task import SelectMetadataTask, SelectMetadataTaskDict
    from .select_tags_task import SelectTagsTask, SelectTagsTaskDict
    from .selected_field_schema import SelectedFieldSchema
    from .streaming_protocol import StreamingProtocol
    from .thumbnail_post_transformation import ThumbnailPostTransformation, ThumbnailPostTransformationDict
    from .traffic_breakdown import TrafficBreakdown
    from .traffic_entry import TrafficEntry
    from .upload_post_transform_error_data import UploadPostTransformErrorData
    from .upload_post_transform_error_event import UploadPostTransformErrorEvent
    from .upload_post_transform_success_data import UploadPostTransformSuccessData
    from .upload_post_transform_success_event import UploadPostTransformSuccessEvent
    from .upload_pre_transform_error_data import UploadPreTransformErrorData
    from .upload_pre_transform_error_event import UploadPreTransformErrorEvent
    from .upload_pre_transform_success_event import UploadPreTransformSuccessEvent
    from .upload_response_field import UploadResponseField
    from .upload_transformation import UploadTransformation, UploadTransformationDict
    from .upload_transformation_failure import UploadTransformationFailure
    from .url_endpoint import UrlEndpoint
    from .usage_analytics import UsageAnalytics
    from .usage_report import UsageReport
    from .version_info import VersionInfo
    from .video_asset import VideoAsset
    from .video_output import VideoOutput
    from .video_output_metadata import VideoOutputMetadata
    from .video_processing_entry import VideoProcessingEntry
    from .video_request_context import VideoRequestContext
    from .video_transformation import VideoTransformation
    from .video_transformation_accepted_data import VideoTransformationAcceptedData
    from .video_transformation_accepted_event import VideoTransformationAcceptedEvent
    from .video_transformation_error_data import VideoTransformationErrorData
    from .video_transformation_error_event import VideoTransformationErrorEvent
    from .video_transformation_failure import VideoTransformationFailure
    from .video_transformation_failure_reason import VideoTransformationFailureReason
    from .video_transformation_options import VideoTransformationOptions
    from .video_transformation_options_audio_codec import VideoTransformationOptionsAudioCodec
    from .video_transformation_options_format import VideoTransformationOptionsFormat
    from .video_transformation_options_stream_protocol import VideoTransformationOptionsStreamProtocol
    from .video_transformation_options_video_codec import VideoTransformationOptionsVideoCodec
    from .video_transformation_ready_data import VideoTransformationReadyData
    from .video_transformation_ready_event import VideoTransformationReadyEvent
    from .video_transformation_timings import VideoTransformationTimings
    from .video_transformation_type import VideoTransformationType
    from .web_folder_origin import WebFolderOrigin
    from .web_proxy_origin import WebProxyOrigin
    from .webhook import Webhook
    from .webhook_event_type import WebhookEventType
    from .yes_no_task import YesNoTask, YesNoTaskDict

_MODULES: dict[str, str] = {
    "AdaptiveBitratePostTransformation": ".adaptive_bitrate_post_transformation",
    "AdaptiveBitratePostTransformationDict": ".adaptive_bitrate_post_transformation",
    "AITag": ".ai_tag",
    "AiTaskAction": ".ai_task_action",
    "AiTaskActionDict": ".ai_task_action",
    "AiTasksExtension": ".ai_tasks_extension",
    "AiTasksExtensionDict": ".ai_tasks_extension",
    "AkamaiUrlRewriter": ".akamai_url_rewriter",
    "AkamaiUrlRewriterDict": ".akamai_url_rewriter",
    "AkeneoPimOrigin": ".akeneo_pim_origin",
    "AssetsListFileType": ".assets_list_file_type",
    "AssetsListSort": ".assets_list_sort",
    "AssetsListType": ".assets_list_type",
    "AutoDescriptionExtension": ".auto_description_extension",
    "AutoDescriptionExtensionDict": ".auto_description_extension",
    "AutoTaggingExtension": ".auto_tagging_extension",
    "AutoTaggingExtensionDict": ".auto_tagging_extension",
    "AutoTaggingExtensionName": ".auto_tagging_extension_name",
    "AzureBlobOrigin": ".azure_blob_origin",
    "BulkDeleteResult": ".bulk_delete_result",
    "BulkFileError": ".bulk_file_error",
    "BulkTagResult": ".bulk_tag_result",
    "CacheCounts": ".cache_counts",
    "CacheInvalidation": ".cache_invalidation",
    "CacheInvalidationStatus": ".cache_invalidation_status",
    "CacheInvalidationStatusStatus": ".cache_invalidation_status_status",
    "CloudinaryBackupOrigin": ".cloudinary_backup_origin",
    "CloudinaryUrlRewriter": ".cloudinary_url_rewriter",
    "CloudinaryUrlRewriterDict": ".cloudinary_url_rewriter",
    "CountEntry": ".count_entry",
    "CountryBreakdown": ".country_breakdown",
    "CountryEntry": ".country_entry",
    "Creator": ".creator",
    "CustomMetadataField": ".custom_metadata_field",
    "CustomMetadataFieldSchema": ".custom_metadata_field_schema",
    "CustomMetadataFieldSchemaDict": ".custom_metadata_field_schema",
    "CustomMetadataFieldSchemaUpdate": ".custom_metadata_field_schema_update",
    "CustomMetadataFieldSchemaUpdateDict": ".custom_metadata_field_schema_update",
    "CustomMetadataFieldType": ".custom_metadata_field_type",
    "CustomPostTransformation": ".custom_post_transformation",
    "CustomPostTransformationDict": ".custom_post_transformation",
    "Error": ".error",
    "Exif": ".exif",
    "ExifDetails": ".exif_details",
    "ExifGps": ".exif_gps",
    "ExifImage": ".exif_image",
    "ExifInteroperability": ".exif_interoperability",
    "ExifThumbnail": ".exif_thumbnail",
    "ExtensionState": ".extension_state",
    "ExtensionStatus": ".extension_status",
    "ExtensionUsageEntry": ".extension_usage_entry",
    "FailedUploadTransformation": ".failed_upload_transformation",
    "FailedVideoTransformation": ".failed_video_transformation",
    "File": ".file",
    "FileCreatedEvent": ".file_created_event",
    "FileDeletedData": ".file_deleted_data",
    "FileDeletedEvent": ".file_deleted_event",
    "FileRenameResult": ".file_rename_result",
    "FileType": ".file_type",
    "FileUpdateResponse": ".file_update_response",
    "FileUpdatedEvent": ".file_updated_event",
    "FileUploadResponse": ".file_upload_response",
    "FileVersionCreatedEvent": ".file_version_created_event",
    "FileVersionDeletedData": ".file_version_deleted_data",
    "FileVersionDeletedEvent": ".file_version_deleted_event",
    "Folder": ".folder",
    "FolderCreatedEvent": ".folder_created_event",
    "FolderDeletedData": ".folder_deleted_data",
    "FolderDeletedEvent": ".folder_deleted_event",
    "FolderJob": ".folder_job",
    "FolderJobStarted": ".folder_job_started",
    "FolderUpdatedEvent": ".folder_updated_event",
    "GcsOrigin": ".gcs_origin",
    "GifToVideoPostTransformation": ".gif_to_video_post_transformation",
    "GifToVideoPostTransformationDict": ".gif_to_video_post_transformation",
    "ImgixUrlRewriter": ".imgix_url_rewriter",
    "ImgixUrlRewriterDict": ".imgix_url_rewriter",
    "Metadata": ".metadata",
    "MetadataAssignment": ".metadata_assignment",
    "MetadataAssignmentDict": ".metadata_assignment",
    "MetadataRemoval": ".metadata_removal",
    "MetadataRemovalDict": ".metadata_removal",
    "NamedTransformation": ".named_transformation",
    "PostTransformContext": ".post_transform_context",
    "PreTransformContext": ".pre_transform_context",
    "Publication": ".publication",
    "PublicationDict": ".publication",
    "ReadyVideoTransformation": ".ready_video_transformation",
    "RemoveBgExtension": ".remove_bg_extension",
    "RemoveBgExtensionDict": ".remove_bg_extension",
    "RemoveBgOptions": ".remove_bg_options",
    "RemoveBgOptionsDict": ".remove_bg_options",
    "RequestedPostTransformation": ".requested_post_transformation",
    "RequestedPostTransformationType": ".requested_post_transformation_type",
    "S3CompatibleOrigin": ".s3_compatible_origin",
    "S3Origin": ".s3_origin",
    "SavedExtension": ".saved_extension",
    "SavedExtensionReference": ".saved_extension_reference",
    "SavedExtensionReferenceDict": ".saved_extension_reference",
    "SelectMetadataTask": ".select_metadata_task",
    "SelectMetadataTaskDict": ".select_metadata_task",
    "SelectTagsTask": ".select_tags_task",
    "SelectTagsTaskDict": ".select_tags_task",
    "SelectedFieldSchema": ".selected_field_schema",
    "StreamingProtocol": ".streaming_protocol",
    "ThumbnailPostTransformation": ".thumbnail_post_transformation",
    "ThumbnailPostTransformationDict": ".thumbnail_post_transformation",
    "TrafficBreakdown": ".traffic_breakdown",
    "TrafficEntry": ".traffic_entry",
    "UploadPostTransformErrorData": ".upload_post_transform_error_data",
    "UploadPostTransformErrorEvent": ".upload_post_transform_error_event",
    "UploadPostTransformSuccessData": ".upload_post_transform_success_data",
    "UploadPostTransformSuccessEvent": ".upload_post_transform_success_event",
    "UploadPreTransformErrorData": ".upload_pre_transform_error_data",
    "UploadPreTransformErrorEvent": ".upload_pre_transform_error_event",
    "UploadPreTransformSuccessEvent": ".upload_pre_transform_success_event",
    "UploadResponseField": ".upload_response_field",
    "UploadTransformation": ".upload_transformation",
    "UploadTransformationDict": ".upload_transformation",
    "UploadTransformationFailure": ".upload_transformation_failure",
    "UrlEndpoint": ".url_endpoint",
    "UsageAnalytics": ".usage_analytics",
    "UsageReport": ".usage_report",
    "VersionInfo": ".version_info",
    "VideoAsset": ".video_asset",
    "VideoOutput": ".video_output",
    "VideoOutputMetadata": ".video_output_metadata",
    "VideoProcessingEntry": ".video_processing_entry",
    "VideoRequestContext": ".video_request_context",
    "VideoTransformation": ".video_transformation",
    "VideoTransformationAcceptedData": ".video_transformation_accepted_data",
    "VideoTransformationAcceptedEvent": ".video_transformation_accepted_event",
    "VideoTransformationErrorData": ".video_transformation_error_data",
    "VideoTransformationErrorEvent": ".video_transformation_error_event",
    "VideoTransformationFailure": ".video_transformation_failure",
    "VideoTransformationFailureReason": ".video_transformation_failure_reason",
    "VideoTransformationOptions": ".video_transformation_options",
    "VideoTransformationOptionsAudioCodec": ".video_transformation_options_audio_codec",
    "VideoTransformationOptionsFormat": ".video_transformation_options_format",
    "VideoTransformationOptionsStreamProtocol": ".video_transformation_options_stream_protocol",
    "VideoTransformationOptionsVideoCodec": ".video_transformation_options_video_codec",
    "VideoTransformationReadyData": ".video_transformation_ready_data",
    "VideoTransformationReadyEvent": ".video_transformation_ready_event",
    "VideoTransformationTimings": ".video_transformation_timings",
    "VideoTransformationType": ".video_transformation_type",
    "WebFolderOrigin": ".web_folder_origin",
    "WebProxyOrigin": ".web_proxy_origin",
    "Webhook": ".webhook",
    "WebhookEventType": ".webhook_event_type",
    "YesNoTask": ".yes_no_task",
    "YesNoTaskDict": ".yes_no_task",
}

__all__ = [
    "AdaptiveBitratePostTransformation",
    "AdaptiveBitratePostTransformationDict",
    "AITag",
    "AiTaskAction",
    "AiTaskActionDict",
    "AiTasksExtension",
    "AiTasksExtensionDict",
    "AkamaiUrlRewriter",
    "AkamaiUrlRewriterDict",
    "AkeneoPimOrigin",
    "AssetsListFileType",
    "AssetsListSort",
    "AssetsListType",
    "AutoDescriptionExtension",
    "AutoDescriptionExtensionDict",
    "AutoTaggingExtension",
    "AutoTaggingExtensionDict",
    "AutoTaggingExtensionName",
    "AzureBlobOrigin",
    "BulkDeleteResult",
    "BulkFileError",
    "BulkTagResult",
    "CacheCounts",
    "CacheInvalidation",
    "CacheInvalidationStatus",
    "CacheInvalidationStatusStatus",
    "CloudinaryBackupOrigin",
    "CloudinaryUrlRewriter",
    "CloudinaryUrlRewriterDict",
    "CountEntry",
    "CountryBreakdown",
    "CountryEntry",
    "Creator",
    "CustomMetadataField",
    "CustomMetadataFieldSchema",
    "CustomMetadataFieldSchemaDict",
    "CustomMetadataFieldSchemaUpdate",
    "CustomMetadataFieldSchemaUpdateDict",
    "CustomMetadataFieldType",
    "CustomPostTransformation",
    "CustomPostTransformationDict",
    "Error",
    "Exif",
    "ExifDetails",
    "ExifGps",
    "ExifImage",
    "ExifInteroperability",
    "ExifThumbnail",
    "ExtensionState",
    "ExtensionStatus",
    "ExtensionUsageEntry",
    "FailedUploadTransformation",
    "FailedVideoTransformation",
    "File",
    "FileCreatedEvent",
    "FileDeletedData",
    "FileDeletedEvent",
    "FileRenameResult",
    "FileType",
    "FileUpdatedEvent",
    "FileUpdateResponse",
    "FileUploadResponse",
    "FileVersionCreatedEvent",
    "FileVersionDeletedData",
    "FileVersionDeletedEvent",
    "Folder",
    "FolderCreatedEvent",
    "FolderDeletedData",
    "FolderDeletedEvent",
    "FolderJob",
    "FolderJobStarted",
    "FolderUpdatedEvent",
    "GcsOrigin",
    "GifToVideoPostTransformation",
    "GifToVideoPostTransformationDict",
    "ImgixUrlRewriter",
    "ImgixUrlRewriterDict",
    "Metadata",
    "MetadataAssignment",
    "MetadataAssignmentDict",
    "MetadataRemoval",
    "MetadataRemovalDict",
    "NamedTransformation",
    "PostTransformContext",
    "PreTransformContext",
    "Publication",
    "PublicationDict",
    "ReadyVideoTransformation",
    "RemoveBgExtension",
    "RemoveBgExtensionDict",
    "RemoveBgOptions",
    "RemoveBgOptionsDict",
    "RequestedPostTransformation",
    "RequestedPostTransformationType",
    "S3CompatibleOrigin",
    "S3Origin",
    "SavedExtension",
    "SavedExtensionReference",
    "SavedExtensionReferenceDict",
    "SelectedFieldSchema",
    "SelectMetadataTask",
    "SelectMetadataTaskDict",
    "SelectTagsTask",
    "SelectTagsTaskDict",
    "StreamingProtocol",
    "ThumbnailPostTransformation",
    "ThumbnailPostTransformationDict",
    "TrafficBreakdown",
    "TrafficEntry",
    "UploadPostTransformErrorData",
    "UploadPostTransformErrorEvent",
    "UploadPostTransformSuccessData",
    "UploadPostTransformSuccessEvent",
    "UploadPreTransformErrorData",
    "UploadPreTransformErrorEvent",
    "UploadPreTransformSuccessEvent",
    "UploadResponseField",
    "UploadTransformation",
    "UploadTransformationDict",
    "UploadTransformationFailure",
    "UrlEndpoint",
    "UsageAnalytics",
    "UsageReport",
    "VersionInfo",
    "VideoAsset",
    "VideoOutput",
    "VideoOutputMetadata",
    "VideoProcessingEntry",
    "VideoRequestContext",
    "VideoTransformation",
    "VideoTransformationAcceptedData",
    "VideoTransformationAcceptedEvent",
    "VideoTransformationErrorData",
    "VideoTransformationErrorEvent",
    "VideoTransformationFailure",
    "VideoTransformationFailureReason",
    "VideoTransformationOptions",
    "VideoTransformationOptionsAudioCodec",
    "VideoTransformationOptionsFormat",
    "VideoTransformationOptionsStreamProtocol",
    "VideoTransformationOptionsVideoCodec",
    "VideoTransformationReadyData",
    "VideoTransformationReadyEvent",
    "VideoTransformationTimings",
    "VideoTransformationType",
    "WebFolderOrigin",
    "Webhook",
    "WebhookEventType",
    "WebProxyOrigin",
    "YesNoTask",
    "YesNoTaskDict",
]


def __getattr__(name: str) -> Any:
    try:
        module = _MODULES[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    value = getattr(import_module(module, __name__), name)
    globals()[name] = value
    return value
