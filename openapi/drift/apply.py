"""
Usage: `python -m openapi.drift.apply OVERLAY`, which changes our document and keeps how the rest of it is written.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from jsonpath_ng.parser import parse
from ruamel.yaml import YAML

from .__main__ import OURS


def applied(overlay: Path, document: Path) -> None:
    """
    Apply the updates of an overlay to a document, in place.

    Args:
        overlay: An OpenAPI Overlay 1.0 in YAML.
        document: The document to change.

    Raises:
        ValueError: An action is not an update, or its target is not in the document.
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(type(None), _null)
    content = yaml.load(document)
    for action in yaml.load(overlay)["actions"]:
        matches = parse(action["target"]).find(content)
        if not matches or "update" not in action:
            reason = "is not an update" if matches else "has a target that is not in the document"
            raise ValueError(f"the action for {action['target']} {reason}")
        for match in matches:
            _merge(match.value, action["update"])
    yaml.dump(content, document)


def _merge(target: Any, update: Any) -> None:
    """
    Merge as Overlay 1.0 says: objects by key, lists by appending.
    """
    if isinstance(target, list):
        target.append(update)
        return
    for key, value in update.items():
        known = target.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            _merge(known, value)
        elif isinstance(known, list) and isinstance(value, list):
            known.extend(value)
        else:
            target[key] = value


def _null(representer: Any, _: None) -> Any:
    return representer.represent_scalar("tag:yaml.org,2002:null", "null")


if __name__ == "__main__":
    try:
        applied(Path(sys.argv[1]), OURS)
    except ValueError as error:
        sys.exit(str(error))
