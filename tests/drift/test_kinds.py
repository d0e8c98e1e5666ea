"""
What each kind of difference means to a client, for what it sends and for what it receives.
"""

from __future__ import annotations

import pytest

B, A = "breaking", "addition"
FIELD = "{type: object, properties: {a: %s}}"
#: Name, schema before, schema after, kind if sent, kind if received, field, fact.
SCHEMAS = [
    ("tighter maximum", "{type: integer, maximum: 9}", "{type: integer, maximum: 8}", B, A, "", "maximum"),
    ("looser maximum", "{type: integer, maximum: 8}", "{type: integer, maximum: 9}", A, B, "", "maximum"),
    ("tighter minimum", "{type: integer, minimum: 1}", "{type: integer, minimum: 2}", B, A, "", "minimum"),
    ("new maxItems", "{type: array}", "{type: array, maxItems: 3}", B, A, "", "maxItems"),
    ("no minLength", "{type: string, minLength: 1}", "{type: string}", A, B, "", "minLength"),
    ("new pattern", "{type: string}", "{type: string, pattern: a}", B, A, "", "pattern"),
    ("other pattern", "{type: string, pattern: a}", "{type: string, pattern: b}", B, B, "", "pattern"),
    ("new format", "{type: integer}", "{type: integer, format: int64}", B, A, "", "format"),
    ("unique items", "{type: array}", "{type: array, uniqueItems: true}", B, A, "", "uniqueItems"),
    ("integer to number", "{type: integer}", "{type: number}", A, B, "", "type"),
    ("number to integer", "{type: number}", "{type: integer}", B, A, "", "type"),
    ("other type", "{type: string}", "{type: boolean}", B, B, "", "type"),
    ("another type", "{type: string}", "{type: [string, number]}", A, B, "", "type"),
    ("one type less", "{type: [string, number]}", "{type: string}", B, A, "", "type"),
    ("any type", "{type: string}", "{}", A, B, "", "type"),
    ("typed items", "{type: array}", "{type: array, items: {type: string, description: Text.}}", B, A, "[]", "type"),
    ("typed field", FIELD % "{}", FIELD % "{type: [string, 'null']}", B, A, "a", "type"),
    ("null allowed", "{type: string}", "{type: [string, 'null']}", A, B, "", "nullable"),
    ("null refused", "{type: [string, 'null']}", "{type: string}", B, A, "", "nullable"),
    ("new value", "{enum: [a]}", "{enum: [a, b]}", A, B, "", "enum"),
    ("value gone", "{enum: [a, b]}", "{enum: [a]}", B, A, "", "enum"),
    ("other constant", "{const: a}", "{const: b}", B, B, "", "enum"),
    ("listed values", "{type: string}", "{type: string, enum: [a]}", B, A, "", "enum"),
    ("new default", "{type: string}", "{type: string, default: a}", A, A, "", "default"),
    ("other default", "{type: boolean, default: false}", "{type: boolean, default: true}", B, B, "", "default"),
    ("no default", "{type: boolean, default: false}", "{type: boolean}", B, B, "", "default"),
    ("false is not zero", "{default: false}", "{default: 0}", B, B, "", "default"),
    ("deprecated", "{type: string}", "{type: string, deprecated: true}", A, A, "", "deprecated"),
    ("read only", FIELD % "{type: string}", FIELD % "{type: string, readOnly: true}", B, A, "a", "readOnly"),
    ("write only", FIELD % "{type: string}", FIELD % "{type: string, writeOnly: true}", A, B, "a", "writeOnly"),
    ("new field", "{type: object}", FIELD % "{}", A, A, "a", "field"),
    ("field gone", FIELD % "{}", "{type: object}", B, B, "a", "field"),
    ("new required field", "{type: object}", "{type: object, required: [a], properties: {a: {}}}", B, A, "a", "field"),
    ("required", FIELD % "{}", "{type: object, required: [a], properties: {a: {}}}", B, A, "a", "required"),
    ("optional", "{type: object, required: [a], properties: {a: {}}}", FIELD % "{}", A, B, "a", "required"),
    ("closed", "{type: object}", "{type: object, additionalProperties: false}", B, A, "", "further fields"),
    ("opened", "{type: object, unevaluatedProperties: false}", "{type: object}", A, B, "", "further fields"),
    ("not", "{}", "{not: {type: string}}", B, B, "", "not"),
]


@pytest.mark.parametrize(("before", "after", "kind", "_", "field", "fact"), [each[1:] for each in SCHEMAS])
def test_kind_of_what_is_sent(sent, before, after, kind, _, field, fact):
    """A narrower request, or another default, is breaking; a wider one is an addition."""
    assert [(kind, field, fact)] == sent(before, after)


@pytest.mark.parametrize(("before", "after", "_", "kind", "field", "fact"), [each[1:] for each in SCHEMAS])
def test_kind_of_what_is_received(received, before, after, _, kind, field, fact):
    """A wider response, or less in it, is breaking; a narrower one is an addition."""
    assert [(kind, field, fact)] == received(before, after)


