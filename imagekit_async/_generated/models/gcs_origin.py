# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class GcsOrigin(Model):
    """
    A bucket of Google Cloud Storage.

    Attributes:
        id: Id of the origin.
        type: Always `GCS`.
        name: Name of the origin: letters, digits and spaces. At least 1 characters, at most 100 characters.
        bucket: Name of the bucket. At least 1 characters, at most 100 characters.
        prefix: Folder in the bucket that serves as root; the bucket itself when empty.
        client_email: E-mail address of the service account.
        include_canonical_header: Whether responses carry a `Link` header with the canonical URL. Default False.
        base_url_for_canonical_header: Base of the canonical URL.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    type: Literal["GCS"] = "GCS"
    name: str
    bucket: str
    prefix: str
    client_email: str
    include_canonical_header: bool
    base_url_for_canonical_header: str | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "type": Property("type", required=True),
        "name": Property("name", required=True),
        "bucket": Property("bucket", required=True),
        "prefix": Property("prefix", required=True),
        "client_email": Property("clientEmail", required=True),
        "include_canonical_header": Property("includeCanonicalHeader", required=True),
        "base_url_for_canonical_header": Property("baseUrlForCanonicalHeader"),
    }
