"""
What other documents than ours have and the generator takes: each part in a small document of its own, whose package is
used. The table in `docs/how-to/generator.md` has a row for each.
"""

from __future__ import annotations

import importlib
import inspect
import re
import subprocess
import sys
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import anyio
import attrs
import httpx
import pytest

from imagekit_async import ImageKit, MissingFieldError

ID = "{name: id, in: path, required: true, schema: {type: string}}"
STRING = "schema: {type: string}"


def returning(schema: str) -> str:
    """
    Return a success with a schema in flow style.
    """
    return f"'200': {{description: Done., content: {{application/json: {{schema: {schema}}}}}}}"


def things(keys: str = "", *, method: str = "get", parameters: str = "", schema: str = "{}", rest: str = "") -> str:
    """
    Return a document with the operation `things.get`.

    Args:
        keys: Further keys of the operation.
        method: Its method.
        parameters: Its parameters after `id`, a line each.
        schema: The schema of its success, in flow style.
        rest: What stands beside `paths`.
    """
    listed = "\n".join(f"  - {line}" for line in [ID, *dedent(parameters).split("\n")] if line)
    operation = f"""operationId: things.get
x-paced: false
{dedent(keys).strip() or "x-idempotent: true"}
parameters:
{listed}
responses:
  {returning(schema)}
"""
    return f"paths:\n  /things/{{id}}:\n    {method}:\n{indent(operation, ' ' * 6)}{dedent(rest)}"


Use = Callable[[Any], Awaitable[None]]


@attrs.frozen
class Case:
    """
    A part of a document, and what is done with its package.
    """

    title: str
    document: str
    use: Use


CASES: list[Case] = []


def case(title: str, document: str) -> Callable[[Use], Use]:
    """
    Register a document with what is done with its package.
    """

    def register(use: Use) -> Use:
        CASES.append(Case(title, document, use))
        return use

    return register


@case("`in: header`", things(parameters="{name: X-Trace, in: header, required: true, schema: {type: integer}}"))
async def _header_parameters(api: Any) -> None:
    await api.root.things.get("a", x_trace=7)

    assert "7" == api.requests[0].headers["x-trace"]
    with pytest.raises(TypeError, match="x_trace"):
        await api.root.things.get("a", x_trace=None)


PATH = """
    parameters: [{name: size, in: query, schema: {type: integer}}, {name: page, in: query, schema: {type: integer}}]
    servers: [{url: https://eu.imagekit.io}]
    get:
"""


@case(
    "`parameters` and `servers` of a path",
    things(parameters="{name: size, in: query, schema: {type: string}}").replace("\n    get:\n", PATH),
)
async def _keys_of_paths(api: Any) -> None:
    await api.root.things.get("a", size="large", page=2)

    assert "https://eu.imagekit.io/things/a?page=2&size=large" == str(api.requests[0].url)


@case("`x-paced`", things().replace("x-paced: false", "x-paced: true"))
async def _pacing(api: Any) -> None:
    assert api.module("api.things.get").OPERATION.paced


@case("`deprecated` of an operation", things("deprecated: true"))
async def _deprecated_operation(api: Any) -> None:
    tree = api.root
    views = api.module("api.root.views")
    with_response = views.ResourcesWithResponse(tree._session).things
    with ImageKit("private_key", transport=api.transport) as client:
        blocking = views.ResourcesSync(client._session).things
        with warnings.catch_warnings(record=True, action="always") as found:
            await tree.things.get("a")
            await with_response.get("a")
            await anyio.to_thread.run_sync(lambda: blocking.get("a"))

    expected = (DeprecationWarning, "things.get is deprecated", __file__)
    assert [expected] * 3 == [(warning.category, str(warning.message), warning.filename) for warning in found]
    assert "things.get is deprecated" == type(tree.things).get.__deprecated__


@case(
    "`deprecated` of a parameter or field",
    things(
        parameters="{name: old, in: query, deprecated: true, description: Use new., schema: {type: string}}",
        schema="{type: object, properties: {was: {type: string, deprecated: true}}}",
    ),
)
async def _deprecated_parts(api: Any) -> None:
    assert "old: Deprecated. Use new." in inspect.getdoc(api.root.things.get)
    assert "was: Deprecated." in api.module("models").ThingsGetResponse.__doc__


