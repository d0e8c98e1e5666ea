"""
Events about files.
"""

from __future__ import annotations

from imagekit_local._account import Account
from imagekit_local._files.views import file_view
from imagekit_local._store import File


def emit_file(account: Account, type: str, file: File) -> None:
    """
    Emit an event with the details of a file.

    Args:
        account: The account that holds it.
        type: Name of the webhook event.
        file: The file after the change.
    """
    account.emit(type, file_view(account, file.asset))
