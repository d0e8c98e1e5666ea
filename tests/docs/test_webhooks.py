"""
The page on webhooks: its applications handle signed events, and its table of errors is complete.
"""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from imagekit_async.errors import WebhookVerificationError
from imagekit_async.webhooks import sign
from tests.docs.pages import text_of
from tests.docs.running import WEBHOOK_SECRET, reading
from tests.integrations.serving import serving

PAGE = "docs/how-to/webhooks.md"
BODY = b'{"id": "evt_1", "type": "file.created", "data": {"url": "https://ik.imagekit.io/demo/cat.jpg"}}'


def test_applications(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The application with a handler and that with a stream handle an event, and refuse one that is not signed."""
    with reading(tmp_path) as reader:
        reader.follow(PAGE)
        for module in [module for module in reader.modules if hasattr(module, "app")]:
            with serving(module.app) as url:
                address = f"{url}/webhooks/imagekit"
                statuses = [
                    httpx.post(address, content=BODY, headers=headers).status_code
                    for headers in (sign(BODY, WEBHOOK_SECRET), None)
                ]
            assert [200, 400] == statuses
    printed = capsys.readouterr().out.splitlines()

    assert ["new file https://ik.imagekit.io/demo/cat.jpg", "file.created"] == printed[-2:]


@pytest.mark.parametrize("name", [kind.__name__ for kind in WebhookVerificationError.__subclasses__()])
def test_every_error_is_listed(name: str) -> None:
    """The table lists every verification error."""
    assert f"`{name}`" in text_of(PAGE)
