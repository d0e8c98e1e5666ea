"""
Documents that break the rules of YAML or OpenAPI: each is refused with its place, or read as it is meant.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import pytest

pytest.importorskip("openapi_python_client")
from openapi.generator.generation import generate, load, main
from openapi.generator.naming import IMPORTED
from openapi.generator.problems import DocumentError

GET = "paths: {/a: {get: {operationId: a.get, x-paced: false, parameters: [%s], responses: {'200': %s}}}}\n"
DONE = "{description: Done.}"
JSON = "{description: Done., content: {application/json: {schema: %s}}}"


def a_thing(schema: str, more: str = "") -> str:
    """
    Return a document whose only response is a component `Thing`.
    """
    response = JSON % "{$ref: '#/components/schemas/Thing'}"
    return GET % ("", response) + f"components:\n  schemas:\n    Thing: {schema}\n{more}"


REFUSED = {
    "an alias in itself": ("x: &x {y: *x}\n" + GET % ("", DONE), "/x/y", "This alias stands for what it is in."),
    "paths without content": ("paths:\n", "/paths", "This is not an object."),
    "paths as a list": ("paths: []\n", "/paths", "This is not an object."),
    "a path without content": ("paths: {/a: }\n", "/paths/~1a", "This is not an object."),
    "an operation without content": ("paths: {/a: {get: }}\n", "/paths/~1a/get", "This is not an object."),
    "a response without content": (GET % ("", "null"), "/paths/~1a/get/responses/200", "This is not an object."),
    "a number as operationId": (
        "paths: {/a: {get: {operationId: 5, x-paced: false, responses: {'204': {description: Done.}}}}}\n",
        "/paths/~1a/get/operationId",
        "This is not a text.",
    ),
    "components without content": (GET % ("", DONE) + "components:\n", "/components", "This is not an object."),
    "a parameter without a name": (
        GET % ("{in: query, schema: {}}", DONE),
        "/paths/~1a/get/parameters/0",
        "`name` is missing.",
    ),
    "a parameter in a body": (
        GET % ("{name: a, in: body, schema: {}}", DONE),
        "/paths/~1a/get/parameters/0/in",
        "A parameter cannot be in body.",
    ),
    "properties as a list": (a_thing("{properties: [a]}"), "/components/schemas/Thing/properties", "not an object."),
    "a flag as required": (a_thing("{required: true}"), "/components/schemas/Thing/required", "This is not a list."),
    "an object as a union": (a_thing("{oneOf: {a: {}}}"), "/components/schemas/Thing/oneOf", "This is not a list."),
    "a number as a reference": (a_thing("{$ref: 5}"), "/components/schemas/Thing/$ref", "This is not a text."),
    "a misspelt type": (a_thing("{type: strnig}"), "/components/schemas/Thing/type", "'strnig' is not a JSON type."),
    "no types": (a_thing("{type: []}"), "/components/schemas/Thing/type", "[] is not a JSON type."),
    "false as items": (a_thing("{items: false}"), "/components/schemas/Thing/items", "No value fits the schema"),
    "a constant object": (a_thing("{const: {a: 1}}"), "/components/schemas/Thing/const", "A constant is a text, "),
    "a discriminator without a property": (
        a_thing("{oneOf: [{}, {}], discriminator: {}}"),
        "/components/schemas/Thing/discriminator",
        "The discriminator names no property.",
    ),
    "a reference to itself": (
        a_thing("{$ref: '#/components/schemas/Thing'}"),
        "/components/schemas/Thing",
        "Thing consists of itself.",
    ),
    "a base that is itself": (
        a_thing("{allOf: [{$ref: '#/components/schemas/Thing'}, {}]}"),
        "/components/schemas/Thing",
        "Thing consists of itself.",
    ),
    "a parameter that is itself": (
        GET % ("{$ref: '#/components/parameters/A'}", DONE)
        + "components: {parameters: {A: {$ref: '#/components/parameters/A'}}}\n",
        "/components/parameters/A",
        "A consists of itself.",
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_refused(written: Callable[[str], Path], case: tuple[str, str, str]) -> None:
    """What OpenAPI does not allow is refused at its place, before anything is made of it."""
    document, pointer, reason = case
    with pytest.raises(DocumentError) as caught:
        load(written(document))

    (problem,) = caught.value.problems
    assert pointer == problem.pointer
    assert reason in problem.reason


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"openapi: 3.1.0\npaths:\n\t/a: {}\n", 3, r"found character '\t' that cannot start any token"),
        (b"openapi: 3.1.0\npaths: {}\npaths: {}\n", 3, "found duplicate key"),
        (b"openapi: 3.1.0\n---\nopenapi: 3.1.0\n", 2, "but found another document"),
        (b"openapi: 3.1.0\ninfo: {title: Gr\xfc\xdfe}\n", 2, "it has bytes that are not UTF-8"),
        (b'{"openapi": "3.1.0",\n "paths": {]}', 2, "expected the node content, but found ']'"),
    ],
)
def test_unreadable(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, line: int, reason: str) -> None:
    """What is neither YAML nor JSON is refused with its line, and the output stays as it was."""
    path = tmp_path / "document.yaml"
    path.write_bytes(content)
    status = main(tmp_path / "out", path)
    shown = capsys.readouterr().err

    assert 1 == status
    assert shown.startswith(f"document.yaml:{line}: /\n    The document cannot be read: {reason}")
    assert ["document.yaml"] == [each.name for each in tmp_path.iterdir()]


def test_problems_of_shape_and_keys_are_listed_together(written: Callable[[str], Path]) -> None:
    """Misshapen parts do not hide misspelt keys."""
    with pytest.raises(DocumentError) as caught:
        load(written(a_thing("{typ_: string, required: true, properties: {a: {type: strnig}}}")))

    thing = "/components/schemas/Thing"
    assert {f"{thing}/typ_", f"{thing}/required", f"{thing}/properties/a/type"} == {
        problem.pointer for problem in caught.value.problems
    }


def test_parser_errors_are_readable(written: Callable[[str], Path], tmp_path: Path) -> None:
    """What follows from an error of the parser is not listed, and no text shows the address of an object."""
    path = written(a_thing("{type: array, items: {$ref: '#/components/schemas/Thing'}}"))
    with pytest.raises(DocumentError) as caught:
        generate(load(path), path, tmp_path / "out")

    reasons = [problem.reason for problem in caught.value.problems]
    assert [] == [reason for reason in reasons if " object at " in reason or reason.startswith("ruff")]
    assert "/components/schemas/Thing" in [problem.pointer for problem in caught.value.problems]


@pytest.mark.parametrize("schema", ["true", "{type: array}", "{type: array, items: true}"])
def test_any_value(package: Callable[[str], Any], schema: str) -> None:
    """A schema that allows everything, and a list without `items`, are read as they come."""
    api = package(GET % ("{name: q, in: query, schema: true}", JSON % schema))
    api.reply([1, "a"])

    assert [1, "a"] == anyio.run(api.root.a.get)


def test_named_enum_that_can_be_null(package: Callable[[str], Any]) -> None:
    """An enum below `components/schemas` can be null."""
    api = package(a_thing("{properties: {kind: {$ref: '#/components/schemas/Kind'}}}", "    Kind: {enum: [a, null]}\n"))
    things = [api.module("models").Thing.from_dict({"kind": kind}) for kind in ("a", None)]

    assert ["a", None] == [thing.kind for thing in things]


def test_types_of_formats_exist(package: Callable[[str], Any]) -> None:
    """Texts of formats that are not decoded, and constants that are not whole, have types of Python."""
    number = "{name: n, in: query, schema: {const: 1.5}}, {name: u, in: query, schema: {type: string, format: uuid}}"
    fields = "{type: object, properties: {u: {type: string, format: uuid}, b: {type: string, format: binary}}}"
    api = package(GET % (number, JSON % fields))
    api.reply({"u": "1", "b": "2"})
    found = anyio.run(api.root.a.get)
    model = Path(api.module("models.a_get_response").__file__).read_text(encoding="utf-8")
    call = Path(api.module("api.a.get").__file__).read_text(encoding="utf-8")

    assert ("1", "2") == (found.u, found.b)
    assert ("u: str | None", "b: str | None") == tuple(re.findall(r"\b[ub]: str \| None", model))
    assert "n: float | None | Unset" in call
    assert "u: str | None | Unset" in call


def test_json_with_surrogates(tmp_path: Path) -> None:
    """A JSON document may escape characters beyond the first plane, and may be indented by tabs."""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "\U0001f600", "version": "1"},
        "servers": [{"url": "https://api.imagekit.io"}],
        "paths": {},
    }
    path = tmp_path / "document.json"
    path.write_text(json.dumps(document, indent="\t"), encoding="utf-8")

    assert "\U0001f600" == load(path).data["info"]["title"]


OTHERS = {
    "a null character": (a_thing('{description: "a\\0"}'), "/components/schemas/Thing/description", "null character"),
    "the name of a type": (
        a_thing("{}", "    literal: {type: object, properties: {a: {}}}\n"),
        "/components/schemas/literal",
        "literal cannot be the name of a class.",
    ),
    "a name that no class can have": (
        a_thing("{}", "    1st: {type: object, properties: {a: {}}}\n"),
        "/components/schemas/1st",
        "1st cannot be the name of a class.",
    ),
    "a relative server": (
        "servers: [{url: /v1}]\n" + GET % ("", DONE),
        "/servers/0/url",
        "not a URL that calls",
    ),
    "a server with a gap": (
        "servers: [{url: 'https://{a}.io'}]\n" + GET % ("", DONE),
        "/servers/0/url",
        "not a URL that calls",
    ),
    "a webhook without an object": (
        GET % ("", DONE)
        + "webhooks: {made: {post: {requestBody: {content: {application/json: {schema: {type: string}}}}}}}\n",
        "/webhooks/made/post/requestBody/content/application~1json/schema",
        "The body of a webhook must be an object.",
    ),
    **{
        f"the call {name}": (
            (GET % ("", DONE)).replace("a.get", name),
            "/paths/~1a/get/operationId",
            f"{name} cannot be the name of a call.",
        )
        for name in ("things.class", "2fa.get", "a..b", "things.resource", "things.views", "root.get")
    },
}


@pytest.mark.parametrize("case", OTHERS.values(), ids=OTHERS)
def test_impossible_names_and_places_are_refused(written: Callable[[str], Path], case: tuple[str, str, str]) -> None:
    """What Python or HTTP has no form for is refused at its place."""
    document, pointer, reason = case
    path = written(document)
    if document.startswith("servers"):
        path.write_text(path.read_text("utf-8").replace("servers: [{url: https://api.imagekit.io}]\n", "", 1), "utf-8")
    with pytest.raises(DocumentError) as caught:
        load(path)

    (problem,) = caught.value.problems
    assert pointer == problem.pointer
    assert reason in problem.reason


def test_what_the_parser_does_not_allow_has_a_place(written: Callable[[str], Path], tmp_path: Path) -> None:
    """Values that only the parser's model of OpenAPI refuses are listed with their pointers."""
    path = written(a_thing("{type: string, maxLength: -1}") + "tags: [{description: A.}]\n")
    with pytest.raises(DocumentError) as caught:
        generate(load(path), path, tmp_path / "out")

    found = {problem.pointer: problem.reason for problem in caught.value.problems}
    assert {"/tags/0", "/components/schemas/Thing/maxLength"} == found.keys()


