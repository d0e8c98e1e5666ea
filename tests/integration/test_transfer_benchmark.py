"""
The benchmark of transfers, with few files: its own code and checks.
"""

from __future__ import annotations

import pytest

from benchmarks.transfer import ROWS


@pytest.mark.parametrize("name", ["memory", "unchanged", "resumed"])
def test_a_row(name):
    """A row is measured, and what does not depend on the machine's speed is what it must be."""
    rows = list(ROWS[name](4))

    assert [True] == [row.met for row in rows]
