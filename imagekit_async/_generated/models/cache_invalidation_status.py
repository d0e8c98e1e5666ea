# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import Model, Property

if TYPE_CHECKING:
    from .cache_invalidation_status_status import CacheInvalidationStatusStatus


@attrs.frozen(kw_only=True, repr=False, eq=False)
class CacheInvalidationStatus(Model):
    """
    State of a purge.

    Attributes:
        status: Whether the purge is in progress or done.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    status: CacheInvalidationStatusStatus | str
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "status": Property("status", required=True),
    }
