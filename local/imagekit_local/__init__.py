"""
A local ImageKit: a stateful server on loopback for tests of ImageKit clients.

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
    from imagekit_local._version import __version__
    from imagekit_local._webhooks.sending import Delivery

__all__ = [
    "Clock",
    "Delivery",
    "Fault",
    "Faults",
    "LocalImageKit",
    "RecordedRequest",
    "StoreError",
    "__version__",
    "counting_ids",
]

_MODULES = {
    "Clock": "_clock",
    "Delivery": "_webhooks.sending",
    "Fault": "_faults.fault",
    "Faults": "_faults.fault",
    "LocalImageKit": "_server",
    "RecordedRequest": "_recording",
    "StoreError": "_store",
    "__version__": "_version",
    "counting_ids": "_ids",
}


def __getattr__(name: str) -> Any:
    # Modules are imported with the first of their names, because a pytest plugin imports this package without using it.
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    return value
