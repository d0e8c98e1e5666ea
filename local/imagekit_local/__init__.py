"""
A local ImageKit: a stateful server on loopback to test ImageKit clients against.

It can be reached over a socket or, in process, through an httpx transport.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from imagekit_local._clock import Clock
    from imagekit_local._faults.fault import Fault, Faults
    from imagekit_local._ids import counting_ids
    from imagekit_local._recording import RecordedRequest
    from imagekit_local._server import LocalImageKit
    from imagekit_local._store import StoreError
    from imagekit_local._webhooks.sending import Delivery

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
    # The server is imported with the first of its names, as a pytest plugin may import this package without using it.
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    return value
