"""
What needs an extra says so when it is missing.
"""

from __future__ import annotations

import sys
from importlib import import_module

import pytest

TESTING = "imagekit_async.testing"


@pytest.mark.parametrize(
    ("extra", "module", "name", "missing", "unloaded"),
    [
        ("aiohttp", "imagekit_async.aiohttp_transport", "AiohttpTransport", "aiohttp", []),
        ("otel", "imagekit_async.otel", "OpenTelemetrySpans", "opentelemetry.trace", []),
        ("testing", TESTING, "Fault", "starlette.requests", [f"{TESTING}._faults.fault", f"{TESTING}._operations"]),
    ],
)
def test_a_missing_extra_is_named(monkeypatch, extra, module, name, missing, unloaded):
    """Without its extra, a name cannot be imported, and the error tells what to install."""
    for loaded in unloaded or [module]:
        monkeypatch.delitem(sys.modules, loaded, raising=False)
    if module in sys.modules:
        monkeypatch.delitem(vars(sys.modules[module]), name, raising=False)
    monkeypatch.setitem(sys.modules, missing, None)

    with pytest.raises(ModuleNotFoundError, match=rf"{missing}.*pip install 'imagekit-async\[{extra}\]'"):
        getattr(import_module(module), name)
