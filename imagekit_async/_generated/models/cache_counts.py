# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class CacheCounts(Model):
    """
    How often the CDN cache had the file.

    Attributes:
        hit_count: Requests served from the cache.
        miss_count: Requests that the cache could not serve.
        error_count: Requests that ended in an error.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    hit_count: float
    miss_count: float
    error_count: float
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "hit_count": Property("hitCount", required=True),
        "miss_count": Property("missCount", required=True),
        "error_count": Property("errorCount", required=True),
    }
