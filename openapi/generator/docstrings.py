"""
Prose of the document as docstrings, and its values as Python literals.
"""

from __future__ import annotations

import re
import textwrap
from typing import Any

from .naming import python_name

LIMITS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "default": "default {}",
}


def prose(text: object, indent: int = 0, lead: str = "") -> str:
    """
    Return text of the document wrapped for a docstring.

    Args:
        text: The text.
        indent: Columns before it.
        lead: What stands before it on its first line; further lines are indented by four more columns then.
    """
    plain = " ".join(f"{lead}{text or ''}".split()).replace("\\", "\\\\").replace('"""', "'''")
    plain = with_python_names(plain)
    hanging = " " * (indent + 4 if lead else indent)
    lines = textwrap.wrap(
        plain,
        120,
        initial_indent=" " * indent,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines).lstrip()


def with_python_names(text: str) -> str:
    """
    Return text with the JSON names in it replaced by those of arguments and attributes.
    """
    return re.sub(r"`([a-z]\w*[A-Z]\w*)`", lambda match: f"`{python_name(match[1])}`", text)


def described(schema: dict[str, Any]) -> str:
    """
    Return a description with the schema's limits and default, as far as the prose does not mention them.
    """
    text = " ".join(str(schema.get("description", "")).split())
    if schema.get("deprecated"):
        text = f"Deprecated. {text}".rstrip()
    missing = []
    for key, phrase in LIMITS.items():
        value = schema.get(key)
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        if value not in (None, "", []) and not re.search(rf"(?<![\w.]){re.escape(shown)}(?!\w)", text.replace(",", "")):
            missing.append(phrase.format(repr(value) if key == "default" else shown))
    stated = ", ".join(missing)
    return f"{text} {stated[0].upper()}{stated[1:]}.".lstrip() if missing else text


def quoted(value: object) -> str:
    """
    Return a Python literal for a string or number of the document.
    """
    return repr(str(value)) if not isinstance(value, int | float | bool) else repr(value)
