"""
`imagekit api`: a command for each operation, made from the signatures and docstrings of the resource tree.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, cast, get_args, get_origin

from cyclopts import App, Group, Parameter, Token
from httpx import Timeout

from .. import UNSET, FileInput, ProgressCallback, Unset, models
from .._generated.api.root.resource import Resources
from .._model import Model
from .._pagination import PageIterator
from .._runtime import CallOptions
from ._context import STDIO, Context

_CALL_OPTIONS: Final = Group("Options of the call", sort_key=1)
_CALLBACKS: Final = ("progress", "on_progress")
_SCALARS: Final = (str, int, float, bool)

app = App(
    name="api",
    help="Call any operation of the API. Structures are JSON; lists are printed item by item as their pages arrive.",
    help_format="markdown",
)


class _Names(dict[str, Any]):
    """
    The names that the annotations of the resources use for type checkers only.
    """

    def __missing__(self, name: str) -> Any:
        try:
            return getattr(models, name)
        except AttributeError:
            # A name of the module, or built in.
            raise KeyError(name) from None


_NAMES: Final = _Names(
    FileInput=FileInput, PageIterator=PageIterator, ProgressCallback=ProgressCallback, Timeout=Timeout
)


def operations(resource: object, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """
    Yield the dotted name and the function of each method below a resource.
    """
    for name, member in vars(type(resource)).items():
        if isinstance(member, cached_property):
            yield from operations(getattr(resource, name), f"{prefix}{name}.")
        elif inspect.isfunction(member) and not name.startswith("_"):
            yield f"{prefix}{name}", member


def command(name: str, method: Callable[..., Any], pages: Callable[..., Any] | None) -> Callable[..., Any]:
    """
    Return the command of an operation.

    Args:
        name: Dotted name of the operation.
        method: Its function.
        pages: The function that iterates over all pages of a list; None if there is none.
    """

    async def call(*args: Any, context: Context, **keywords: Any) -> None:
        async with context.client() as client:
            resource: Any = client
            for part in name.split(".")[:-1]:
                resource = getattr(resource, part)
            # One page, if the caller counts.
            chosen = method if pages is None or keywords.keys() & {"skip", "limit"} else pages
            found = chosen(resource, *args, **keywords)
            await _print(context, await found if inspect.isawaitable(found) else found)

    signature = inspect.signature(method, eval_str=True, locals=_NAMES)
    parameters = [
        _parameter(given) for given in list(signature.parameters.values())[1:] if given.name not in _CALLBACKS
    ]
    injected = Annotated[Context, Parameter(parse=False)]
    parameters.append(inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=injected))
    vars(call)["__signature__"] = inspect.Signature(parameters)
    call.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    call.__doc__ = method.__doc__
    return call


async def _print(context: Context, found: AsyncIterator[Any] | list[Any] | Model | None) -> None:
    if isinstance(found, AsyncIterator):
        async for item in found:
            context.write(item)
    elif isinstance(found, list):
        for item in found:
            context.write(item)
    elif found is not None:
        context.write(found)


def _parameter(given: inspect.Parameter) -> inspect.Parameter:
    """
    Return the parameter of the command for one of the method.
    """
    is_positional = given.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    alternatives = set(_flat(given.annotation))
    options: dict[str, Any] = {"negative_none": (), "negative_bool": "no-", "show_default": False}
    if given.name in CallOptions.__annotations__ or given.name == "page_size":
        options["group"] = _CALL_OPTIONS
    kind = _kind(given.annotation)
    if kind is None:
        options |= {"converter": _source if given.name == "file" else _json, "n_tokens": 1}
        options |= {"metavar": "FILE" if given.name == "file" else "JSON", "allow_leading_hyphen": True}
        kind = Any
    elif given.default is not inspect.Parameter.empty:
        kind = kind | None
        if NoneType in alternatives and given.default is UNSET:
            options["negative_none"] = "null-"
    return inspect.Parameter(
        given.name,
        inspect.Parameter.POSITIONAL_ONLY if is_positional else inspect.Parameter.KEYWORD_ONLY,
        # Never passed on: cyclopts binds what is given. It validates defaults with pydantic where that is loaded.
        default=given.default if given.default is inspect.Parameter.empty else None,
        annotation=Annotated[kind, Parameter(**options)],
    )


def _flat(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) in (Union, UnionType):
        for part in get_args(annotation):
            yield from _flat(part)
    else:
        yield annotation


def _kind(annotation: Any) -> Any:
    """
    Return the type to parse an argument as; None if it needs JSON.
    """
    parts = [part for part in _flat(annotation) if part not in (Unset, NoneType, Timeout)]
    if all(get_origin(part) is Literal for part in parts):
        return Literal[tuple(value for part in parts for value in get_args(part))]
    if len(parts) == 1 and get_origin(parts[0]) is Sequence:
        item = _kind(get_args(parts[0])[0])
        sequence: Any = list
        return None if item is None else sequence[item]
    scalars = [part for part in parts if part in _SCALARS]
    # A date is sent as text.
    is_scalar = len(scalars) == 1 and all(inspect.isclass(part) for part in parts)
    return scalars[0] if is_scalar and len(parts) <= 2 else None


def _json(_: object, tokens: Sequence[Token]) -> Any:
    try:
        return json.loads(tokens[0].value)
    except ValueError as error:
        raise ValueError(f"not JSON: {error}") from None


def _source(_: object, tokens: Sequence[Token]) -> Any:
    text = tokens[0].value
    if text == STDIO:
        return sys.stdin.buffer
    return text if text.startswith(("http://", "https://", "data:")) else Path(text)


def _register() -> None:
    # Without a session: the tree is looked at, and never called.
    found = dict(operations(Resources(cast("Any", None))))
    for name, method in found.items():
        pages = found.get(f"{name.rpartition('.')[0]}.iterate") if name.endswith(".list") else None
        app.command(command(name, method, pages), name=name)


_register()
