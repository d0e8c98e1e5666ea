"""
Reference pages of the errors, the search language, the settings, and the options of a call.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import griffe

from imagekit_async import AsyncImageKit, errors, search
from imagekit_async._http.call import CallOptions

from .markdown import first_sentence, table
from .python_api import Code, entry

OPERATORS = {
    "=": ("`==`", "equal"),
    "NOT =": ("`!=`", "not equal"),
    "IN": ("`.in_([...])`", "one of"),
    "NOT IN": ("`.not_in([...])`", "none of"),
    "<": ("`<`", "less than"),
    "<=": ("`<=`", "at most"),
    ">": ("`>`", "more than"),
    ">=": ("`>=`", "at least"),
    ":": ("`.startswith(...)`", "begins with; for a path: the folder and all folders below it"),
    "HAS": ("`.has(...)`", "contains all the words, in any order; the last one may be a prefix"),
    "EXISTS": ("`.exists()`", "has any value"),
    "NOT EXISTS": ("`~field.exists()`", "has no value"),
}
# The argument of the client that stands for a variable, or what the variable sets; the tests compare the names with
# those that the code reads.
VARIABLES = {
    "IMAGEKIT_PRIVATE_KEY": ("private_key", ""),
    "IMAGEKIT_PUBLIC_KEY": ("public_key", ""),
    "IMAGEKIT_URL_ENDPOINT": ("url_endpoint", ""),
    "IMAGEKIT_WEBHOOK_SECRET": ("webhook_secret", ""),
    "IMAGEKIT_BASE_URL": ("base_url", ""),
    "IMAGEKIT_PROFILE": ("", "Profile that the command `imagekit` uses."),
    "SSL_CERT_FILE": ("", "File of certificates to trust, in PEM format."),
    "SSL_CERT_DIR": ("", "Folder of certificates to trust, with hashed names."),
    "HTTPS_PROXY": ("", "Proxy for https URLs; also in lowercase."),
    "HTTP_PROXY": ("", "Proxy for http URLs; also in lowercase."),
    "ALL_PROXY": ("", "Proxy for all other URLs; also in lowercase."),
    "NO_PROXY": ("", "Hosts that are reached without a proxy, separated by commas; also in lowercase."),
}


def errors_page(code: Code) -> str:
    """
    Return the page of the errors: the tree, and each of them.
    """
    entries = "\n".join(entry(f"imagekit_async.errors.{name}", code) for name in errors.__all__)
    tree = "\n".join(_tree(code, errors.ImageKitError, 0))
    return f"""# Errors

Every error of the SDK is an `ImageKitError`, or a `TypeError`, `ValueError` or `OSError` about an argument.
The names can be imported from `imagekit_async` and from `imagekit_async.errors`.

## Tree

{tree}

`UploadServerError` is an `InternalServerError` as well: a response came, but the upload may or may not have succeeded.

## Each error

{entries}"""


def _tree(code: Code, error: type[Exception], depth: int) -> Iterator[str]:
    name = error.__name__
    docstring = code.find(f"imagekit_async.errors.{name}").docstring
    assert docstring is not None
    yield f"{'    ' * depth}- [`{name}`][imagekit_async.errors.{name}]: {first_sentence(docstring.value)}"
    below = [child for child in map(errors.__dict__.get, errors.__all__) if child and child.__bases__[0] is error]
    for child in below:
        yield from _tree(code, child, depth + 1)


def search_page(code: Code) -> str:
    """
    Return the page of the search language: fields, operators, and the module.
    """
    fields = {name: field for name, field in vars(search.Asset).items() if hasattr(field, "_operators")}
    fields["custom(name)"] = search.CustomField("name")
    rows = [
        (f"`Asset.{name}`", f"`{field._name}`", " ".join(f"`{operator}`" for operator in field._operators))
        for name, field in fields.items()
    ]
    operators = [(f"`{word}`", python, meaning) for word, (python, meaning) in OPERATORS.items()]
    entries = "\n".join(entry(f"imagekit_async.search.{name}", code) for name in search.__all__)
    return f"""# Search

`client.assets.list` and `client.assets.iterate` take a query as `search_query`, as text or as a Python expression.

## Fields

{table(("in Python", "in a query", "operators"), rows)}
Dates are dates, aware datetimes, or an age as text: `7d` is seven days ago (`h`, `d`, `w`, `m` for months, `y`).
Sizes are bytes, or text such as `2mb`.

## Operators

{table(("in a query", "in Python", "matches assets whose field is or"), operators)}
Combine queries with `&` (AND), `|` (OR) and `~` (NOT).

## In Python

{entries}"""


def settings_page(code: Code) -> str:
    """
    Return the page of the client's settings and of the environment variables.
    """
    variable = {argument: name for name, (argument, _) in VARIABLES.items() if argument}
    docstring = code.find("imagekit_async.AsyncImageKit").docstring
    assert docstring is not None
    described = _arguments(docstring)
    rows = [
        (f"`{name}`<br>`{variable[name]}`" if name in variable else f"`{name}`", described[name])
        for name in list(inspect.signature(AsyncImageKit).parameters)
    ]
    variables = [(f"`{name}`", meaning) for name, (_, meaning) in VARIABLES.items() if meaning]
    return f"""# Settings and environment variables

`AsyncImageKit` and `ImageKit` take these arguments.
All but `private_key` must be passed by name.
An argument takes precedence over its environment variable.

{table(("argument and variable", "meaning"), rows)}
## Other environment variables

{table(("variable", "meaning"), variables)}
The command `imagekit` also reads profiles that `imagekit configure` stores: see [the command line](command-line.md).
"""


def calls_page(code: Code) -> str:
    """
    Return the page of the options that every call takes.
    """
    upload = code.find("imagekit_async._generated.api.files.resource.FilesResource.upload")
    described = _arguments(upload.docstring)
    rows = [(f"`{name}`", described[name]) for name in inspect.signature(CallOptions).parameters]
    return f"""# Options of a call

Every method of the resource tree takes these keyword arguments, which apply to one call only.
`progress` is an option of uploads.

{table(("option", "meaning"), rows)}
An argument that is left out is `UNSET` and is not sent; `None` is sent as null.

`client.with_response` has the same methods, which return an [`ApiResponse`][imagekit_async.ApiResponse]: the value
with request id, status, headers, rate limit and attempts.
"""


def _arguments(docstring: griffe.Docstring | None) -> dict[str, str]:
    """
    Return the descriptions of a docstring's arguments by name.
    """
    assert docstring is not None
    sections = docstring.parse("google", warnings=False)
    (found,) = (section for section in sections if isinstance(section, griffe.DocstringSectionParameters))
    return {argument.name: re.sub(r"\s+", " ", argument.description) for argument in found.value}
