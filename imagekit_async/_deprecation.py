"""
The warnings of deprecated calls (PEP 702).
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

if TYPE_CHECKING:
    from typing_extensions import deprecated as deprecated
else:

    def deprecated(message: str) -> Callable[[F], F]:
        """
        Return a decorator that lets each call warn; `warnings.deprecated` is new in Python 3.13.
        """

        def decorate(method: F) -> F:
            @wraps(method)
            def warn(*args: Any, **kwargs: Any) -> Any:
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                return method(*args, **kwargs)

            warn.__deprecated__ = message
            return warn

        return decorate


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
