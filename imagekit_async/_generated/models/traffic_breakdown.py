# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import MODELS, Array, Model, Property, Reference

if TYPE_CHECKING:
    from .traffic_entry import TrafficEntry


@attrs.frozen(kw_only=True, repr=False, eq=False)
class TrafficBreakdown(Model):
    """
    The same traffic in two orders, the largest part first.

    Attributes:
        by_bandwidth: Entries by descending bandwidth.
        by_requests: Entries by descending number of requests.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    by_bandwidth: builtins.list[TrafficEntry]
    by_requests: builtins.list[TrafficEntry]
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "by_bandwidth": Property(
            "byBandwidth", Array(Reference(MODELS + ".traffic_entry", "TrafficEntry")), required=True
        ),
        "by_requests": Property(
            "byRequests", Array(Reference(MODELS + ".traffic_entry", "TrafficEntry")), required=True
        ),
    }
