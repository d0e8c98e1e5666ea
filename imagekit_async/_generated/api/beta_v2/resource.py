# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...._http.session import Session
    from ..beta_v2_files.resource import BetaV2FilesResource


class BetaV2Resource:
    """
    Groups the calls below beta.v2.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def files(self) -> BetaV2FilesResource:
        """
        Upload files through version 2 of the upload API, whose client-side signature covers the whole form. In beta.
        """
        from ..beta_v2_files.resource import BetaV2FilesResource

        return BetaV2FilesResource(self._session)
