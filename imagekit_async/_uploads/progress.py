"""
Reports to a callback how much of an upload was sent, about ten times a second at most.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final, TypeAlias

import anyio
import attrs

from .._callbacks import call_back

ProgressCallback: TypeAlias = Callable[[int, int | None], None]
"""
A plain function that takes the bytes of the file sent so far and their total, None if it is unknown.
"""

_PAUSE_SECONDS: Final = 0.1

_logger = logging.getLogger("imagekit_async")


@attrs.define
class Reporter:
    """
    Reports one pass over a file.

    Attributes:
        callback: Called with the first and the last bytes, and in between at most every tenth of a second. If it
            raises, that is logged, the upload continues, and the callback is not called again.
        total: Bytes in all; None if unknown.
    """

    callback: ProgressCallback | None
    total: int | None
    _sent: int = 0
    _last: float = float("-inf")

    @property
    def complete(self) -> bool:
        """
        Whether all bytes were handed to the connection.
        """
        return self._sent == self.total

    def add(self, count: int) -> None:
        """
        Note that more bytes were handed to the connection.
        """
        self._sent += count
        now = anyio.current_time()
        if now - self._last >= _PAUSE_SECONDS or self.complete:
            self._report(now)

    def finish(self) -> None:
        """
        Note that all bytes were handed to the connection.
        """
        if self.total is None:
            self.total = self._sent
            self._report(anyio.current_time())

    def _report(self, now: float) -> None:
        self._last = now
        if self.callback is None:
            return
        try:
            call_back(self.callback, self._sent, self.total)
        except Exception:
            self.callback = None
            _logger.exception("the progress callback of an upload failed; the upload continues without it")
