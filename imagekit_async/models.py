"""
The models of the API: what calls return and what nested arguments may be. Each is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._generated import models as _generated
from ._model import Model, UnknownModel

if TYPE_CHECKING:
    from ._generated.models import *

__all__ = ["Model", "UnknownModel"]
__all__ += _generated.__all__


def __getattr__(name: str) -> Any:
    return getattr(_generated, name)


def __dir__() -> list[str]:
    return sorted(__all__)
