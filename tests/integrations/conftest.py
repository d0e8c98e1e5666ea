"""
A local ImageKit for applications that read the environment.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from imagekit_async.testing import LocalImageKit


@pytest.fixture
def imagekit(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalImageKit]:
    """
    A local ImageKit that the environment points to.
    """
    with LocalImageKit() as server:
        monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", server.private_key)
        monkeypatch.setenv("IMAGEKIT_PUBLIC_KEY", server.public_key)
        monkeypatch.setenv("IMAGEKIT_BASE_URL", server.url)
        yield server
