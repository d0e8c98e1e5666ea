"""
What every test shares.
"""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import HealthCheck, settings
from starlette.types import ASGIApp

from imagekit_local import _server
from imagekit_local._account import Account
from local.tests.judging import Judge, JudgingMiddleware

# How fast the machine is decides nothing.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# The first upload of a process does this in a thread, for which a virtual clock does not wait.
mimetypes.init()

_judge = cache(Judge)


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


@pytest.fixture(scope="session")
def judge() -> Judge:
    """
    The document, ready to judge responses.
    """
    return _judge()


@pytest.fixture(scope="session", autouse=True)
def _noted() -> Iterator[list[str]]:
    noted: list[str] = []
    build_app = _server.build_app

    def build_judged_app(account: Account) -> ASGIApp:
        return JudgingMiddleware(build_app(account), account, _judge, noted)

    # It changes no behavior, and only so are all servers judged: in process, over sockets, the plugin's, and those
    # that the vendor's clients call.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_server, "build_app", build_judged_app)
        yield noted


@pytest.fixture(autouse=True)
def deviations(_noted: list[str]) -> Iterator[list[str]]:
    """
    How the responses so far deviate from the document; a test fails unless it clears what it means to provoke.
    """
    yield _noted
    found = list(_noted)
    _noted.clear()

    assert [] == found
