"""
Read an OpenAPI document from the package, a file or a mapping.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import YAMLError

from imagekit_local._document.document import Document


class _Constructor(SafeConstructor):
    """
    Leaves dates as they are written, because JSON has no dates.
    """


cast("Any", _Constructor).add_constructor(
    "tag:yaml.org,2002:timestamp", cast("Any", SafeConstructor).construct_yaml_str
)


@cache
def packaged_document() -> Document:
    """
    Return the document that this release was written for.
    """
    text = files("imagekit_local._document").joinpath("openapi.json").read_text(encoding="utf-8")
    return Document.from_content(json.loads(text))


def read_document(source: str | os.PathLike[str] | Mapping[str, Any]) -> Document:
    """
    Read a document.

    Args:
        source: A YAML or JSON file, or the parsed content of one.

    Raises:
        OSError: The file cannot be read.
        ValueError: The source is not an OpenAPI 3 document.
    """
    if isinstance(source, Mapping):
        return _document("document", source)
    path = Path(source)
    text = path.read_text(encoding="utf-8")
    try:
        content = json.loads(text) if path.suffix == ".json" else _yaml().load(text)
    except (ValueError, YAMLError) as error:
        raise ValueError(f"{path} cannot be parsed: {error}") from error
    return _document(str(path), content)


def as_yaml(content: Mapping[str, Any]) -> str:
    """
    Return a document as YAML.
    """
    stream = io.StringIO()
    yaml = _yaml()
    yaml.width = 120
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False
    yaml.dump(dict(content), stream)
    return stream.getvalue()


def _yaml() -> Any:
    # The C parser refuses valid YAML, such as plain text with a colon in it.
    yaml: Any = YAML(typ="safe", pure=True)
    yaml.Constructor = _Constructor
    return yaml


def _document(name: str, content: object) -> Document:
    try:
        # JSON knows no number as a key, which unquoted statuses are in YAML.
        return Document.from_content(json.loads(json.dumps(content)))
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ValueError(f"{name} must be an OpenAPI 3 document: {error}") from error
