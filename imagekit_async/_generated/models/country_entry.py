# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class CountryEntry(Model):
    """
    The traffic of one country.

    Attributes:
        name: Name of the country.
        code: ISO code of the country.
        request_count: Number of requests.
        bandwidth_bytes: Bandwidth in bytes.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    name: str
    code: str
    request_count: float
    bandwidth_bytes: float
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "name": Property("name", required=True),
        "code": Property("code", required=True),
        "request_count": Property("requestCount", required=True),
        "bandwidth_bytes": Property("bandwidthBytes", required=True),
    }
