# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ...._runtime import Resource

if TYPE_CHECKING:
    from ..beta_v2_files.resource import BetaV2FilesResource


class BetaV2Resource(Resource):
    """
    Groups the calls below beta.v2.
    """

    @cached_property
    def files(self) -> BetaV2FilesResource:
        """
        Upload files through version 2 of the upload API, whose client-side signature covers the whole form. In beta.
        """
        from ..beta_v2_files.resource import BetaV2FilesResource

        return BetaV2FilesResource(self._session)
