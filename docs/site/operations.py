"""
Reference pages of the resource tree: one for each resource, with all of its operations.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from imagekit_async._http.retry import Repeatability
from imagekit_async.errors import __all__ as ERRORS
from openapi.generator.arguments import Argument
from openapi.generator.calls import Method, Resource
from openapi.generator.docstrings import with_python_names
from openapi.generator.extensions import Pagination, Waiting

from .markdown import linked_type, table

FOLDER = "reference/resources"
_OPTIONS = "../calls.md"
_RETRIES = {
    Repeatability.READ: "read: always retried",
    Repeatability.HARMLESS: "harmless: retried even if an earlier attempt may have succeeded",
    Repeatability.HARMFUL: "harmful: retried only if the request was not executed",
}


def page_name(resource: str) -> str:
    """
    Return the path of a resource's page.
    """
    return f"{FOLDER}/{resource}.md"


def repeatability(call: Method) -> Repeatability:
    """
    Return the retry class of a call whose arguments do no harm.
    """
    if call.endpoint.method in ("get", "head", "options"):
        return Repeatability.READ
    return Repeatability.HARMLESS if call.idempotent else Repeatability.HARMFUL


def overview(resources: Collection[Resource], retries: str) -> str:
    """
    Return the page that lists all operations.
    """
    sections = "\n".join(_section(resource) for resource in resources)
    return f"""# Operations

Every operation of the API is a method of `AsyncImageKit`, and of `ImageKit` without `await`.

- *read*, *harmless* and *harmful* are the classes of [retries]({retries}).
- A *paced* call waits for a free slot of its rate limit.