@case("`text/...` responses", things(schema="{type: string}").replace("application/json", "text/plain"))
async def _text_response(api: Any) -> None:
    api.reply(httpx.Response(200, text="plain"))

    assert "plain" == await api.root.things.get("a")
    assert "text/plain" == api.requests[0].headers["accept"]


@case(
    "`application/octet-stream` responses",
    things(schema="{type: string}").replace("application/json", "application/octet-stream"),
)
async def _bytes_response(api: Any) -> None:
    api.reply(httpx.Response(200, content=b"\0\1"))

    assert b"\0\1" == await api.root.things.get("a")
    assert "application/octet-stream" == api.requests[0].headers["accept"]


LIMITED = """
    {name: size, in: query, schema: {type: number, minimum: 0, exclusiveMinimum: true, exclusiveMaximum: 9}}
    {name: names, in: query, explode: false, schema: {type: array, items: {type: string, pattern: '^[a-z]+$'}}}
    {name: key, in: query, schema: {type: string, format: password, pattern: '^k'}}
    {name: word, in: query, schema: {type: string, pattern: '^\\p{L}+$'}}
"""


@case(
    "Limits of arguments: `minimum`, `maxLength`, `maxItems`, `pattern` and the like",
    things(parameters=LIMITED).replace(ID, ID.replace("type: string", "type: string, maxLength: 3")),
)
async def _limits(api: Any) -> None:
    await api.root.things.get("abc", size=8, names=["a"], key="k", word="1")

    for arguments, message in (
        ({"id": "abcd"}, "id must have at most 3 characters, got 4"),
        ({"size": -1}, "size must be at least 0, got -1"),
        ({"size": 9}, "size must be less than 9, got 9"),
        ({"names": ["a", "B"]}, "names[1] must match the regular expression ^[a-z]+$, got 'B'"),
        ({"key": "secret"}, "key must match the regular expression ^k"),
    ):
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            await api.root.things.get(**{"id": "a", **arguments})
    assert 1 == len(api.requests)


@case(
    "An argument called as an option of every call, or as a Python keyword",
    things(parameters="\n".join(f"{{name: {name}, in: query, {STRING}}}" for name in ("timeout", "self", "class"))),
)
async def _reserved_arguments(api: Any) -> None:
    await api.root.things.get("a", timeout_="1", self_="2", class_="3", timeout=5)

    assert ["timeout=1&self=2&class=3"] == api.queries


@case(
    "A field called as an attribute of every model, or as a type",
    things(
        schema="{type: object, properties: {to_dict: {type: string}, str: {type: string}, datetime: {type: string}}}"
    ),
)
async def _reserved_fields(api: Any) -> None:
    api.reply({"to_dict": "a", "str": "b", "datetime": "c"})
    value = await api.root.things.get("a")

    assert ("a", "b", "c") == (value.to_dict_, value.str_, value.datetime_)


@case(
    "A body field called as a parameter",
    things(
        "requestBody: {content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}",
        method="put",
    ),
)
async def _body_field_like_parameter(api: Any) -> None:
    await api.root.things.get("a", id_body="b")

    assert ("/things/a", {"id": "b"}) == (api.requests[0].url.path, api.sent)


@case(
    "`x-python-name`",
    things(
        parameters=f"""
            {{name: aiTags, in: query, {STRING}}}
            {{name: AITags, in: query, x-python-name: all_tags, {STRING}}}
        """.strip(),
        schema="{type: object, properties: {a: {type: string, x-python-name: first}}}",
    ).replace("  -             ", "  - "),
)
async def _own_names(api: Any) -> None:
    api.reply({"a": "x"})
    value = await api.root.things.get("a", ai_tags="1", all_tags="2")

    assert (["aiTags=1&AITags=2"], "x") == (api.queries, value.first)


