"""
HTTP side of the saved extensions.
"""

from __future__ import annotations

from imagekit_local._account import Account
from imagekit_local._extensions.saved import SavedExtensions
from imagekit_local._resources.endpoints import resource_handlers
from imagekit_local._routing import Handler


def extension_handlers(account: Account) -> dict[tuple[str, str], Handler]:
    """
    Return the handlers of the operations on saved extensions, by method and path template.
    """
    return resource_handlers("/v1/saved-extensions", SavedExtensions(account))
