"""
The page on webhooks: its examples run, and its table of errors is complete.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from imagekit_async.errors import WebhookVerificationError

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "webhooks.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_block_runs(monkeypatch: pytest.MonkeyPatch, block: str) -> None:
    """Each Python block runs as written."""
    monkeypatch.setenv("IMAGEKIT_WEBHOOK_SECRET", "whsec_c2VjcmV0IG9mIHRoZSBkb2Nz")

    exec(compile(block, "webhooks.md", "exec"), {"__name__": "webhooks_page"})


@pytest.mark.parametrize("name", [kind.__name__ for kind in WebhookVerificationError.__subclasses__()])
def test_every_error_is_listed(name: str) -> None:
    """The table lists every verification error."""
    assert f"`{name}`" in PAGE
