"""
Ids of 24 lowercase hexadecimal digits, random or predictable.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from itertools import count


def random_id() -> str:
    """
    Return a random id.
    """
    return secrets.token_hex(12)


def counting_ids() -> Callable[[], str]:
    """
    Return a source of ids that count up from 1, for a server that starts empty.
    """
    numbers = count(1)
    return lambda: f"{next(numbers):024x}"
