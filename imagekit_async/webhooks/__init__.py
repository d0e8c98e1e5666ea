"""
Webhooks: verify and parse them (`unwrap`), receive them in an ASGI application (`WebhookEndpoint`), and sign them in
your own tests (`sign`). Nothing here needs a client.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._generated import webhooks as _generated
from .._model import UnknownModel as UnknownEvent
from ._endpoint import Scope, WebhookEndpoint
from ._events import Webhooks, unsafe_unwrap, unwrap
from ._replays import Delivery, MemoryReplayStore, ReplayStore
from ._signatures import Scheme, sign

if TYPE_CHECKING:
    from .._generated.webhooks import WebhookEvent

__all__ = [
    "Delivery",
    "MemoryReplayStore",
    "ReplayStore",
    "Scheme",
    "Scope",
    "UnknownEvent",
    "WebhookEndpoint",
    "WebhookEvent",
    "Webhooks",
    "sign",
    "unsafe_unwrap",
    "unwrap",
]


def __getattr__(name: str) -> Any:
    # The union of all events needs every model, so it is made on demand.
    if name != "WebhookEvent":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _generated.WebhookEvent
