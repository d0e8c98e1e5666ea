"""
Which errors a queue retries, and when.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from taskiq import TaskiqMessage, TaskiqResult
from taskiq.middlewares import SmartRetryMiddleware

from imagekit_async import APIConnectionError, InternalServerError, LockedError, RateLimitError

FIRST_RETRY_SECONDS = 1.0


def retry_seconds(error: BaseException) -> float | None:
    """
    Return seconds to wait before a task is retried, or None if it was refused for good.

    The client has retried already, so what is left are long waits, outages and uploads of unknown outcome. The task
    looks for the file before it uploads again.
    """
    if not isinstance(error, (APIConnectionError, InternalServerError, LockedError, RateLimitError)):
        return None
    # What the server asks for, or what was left to wait when the deadline came.
    wait: timedelta | None = getattr(error, "retry_after", None)
    return max(wait.total_seconds() if wait else 0, FIRST_RETRY_SECONDS)


class RetryMiddleware(SmartRetryMiddleware):
    """
    Schedules a failed task for when `retry_seconds` says.
    """

    async def on_error(self, message: TaskiqMessage, result: TaskiqResult[Any], exception: BaseException) -> None:
        """
        Schedule the task again, unless it was refused.
        """
        if (seconds := retry_seconds(exception)) is not None:
            message.labels["delay"] = seconds
            await super().on_error(message, result, exception)
