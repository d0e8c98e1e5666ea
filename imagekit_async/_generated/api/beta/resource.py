# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ...._runtime import Resource

if TYPE_CHECKING:
    from ..beta_v2.resource import BetaV2Resource


class BetaResource(Resource):
    """
    Groups the calls below beta.
    """

    @cached_property
    def v2(self) -> BetaV2Resource:
        """
        The calls below `beta.v2`.
        """
        from ..beta_v2.resource import BetaV2Resource

        return BetaV2Resource(self._session)
