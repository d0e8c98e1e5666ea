# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class WebFolderOrigin(Model):
    """
    A folder of a web server.

    Attributes:
        id: Id of the origin.
        type: Always `WEB_FOLDER`.
        name: Name of the origin: letters, digits and spaces. At least 1 characters, at most 100 characters.
        base_url: URL of the folder.
        forward_host_header_to_origin: Whether the web server gets the `Host` header of the delivery request. Default
            False.
        include_canonical_header: Whether responses carry a `Link` header with the canonical URL. Default False.
        base_url_for_canonical_header: Base of the canonical URL.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    type: Literal["WEB_FOLDER"] = "WEB_FOLDER"
    name: str
    base_url: str
    forward_host_header_to_origin: bool
    include_canonical_header: bool
    base_url_for_canonical_header: str | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "type": Property("type", required=True),
        "name": Property("name", required=True),
        "base_url": Property("baseUrl", required=True),
        "forward_host_header_to_origin": Property("forwardHostHeaderToOrigin", required=True),
        "include_canonical_header": Property("includeCanonicalHeader", required=True),
        "base_url_for_canonical_header": Property("baseUrlForCanonicalHeader"),
    }
