"""
The Python names of what the document calls otherwise.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Mapping
from typing import Any

from openapi_python_client.strings import ClassName

OPTIONS = frozenset(
    {"self", "timeout", "max_retries", "extra_headers", "extra_query", "extra_body"}
    | {"deadline", "idempotent", "progress", "call", "options"}
)
"""
The names of a generated method that no argument can have.
"""
_OF_MODELS = frozenset(
    {"additional_properties", "encode_mapping", "from_dict", "to_dict", "view", "attrs", "builtins", "datetime"}
    | {"bool", "dict", "float", "int", "object", "str"}
)


IMPORTED = frozenset(
    {"Any", "AnyOf", "Array", "Call", "CallOptions", "Callable", "CursorIterator", "Field", "Final", "Form", "Literal"}
    | {"MapOf", "Mapping", "Model", "OneOf", "Operation", "PageIterator", "Property", "Reference", "Required"}
    | {"Resource", "Sequence", "TypeAlias", "TypedDict", "Union", "UnknownModel", "Unset"}
)
"""
The names that generated modules import, which no class can have.
"""
TAKEN = OPTIONS | _OF_MODELS
"""
The names that neither an argument nor an attribute can have.
"""


def python_name(name: str) -> str:
    """
    Return the snake_case identifier of a JSON name: `removeAITags` gives `remove_ai_tags`, `class` gives `class_`.
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    identifier = re.sub(r"\W", "_", words).lower().lstrip("_")
    if not identifier.isidentifier():
        return f"field_{identifier}"
    return f"{identifier}_" if keyword.iskeyword(identifier) else identifier


def model_names(fields: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """
    Return the Python names of a model's fields by their JSON names.
    """
    return {wire: own_name(wire, schema, _OF_MODELS) for wire, schema in fields.items()}


def own_name(wire: str, schema: Mapping[str, Any], taken: Iterable[str]) -> str:
    """
    Return the Python name of a parameter or field: its `x-python-name`, or that of its JSON name, with an underscore
    appended if that is taken.
    """
    name = str(schema.get("x-python-name") or python_name(wire))
    return f"{name}_" if name in taken else name


def class_name(reference: str) -> str:
    """
    Return the class of a `$ref` or of a dotted tag.
    """
    return str(ClassName(reference.rpartition("/")[2], "Model"))


def joined(parent: str, word: str) -> str:
    """
    Return the class of what stands inside another class, such as `FileVersionInfo` for `versionInfo` of `File`.
    """
    return parent + class_name(python_name(word))


def resource_class(path: str) -> str:
    """
    Return the class of a resource by its dotted path.
    """
    return f"{class_name(path)}Resource" if path else "Resources"
