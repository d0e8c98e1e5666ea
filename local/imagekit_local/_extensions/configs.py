"""
The extensions that requests can ask for, and their settings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeGuard, cast

from imagekit_local._predicates import is_array_of_scalars, is_flag, is_text
from imagekit_local._values import are_strings

SAVED = "saved-extension"
_Check = Callable[[Any], bool]
_Keys = Mapping[str, tuple[_Check, bool]]
_MAX_TASKS = 10
_MAX_INSTRUCTION_LENGTH = 2000
_MAX_VOCABULARY = 30
_MAX_VOCABULARY_LENGTH = 500


def is_config(value: object) -> bool:
    """
    Return whether a JSON value is an extension with valid settings.
    """
    return _is_variant(value, "name", _EXTENSIONS)


def is_reference(value: object) -> bool:
    """
    Return whether a JSON value refers to a saved extension, which may not exist.
    """
    return _is_variant(value, "name", {SAVED: {"id": (is_text, True)}})


def _is_variant(value: object, discriminator: str, variants: Mapping[str, _Keys]) -> TypeGuard[dict[str, Any]]:
    if not _suits(value, {discriminator: (is_text, True)}):
        return False
    kind = value[discriminator]
    return kind in variants and _suits(value, variants[kind])


def _suits(value: object, keys: _Keys) -> TypeGuard[dict[str, Any]]:
    if not isinstance(value, dict):
        return False
    return all(accepts(value[name]) if name in value else not required for name, (accepts, required) in keys.items())


def _integer(least: int, most: int | None = None) -> _Check:
    def accepts(value: object) -> bool:
        is_integer = isinstance(value, int) and not isinstance(value, bool)
        return is_integer and least <= cast("int", value) and (most is None or cast("int", value) <= most)

    return accepts


def _are_options(value: object) -> bool:
    return _suits(value, _BACKGROUND) and not {"bg_color", "bg_image_url"} <= value.keys()


def _is_instruction(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _MAX_INSTRUCTION_LENGTH


def _are_scalars(value: object) -> bool:
    return is_array_of_scalars(value) and 0 < len(value) <= _MAX_VOCABULARY


def _are_tags(value: object) -> bool:
    if not are_strings(value) or not _are_scalars(value):
        return False
    return sum(map(len, value)) <= _MAX_VOCABULARY_LENGTH and not any("%" in tag for tag in value)


def _is_action(value: object) -> bool:
    return _suits(value, _ACTION)


def _list_of(keys: _Keys) -> _Check:
    def accepts(value: object) -> bool:
        return isinstance(value, list) and all(_suits(item, keys) for item in cast("list[object]", value))

    return accepts


def _are_tasks(value: object) -> bool:
    if not isinstance(value, list):
        return False
    tasks = cast("list[object]", value)
    return 0 < len(tasks) <= _MAX_TASKS and all(map(_is_task, tasks))


def _is_task(value: object) -> bool:
    if not _is_variant(value, "type", _TASKS):
        return False
    return value["type"] != "yes_no" or not value.keys().isdisjoint({"on_yes", "on_no"})


_BACKGROUND: _Keys = {
    "add_shadow": (is_flag, False),
    "semitransparency": (is_flag, False),
    "bg_color": (is_text, False),
    "bg_image_url": (is_text, False),
}
_ACTION: _Keys = {
    "add_tags": (are_strings, False),
    "remove_tags": (are_strings, False),
    "set_metadata": (_list_of({"field": (is_text, True), "value": (lambda value: value is not None, True)}), False),
    "unset_metadata": (_list_of({"field": (is_text, True)}), False),
}
_INSTRUCTION: _Keys = {"instruction": (_is_instruction, True)}
_SELECTION: _Keys = {**_INSTRUCTION, "min_selections": (_integer(0), False), "max_selections": (_integer(1), False)}
_TASKS: dict[str, _Keys] = {
    "select_tags": {**_SELECTION, "vocabulary": (_are_tags, False)},
    "select_metadata": {**_SELECTION, "field": (is_text, True), "vocabulary": (_are_scalars, False)},
    "yes_no": {**_INSTRUCTION, **dict.fromkeys(("on_yes", "on_no", "on_unknown"), (_is_action, False))},
}
_TAGGING: _Keys = {"minConfidence": (_integer(0, 100), True), "maxTags": (_integer(0, 30), True)}
_EXTENSIONS: dict[str, _Keys] = {
    "remove-bg": {"options": (_are_options, False)},
    "google-auto-tagging": _TAGGING,
    "aws-auto-tagging": _TAGGING,
    "ai-auto-description": {},
    "ai-tasks": {"tasks": (_are_tasks, True)},
}
