"""
The error for transformations.
"""

from __future__ import annotations

from typing import Literal


class TransformationError(Exception):
    """
    A transformation is malformed, exceeds a limit, or is not supported.

    Args:
        option: Code of the option at fault, as in the URL.
        reason: What is wrong with it.
        code: `ELIMIT` if a limit is exceeded, `ENOENT` if a file is missing, None for anything else.
    """

    def __init__(self, option: str, reason: str, code: Literal["ELIMIT", "ENOENT"] | None = None) -> None:
        super().__init__(option, reason, code)
        self.option = option
        self.reason = reason
        self.code = code

    def __str__(self) -> str:
        """
        The text of `ik-error`.
        """
        text = f"{self.option}: {self.reason}"
        return text if self.code is None else f"{self.code} - {text}"
