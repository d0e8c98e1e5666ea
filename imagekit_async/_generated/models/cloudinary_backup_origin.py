# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class CloudinaryBackupOrigin(Model):
    """
    An S3 bucket with a Cloudinary backup.

    Attributes:
        id: Id of the origin.
        type: Always `CLOUDINARY_BACKUP`.
        name: Name of the origin: letters, digits and spaces. At least 1 characters, at most 100 characters.
        bucket: Name of the bucket. At least 1 characters, at most 100 characters.
        prefix: Folder in the bucket that serves as root; the bucket itself when empty.
        include_canonical_header: Whether responses carry a `Link` header with the canonical URL. Default False.
        use_iam_role: Whether access is granted by an IAM role instead of keys. Default False.
        base_url_for_canonical_header: Base of the canonical URL.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    type: Literal["CLOUDINARY_BACKUP"] = "CLOUDINARY_BACKUP"
    name: str
    bucket: str
    prefix: str
    include_canonical_header: bool
    use_iam_role: bool | None = None
    base_url_for_canonical_header: str | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "type": Property("type", required=True),
        "name": Property("name", required=True),
        "bucket": Property("bucket", required=True),
        "prefix": Property("prefix", required=True),
        "include_canonical_header": Property("includeCanonicalHeader", required=True),
        "use_iam_role": Property("useIAMRole"),
        "base_url_for_canonical_header": Property("baseUrlForCanonicalHeader"),
    }
