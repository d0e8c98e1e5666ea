"""
HTTP side of the extensions: the saved ones, and the moment at which running ones are looked at.
"""

from __future__ import annotations

from imagekit_local._account import Account
from imagekit_local._extensions.saved import SavedExtensions
from imagekit_local._resources.endpoints import resource_handlers
from imagekit_local._routing import Handler


def extension_handlers(account: Account) -> dict[tuple[str, str], Handler]:
    """
    Handlers of the operations on saved extensions, by method and path template.
    """
    return resource_handlers("/v1/saved-extensions", SavedExtensions(account))
