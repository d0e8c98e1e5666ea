"""
Reference pages of the models, on the page of the resource that first uses them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from imagekit_async import models
from openapi.generator.annotations import Types
from openapi.generator.calls import Method, Resource

from .python_api import Code, entry

FOLDER = "reference/models"


def grouped(resources: Collection[Resource], types: Types) -> dict[str, list[str]]:
    """
    Return the names of the models by page, in alphabetical order.
    """
    names = set(models.__all__) - {"Model", "UnknownModel"}
    pages: dict[str, list[str]] = {}
    left = set(names)
    for resource in resources:
        annotations = [annotation for call in resource.calls for annotation in _annotations(call)]
        used = _closure(_named(annotations, names), types, names) & left
        if used:
            pages[resource.path] = sorted(used)
            left -= used
    events = {name for name in left if name.endswith("Event")}
    used = _closure(events, types, names) & left
    return pages | {"webhooks": sorted(used), "others": sorted(left - used)}


def _annotations(call: Method) -> Iterator[str]:
    yield call.returns
    for argument in call.arguments:
        yield argument.annotation


def _named(annotations: Collection[str], names: Collection[str]) -> set[str]:
    return {name for annotation in annotations for name in re.findall(r"\w+", annotation) if name in names}


def _closure(found: set[str], types: Types, names: Collection[str]) -> set[str]:
    todo = list(found)
    while todo:
        model = types.models.get(todo.pop())
        if model is not None:
            fields = [types.annotation(prop, request) for prop in types.fields(model) for request in (True, False)]
            new = _named(fields, names) - found
            found |= new
            todo += new
    return found


def page(title: str, names: Collection[str], code: Code) -> str:
    """
    Return a page of models.
    """
    return f"# {title}\n\n" + "\n".join(_model(name, code) for name in names)


def index(pages: Mapping[str, Collection[str]]) -> str:
    """
    Return the page about models in general, with links to all of them.
    """
    lists = "\n".join(
        f"- [{path}]({path}.md): {', '.join(f'[`{name}`][imagekit_async.models.{name}]' for name in names)}"
        for path, names in pages.items()
        if names
    )
    return f"""# Models

Calls return models, and nested arguments are models or dicts.
The dict of a model `X` is typed as `XDict` and has the keys of its attributes.
Each is imported from `imagekit_async.models`, and is decoded when one of its fields is first read.
A field that a response lacks reads as `None`.

{lists}

## What every model has

::: imagekit_async.models.Model

::: imagekit_async.models.UnknownModel
"""


def _model(name: str, code: Code) -> str:
    """
    Return the description of a model, which is also found by its public path.
    """
    described = entry(code.find(f"imagekit_async._generated.models.{name}").path, code, models.__all__, members=False)
    return f"[](){{ #imagekit_async.models.{name} }}\n\n{described}"