@case(
    "Objects, lists and unions without a name",
    things(
        """
        requestBody:
          content:
            application/json:
              schema:
                type: object
                required: [owner]
                properties:
                  owner: {type: object, properties: {firstName: {type: string}}}
                  parts: {type: array, items: {type: object, properties: {code: {type: integer}}}}
        """,
        method="post",
        schema="{type: array, items: {type: object, properties: {meta: {type: object, properties: {a: {}}}}}}",
    ),
)
async def _inline_objects(api: Any) -> None:
    models = api.module("models")
    api.reply([{"meta": {"a": 1}}])
    (value,) = await api.root.things.get("a", owner={"first_name": "Ada"}, parts=[{"code": 1}])

    assert {"owner": {"firstName": "Ada"}, "parts": [{"code": 1}]} == api.sent
    assert isinstance(value, models.ThingsGetResponseItem)
    assert isinstance(value.meta, models.ThingsGetResponseItemMeta)
    assert {"ThingsGetRequestOwner", "ThingsGetRequestPartsItem"} <= {*models.__all__}


@case(
    "Objects as values of a map",
    things(schema="{type: object, additionalProperties: {type: object, properties: {a: {type: integer}}}}"),
)
async def _map_of_objects(api: Any) -> None:
    api.reply({"x": {"a": 1}})

    assert 1 == (await api.root.things.get("a"))["x"].a


@case(
    "A body that is a list or a map",
    things(
        "requestBody: {content: {application/json: {schema: {type: array, items: {type: integer}}}}}",
        method="post",
    ),
)
async def _list_body(api: Any) -> None:
    await api.root.things.get("a", body=[1, 2])

    assert [1, 2] == api.sent
    with pytest.raises(TypeError, match=r"body\[0\]"):
        await api.root.things.get("a", body=["a"])


@case(
    "`title`",
    things(
        schema="{$ref: '#/components/schemas/Thing'}",
        rest="""\
        components:
          schemas:
            Thing: {title: A thing, type: object, properties: {a: {title: An a, type: string, enum: [x, y]}}}
        """,
    ),
)
async def _titles(api: Any) -> None:
    assert ["Thing", "ThingA"] == sorted(api.module("models").__all__)


PETS = """\
components:
  schemas:
    Cat: {type: object, properties: {kind: {type: string, const: cat}, name: {type: string}}}
    Dog: {type: object, properties: {kind: {type: string, enum: [dog, puppy]}, name: {type: string}}}
"""
CAT, DOG = (f"{{$ref: '#/components/schemas/{name}'}}" for name in ("Cat", "Dog"))


async def check_pets(api: Any) -> None:
    """
    Check that variants are distinguished, and that one of an unknown kind is not lost.
    """
    kinds = ("cat", "dog", "puppy", "cow")
    api.reply(*({"kind": kind, "name": "x"} for kind in kinds))
    found = [await api.root.things.get("a") for _ in kinds]

    assert ["Cat", "Dog", "Dog", "UnknownModel"] == [type(value).__name__ for value in found]
    assert ["x"] * 4 == [value.name for value in found]


@case(
    "`discriminator` without `mapping`",
    things(schema=f"{{discriminator: {{propertyName: kind}}, anyOf: [{CAT}, {DOG}]}}", rest=PETS),
)
async def _discriminator(api: Any) -> None:
    await check_pets(api)


@case(
    "`oneOf` without `discriminator`, with a constant in each variant",
    things(schema=f"{{oneOf: [{CAT}, {DOG}]}}", rest=PETS),
)
async def _derived_discriminator(api: Any) -> None:
    await check_pets(api)


@case(
    "`oneOf` whose variants nothing distinguishes",
    things(schema=f"{{oneOf: [{CAT}, {DOG}]}}", rest=PETS.replace("type: string, const: cat", "type: string")),
)
async def _undecided_union(api: Any) -> None:
    api.reply({"kind": "cat", "name": "x"})
    value = await api.root.things.get("a")

    assert ("UnknownModel", "x") == (type(value).__name__, value.name)
    assert "UnknownModel" == inspect.signature(api.root.things.get).return_annotation


