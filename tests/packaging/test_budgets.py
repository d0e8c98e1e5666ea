"""
How many lines each room of the package may have, docstrings included; run with `-s` to see the table.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import imagekit_async

PACKAGE = Path(imagekit_async.__file__).parent
ONE_CALL = (
    *("_client.py", "_settings.py", "errors.py", "_response.py", "_model.py", "_json.py", "_unset.py", "_views.py"),
    *("_http", "_uploads", "_limits.py", "_pagination.py", "_waiting.py"),
)
# A room that outgrows its budget gets a larger one in docs/adr/0011, with the reason.
BUDGETS = {
    "one call": (ONE_CALL, 7700),
    "_redaction": (("_redaction.py",), 220),
    "_sync": (("_sync.py",), 150),
    "urls and search": (("urls", "search.py"), 2450),
    "webhooks": (("webhooks",), 720),
    "transfer": (("transfer",), 2625),
    "cli": (("cli",), 1570),
    "testing": (("testing",), 80),
    **{f"integrations.{path.stem}": ((path.name,), 275) for path in (PACKAGE / "integrations").glob("[!_]*.py")},
}


def line_count(name: str) -> int:
    """
    Return the lines of a module or of all modules of a folder.
    """
    path = next(path for path in (PACKAGE / name, PACKAGE / "integrations" / name) if path.exists())
    files = path.rglob("*.py") if path.is_dir() else [path]
    return sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)


@pytest.mark.parametrize("room", BUDGETS)
def test_budget(room):
    """A room has no more lines than its budget allows."""
    parts, budget = BUDGETS[room]
    lines = sum(map(line_count, parts))
    print(f"{room:24}{lines:6} of {budget}")

    assert lines <= budget
