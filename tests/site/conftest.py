"""
The pages of the documentation site, which are made once.
"""

from __future__ import annotations

import pytest

from docs.site.pages import Site, site


@pytest.fixture(scope="session")
def content() -> Site:
    """
    All pages, as the builder gets them.
    """
    return site()
