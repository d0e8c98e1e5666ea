"""
What needs an extra says so when it is missing.
"""

from __future__ import annotations

import sys
from importlib import import_module

import pytest


@pytest.mark.parametrize(
    ("extra", "module", "missing"),
    [
        ("aiohttp", "imagekit_async.aiohttp_transport", "aiohttp"),
        ("otel", "imagekit_async.otel", "opentelemetry.trace"),
    ],
)
def test_a_missing_extra_is_named(monkeypatch, extra, module, missing):
    """A module cannot be imported without its extra, and the error tells what to install."""
    monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, missing, None)

    with pytest.raises(ModuleNotFoundError, match=rf"{missing}.*pip install 'imagekit-async\[{extra}\]'"):
        import_module(module)
