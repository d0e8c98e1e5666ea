"""
The marker of an argument that was not given.
"""

from typing import Final, Literal


class Unset:
    """
    The type of `UNSET`.
    """

    __slots__ = ()

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Final = Unset()
"""
Stands for an argument that was not given: nothing is sent for it, while None sends null.
"""
