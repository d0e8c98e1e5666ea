"""
The fixtures of the pytest plugin, which this suite does not load as a plugin.
"""

from __future__ import annotations

from imagekit_async.testing.pytest_plugin import (
    imagekit_client,
    imagekit_in_process_client,
    imagekit_in_process_server,
    imagekit_server,
)

__all__ = ["imagekit_client", "imagekit_in_process_client", "imagekit_in_process_server", "imagekit_server"]
