"""
What tests of an application need: the local ImageKit of the distribution imagekit-local, and pytest fixtures for it.

Install it with `pip install 'imagekit-async[testing]'`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from imagekit_local import Clock, Delivery, Fault, Faults, LocalImageKit, RecordedRequest, StoreError, counting_ids

__all__ = ["Clock", "Delivery", "Fault", "Faults", "LocalImageKit", "RecordedRequest", "StoreError", "counting_ids"]


def __getattr__(name: str) -> Any:
    # pytest imports this package, for its plugin, in every project that has it installed.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        import imagekit_local
    except ModuleNotFoundError as error:
        hint = "the local ImageKit needs the extra `testing`: pip install 'imagekit-async[testing]'"
        raise ModuleNotFoundError(f"{error}; {hint}", name=error.name) from error
    value = globals()[name] = getattr(imagekit_local, name)
    return value


def __dir__() -> list[str]:
    return __all__