CALL = "paths: {'/a/{id}': {get: {%s responses: {'200': {%s}}}}}"
#: Name, document before, document after, kind, fact.
CALLS = [
    ("operation", "paths: {/a: {}}", CALL % ("", ""), A, "operation"),
    ("operation gone", CALL % ("", ""), "paths: {'/a/{id}': {}}", B, "operation"),
    ("deprecated", CALL % ("", ""), CALL % ("deprecated: true,", ""), A, "deprecated"),
    ("parameter", CALL % ("", ""), CALL % ("parameters: [{name: p, in: query}],", ""), A, "parameter"),
    (
        "required parameter",
        CALL % ("", ""),
        CALL % ("parameters: [{name: p, in: query, required: true}],", ""),
        B,
        "parameter",
    ),
    (
        "parameter is required",
        CALL % ("parameters: [{name: p, in: query}],", ""),
        CALL % ("parameters: [{name: p, in: query, required: true}],", ""),
        B,
        "required",
    ),
    (
        "explode",
        CALL % ("parameters: [{name: p, in: query, schema: {type: array}}],", ""),
        CALL % ("parameters: [{name: p, in: query, explode: false, schema: {type: array}}],", ""),
        B,
        "explode",
    ),
    ("optional body", CALL % ("", ""), CALL % ("requestBody: {content: {}},", ""), A, "body"),
    ("required body", CALL % ("", ""), CALL % ("requestBody: {required: true, content: {}},", ""), B, "body"),
    ("error", CALL % ("", ""), CALL % ("", "}, '404': {"), A, "response"),
    ("success", CALL % ("", ""), CALL % ("", "}, '202': {"), B, "response"),
    ("header", CALL % ("", ""), CALL % ("", "headers: {X-A: {schema: {type: string}}}"), A, "header"),
    ("header gone", CALL % ("", "headers: {X-A: {}}"), CALL % ("", ""), B, "header"),
    ("media type", CALL % ("", ""), CALL % ("", "content: {text/plain: {}}"), B, "content"),
    ("server", CALL % ("", ""), CALL % ("servers: [{url: 'https://b.example.com'}],", ""), B, "server"),
    ("security", CALL % ("security: [],", ""), CALL % ("security: [{key: []}],", ""), B, "security"),
    ("way to authenticate", CALL % ("security: [{}],", ""), CALL % ("security: [{}, {key: []}],", ""), A, "security"),
    (
        "encoding",
        CALL % ("requestBody: {content: {multipart/form-data: {}}},", ""),
        CALL % ("requestBody: {content: {multipart/form-data: {encoding: {a: {contentType: a/b}}}}},", ""),
        B,
        "encoding contentType",
    ),
    (
        "callback",
        CALL % ("", ""),
        CALL % ("callbacks: {done: {'{$request.body#/url}': {post: {responses: {}}}}},", ""),
        A,
        "callback",
    ),
    ("webhook", CALL % ("", ""), CALL % ("", "") + "\nwebhooks: {e: {post: {responses: {}}}}", A, "webhook"),
    ("webhook gone", CALL % ("", "") + "\nwebhooks: {e: {post: {responses: {}}}}", CALL % ("", ""), B, "webhook"),
    ("description", CALL % ("", ""), CALL % ("description: Text.,", ""), "wording", "description"),
]


@pytest.mark.parametrize(("before", "after", "kind", "fact"), [each[1:] for each in CALLS], ids=[c[0] for c in CALLS])
def test_kind_of_what_surrounds_a_schema(differences, before, after, kind, fact):
    """Operations, parameters, bodies, responses, headers, servers, security and webhooks each have a kind."""
    assert [(kind, fact)] == [(each.kind.value, each.fact) for each in differences(before, after)]


def test_webhooks_are_received(differences):
    """What a webhook sends is received: a value that it may hold in addition is breaking."""
    event = "webhooks: {e: {post: {requestBody: {content: {a/b: {schema: {enum: [%s]}}}}, responses: {}}}}"

    assert ["breaking"] == [each.kind.value for each in differences(event % "a", event % "a, b")]


def test_callbacks_are_received(differences):
    """What a callback sends is received, like what a webhook sends."""
    event = "callbacks: {c: {u: {post: {requestBody: {content: {a/b: {schema: {enum: [%s]}}}}, responses: {}}}}},"

    found = differences(CALL % (event % "a", ""), CALL % (event % "a, b", ""))

    assert [("breaking", "GET /a/{id}, callback c, body")] == [(each.kind.value, each.where) for each in found]


def test_worst_kind_of_a_shared_schema_counts(differences):
    """A schema that is both sent and received gives one difference, of the worse kind, with the other places."""
    text = """
    components: {schemas: {S: {type: string, maxLength: %s}}}
    paths:
      /a:
        post:
          requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/S'}}}}
          responses: {'200': {content: {a/b: {schema: {$ref: '#/components/schemas/S'}}}}}
    """

    found = differences(text % 9, text % 8)

    assert [("breaking", "POST /a, body", ("POST /a, response 200",))] == [
        (each.kind.value, each.where, each.others) for each in found
    ]


def test_differences_are_sorted_by_kind(differences):
    """Breaking differences come first, then additions, then wording."""
    before = "paths: {/a: {get: {description: A., responses: {}}}, /c: {get: {responses: {}}}}"
    after = "paths: {/a: {get: {description: B., responses: {}}}, /b: {get: {responses: {}}}}"

    assert ["breaking", "addition", "wording"] == [each.kind.value for each in differences(before, after)]
