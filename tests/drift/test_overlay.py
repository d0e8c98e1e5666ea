"""
An overlay with what a document lacks, and its way into calls.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from openapi import check_descriptions
from openapi.drift import overlay
from openapi.drift.__main__ import OURS
from openapi.drift.apply import applied
from openapi.drift.differences import DifferenceKind
from openapi.drift.document import SourceDocument
from openapi.drift.operations import compared

ROOT = OURS.parents[1]
BASE = """\
openapi: 3.1.0
# A comment that stays.
tags: [{name: things, description: Things.}]
paths:
  /v1/things/{thingId}:
    get:
      operationId: things.get
      tags: [things]
      parameters: [{name: thingId, in: path, required: true, description: Id., schema: {type: string}}]
      responses:
        '200':
          description: A thing.
          content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
components:
  schemas:
    Thing: {type: object, description: A thing., properties: {kind: {type: string, enum: [a]}, size: {type: integer}}}
    Same: {type: object, properties: {a: {type: string}}}
    Other: {type: object, properties: {a: {type: string}}}
"""
THEIRS = """\
openapi: 3.0.3
paths:
  /v1/things/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: get-thing
      description: Prose of others.
      parameters: [{name: deep, in: query, description: Prose of others., schema: {type: boolean, default: false}}]
      responses:
        '200':
          description: Prose of others.
          headers: {X-Count: {schema: {type: integer}}}
          content:
            application/json:
              schema:
                type: object
                required: [kind, tags]
                properties:
                  kind: {type: string, enum: [a, b]}
                  size: {type: integer, minimum: 0, exclusiveMinimum: true}
                  tags: {type: array, nullable: true, items: {$ref: '#/components/schemas/Tag'}}
        '404': {description: Prose of others.}
    post:
      operationId: sendThing
      requestBody:
        content:
          application/json:
            schema:
              oneOf: [{$ref: '#/components/schemas/Box'}, {$ref: '#/components/schemas/Bag'}]
              discriminator: {propertyName: kind, mapping: {box: Box, bag: '#/components/schemas/Bag'}}
      responses: {'204': {$ref: '#/components/responses/Done'}}
    patch:
      operationId: updateThing
      description: Prose of others.
      security: [{theirs: []}]
      requestBody:
        content:
          application/json:
            schema:
              type: object
              title: Prose of others
              properties:
                same: {$ref: '#/components/schemas/Same'}
                other: {$ref: '#/components/schemas/Other'}
                title: {type: string, example: Prose of others}
      responses: {'204': {description: Prose of others.}}
webhooks:
  thing.made:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Tag'}}}}
      responses: {'200': {description: Prose of others.}}
components:
  responses:
    Done: {description: Prose of others., headers: {X-Count: {$ref: '#/components/headers/Count'}}}
  headers:
    Count: {schema: {type: integer, minimum: 0, maximum: 9, exclusiveMaximum: true}}
  schemas:
    Box: {type: object, properties: {kind: {type: string, enum: [box]}, lid: {type: boolean}}}
    Bag: {type: object, properties: {kind: {type: string, enum: [bag]}, handle: {type: boolean}}}
    Tag: {type: object, description: Prose of others., properties: {parent: {$ref: '#/components/schemas/Tag'}}}
    Same: {type: object, properties: {a: {type: string}}}
    Other: {type: object, properties: {a: {type: integer}}}
