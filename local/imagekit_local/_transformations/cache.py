"""
Cache of transformed images, bounded in number and bytes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from imagekit_local._transformations.rendering import Rendered

_MAX_RESULTS = 256
_MAX_BYTES = 64 * 1024 * 1024
# Memory use depends on how many images are rendered at once, not on the number of requests.
_MAX_WORKERS = 2


class RenderCache:
    """
    Least-recently-used cache of rendered images.

    Args:
        max_results: Largest number of images to keep.
        max_bytes: Largest total size of the images, in bytes.
    """

    def __init__(self, max_results: int = _MAX_RESULTS, max_bytes: int = _MAX_BYTES) -> None:
        self._max_results = max_results
        self._max_bytes = max_bytes
        self._results: OrderedDict[Hashable, Rendered] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._workers = threading.BoundedSemaphore(_MAX_WORKERS)

    def rendered(self, key: Hashable, render: Callable[[], Rendered]) -> Rendered:
        """
        Return the cached image, or render it now. Blocks. Threads can share a cache.

        Args:
            key: Everything that determines the image.
            render: Renders the image.
        """
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
        with self._workers:
            result = render()
        with self._lock:
            self._keep(key, result)
        return result

    def _keep(self, key: Hashable, result: Rendered) -> None:
        forgotten = self._results.pop(key, None)
        self._results[key] = result
        self._bytes += len(result.content) - (0 if forgotten is None else len(forgotten.content))
        while len(self._results) > self._max_results or self._bytes > self._max_bytes:
            _, oldest = self._results.popitem(last=False)
            self._bytes -= len(oldest.content)
