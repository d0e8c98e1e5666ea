# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class WebProxyOrigin(Model):
    """
    Any web server; delivery URLs contain the full URL to fetch.

    Attributes:
        id: Id of the origin.
        type: Always `WEB_PROXY`.
        name: Name of the origin: letters, digits and spaces. At least 1 characters, at most 100 characters.
        include_canonical_header: Whether responses carry a `Link` header with the canonical URL. Default False.
        base_url_for_canonical_header: Base of the canonical URL.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    type: Literal["WEB_PROXY"] = "WEB_PROXY"
    name: str
    include_canonical_header: bool
    base_url_for_canonical_header: str | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "type": Property("type", required=True),
        "name": Property("name", required=True),
        "include_canonical_header": Property("includeCanonicalHeader", required=True),
        "base_url_for_canonical_header": Property("baseUrlForCanonicalHeader"),
    }