"""


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path, Path]:
    """
    Return a document, a newer one that is written another way, and an overlay with what the first one lacks.
    """
    ours, theirs, written = (tmp_path / name for name in ("ours.yaml", "theirs.yaml", "overlay.yaml"))
    ours.write_text(BASE, encoding="utf-8")
    theirs.write_text(THEIRS, encoding="utf-8")
    base, document = SourceDocument.read(str(ours)), SourceDocument.read(str(theirs))
    overlay.write(written, compared(base, document), base, document)
    return ours, theirs, written


def test_overlay_holds_all_that_is_missing(paths):
    """Applied, it leaves no difference but wording and, of a new operation, the way to authenticate."""
    ours, theirs, written = paths

    applied(written, ours)

    base, document = SourceDocument.read(str(ours)), SourceDocument.read(str(theirs))
    assert [
        ("PATCH /v1/things/{thingId}", "security", "none", "theirs"),
    ] == [
        (each.where, each.fact, each.before, each.after)
        for each in compared(base, document)
        if each.kind is not DifferenceKind.WORDING
    ]


def test_overlay_holds_no_prose(paths):
    """Descriptions are empty, and the check of the document lists each of them until it is written."""
    ours, _, written = paths
    before = ours.read_text(encoding="utf-8")

    applied(written, ours)

    empty = check_descriptions.unwritten(SourceDocument.read(str(ours)))
    assert "Prose of others" not in written.read_text(encoding="utf-8")
    assert "# A comment that stays." in ours.read_text(encoding="utf-8")
    assert {
        "/paths/~1v1~1things~1{thingId}/patch/summary",
        "/paths/~1v1~1things~1{thingId}/patch/description",
        "/paths/~1v1~1things~1{thingId}/get/parameters/1/description",
        "/components/schemas/Thing/properties/tags/description",
        "/components/schemas/Tag/description",
    } <= set(empty)
    assert 1 == check_descriptions.main(str(ours))
    ours.write_text(before, encoding="utf-8")
    assert 0 == check_descriptions.main(str(ours))


def test_overlay_is_written_for_our_document(paths):
    """Names of path parameters, resources and components are ours; equal components are shared, others renamed."""
    ours, _, written = paths

    applied(written, ours)

    content = YAML(typ="safe").load(ours)
    operation = content["paths"]["/v1/things/{thingId}"]["patch"]
    fields = operation["requestBody"]["content"]["application/json"]["schema"]["properties"]
    assert ("things.update_thing", ["things"]) == (operation["operationId"], operation["tags"])
    assert ["thingId"] == [parameter["name"] for parameter in operation["parameters"]]
    assert "#/components/schemas/Same" == fields["same"]["$ref"]
    assert "#/components/schemas/Other2" == fields["other"]["$ref"]
    sent = content["paths"]["/v1/things/{thingId}"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert {"Thing", "Same", "Other", "Other2", "Tag", "Box", "Bag"} == set(content["components"]["schemas"])
    assert {name.lower(): f"#/components/schemas/{name}" for name in ("Box", "Bag")} == sent["discriminator"]["mapping"]
    assert 9 == content["components"]["headers"]["Count"]["schema"]["exclusiveMaximum"]
    thing = content["components"]["schemas"]["Thing"]
    assert ["array", "null"] == thing["properties"]["tags"]["type"]
    assert ["a", "b"] == thing["properties"]["kind"]["enum"]
    assert 0 == thing["properties"]["size"]["exclusiveMinimum"]
    assert {"kind", "tags"} == set(thing["required"])


@pytest.mark.parametrize(
    ("action", "message"),
    [
        ("{target: $.paths.nowhere, update: {}}", "has a target that is not in the document"),
        ("{target: $.paths, remove: true}", "is not an update"),
    ],
)
def test_overlay_that_cannot_be_applied(paths, action, message):
    """An action without effect is an error, and the document stays as it is."""
    ours, _, written = paths
    written.write_text(f"overlay: 1.0.0\nactions: [{action}]\n", encoding="utf-8")

    with pytest.raises(ValueError, match=message):
        applied(written, ours)
    assert BASE == ours.read_text(encoding="utf-8")


def test_our_document_keeps_its_form(tmp_path):
    """An overlay that adds one field adds lines to our document, and changes none."""
    ours, written = tmp_path / "ours.yaml", tmp_path / "overlay.yaml"
    shutil.copy(OURS, ours)
    update = "{properties: {mutated: {type: string, description: ''}}}"
    written.write_text(
        f"overlay: 1.0.0\nactions: [{{target: $.components.schemas.Folder, update: {update}}}]\n", encoding="utf-8"
    )

    applied(written, ours)

    before, after = (path.read_text(encoding="utf-8").splitlines() for path in (OURS, ours))
    assert not set(before) - set(after)
    assert 0 < len(after) - len(before) <= 3
