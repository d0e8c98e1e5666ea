"""
The page on webhooks: its table of errors is complete.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from imagekit_async.errors import WebhookVerificationError

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "webhooks.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [kind.__name__ for kind in WebhookVerificationError.__subclasses__()])
def test_every_error_is_listed(name: str) -> None:
    """The table lists every verification error."""
    assert f"`{name}`" in PAGE
