"""
The local ImageKit of the distribution imagekit-local (`pip install 'imagekit-async[testing]'`), and fixtures for it.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from imagekit_local import Clock, Delivery, Fault, Faults, LocalImageKit, RecordedRequest, StoreError, counting_ids

__all__ = ["Clock", "Delivery", "Fault", "Faults", "LocalImageKit", "RecordedRequest", "StoreError", "counting_ids"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        import imagekit_local
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(f"{error}; pip install 'imagekit-async[testing]'", name=error.name) from error
    return getattr(imagekit_local, name)
