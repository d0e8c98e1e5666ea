"""
What the generator refuses: each part in a small document of its own. The table in
`docs/how-to/generator.md` has a row for each.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent, indent

import attrs
import pytest

pytest.importorskip("openapi_python_client")
from openapi.generator.generation import generate, load
from openapi.generator.keys import KINDS
from openapi.generator.problems import DocumentError, report

ROOT = Path(__file__).parents[2]
OPERATION = "/paths/~1things~1{id}/get"
JSON = "'200': {description: Done., content: {application/json: {schema: {type: object}}}}"


def things(keys: str = "x-idempotent: true", *, parameters: str = "", responses: str = JSON, rest: str = "") -> str:
    """
    Return a document with the operation `things.get`.

    Args:
        keys: Further keys of the operation.
        parameters: Its parameters after `id`.
        responses: Its responses.
        rest: What stands beside `paths`.
    """
    operation = f"""operationId: things.get
x-paced: false
{dedent(keys)}
parameters:
  - {{name: id, in: path, required: true, schema: {{type: string}}}}
{indent(dedent(parameters), "  ")}
responses:
{indent(dedent(responses), "  ")}
"""
    return f"paths:\n  /things/{{id}}:\n    get:\n{indent(operation, ' ' * 6)}{dedent(rest)}"


def thing(schema: str) -> str:
    """
    Return a document with a component `Thing`.
    """
    return things(rest=f"components:\n  schemas:\n    Thing:\n{indent(dedent(schema), ' ' * 6)}")


def form(encoding: str) -> str:
    """
    Return a document with a form whose field `a` has an encoding.
    """
    schema = "{properties: {a: {type: string}, file: {type: string, format: binary}}}"
    media = f"multipart/form-data: {{schema: {schema}, encoding: {{a: {{{encoding}}}}}}}  # <-"
    return things(f"requestBody:\n  content:\n    {media}")


def waiting(extension: str) -> str:
    """
    Return a document with an operation to wait for.
    """
    schema = "{type: object, properties: {status: {type: string, enum: [pending, ready]}}}"
    success = f"'200': {{description: Done., content: {{application/json: {{schema: {schema}}}}}}}"
    return things(f"x-wait: {extension}  # <-", responses=success)


@attrs.frozen
class Case:
    """
    A part of a document that is refused; its line ends with the mark `# <-`.
    """

    title: str
    pointer: str
    reason: str
    document: str


CASES = [
    Case(
        "`in: cookie`",
        f"{OPERATION}/parameters/1/in",
        "Cookies are not sent.",
        things(parameters="- {name: session, in: cookie, schema: {type: string}}  # <-"),
    ),
    Case(
        "A header that is set for every call",
        f"{OPERATION}/parameters/1/name",
        "The header Accept is set for every call.",
        things(parameters="- {name: Accept, in: header, schema: {type: string}}  # <-"),
    ),
    Case(
        "A path parameter that is not text",
        f"{OPERATION}/parameters/0/schema",
        "A path parameter must be text.",
        things().replace("schema: {type: string}}", "schema: {type: integer}}  # <-"),
    ),
    Case(
        "A list in a query without `explode: false`",
        f"{OPERATION}/parameters/1",
        "A list is sent as one text, separated by commas.",
        things(parameters="- {name: tags, in: query, schema: {type: array, items: {type: string}}}  # <-"),
    ),
    Case(
        "An object as a parameter",
        f"{OPERATION}/parameters/1/schema",
        "An object has no text that all servers read.",
        things(parameters="- {name: filter, in: query, schema: {type: object}}  # <-"),
    ),
    Case(
        "A parameter with `content`",
        f"{OPERATION}/parameters/1",
        "The parameter has no `schema`.",
        things(parameters="- {name: filter, in: query, content: {application/json: {schema: {}}}}  # <-"),
    ),
    Case(
        "Two arguments that become one name",
        f"{OPERATION}/parameters/2",
        "AITags and aiTags would both be the argument ai_tags.",
        things(
            parameters="""\
                - {name: aiTags, in: query, schema: {type: string}}
                - {name: AITags, in: query, schema: {type: string}}  # <-
            """
        ),
    ),
    Case(
        "Two fields of a model that become one name",
        "/components/schemas/Thing/properties/AITags",
        "AITags and aiTags would both be the attribute ai_tags.",
        thing("properties:\n  aiTags: {type: string}\n  AITags: {type: string}  # <-"),
    ),
    Case(
        "Two schemas that become one class",
        "/components/schemas/THing",
        "THing and t_hing would both be the class THing.",
        things(rest="components:\n  schemas:\n    t_hing: {type: string}\n    THing: {type: string}  # <-"),
    ),
    Case(
        "A schema called like the dict of another one",
        "/components/schemas/ThingDict",
        "ThingDict would be the class ThingDict, which types arguments that are a Thing.",
        things(
            rest="""\
            components:
              schemas:
                Thing: {type: object, properties: {a: {type: string}}}
                ThingDict: {type: object, properties: {a: {type: string}}}  # <-
            """
        ),
    ),
    Case(
        "An object without a name whose class is taken",
        "/components/schemas/Thing/properties/part",
        "This object would be called ThingPart, as is the component ThingPart.",
        thing("properties:\n  part: {properties: {a: {type: string}}}  # <-") + "\n    ThingPart: {type: string}",
    ),
    Case(
        "An operation without `operationId`",
        OPERATION,
        "The operation has no name.",
        things().replace("    get:", "    get:  # <-").replace("      operationId: things.get\n", ""),
    ),
    Case(
        "A method that hides a resource",
        f"{OPERATION}/operationId",
        "The method things.bulk would hide the resource of that name.",
        things().replace("things.get", "things.bulk  # <-")
        + "  /bulk: {get: {operationId: things.bulk.get, x-paced: false, responses: {'204': {description: Done.}}}}",
    ),
    Case(
        "Two methods of one name",
        "/paths/~1all/get/operationId",
        "There are two methods things.get.",
        things()
        + indent(
            "/all:\n  get:\n    operationId: Things.Get  # <-\n    x-paced: false\n    responses: {'204': {}}", "  "
        ),
    ),
    Case(
        "An operation that neither reports its rate limit nor has `x-paced`",
        f"{OPERATION}/responses",
        "No success or 429 has the header X-RateLimit-Limit, so the calls would not be paced.",
        things().replace("      x-paced: false\n", "").replace("responses:", "responses:  # <-"),
    ),
    Case(
        "Several servers, or a server with variables",
        f"{OPERATION}/servers/1",
        "A call is sent to one server with a fixed URL.",
        things("servers:\n  - url: https://eu.imagekit.io\n  - url: https://us.imagekit.io  # <-"),
    ),
    Case(
        "`security` other than the document's",
        f"{OPERATION}/security",
        "Calls are authorized by the private key as the document's `security` says, and in no other way.",
        things("security: [{token: []}]  # <-"),
    ),
    Case(
        "A document without a server",
        OPERATION,
        "No server is documented.",
        things().replace("    get:", "    get:  # <-").replace("paths:", "servers: []\npaths:"),
    ),
    Case("`callbacks`", f"{OPERATION}/callbacks", "Callbacks are not generated.", things("callbacks: {}  # <-")),
    Case(
        "A path that is a reference",
        "/paths/~1other/$ref",
        "A path that is a reference is not followed.",
        things() + "  /other:\n    $ref: '#/components/pathItems/Other'  # <-",
    ),
    Case(
        "A body of another media type, such as `application/x-www-form-urlencoded`",
        f"{OPERATION}/requestBody/content/application~1x-www-form-urlencoded",
        "A body is never sent as application/x-www-form-urlencoded.",
        things("requestBody:\n  content:\n    application/x-www-form-urlencoded: {schema: {type: object}}  # <-"),
    ),
    Case(
        "A second media type of a body",
        f"{OPERATION}/requestBody/content",
        "A body is sent as one media type, and this one has 2.",
        things(
            "requestBody:\n  content:  # <-\n    application/json: {schema: {}}\n    application/json: {schema: {}}"
        ).replace(
            "application/json: {schema: {}}\n",
            "multipart/form-data: {schema: {properties: {f: {format: binary}}}}\n",
            1,
        ),
    ),
    Case(
        "A form without a file, or with several",
        f"{OPERATION}/requestBody/content/multipart~1form-data",
        "A form sends one file, and this one has 0.",
        things("requestBody:\n  content:\n    multipart/form-data: {schema: {properties: {a: {type: string}}}}  # <-"),
    ),
    Case(
        "`format: binary` in JSON",
        f"{OPERATION}/requestBody/content/application~1json",
        "JSON cannot hold the bytes of a.",
        things("requestBody:\n  content:\n    application/json: {schema: {properties: {a: {format: binary}}}}  # <-"),
    ),
    Case(
        "A body without a schema",
        f"{OPERATION}/requestBody/content/application~1json",
        "The body has no schema.",
        things("requestBody:\n  content:\n    application/json: {}  # <-"),
    ),
    Case(
        "An operation without a success",
        f"{OPERATION}/responses",
        "No success is documented.",
        things(responses="'404': {description: No such thing.}").replace("responses:", "responses:  # <-"),
    ),
    Case(
        "A response of another media type",
        f"{OPERATION}/responses/200/content/image~1png",
        "A response of image/png is not read.",
        things(responses="'200':\n  description: Done.\n  content:\n    image/png: {schema: {type: string}}  # <-"),
    ),
    Case(
        "A second media type of a response",
        f"{OPERATION}/responses/200/content",
        "The SDK asks for one media type, and this response has 2.",
        things(
            responses="'200':\n  description: Done.\n  content: {application/json: {schema: {}}, text/plain: {}}  # <-"
        ),
    ),
    Case(
        "A response without a schema",
        f"{OPERATION}/responses/200/content/application~1json",
        "The response has no schema.",
        things(responses="'200':\n  description: Done.\n  content:\n    application/json: {}  # <-"),
    ),
    Case(
        "An `x-` key that nothing reads",
        f"{OPERATION}/x-idempotnt",
        "The generator does not know the key x-idempotnt.",
        things("x-idempotnt: true  # <-"),
    ),
    Case(
        "Other keys of `x-pagination`",
        f"{OPERATION}/x-pagination",
        "These keys do not say how to read the next page.",
        things("x-pagination: {page: id}  # <-"),
    ),
    Case(
        "`x-pagination` that names a parameter or field that does not exist",
        f"{OPERATION}/x-pagination/cursor",
        "The operation has no query parameter after.",
        things(
            "x-pagination:\n  cursor: after  # <-\n  next: next\n  items: items",
            responses=JSON.replace("type: object", "properties: {next: {}, items: {type: array, items: {}}}"),
        ),
    ),
    Case(
        "`x-pagination` with a parameter called as an argument of `iterate`",
        f"{OPERATION}/parameters/2",
        "limit would be the argument limit, which `iterate` has itself.",
        things(
            "x-pagination: {cursor: after, next: next, items: items}",
            parameters="""\
                - {name: after, in: query, schema: {type: string}}
                - {name: limit, in: query, schema: {type: string}}  # <-
            """,
            responses=JSON.replace("type: object", "properties: {next: {}, items: {type: array, items: {}}}"),
        ),
    ),
    Case(
        "Other keys of `x-wait`",
        f"{OPERATION}/x-wait",
        "These keys do not say when the work is done.",
        things("x-wait: {status: state}  # <-"),
    ),
    Case(
        "A webhook that `WebhookEvent` does not list",
        "/webhooks/gone/post",
        "This webhook is missing in the union WebhookEvent.",
        things(
            rest="""\
            webhooks:
              made: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}
              gone:
                post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/C'}}}}}  # <-
            components:
              schemas:
                A: {type: object, properties: {kind: {const: a}}}
                B: {type: object, properties: {kind: {const: b}}}
                C: {type: object, properties: {kind: {const: c}}}
                WebhookEvent: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
            """
        ),
    ),
    Case(
        "A reference that leads nowhere, or to another document",
        "/components/schemas/Thing/properties/a/$ref",
        "The reference other.yaml#/Thing leads to no schema.",
        thing("properties:\n  a:\n    $ref: other.yaml#/Thing  # <-"),
    ),
    Case(
        "`allOf` that gives a property two types",
        "/components/schemas/Thing/allOf/1/properties/a",
        "`allOf` gives this property two types, string and boolean.",
        thing("allOf:\n  - {properties: {a: {type: string}}}\n  - properties:\n      a: {type: boolean}  # <-"),
    ),
    Case(
        "A union inside `allOf`",
        "/components/schemas/Thing/allOf/1",
        "A union inside `allOf` cannot be merged with the other parts.",
        thing("allOf:\n  - {properties: {a: {type: string}}}\n  - {oneOf: [{type: string}, {type: object}]}  # <-"),
    ),
    Case(
        "`properties` beside a union",
        "/components/schemas/Thing/properties/a",
        "a beside a union is not a property of each variant.",
        thing("oneOf: [{type: string}, {type: integer}]\nproperties:\n  a: {type: string}  # <-"),
    ),
    Case(
        "`discriminator` without `oneOf`",
        "/components/schemas/Thing/discriminator",
        "A discriminator without `oneOf` lists no variants.",
        thing("properties: {a: {type: string}}\ndiscriminator: {propertyName: a}  # <-"),
    ),
    Case(
        "A `mapping` to what is not a variant",
        "/components/schemas/Thing/discriminator",
        "The mapping names #/components/schemas/C, which is not one of the variants.",
        thing(
            "oneOf: [{properties: {a: {const: x}}}, {properties: {a: {const: y}}}]\n"
            "discriminator: {propertyName: a, mapping: {z: '#/components/schemas/C'}}  # <-"
        ),
    ),
    Case(
        "A key that the generator does not know",
        "/components/schemas/Thing/exclusiveMinimun",
        "The generator does not know the key exclusiveMinimun.",
        thing("type: integer\nexclusiveMinimun: 1  # <-"),
    ),
    Case(
        "`prefixItems`",
        "/components/schemas/Thing/prefixItems",
        "The generator does not know the key prefixItems.",
        thing("type: array\nprefixItems: [{type: string}]  # <-"),
    ),
    Case(
        "`patternProperties`",
        "/components/schemas/Thing/patternProperties",
        "The generator does not know the key patternProperties.",
        thing("type: object\npatternProperties: {a: {type: string}}  # <-"),
    ),
    Case(
        "`if`, `then`, `else` and `dependentSchemas`",
        "/components/schemas/Thing/if",
        "The generator does not know the key if.",
        thing("type: object\nif: {required: [a]}  # <-"),
    ),
    Case(
        "`$defs`, `definitions`, `$id` and `$anchor`",
        "/components/schemas/Thing/$defs",
        "The generator does not know the key $defs.",
        thing("type: object\n$defs: {A: {type: string}}  # <-"),
    ),
    Case(
        "`$dynamicRef` and `$dynamicAnchor`",
        "/components/schemas/Thing/$dynamicRef",
        "The generator does not know the key $dynamicRef.",
        thing("$dynamicRef: '#thing'  # <-"),
    ),
    Case(
        "`allowReserved`",
        f"{OPERATION}/parameters/1/allowReserved",
        "The generator does not know the key allowReserved.",
        things(parameters="- {name: path, in: query, schema: {type: string}, allowReserved: true}  # <-"),
    ),
    Case(
        "`allowEmptyValue`",
        f"{OPERATION}/parameters/1/allowEmptyValue",
        "The generator does not know the key allowEmptyValue.",
        things(parameters="- {name: path, in: query, schema: {type: string}, allowEmptyValue: true}  # <-"),
    ),
    Case(
        "Another `style` of a parameter",
        f"{OPERATION}/parameters/1/style",
        "A value is sent as plain text.",
        things(parameters="- {name: path, in: query, style: pipeDelimited, schema: {type: string}}  # <-"),
    ),
    Case(
        "A field of a form as another media type than text or JSON",
        f"{OPERATION}/requestBody/content/multipart~1form-data/encoding/a/contentType",
        "A field is sent as text or as JSON.",
        form("contentType: text/xml"),
    ),
    Case(
        "A field of a form with `explode` or a `style`",
        f"{OPERATION}/requestBody/content/multipart~1form-data/encoding/a/explode",
        "A list is sent as one text, separated by commas.",
        form("explode: true"),
    ),
    Case(
        "A document that is not authorized by HTTP Basic",
        "/components/securitySchemes/token",
        "Calls are authorized with the private key as HTTP Basic, and token is something else.",
        things(
            rest="""\
            security: [{token: []}]
            components:
              securitySchemes:
                token: {type: http, scheme: bearer}  # <-
            """
        ),
    ),
    Case(
        "A flag that is neither true nor false",
        f"{OPERATION}/x-idempotent",
        "x-idempotent is 'yes', which is neither true nor false.",
        things("x-idempotent: 'yes'  # <-"),
    ),
    Case(
        "`x-python-name` that is not a name",
        f"{OPERATION}/parameters/1/x-python-name",
        "'ai-tags' cannot be the name of an argument or attribute.",
        things(parameters="- {name: AITags, in: query, x-python-name: ai-tags, schema: {type: string}}  # <-"),
    ),
    Case(
        "`x-python-name` that each call or model has",
        "/components/schemas/Thing/properties/a/x-python-name",
        "to_dict is a name that every call or model has.",
        thing("type: object\nproperties:\n  a: {type: string, x-python-name: to_dict}  # <-"),
    ),
    Case(
        "`x-wait` that names a field that does not exist",
        f"{OPERATION}/x-wait/status",
        "The response has no field state.",
        waiting("{status: state, done: [ready], failed: []}"),
    ),
    Case(
        "`x-wait` with a value that is not a list",
        f"{OPERATION}/x-wait/failed",
        "failed is not a list of texts.",
        waiting("{status: status, done: [ready], failed: broken}"),
    ),
    Case(
        "`x-wait` with a value that never comes",
        f"{OPERATION}/x-wait/done",
        "status never is one of ['steady'].",
        waiting("{status: status, done: [steady], failed: [broken]}"),
    ),
    Case(
        "`x-pagination` of `size` without a maximum",
        f"{OPERATION}/parameters/2/schema",
        "The largest page is not documented, which limit asks for.",
        things(
            "x-pagination: {offset: skip, size: limit, identity: [id]}",
            parameters="""\
            - {name: skip, in: query, schema: {type: integer}}
            - {name: limit, in: query, schema: {type: integer}}  # <-
            """,
            responses="'200': {description: Done., content: {application/json: {schema: {type: array}}}}",
        ),
    ),
    Case(
        "`x-python-class` of a schema that does not have all its fields",
        "/components/schemas/Thing/x-python-class",
        "The schema Other has no field a.",
        thing("x-python-class: Other  # <-\nproperties: {a: {type: string}}"),
    ),
    Case(
        "`enum` of other values than texts or integers",
        "/components/schemas/Thing/enum",
        "An enum must list only texts or only integers.",
        thing("enum: [a, 1]  # <-"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_refused(written: Callable[[str], Path], table: dict[str, str], case: Case) -> None:
    """What cannot be generated is refused with its pointer, its line, the reason and what to write instead."""
    path = written(case.document)
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text.endswith("# <-"))
    with pytest.raises(DocumentError) as caught:
        load(path)

    (problem,) = caught.value.problems
    assert (case.pointer, case.reason) == (problem.pointer, problem.reason)
    assert f"document.yaml:{line}: {case.pointer}\n    {case.reason}\n    Instead: " in report([problem], path)
    assert f"Refused. Instead: {problem.instead}" == table[case.title]


def test_table(table: dict[str, str]) -> None:
    """The table of the documentation lists what is refused."""
    assert [case.title for case in CASES] == [part for part, effect in table.items() if effect.startswith("Refused")]


def test_ignored_keys_are_listed() -> None:
    """The documentation lists each key that has no effect."""
    page = (ROOT / "docs" / "how-to" / "generator.md").read_text(encoding="utf-8")
    listed = page.partition("## What has no effect")[2]
    ignored = {key for name, kind in KINDS.items() if name != "header" for key in kind.ignored}

    assert [] == sorted(key for key in ignored - {"summary", "description"} if f"`{key}`" not in listed)


def test_problems_are_listed_together(written: Callable[[str], Path], tmp_path: Path) -> None:
    """One run lists all problems in the order of their lines, and leaves the output as it was."""
    path = written(CASES[0].document.replace("x-idempotent", "x-idempotnt").replace("'200'", "'404'"))
    (tmp_path / "kept.py").write_text("KEPT = True\n", encoding="utf-8")
    command = [sys.executable, "-m", "openapi.generator", "--document", path, tmp_path]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = [line for line in done.stderr.splitlines() if line.startswith("document.yaml:")]

    assert 1 == done.returncode
    assert ["x-idempotnt", "in", "responses"] == [line.rpartition("/")[2] for line in found]
    assert done.stderr.endswith("3 problems; nothing was written.\n")
    assert ["kept.py"] == os.listdir(tmp_path)


def test_parser_errors_have_a_place(written: Callable[[str], Path], tmp_path: Path) -> None:
    """What only openapi-python-client refuses has a place, too, and leaves the output as it was."""
    path = written(things().replace("/things/{id}", "/things/{other}"))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "kept.py").write_text("KEPT = True\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="Path parameters do not match") as caught:
        generate(load(path), path, tmp_path / "out")

    assert ["/paths/~1things~1{other}/get"] == [problem.pointer for problem in caught.value.problems]
    assert ["out"] == os.listdir(tmp_path)
    assert ["kept.py"] == os.listdir(tmp_path / "out")


def test_other_formats_are_refused(tmp_path: Path) -> None:
    """A document of another format is refused."""
    path = tmp_path / "swagger.json"
    path.write_text(json.dumps({"swagger": "2.0"}), encoding="utf-8")

    with pytest.raises(DocumentError, match=r"not an OpenAPI 3\.0 or 3\.1 document"):
        load(path)


def test_names(written: Callable[[str], Path], tmp_path: Path) -> None:
    """A file gives operations their names and further keys, or leaves them out; it may not name others."""
    path = written(things().replace("things.get", "get-a-thing").replace("x-paced: false", "deprecated: false"))
    names = tmp_path / "names.yaml"
    names.write_text("get-a-thing: {operationId: things.get, x-paced: false}", encoding="utf-8")
    operation = load(path, names).data["paths"]["/things/{id}"]["get"]
    names.write_text("get-a-thing: null", encoding="utf-8")
    left_out = load(path, names).data["paths"]["/things/{id}"]
    names.write_text("other: null", encoding="utf-8")

    assert ("things.get", False) == (operation["operationId"], operation["x-paced"])
    assert {} == left_out
    with pytest.raises(DocumentError, match=r"names\.yaml names other, which is not an operation"):
        load(path, names)
