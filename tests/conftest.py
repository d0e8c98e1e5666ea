"""
What every test shares.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# How fast the machine is decides nothing.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """
    Run each async test on both event loops.
    """
    return str(request.param)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("IMAGEKIT_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
