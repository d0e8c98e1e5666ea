"""
Documents that describe the same API differ in nothing, however they are written.
"""

from __future__ import annotations

import pytest

from openapi.drift.document import SourceDocument
from openapi.drift.operations import compared

#: Two ways to state one schema.
SAME = {
    "null in both versions": ("{type: string, nullable: true}", "{type: [string, 'null']}"),
    "unquoted null": ("{type: [string, null]}", "{type: [string, 'null']}"),
    "null in a union": ("{anyOf: [{type: string}, {type: 'null'}]}", "{type: [string, 'null']}"),
    "constant": ("{type: string, enum: [a]}", "{const: a}"),
    "union of types": ("{oneOf: [{type: string}, {type: number}]}", "{type: [number, string]}"),
    "union of one": ("{anyOf: [{type: string, maxLength: 3}]}", "{type: string, maxLength: 3}"),
    "order of a union": (
        "{oneOf: [{type: array, items: {type: string}}, {type: array, items: {type: number}}]}",
        "{oneOf: [{type: array, items: {type: number}}, {type: array, items: {type: string}}]}",
    ),
    "nested union": (
        "{oneOf: [{type: string}, {oneOf: [{type: number}, {type: boolean}]}]}",
        "{oneOf: [{type: boolean}, {type: string}, {type: number}]}",
    ),
    "parts of one object": (
        "{allOf: [{type: object, required: [a], properties: {a: {}}}, {properties: {b: {type: string}}}]}",
        "{type: object, required: [a], properties: {b: {type: string}, a: {}}}",
    ),
    "narrowing part": (
        "{allOf: [{properties: {t: {type: string}}}, {properties: {t: {const: x}}}]}",
        "{properties: {t: {type: string, enum: [x]}}}",
    ),
    "limits that both hold": ("{allOf: [{type: integer, minimum: 1}, {minimum: 3}]}", "{type: integer, minimum: 3}"),
    "exclusive limit in both versions": (
        "{type: integer, minimum: 3, exclusiveMinimum: true}",
        "{type: integer, exclusiveMinimum: 3}",
    ),
    "binary in both versions": (
        "{type: string, format: binary}",
        "{type: string, contentMediaType: application/octet-stream}",
    ),
    "base64 in both versions": ("{type: string, format: byte}", "{type: string, contentEncoding: base64}"),
    "limits that hold anyway": (
        "{type: object, properties: {}, additionalProperties: true}",
        "{type: object}",
    ),
    "minimum of nothing": ("{type: array, minItems: 0, uniqueItems: false}", "{type: array}"),
    "object without a type": ("{properties: {a: {type: string}}}", "{type: object, properties: {a: {type: string}}}"),
    "mapping": (
        """
        oneOf: [{properties: {t: {const: a}, x: {}}}, {properties: {t: {const: b}, y: {}}}]
        discriminator: {propertyName: t}
        """,
        """
        oneOf: [{properties: {t: {const: b}, y: {}}}, {properties: {t: {const: a}, x: {}}}]
        discriminator: {propertyName: t, mapping: {}}
        """,
    ),
    "schema that is true": ("{type: object, properties: {a: true}}", "{type: object, properties: {a: {}}}"),
    "what no client notices": ("{type: string, example: a, x-internal: true}", "{type: string}"),
    "line breaks in prose": ('{type: string, description: "One\\n line."}', "{type: string, description: One line.}"),
}


@pytest.mark.parametrize(("before", "after"), SAME.values(), ids=SAME)
def test_schemas_that_allow_the_same_values(sent, before, after):
    """A schema is compared by the values that it allows."""
    assert [] == sent(before, after)
    assert [] == sent(after, before)


INLINE = """
paths:
  /a/{id}:
    get:
      servers: [{url: 'https://a.example.com/'}]
      security: [{basic: []}]
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: q, in: query, style: form, explode: true, schema: {type: array, items: {type: string}}}
        - {name: Authorization, in: header}
      responses:
        '200':
          headers: {X-Count: {schema: {type: integer}}}
          content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}
components: {securitySchemes: {basic: {type: http, scheme: basic}}}
"""
SHARED = """
servers: [{url: 'https://{name}.example.com', variables: {name: {default: a}}}]
security: [{key: []}]
paths:
  /a/{fileId}:
    parameters:
      - {$ref: '#/components/parameters/Id'}
    get:
      operationId: other
      parameters:
        - {name: q, in: query, schema: {type: array, items: {type: string}}}
      responses:
        200: {$ref: '#/components/responses/Ok'}
components:
  parameters: {Id: {name: fileId, in: path, required: true, schema: {type: string}}}
  headers: {Count: {schema: {type: integer}}}
  responses:
    Ok:
      headers: {x-count: {$ref: '#/components/headers/Count'}}
      content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}
  schemas: {A: {type: object, properties: {a: {$ref: '#/components/schemas/Text'}}}, Text: {type: string}}
  securitySchemes: {key: {type: http, scheme: basic}}
"""


def test_shared_and_inline_parts(tmp_path):
    """References, parts at path level, names of components and of path parameters make no difference."""
    paths = []
    for name, text in (("inline", INLINE), ("shared", SHARED)):
        paths.append(tmp_path / f"{name}.yaml")
        paths[-1].write_text("openapi: 3.1.0\n" + text, encoding="utf-8")
    documents = [SourceDocument.read(str(path)) for path in paths]

    assert [] == compared(documents[0], documents[1])
    assert [] == compared(documents[1], documents[0])


def test_recursive_schemas_end(differences):
    """A schema that holds itself is compared once."""
    text = """
    components:
      schemas:
        Node: {type: object, properties: {value: {type: %s}, next: {$ref: '#/components/schemas/Node'}}}
    paths: {/a: {get: {responses: {'200': {content: {a/b: {schema: {$ref: '#/components/schemas/Node'}}}}}}}}
    """

    assert [] == differences(text % "string", text % "string")
    assert ["value"] == [each.field for each in differences(text % "string", text % "boolean")]


def test_variants_are_matched_by_their_tag(received):
    """A field of one variant is reported there, whatever the order; a new variant is reported as a whole."""
    before = "{oneOf: [{properties: {type: {const: a}, x: {}}}, {properties: {type: {const: b}, y: {}}}]}"
    moved = "{oneOf: [{properties: {type: {const: b}, y: {}, z: {}}}, {properties: {type: {const: a}, x: {}}}]}"
    third = before[:-2] + ", {properties: {type: {const: c}, x: {}}}]}"

    assert [("addition", "<b>.z", "field")] == received(before, moved)
    assert [("breaking", "", "type")] == received(before, third)


def test_new_members_are_reported_without_what_they_hold(sent):
    """A new field with fields of its own is one difference."""
    after = "{type: object, properties: {a: {type: object, required: [b], properties: {b: {maxLength: 3}}}}}"

    assert [("addition", "a", "field")] == sent("{type: object}", after)
