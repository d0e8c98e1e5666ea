"""
Results of extensions. They come from the words of the file name, so that tests can predict them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

import attrs

from imagekit_local._account import Account
from imagekit_local._custom_fields.values import is_option, schemas_by_name, updated_metadata
from imagekit_local._errors import ApiError
from imagekit_local._store import File, Version
from imagekit_local._values import tags_too_long

_WORD = re.compile(r"[^\W\d_]+")
_FIRST_CONFIDENCE = 99
_CONFIDENCE_STEP = 5


class ExtensionFailedError(Exception):
    """
    An extension cannot process a file.
    """


def tagged(account: Account, file: File, config: Mapping[str, Any]) -> Version:
    """
    Return the current version with the words of the name as AI tags, with decreasing confidence.
    """
    if not file.current.media.is_image:
        raise ExtensionFailedError("only images can be tagged")
    name = config["name"]
    found = [
        {"name": word, "confidence": _FIRST_CONFIDENCE - _CONFIDENCE_STEP * index, "source": name}
        for index, word in enumerate(_words(file.name))
    ]
    kept = [tag for tag in found if tag["confidence"] >= max(config["minConfidence"], 0)][: config["maxTags"]]
    others = (tag for tag in file.current.ai_tags if tag["source"] != name)
    return attrs.evolve(file.current, ai_tags=(*others, *kept))


def described(account: Account, file: File, config: Mapping[str, Any]) -> Version:
    """
    Return the current version with a description made of the words of the name.
    """
    kind = "Image" if file.current.media.is_image else "File"
    return attrs.evolve(file.current, description=f"{kind} showing {' '.join(_words(file.name)) or 'nothing known'}.")


def after_tasks(account: Account, file: File, config: Mapping[str, Any]) -> Version:
    """
    Return the current version with the tags and custom metadata that the tasks set.
    """
    version = file.current
    for task in config["tasks"]:
        version = _TASKS[task["type"]](account, version, set(_words(file.name)), task)
    if tags_too_long(version.tags):
        raise ExtensionFailedError("the tags become too long")
    return version


def _words(name: str) -> list[str]:
    return list(dict.fromkeys(word.lower() for word in _WORD.findall(PurePosixPath(name).stem)))


def _selected(vocabulary: Iterable[Any], words: set[str], task: Mapping[str, Any]) -> list[Any]:
    """
    Return the choices that the name contains, filled up to the minimum and cut to the maximum.
    """
    choices = list(vocabulary)
    chosen = [choice for choice in choices if words.issuperset(_words(str(choice))) and _words(str(choice))]
    others = [choice for choice in choices if not is_option(chosen, choice)]
    missing = max(task.get("min_selections", 0) - len(chosen), 0)
    return [*chosen, *others[:missing]][: task.get("max_selections")]


def _select_tags(account: Account, version: Version, words: set[str], task: Mapping[str, Any]) -> Version:
    selected = _selected(task.get("vocabulary", sorted(words)), words, task)
    return _with_tags(version, add=selected)


def _select_metadata(account: Account, version: Version, words: set[str], task: Mapping[str, Any]) -> Version:
    schema = schemas_by_name(account).get(task["field"], {})
    selected = _selected(task.get("vocabulary", schema.get("selectOptions", sorted(words))), words, task)
    if not selected:
        return version
    is_multiple = schema.get("type") == "MultiSelect"
    return _with_metadata(account, version, {task["field"]: selected if is_multiple else selected[0]})


def _answer(account: Account, version: Version, words: set[str], task: Mapping[str, Any]) -> Version:
    """
    Return yes if the question contains a word of the name, or no.
    """
    action = task.get("on_no" if words.isdisjoint(_words(task["instruction"])) else "on_yes", {})
    version = _with_tags(version, add=action.get("add_tags", []), remove=action.get("remove_tags", []))
    changes = {item["field"]: item["value"] for item in action.get("set_metadata", [])}
    changes |= {item["field"]: None for item in action.get("unset_metadata", [])}
    return _with_metadata(account, version, changes) if changes else version


def _with_tags(version: Version, *, add: Iterable[str], remove: Iterable[str] = ()) -> Version:
    removed = set(remove)
    kept = (tag for tag in (*version.tags, *add) if tag not in removed)
    return attrs.evolve(version, tags=tuple(dict.fromkeys(kept)))


def _with_metadata(account: Account, version: Version, changes: Mapping[str, Any]) -> Version:
    try:
        return attrs.evolve(version, custom_metadata=updated_metadata(account, version.custom_metadata, changes))
    except ApiError as error:
        raise ExtensionFailedError(str(error.extras["errors"])) from error


_TASKS: dict[str, Callable[[Account, Version, set[str], Mapping[str, Any]], Version]] = {
    "select_tags": _select_tags,
    "select_metadata": _select_metadata,
    "yes_no": _answer,
}
