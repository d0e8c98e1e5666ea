"""
The soak, for seconds instead of minutes: its own code, faults and checks.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_short_soak(tmp_path, backend):
    """Under a mixed load with every kind of fault, nothing is lost, doubled or leaked."""
    report = tmp_path / "soak.md"
    options = ["--seconds", "3", "--backend", backend, "--report", str(report)]

    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.soak", *options], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (0, True) == (done.returncode, report.exists()), done.stderr
