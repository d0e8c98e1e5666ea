"""
Report once a minute that the system gives no more file descriptors, not with each request that needs one.
"""

from __future__ import annotations

import errno
import logging
import sqlite3
import time

logger = logging.getLogger("imagekit_local")

_QUIET_SECONDS = 60


class ShortageLog:
    """
    What was reported last.
    """

    def __init__(self) -> None:
        self._quiet_until = 0.0

    def report(self, error: BaseException) -> bool:
        """
        Return whether an error is due to a shortage of descriptors, and log it if none was logged for a minute.
        """
        if not _is_shortage(error):
            return False
        if time.monotonic() >= self._quiet_until:
            self._quiet_until = time.monotonic() + _QUIET_SECONDS
            logger.warning("the local ImageKit cannot open more files: %s", error)
        return True


def _is_shortage(error: BaseException | None) -> bool:
    if isinstance(error, sqlite3.OperationalError):
        return "unable to open" in str(error)
    return isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE)