def test_imported_names_are_complete() -> None:
    """Each class that a template imports is among the names that no component can have."""
    folder = Path(__file__).parents[2] / "openapi" / "templates"
    texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*.jinja")]
    lines = [
        line
        for text in texts
        for line in re.findall(r"^from (?:typing|collections\.abc|.*_(?:model|runtime)) import (.*)", text, re.M)
    ]
    names = {name for line in lines for name in re.findall(r"\b[A-Z][a-z]\w*", line)}

    assert [] == sorted(name for name in names - IMPORTED if not name.endswith("View"))


def test_unquoted_version(tmp_path: Path) -> None:
    """A version that YAML reads as a number is refused."""
    path = tmp_path / "document.yaml"
    path.write_text("openapi: 3.1\npaths: {}\n", encoding="utf-8")

    with pytest.raises(DocumentError, match=r"not an OpenAPI 3\.0 or 3\.1 document"):
        load(path)


def test_fields_beside_a_reference(package: Callable[[str], Any]) -> None:
    """What stands beside a reference is not lost."""
    beside = "{properties: {part: {$ref: '#/components/schemas/Base', properties: {b: {type: string}}}}}"
    api = package(a_thing(beside, "    Base: {properties: {a: {type: string}}}\n"))
    thing = api.module("models").Thing.from_dict({"part": {"a": "1", "b": "2"}})

    assert ("1", "2") == (thing.part.a, thing.part.b)


def test_names_of_headers_have_no_case(written: Callable[[str], Path]) -> None:
    """A rate limit is reported by its header, however that is written (RFC 9110, 5.1)."""
    response = "{description: Done., headers: {x-ratelimit-limit: {schema: {type: integer}}}}"

    assert load(written((GET % ("", response)).replace(" x-paced: false,", "")))
