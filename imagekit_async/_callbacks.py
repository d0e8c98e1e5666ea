"""
Calls the functions that users pass as callbacks.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from typing import Any


def call_back(callback: Callable[..., object], *args: Any) -> None:
    """
    Call a function that must not be async or a generator.

    Raises:
        TypeError: It is one, so what it returned would never run.
    """
    result = callback(*args)
    if isinstance(result, Coroutine | Generator):
        result.close()
    if isinstance(result, Coroutine | Generator | AsyncGenerator):
        raise TypeError("a callback must be a plain function, not an async one or a generator")
