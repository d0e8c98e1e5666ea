"""
The page about testing an application: its table of fixtures is complete.
"""

from __future__ import annotations

import re

from imagekit_async.testing import pytest_plugin
from tests.docs.pages import text_of


def test_table_of_fixtures() -> None:
    """The table names every fixture of the plugin."""
    named = re.findall(r"^\| `(imagekit_\w+)` \|", text_of("docs/how-to/testing.md"), re.MULTILINE)
    fixtures = [name for name in vars(pytest_plugin) if re.fullmatch(r"imagekit_(?!async$)\w+", name)]

    assert sorted(fixtures) == sorted(named)
