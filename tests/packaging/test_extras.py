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
        ("aiohttp", "imagekit_async.integrations.aiohttp", "aiohttp"),
        ("django", "imagekit_async.integrations.django", "django.conf"),
        ("fastapi", "imagekit_async.integrations.fastapi", "fastapi"),
        ("httpx2", "imagekit_async.integrations.httpx2", "httpx2"),
        ("opentelemetry", "imagekit_async.integrations.opentelemetry", "opentelemetry.trace"),
        ("redis", "imagekit_async.integrations.redis", "redis.asyncio"),
    ],
)
def test_a_missing_extra_is_named(monkeypatch, extra, module, missing):
    """A module cannot be imported without its extra, and the error says what to install."""
    monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, missing, None)

    with pytest.raises(ModuleNotFoundError, match=rf"{missing}.*pip install 'imagekit-async\[{extra}\]'"):
        import_module(module)


def test_the_cli_extra_is_named(monkeypatch, capsys):
    """The command says in one line which extra it needs."""
    for module in [name for name in sys.modules if name.startswith("imagekit_async.cli._")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "cyclopts", None)
    cli = import_module("imagekit_async.cli")
    monkeypatch.delattr(cli, "_app", raising=False)

    status = cli.main(["--version"])
    (line,) = capsys.readouterr().err.splitlines()

    assert 2 == status
    assert "cyclopts" in line
    assert line.endswith("imagekit needs the extra `cli`: pip install 'imagekit-async[cli]'")


def test_the_testing_extra_is_named(monkeypatch):
    """The local ImageKit cannot be reached without the extra, and the error says what to install."""
    monkeypatch.setitem(sys.modules, "imagekit_local", None)
    module = import_module("imagekit_async.testing")
    monkeypatch.delitem(vars(module), "LocalImageKit", raising=False)

    with pytest.raises(ModuleNotFoundError, match=r"imagekit_local.*pip install 'imagekit-async\[testing\]'"):
        module.LocalImageKit  # noqa: B018 - reading it is the point
