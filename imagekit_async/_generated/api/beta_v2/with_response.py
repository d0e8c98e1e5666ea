# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...._http.session import Session
    from ..beta_v2_files.with_response import BetaV2FilesResourceWithResponse


class BetaV2ResourceWithResponse:
    """
    The calls of `BetaV2Resource`, each returning an `ApiResponse` around the value.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def files(self) -> BetaV2FilesResourceWithResponse:
        """
        The calls of `beta.v2.files`.
        """
        from ..beta_v2_files.with_response import BetaV2FilesResourceWithResponse

        return BetaV2FilesResourceWithResponse(self._session)
