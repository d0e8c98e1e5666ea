"""
The account that a local ImageKit serves: its settings, its records and its addresses.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import attrs

from imagekit_async.testing._store import Store

IMAGEKIT_ID = "local"


@attrs.frozen
class Settings:
    """
    What does not change while an account is served.
    """

    private_key: str = attrs.field(repr=False)
    public_key: str
    max_upload_bytes: int
    max_video_bytes: int
    fetch_timeout_seconds: float
    clock: Callable[[], datetime]
    new_id: Callable[[], str]

    @property
    def largest_bytes(self) -> int:
        """
        The size above which no file of any type is accepted.
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

    @property
    def url_endpoint(self) -> str:
        """
        The address below which stored files are delivered.
        """
        return f"{self.base_url}/{IMAGEKIT_ID}"