@case(
    "A union of objects, lists and plain values",
    things(
        schema=f"{{properties: {{a: {{oneOf: [{CAT}, {{type: array, items: {DOG}}}, {{type: string}}]}}}}}}",
        rest=PETS,
    ),
)
async def _mixed_union(api: Any) -> None:
    api.reply({"a": {"name": "x"}}, {"a": [{"name": "y"}]}, {"a": "z"})
    cat, dogs, text = [(await api.root.things.get("a")).a for _ in range(3)]

    assert ("Cat", "Dog", "z") == (type(cat).__name__, type(dogs[0]).__name__, text)


@case("`anyOf`, `oneOf` or `allOf` of one", things(schema=f"{{anyOf: [{{allOf: [{CAT}]}}]}}", rest=PETS))
async def _union_of_one(api: Any) -> None:
    assert "Cat" == type(await api.root.things.get("a")).__name__


@case(
    "`allOf` of a base and what narrows it",
    things(
        schema="{$ref: '#/components/schemas/Made'}",
        rest="""\
        components:
          schemas:
            Event: {type: object, required: [kind], properties: {kind: {type: string}, size: {enum: [s, m]}}}
            Made:
              allOf:
                - $ref: '#/components/schemas/Event'
                - {type: object, required: [at], properties: {kind: {const: made}, at: {type: string, format: date}}}
        """,
    ),
)
async def _narrowing(api: Any) -> None:
    models = api.module("models")

    assert "made" == models.Made(at=None, size="s").kind
    assert {"EventSize", "Event", "Made"} == {*models.__all__}


def nullable(fields: str) -> str:
    """
    Return a document with fields that can be null.
    """
    return things(
        schema="{$ref: '#/components/schemas/Thing'}",
        rest=f"""components:
  schemas:
    Part: {{type: object, properties: {{a: {{type: string}}}}}}
    Thing:
      type: object
      required: [text, list, part, size]
      properties:
{indent(dedent(fields), " " * 8)}""",
    )


async def check_nullable(api: Any) -> None:
    """
    Check types and values of fields that can be null.
    """
    api.reply({"text": None, "list": None, "part": {"a": "x"}, "size": "s"})
    value = await api.root.things.get("a")
    types = inspect.get_annotations(api.module("models").Thing)

    assert (None, None, "x", "s") == (value.text, value.list, value.part.a, value.size)
    assert {"builtins.list[str] | None", "str | None", "Part | None", "ThingSize | str | None"} <= {*types.values()}


@case(
    "`nullable: true` (OpenAPI 3.0)",
    nullable("""\
        text: {type: string, nullable: true}
        list: {type: array, nullable: true, items: {type: string}}
        part: {nullable: true, allOf: [{$ref: '#/components/schemas/Part'}]}
        size: {type: string, nullable: true, enum: [s, m, null]}
    """),
)
async def _nullable_30(api: Any) -> None:
    await check_nullable(api)


@case(
    "`type: [..., null]`, and unions with null (OpenAPI 3.1)",
    nullable("""\
        text: {type: [string, null]}
        list: {type: [array, 'null'], items: {type: string}}
        part: {anyOf: [{$ref: '#/components/schemas/Part'}, {type: 'null'}]}
        size: {type: [string, 'null'], enum: [s, m]}
    """),
)
async def _nullable_31(api: Any) -> None:
    await check_nullable(api)


@case(
    "`required` fields of a model",
    nullable("""\
        text: {type: string}
        list: {type: array, items: {type: string}}
        part: {$ref: '#/components/schemas/Part'}
        size: {type: [integer, 'null']}
    """),
)
async def _required_fields(api: Any) -> None:
    api.reply({"list": 7, "size": None})
    value = await api.root.things.get("a")
    types = inspect.get_annotations(api.module("models").Thing)

    assert ["str", "builtins.list[str]", "Part", "int | None"] == [*types.values()][:4]
    assert ({"list": 7, "size": None}, None) == (value.to_dict(), value.size)
    for name in ("text", "list", "part"):
        with pytest.raises(MissingFieldError, match=f"^Thing.{name} is missing"):
            getattr(value, name)


