# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import DATE, DATE_TIME, MODELS, Array, Model, Property, Reference

if TYPE_CHECKING:
    from .cache_counts import CacheCounts
    from .count_entry import CountEntry
    from .country_breakdown import CountryBreakdown
    from .extension_usage_entry import ExtensionUsageEntry
    from .traffic_breakdown import TrafficBreakdown
    from .video_processing_entry import VideoProcessingEntry


@attrs.frozen(kw_only=True, repr=False, eq=False)
class UsageAnalytics(Model):
    """
    How the delivery traffic of an account splits in a range of days.

    Attributes:
        start_date: First day of the range.
        end_date: Last day of the range.
        generated_at: When the analysis was made.
        request_count: Total number of requests.
        bandwidth_bytes: Total bandwidth in bytes.
        cache: How the CDN cache responded.
        browser: Traffic by browser.
        country: Traffic by country.
        device: Traffic by kind of device.
        format: Traffic by media type.
        url_endpoints: Traffic by URL endpoint; what matches none is called `Default`.
        top_images: Images with the most traffic.
        top_videos: Videos with the most traffic.
        top_other_assets: Other files with the most traffic.
        top_image_transforms: Image transformations with the most traffic.
        top_video_transforms: Video transformations with the most traffic.
        top_referrers: Referring pages with the most traffic.
        top_user_agents: User agents with the most traffic.
        status_codes: Requests by HTTP status code.
        error_reasons: Failed fetches from origins by reason.
        top404_assets: Missing files that were requested most.
        extensions: Operations by extension.
        video_processing: Processed video by codec and resolution.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    start_date: datetime.date
    end_date: datetime.date
    generated_at: datetime.datetime
    request_count: float
    bandwidth_bytes: float
    cache: CacheCounts
    browser: TrafficBreakdown
    country: CountryBreakdown
    device: TrafficBreakdown
    format: TrafficBreakdown
    url_endpoints: TrafficBreakdown
    top_images: TrafficBreakdown
    top_videos: TrafficBreakdown
    top_other_assets: TrafficBreakdown
    top_image_transforms: TrafficBreakdown
    top_video_transforms: TrafficBreakdown
    top_referrers: TrafficBreakdown
    top_user_agents: TrafficBreakdown
    status_codes: builtins.list[CountEntry]
    error_reasons: builtins.list[CountEntry]
    top404_assets: builtins.list[CountEntry]
    extensions: builtins.list[ExtensionUsageEntry]
    video_processing: builtins.list[VideoProcessingEntry]
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "start_date": Property("startDate", DATE, required=True),
        "end_date": Property("endDate", DATE, required=True),
        "generated_at": Property("generatedAt", DATE_TIME, required=True),
        "request_count": Property("requestCount", required=True),
        "bandwidth_bytes": Property("bandwidthBytes", required=True),
        "cache": Property("cache", Reference(MODELS + ".cache_counts", "CacheCounts"), required=True),
        "browser": Property("browser", Reference(MODELS + ".traffic_breakdown", "TrafficBreakdown"), required=True),
        "country": Property("country", Reference(MODELS + ".country_breakdown", "CountryBreakdown"), required=True),
        "device": Property("device", Reference(MODELS + ".traffic_breakdown", "TrafficBreakdown"), required=True),
        "format": Property("format", Reference(MODELS + ".traffic_breakdown", "TrafficBreakdown"), required=True),
        "url_endpoints": Property(
            "urlEndpoints", Reference(MODELS + ".traffic_breakdown", "TrafficBreakdown"), required=True
        ),
        "top_images": Property(
            "topImages", Reference(MODELS + ".traffic_breakdown", "TrafficBreakdown"), required=True
        ),
        "top_videos": Property(
            "topVideos", Reference(MODELS + ".traffic_breakdown", "TrafficBreakdown"), required=True
        ),
        "top_other_assets": Property(
            "topOtherAssets", Reference(MODELS + ".traffic_breakdown", "TrafficBreakdown"), required=True
        ),
        "top_image_transforms": Property(
            "topImageTransforms", Reference(MODELS + ".traffic_breakdown", "TrafficBreakdown"), required=True
        ),
        "top_video_transforms": Property(
            "topVideoTransforms", Reference(MODELS + ".traffic_breakdown", "TrafficBreakdown"), required=True
        ),
        "top_referrers": Property(
            "topReferrers", Reference(MODELS + ".traffic_breakdown", "TrafficBreakdown"), required=True
        ),
        "top_user_agents": Property(
            "topUserAgents", Reference(MODELS + ".traffic_breakdown", "TrafficBreakdown"), required=True
        ),
        "status_codes": Property("statusCodes", Array(Reference(MODELS + ".count_entry", "CountEntry")), required=True),
        "error_reasons": Property(
            "errorReasons", Array(Reference(MODELS + ".count_entry", "CountEntry")), required=True
        ),
        "top404_assets": Property(
            "top404Assets", Array(Reference(MODELS + ".count_entry", "CountEntry")), required=True
        ),
        "extensions": Property(
            "extensions", Array(Reference(MODELS + ".extension_usage_entry", "ExtensionUsageEntry")), required=True
        ),
        "video_processing": Property(
            "videoProcessing",
            Array(Reference(MODELS + ".video_processing_entry", "VideoProcessingEntry")),
            required=True,
        ),
    }
