"""
The decorator of deprecated calls (PEP 702), from wherever this Python has it.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from typing import Any, TypeVar

if sys.version_info >= (3, 13):  # pragma: no cover
    from warnings import deprecated as deprecated
else:  # pragma: no cover
    # anyio requires it on these versions.
    from typing_extensions import deprecated as deprecated

F = TypeVar("F", bound=Callable[..., Any])


def undeprecated(method: F) -> F:
    """
    Return a method without the warning that `deprecated` gives it.
    """
    plain: F = inspect.unwrap(method, stop=lambda function: not hasattr(function, "__deprecated__"))
    return plain


def deprecated_like(method: Callable[..., Any], call: F) -> F:
    """
    Return a function that stands for a method, with a warning of its own if the method has one.
    """
    message = getattr(method, "__deprecated__", None)
    return call if message is None else deprecated(message)(call)
