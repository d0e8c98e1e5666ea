"""
Counts files and bytes for `on_progress`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

import attrs

from .._callbacks import call_back
from ._values import OnProgress, Progress

_logger = logging.getLogger("imagekit_async")


@attrs.define
class Meter:
    """
    Adds up what moves, and passes it on.

    Attributes:
        callback: Called with each step; if it raises, that is logged, and it is not called again.
        files_total: Files in all; None if unknown.
        bytes_total: Bytes in all; None if unknown.
    """

    callback: OnProgress | None
    files_total: int | None
    bytes_total: int | None
    _files: int = 0
    _bytes: int = 0
    _moved: dict[int, int] = attrs.field(factory=dict[int, int])

    def of(self, key: int, path: str) -> Callable[[int, int | None], None] | None:
        """
        Return what an upload is to call with the bytes sent so far; None if there is no callback.
        """
        return None if self.callback is None else partial(self.move, key, path)

    def move(self, key: int, path: str, moved: int, total: int | None) -> None:
        """
        Note how many bytes of a file moved so far; fewer than before if it started over.
        """
        self._bytes += moved - self._moved.get(key, 0)
        self._moved[key] = moved
        self._report(path, moved, total)

    def finish(self, key: int, path: str, total: int | None) -> None:
        """
        Note that a file is finished.
        """
        self._files += 1
        self._report(path, self._moved.pop(key, 0), total)

    def _report(self, path: str, moved: int, total: int | None) -> None:
        if self.callback is None:
            return
        progress = Progress(self._files, self.files_total, self._bytes, self.bytes_total, path, moved, total)
        try:
            call_back(self.callback, progress)
        except Exception:
            self.callback = None
            _logger.exception("the progress callback of a transfer failed; the transfer continues without it")
