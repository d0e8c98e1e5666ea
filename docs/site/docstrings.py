"""
An extension of griffe that makes blocks of code of the doctests in docstrings, which Markdown would not recognize.
"""

from __future__ import annotations

import re
from typing import Any

import griffe

_DOCTEST = re.compile(r"^>>> .*?(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)


class Doctests(griffe.Extension):
    """
    Puts fences around doctests.
    """

    def on_object(self, *, obj: griffe.Object, **kwargs: Any) -> None:
        """
        Change the docstring of an object.
        """
        if obj.docstring is not None and ">>> " in obj.docstring.value:
            obj.docstring.value = _DOCTEST.sub(lambda match: f"```pycon\n{match[0]}\n```", obj.docstring.value)
