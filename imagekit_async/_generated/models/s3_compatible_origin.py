# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class S3CompatibleOrigin(Model):
    """
    A bucket of a store with an S3-compatible API.

    Attributes:
        id: Id of the origin.
        type: Always `S3_COMPATIBLE`.
        name: Name of the origin: letters, digits and spaces. At least 1 characters, at most 100 characters.
        bucket: Name of the bucket. At least 1 characters, at most 100 characters.
        prefix: Folder in the bucket that serves as root; the bucket itself when empty.
        endpoint: URL of the store.
        s3_force_path_style: Whether the bucket is named in the path instead of the host name. Default False.
        include_canonical_header: Whether responses carry a `Link` header with the canonical URL. Default False.
        base_url_for_canonical_header: Base of the canonical URL.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    type: Literal["S3_COMPATIBLE"] = "S3_COMPATIBLE"
    name: str
    bucket: str
    prefix: str
    endpoint: str
    s3_force_path_style: bool
    include_canonical_header: bool
    base_url_for_canonical_header: str | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "type": Property("type", required=True),
        "name": Property("name", required=True),
        "bucket": Property("bucket", required=True),
        "prefix": Property("prefix", required=True),
        "endpoint": Property("endpoint", required=True),
        "s3_force_path_style": Property("s3ForcePathStyle", required=True),
        "include_canonical_header": Property("includeCanonicalHeader", required=True),
        "base_url_for_canonical_header": Property("baseUrlForCanonicalHeader"),
    }