@case(
    "`x-python-class` of a schema",
    things(
        schema="{$ref: '#/components/schemas/Stored'}",
        rest="""\
        components:
          schemas:
            Stored: {type: object, required: [url], properties: {url: {type: string}, message: {type: string}}}
            Queued:
              type: object
              x-python-class: Stored
              required: [message]
              properties: {message: {type: string}}
        """,
    ).replace(
        "      responses:\n",
        "      responses:\n        '202': {description: Queued., content: {application/json: "
        "{schema: {$ref: '#/components/schemas/Queued'}}}}\n",
    ),
)
async def _read_as(api: Any) -> None:
    api.reply(httpx.Response(202, json={"message": "Wait."}))
    value = await api.root.things.get("a")

    assert (api.module("models").Stored, "Wait.") == (type(value), value.message)
    assert "Queued" not in api.module("models").__all__


@case(
    "Objects in arguments",
    things(
        """\
        requestBody:
          content:
            application/json:
              schema:
                type: object
                properties:
                  part: {$ref: '#/components/schemas/Part'}
                  pets:
                    type: array
                    items: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
                  open: {type: object, additionalProperties: true, properties: {a: {type: string}}}
        """,
        method="put",
        rest="""\
        components:
          schemas:
            Part:
              type: object
              required: [isNew]
              properties: {isNew: {type: boolean}, part: {$ref: '#/components/schemas/Part'}}
            Cat: {type: object, required: [petType], properties: {petType: {const: cat}, lives: {type: integer}}}
            Dog: {type: object, required: [petType], properties: {petType: {const: dog}}}
        """,
    ),
)
async def _argument_objects(api: Any) -> None:
    models, call = api.module("models"), api.root.things.get
    await call("a", part={"is_new": True, "part": {"isNew": False}}, pets=[{"pet_type": "cat", "lives": 9}])
    sent = api.sent
    await call("a", pets=[models.Dog(), {"petType": "hamster", "wheel": 1}], open={"b": 1})

    assert {"part": {"isNew": True, "part": {"isNew": False}}, "pets": [{"petType": "cat", "lives": 9}]} == sent
    assert {"pets": [{"petType": "dog"}, {"petType": "hamster", "wheel": 1}], "open": {"b": 1}} == api.sent
    assert "Required[bool]" == inspect.get_annotations(models.PartDict)["is_new"].__forward_arg__
    for argument, place in (
        ({"part": {"is_new": True, "part": {"iz_new": True}}}, "part['part'] has no key 'iz_new'; accepted are is_new"),
        ({"pets": [{"pet_type": "cat", "live": 9}]}, "pets[0] has no key 'live'; accepted are pet_type, lives"),
        ({"pets": [{"lives": 9}]}, "pets[0] must have the key 'pet_type', one of 'cat', 'dog'; got the keys 'lives'"),
    ):
        with pytest.raises(TypeError, match=f"^{re.escape(place)}"):
            await call("a", **argument)
    assert 2 == len(api.requests)


@case(
    "`readOnly` and `writeOnly`",
    things(
        "requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}",
        method="put",
        schema="{$ref: '#/components/schemas/User'}",
        rest="""\
        components:
          schemas:
            User:
              type: object
              required: [id, password]
              properties:
                id: {type: string, readOnly: true}
                password: {type: string, writeOnly: true}
                friend: {$ref: '#/components/schemas/User'}
        """,
    ),
)
async def _read_only(api: Any) -> None:
    api.reply({"id": "u1"})
    user = await api.root.things.get("a", password="secret", friend={"password": "x"})

    assert ("u1", None) == (user.id, user.password)
    assert {"password", "friend"} == {*inspect.get_annotations(api.module("models").UserDict)}
    with pytest.raises(TypeError, match="id_body"):
        await api.root.things.get("a", password="secret", id_body="u1")


LIST = "data: {type: array, items: {type: integer}}"


