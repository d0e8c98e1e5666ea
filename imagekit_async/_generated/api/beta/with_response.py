# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...._http.session import Session
    from ..beta_v2.with_response import BetaV2ResourceWithResponse


class BetaResourceWithResponse:
    """
    The calls of `BetaResource`, each returning an `ApiResponse` around the value.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def v2(self) -> BetaV2ResourceWithResponse:
        """
        The calls of `beta.v2`.
        """
        from ..beta_v2.with_response import BetaV2ResourceWithResponse

        return BetaV2ResourceWithResponse(self._session)
