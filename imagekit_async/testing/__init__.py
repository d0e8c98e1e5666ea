"""
A local ImageKit: a stateful server on loopback to test ImageKit clients against.

It needs the extra `testing`, works without the rest of this package, and can be reached over a socket or, in
process, through an httpx transport.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from imagekit_async.testing._clock import Clock
    from imagekit_async.testing._faults.fault import Fault, Faults
    from imagekit_async.testing._ids import counting_ids
    from imagekit_async.testing._recording import RecordedRequest
    from imagekit_async.testing._server import LocalImageKit
    from imagekit_async.testing._store import StoreError
    from imagekit_async.testing._webhooks.sending import Delivery

__all__ = ["Clock", "Delivery", "Fault", "Faults", "LocalImageKit", "RecordedRequest", "StoreError", "counting_ids"]

_MODULES = {
    "Clock": "_clock",
    "Delivery": "_webhooks.sending",
    "Fault": "_faults.fault",
    "Faults": "_faults.fault",
    "LocalImageKit": "_server",
    "RecordedRequest": "_recording",
    "StoreError": "_store",
    "counting_ids": "_ids",
}


def __getattr__(name: str) -> Any:
    # pytest imports this package, for its plugin, in every project that has it installed.
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = import_module(f"{__name__}.{_MODULES[name]}")
    except ModuleNotFoundError as error:
        hint = "the local ImageKit needs the extra `testing`: pip install 'imagekit-async[testing]'"
        raise ModuleNotFoundError(f"{error}; {hint}", name=error.name) from error
    value = globals()[name] = getattr(module, name)
    return value