@case(
    "`x-pagination` of `cursor`, `next` and `items`",
    things(
        "x-pagination: {cursor: after, next: nextCursor, items: data, size: limit}",
        parameters=f"{{name: after, in: query, {STRING}}}\n{{name: limit, in: query, schema: {{type: integer}}}}",
        schema=f"{{type: object, properties: {{{LIST}, nextCursor: {{type: [string, 'null']}}}}}}",
    ),
)
async def _cursor_pages(api: Any) -> None:
    pages = [{"data": [1, 2], "nextCursor": "n"}, {"data": [3], "nextCursor": None}]
    api.reply(*pages, *pages)
    items = [item async for item in api.root.things.iterate("a", page_size=2)]
    some = [item async for item in api.root.things.iterate("a", limit=1)]

    assert ([1, 2, 3], [1]) == (items, some)
    assert ["limit=2", "after=n&limit=2", ""] == api.queries
    with pytest.raises(ValueError, match="extra_query must not contain after"):
        api.root.things.iterate("a", extra_query={"after": "x"})


@case(
    "`x-pagination` of `offset`, `items` and `total`",
    things(
        "x-pagination: {offset: skip, items: data, total: count}",
        parameters="{name: skip, in: query, schema: {type: integer}}",
        schema=f"{{type: object, properties: {{{LIST}, count: {{type: integer}}}}}}",
    ),
)
async def _counted_pages(api: Any) -> None:
    api.reply({"data": [1, 2], "count": 3}, {"data": [3], "count": 3}, {"data": []})
    items = [item async for item in api.root.things.iterate("a")]
    views = api.module("api.root.views")
    with ImageKit("private_key", transport=api.transport) as client:
        blocking = views.ResourcesSync(client._session).things
        none = await anyio.to_thread.run_sync(lambda: [*blocking.iterate("a")])

    assert ([1, 2, 3], []) == (items, none)
    assert ["", "skip=2", ""] == api.queries
    assert "Iterator[int]" == inspect.signature(type(blocking).iterate).return_annotation


@case(
    "`webhooks` without a schema `WebhookEvent`",
    things(
        rest="""\
        webhooks:
          made: {post: {requestBody: {content: {application/json: {schema: {properties: {kind: {const: made}}}}}}}}
          gone: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Gone'}}}}}}
        components: {schemas: {Gone: {type: object, properties: {kind: {const: gone}}}}}
        """
    ),
)
async def _webhooks(api: Any) -> None:
    event = api.module("webhooks").EVENT
    found = [type(event.decode({"kind": kind})).__name__ for kind in ("made", "gone", "other")]

    assert ["MadeEvent", "Gone", "UnknownModel"] == found


@case(
    "References to parameters, bodies and responses, and from one schema to another",
    """\
paths:
  /things:
    post:
      operationId: things.create
      x-paced: false
      parameters: [{$ref: '#/components/parameters/Size'}]
      requestBody: {$ref: '#/components/requestBodies/Thing'}
      responses: {2XX: {$ref: '#/components/responses/Thing'}}
components:
  parameters: {Size: {name: size, in: query, schema: {type: integer}}}
  requestBodies: {Thing: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}}
  responses: {Thing: {description: Done., content: {application/json: {schema: {$ref: '#/components/schemas/Alias'}}}}}
  schemas:
    Alias: {$ref: '#/components/schemas/Thing'}
    Thing: {type: object, properties: {a: {type: string}}}
""",
)
async def _references(api: Any) -> None:
    api.reply({"a": "x"})
    value = await api.root.things.create(size=1, a="y")

    assert ("Thing", "x") == (type(value).__name__, value.a)
    assert (["size=1"], {"a": "y"}) == (api.queries, api.sent)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_package(package: Callable[[str], Any], case: Case) -> None:
    """What a document has is generated and can be used."""
    anyio.run(case.use, package(case.document))


def test_packages_are_typed(package: Callable[[str], Any], tmp_path: Path) -> None:
    """All packages pass mypy --strict."""
    names = [package(case.document).module("api").__package__.partition(".")[0] for case in CASES]
    folder = Path(importlib.import_module(names[0]).__path__[0]).parent
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", tmp_path, *names]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stdout


def test_table(table: dict[str, str]) -> None:
    """The table of the documentation lists what is generated."""
    listed = [part for part, effect in table.items() if not effect.startswith("Refused")]

    assert [case.title for case in CASES] == listed
