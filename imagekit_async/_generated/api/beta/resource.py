# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...._http.session import Session
    from ..beta_v2.resource import BetaV2Resource


class BetaResource:
    """
    Groups the calls below beta.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def v2(self) -> BetaV2Resource:
        """
        The calls below `beta.v2`.
        """
        from ..beta_v2.resource import BetaV2Resource

        return BetaV2Resource(self._session)
