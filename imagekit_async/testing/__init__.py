"""
A local ImageKit: a stateful server on loopback to test ImageKit clients against.

It needs the extra `testing`, works without the rest of this package, and can be reached over a socket or, in
process, through an httpx transport.
"""

from __future__ import annotations

from imagekit_async.testing._server import LocalImageKit
from imagekit_async.testing._store import StoreError

__all__ = ["LocalImageKit", "StoreError"]
