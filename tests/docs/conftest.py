"""
What the tests of several pages need.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.running import Reader, reading


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """
    A reader, who has not read anything yet.
    """
    with reading(tmp_path) as reader:
        yield reader
