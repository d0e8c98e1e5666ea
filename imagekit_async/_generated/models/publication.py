# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Required, TypedDict

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class Publication(Model):
    """
    Whether a file is delivered publicly. Available on enterprise plans. Unpublishing purges the URLs of all versions
    from the cache, which counts against the purge quota.

    Attributes:
        is_published: True publishes the file, false withdraws it from public delivery.
        include_file_versions: Whether older versions change their state too, instead of the current one alone.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    is_published: bool
    include_file_versions: bool | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "is_published": Property("isPublished", required=True),
        "include_file_versions": Property("includeFileVersions"),
    }


class PublicationDict(TypedDict, total=False):
    """
    A dict in place of `Publication`, which documents the keys.
    """

    is_published: Required[bool]
    include_file_versions: bool