{sections}"""


def _section(resource: Resource) -> str:
    lines = [
        f"- [`{call.id}`]({resource.path}.md#{call.id}): {call.summary}.<br>"
        f"`{call.endpoint.method.upper()} {call.path}`, "
        f"*{repeatability(call).name.lower()}*{', *paced*' if call.paced else ''}\n"
        for call in resource.calls
    ]
    return f"## [`client.{resource.path}`]({resource.path}.md)\n\n{_text(resource.description)}\n\n{''.join(lines)}"


def resource_page(
    resource: Resource, below: Collection[str], examples: Mapping[str, str], models: Collection[str]
) -> str:
    """
    Return the page of a resource.

    Args:
        resource: The resource.
        below: Paths of the resources below it that have pages.
        examples: Python code by operation id; `ID.iterate` and `ID.wait` for what goes beyond one call.
        models: Names of the models.
    """
    children = "".join(f"- [`client.{child}`]({child}.md)\n" for child in below)
    parts = [
        f"# `client.{resource.path}`\n",
        f"{_text(resource.description or f'Groups the calls below `{resource.path}`.')}\n",
        f"More calls:\n\n{children}" if children else "",
        *(_operation(call, examples, models) for call in resource.calls),
    ]
    return "\n".join(part for part in parts if part)


def _operation(call: Method, examples: Mapping[str, str], models: Collection[str]) -> str:
    facts = [
        ("request", f"`{call.endpoint.method.upper()} {call.server}{call.path}`"),
        ("retry class", _retry_class(call)),
        ("rate limit", "paced: a call waits for its turn" if call.paced else "none: the call is sent immediately"),
    ]
    parts = [
        f"## {call.method_name} {{ #{call.id} }}\n",
        f"{call.summary}.\n",
        _signature(call),
        f"{_text(call.operation.get('description', ''))}\n",
        _example(examples[call.id]),
        "".join(f"- **{name}**: {fact}\n" for name, fact in facts),
        "**Arguments**\n" if call.arguments else "",
        *(_argument(argument, models) for argument in call.arguments),
        f"Every call also takes [the options of a call]({_OPTIONS}).\n",
        "**Returns**\n",
        f"{linked_type(call.returns, models)}: {_text(call.returns_doc)}\n" if call.returns_doc else "",
        "**Errors**\n",
        table(("error", "status and meaning"), _errors(call)),
        *_beyond(call, examples),
    ]
    return "\n".join(part for part in parts if part)


def _signature(call: Method) -> str:
    """
    Return the signature, a line for each argument.
    """
    keywords = call.arguments[len(call.positional) :]
    declared = [argument.declaration.replace(" | Unset = UNSET", " = UNSET") for argument in call.arguments]
    lines = [*declared[: len(call.positional)], *(["*"] if keywords else []), *declared[len(call.positional) :]]
    inner = "\n" + "".join(f"    {line},\n" for line in lines) if lines else ""
    returns = call.returns.replace("builtins.", "")
    return f"```{{ .python .signature }}\nawait client.{call.id}({inner}) -> {returns}\n```\n"


def _text(text: object) -> str:
    return with_python_names(" ".join(str(text).split()))


def _example(code: str) -> str:
    return f"```python\n{code.rstrip()}\n```\n"


def _retry_class(call: Method) -> str:
    shown = _RETRIES[repeatability(call)]
    if call.is_form:
        return f"{shown}; harmless with `use_unique_file_name=False` and overwriting on"
    given = [argument.name for argument in call.arguments if argument.schema.get("x-idempotent") is False]
    return f"{shown}; harmful with {', '.join(f'`{name}`' for name in given)}" if given else shown


def _argument(argument: Argument, models: Collection[str]) -> str:
    required = ", required" if argument.required else ""
    term = f"`{argument.name}` {linked_type(argument.annotation, models)}{required}"
    return f"{term}\n:   {_text(argument.doc)}{_choices(argument)}\n"


def _choices(argument: Argument) -> str:
    """
    Return the values that the API documents, where the type has not listed them.
    """
    schema = argument.schema
    values = schema.get("enum") or schema.get("items", {}).get("enum") or []
    listed = [f"`{value}`" for value in values if value is not None and repr(value) not in argument.annotation]
    return f" Values: {', '.join(listed)}." if listed else ""


def _errors(call: Method) -> Iterator[tuple[str, str]]:
    for name, meaning in call.raises.items():
        yield error_link(name), _text(meaning)
    yield error_link("APIStatusError"), "any other status than 2xx"
    yield (
        error_link("APIConnectionError"),
        "no complete response arrived; a subclass for a timeout"
        + (" or an upload of unknown outcome" if call.is_form else ""),
    )


def error_link(name: str) -> str:
    """
    Return the name of an error as a link to its description.
    """
    return f"[`{name}`][imagekit_async.{name}]" if name in ERRORS else f"`{name}`"


def _beyond(call: Method, examples: Mapping[str, str]) -> Iterator[str]:
    pages, work = Pagination.of(call), Waiting.of(call)
    if pages:
        yield from _iterate(call, pages, examples[f"{call.resource}.iterate"])
    if work:
        yield from _wait(call, work, examples[f"{call.resource}.wait"])


def _iterate(call: Method, pages: Pagination, example: str) -> Iterator[str]:
    yield f"## iterate {{ #{call.resource}.iterate }}\n"
    yield f"Iterate over everything that [`{call.method_name}`](#{call.id}) finds, page by page.\n"
    yield _example(example)
    without = " and ".join(f"`{wire}`" for wire in pages.paging)
    yield f"Takes the arguments of `{call.method_name}` except {without}, and these:\n"
    yield _term("limit", "int | None", "Maximum number of items to yield, 0 or more; None for all.")
    if pages.largest:
        yield _term("page_size", "int", f"Items per request, 2 to {pages.largest}, default {pages.largest}.")
        yield _term("prefetch", "int", "Pages to read at the same time as the next one, 0 or more, default 1.")


def _wait(call: Method, work: Waiting, example: str) -> Iterator[str]:
    yield f"## wait {{ #{call.resource}.wait }}\n"
    yield f"Call [`{call.method_name}`](#{call.id}) until the work is done, and return its last value.\n"
    yield "Pauses between calls grow from 0.25 s to 10 s.\n"
    yield _example(example)
    yield f"Takes the arguments of `{call.method_name}`, and these:\n"
    yield _term("deadline", "float | None", "Seconds for the whole wait, 600 by default; None for no limit.")
    yield _term("on_progress", "Callable | None", "Plain function, called with each value that is pending.")
    failed = " or ".join(f"`{value}`" for value in work.failed)
    yield (
        f"Raises {error_link('JobFailedError')} if `{work.status}` becomes {failed}, and "
        f"{error_link('WaitTimeoutError')} after the deadline.\n"
    )


def _term(name: str, annotation: str, meaning: str) -> str:
    return f"`{name}` {linked_type(annotation, ())}\n:   {meaning}\n"
