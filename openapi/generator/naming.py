"""
The Python names of what the document calls otherwise.
"""

from __future__ import annotations

import keyword
import re

from openapi_python_client.strings import ClassName


def python_name(name: str) -> str:
    """
    Return the snake_case identifier of a JSON name: `removeAITags` gives `remove_ai_tags`.
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    identifier = re.sub(r"\W", "_", words).lower()
    usable = identifier.isidentifier() and not keyword.iskeyword(identifier)
    return identifier if usable else f"field_{identifier}"


def class_name(reference: str) -> str:
    """
    Return the class of a `$ref` or of a dotted tag.
    """
    return str(ClassName(reference.rpartition("/")[2], "Model"))


def resource_class(path: str) -> str:
    """
    Return the class of a resource by its dotted path.
    """
    return f"{class_name(path)}Resource" if path else "Resources"
