"""
The account that a local ImageKit serves: its settings, its records and its addresses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

import attrs

from imagekit_local._agenda import Agenda
from imagekit_local._clock import Clock
from imagekit_local._document.document import Document
from imagekit_local._faults.fault import Faults
from imagekit_local._rate_limits import RateLimiter
from imagekit_local._reachability import Reach
from imagekit_local._recording import RequestLog
from imagekit_local._shortage import ShortageLog
from imagekit_local._store import Store
from imagekit_local._webhooks.signing import Scheme

IMAGEKIT_ID = "local"
Access: TypeAlias = Literal["none", "read", "read-all", "write", "expired"]
Listener: TypeAlias = Callable[[str, Mapping[str, Any]], None]


# Printable ASCII. The user name of basic authentication ends at the first colon.
_KEY = re.compile("[!-9;-~]+")


def _check_key(settings: object, attribute: attrs.Attribute[Any], key: object) -> None:
    # The text does not show the key.
    if not isinstance(key, str):
        raise TypeError(f"{attribute.name} must be a str, got {type(key).__name__}")
    if not _KEY.fullmatch(key):
        raise ValueError(f"{attribute.name} must be printable ASCII without spaces and colons, and not empty")


@attrs.frozen
class Settings:
    """
    Settings that do not change while an account is served.
    """

    private_key: str = attrs.field(repr=False, validator=_check_key)
    public_key: str = attrs.field(validator=_check_key)
    restricted_keys: Mapping[str, Access] = attrs.field(
        repr=False, validator=attrs.validators.deep_mapping(_check_key, attrs.validators.instance_of(str))
    )
    is_disabled: bool
    max_upload_bytes: int
    max_video_bytes: int
    fetch_timeout_seconds: float = attrs.field(validator=attrs.validators.gt(0))
    idle_timeout_seconds: float = attrs.field(validator=attrs.validators.gt(0))
    extension_delay_seconds: float = attrs.field(validator=attrs.validators.ge(0))
    job_delay_seconds: float = attrs.field(validator=attrs.validators.ge(0))
    purges_per_month: int
    upload_transformation: str | None
    reach: Reach
    document: Document
    webhook_signature: Scheme
    clock: Clock
    new_id: Callable[[], str]

    @property
    def largest_bytes(self) -> int:
        """
        Largest accepted size of a file of any type, in bytes.
        """
        return max(self.max_upload_bytes, self.max_video_bytes)


@attrs.define
class Account:
    """
    Settings and state that every operation works on.
    """

    settings: Settings
    base_url: str
    store: Store
    limiter: RateLimiter
    faults: Faults
    requests: RequestLog = attrs.field(factory=RequestLog)
    shortage: ShortageLog = attrs.field(factory=ShortageLog)
    agenda: Agenda = attrs.field(init=False)
    listeners: list[Listener] = attrs.field(factory=list[Listener])
    # Ids of the folder jobs that are running, and whether there is a worker for large ones.
    working: set[str] = attrs.field(factory=set[str])
    has_worker: bool = False

    def __attrs_post_init__(self) -> None:
        self.agenda = Agenda(self.settings.clock)

    @property
    def url_endpoint(self) -> str:
        """
        Base URL of delivered files.
        """
        return f"{self.base_url}/{IMAGEKIT_ID}"

    def reset(self) -> None:
        """
        Delete everything stored, sent and counted, remove all faults, and let the clock run. Blocks.
        """
        self.store.clear()
        self.faults.clear()
        self.requests.clear()
        self.limiter.reset()
        self.settings.clock.reset()

    def emit(self, type: str, data: Mapping[str, Any]) -> None:
        """
        Emit an event to all listeners, within the transaction of the change: both are undone together.

        Args:
            type: Name of the webhook event.
            data: The `data` of the event.
        """
        for listener in self.listeners:
            listener(type, data)
