"""
Values made from schemas.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from imagekit_local._document.schemas import schema_example

CONTENT: dict[str, Any] = {
    "components": {
        "schemas": {
            "Node": {
                "type": "object",
                "required": ["name", "children", "parent"],
                "properties": {
                    "name": {"type": "string"},
                    "next": {"$ref": "#/components/schemas/Node"},
                    "children": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}},
                    "parent": {"anyOf": [{"$ref": "#/components/schemas/Node"}, {"type": "null"}]},
                },
            },
            "Endless": {
                "required": ["next"],
                "properties": {"next": {"$ref": "#/components/schemas/Endless"}},
            },
            "Base": {"type": "object", "required": ["id", "kind"], "properties": {"id": {"type": "integer"}}},
            "Color": {"type": "string", "enum": ["red", "blue"]},
        }
    }
}
SCALARS = st.one_of(
    st.just({"type": "boolean"}),
    st.just({"type": "null"}),
    st.sampled_from([{"type": ["null", "string"]}, {"const": 3}, {"enum": ["a", None]}, {"format": "date-time"}]),
    st.builds(
        lambda kind, low, width: {"type": kind, "minimum": low, "maximum": low + width},
        st.sampled_from(["integer", "number"]),
        st.integers(-5, 5),
        st.integers(0, 5),
    ),
    st.builds(
        lambda kind, low: {"type": kind, "exclusiveMinimum": low, "exclusiveMaximum": low + 2},
        st.sampled_from(["integer", "number"]),
        st.integers(-5, 5),
    ),
    st.builds(
        lambda unit, low: {"type": "number", "multipleOf": unit, "minimum": low},
        st.sampled_from([0.25, 2, 5]),
        st.integers(-9, 9),
    ),
    st.builds(
        lambda low, more: {"type": "string", "minLength": low, "maxLength": low + more},
        st.integers(0, 12),
        st.integers(0, 4),
    ),
)


def nested(schemas: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """
    Return schemas of arrays, objects and unions of others.
    """
    arrays = st.builds(
        lambda items, low: {"type": "array", "items": items, "minItems": low, "maxItems": low},
        schemas,
        st.integers(0, 3),
    )
    objects = st.builds(
        lambda properties, required: {"type": "object", "properties": properties, "required": sorted(required)},
        st.dictionaries(st.sampled_from("abc"), schemas),
        st.sets(st.sampled_from("abcd")),
    )
    return st.one_of(
        arrays,
        objects,
        st.builds(lambda some: {"anyOf": some}, st.lists(schemas, min_size=1, max_size=3)),
        st.builds(lambda some: {"allOf": some}, st.lists(schemas, min_size=1, max_size=1)),
        st.builds(lambda first, second: {"prefixItems": [first, second]}, schemas, schemas),
    )


@given(schema=st.recursive(SCALARS, nested, max_leaves=8))
def test_examples_are_valid(schema: dict[str, Any]) -> None:
    """An example has the types, limits and required keys of its schema, and is the same every time."""
    example = schema_example({}, schema)

    assert [] == [error.message for error in Draft202012Validator(schema).iter_errors(example)]
    assert example == schema_example({}, schema)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"$ref": "#/components/schemas/Color"}, "red"),
        ({"$ref": "#/components/schemas/Color", "default": "blue"}, "blue"),
        ({"$ref": "#/components/schemas/Node"}, {"name": "string", "children": [], "parent": None}),
        (
            {"allOf": [{"$ref": "#/components/schemas/Base"}], "properties": {"kind": {"const": "a"}}},
            {"id": 0, "kind": "a"},
        ),
        ({"allOf": [{"$ref": "#/components/schemas/Color"}, {"description": "One."}]}, "red"),
        ({"oneOf": [{"type": "null"}, {"type": "string", "examples": ["a"]}]}, "a"),
        ({"type": [None, "integer"]}, 0),
        ({"type": None}, None),
        (
            {"type": "object", "example": {"a": 1}, "required": ["b"], "additionalProperties": {"const": 2}},
            {"a": 1, "b": 2},
        ),
        ({"properties": {"secret": {"type": "string", "writeOnly": True}, "any": True}}, {"any": {}}),
        ({"type": "number", "minimum": 0, "exclusiveMinimum": True, "maximum": 1}, 1),
        ({"type": "number", "minimum": 0, "maximum": 1, "exclusiveMaximum": True}, 0),
        ({"exclusiveMinimum": 0, "exclusiveMaximum": 1, "type": "number"}, 0.5),
        ({"type": "integer", "minimum": 1.5}, 2),
        ({"type": "unheard-of"}, {}),
        ({"description": "Anything."}, {}),
    ],
)
def test_examples(schema: dict[str, Any], expected: Any) -> None:
    """What the schema names comes first; references, nulls and combinations are understood."""
    assert expected == schema_example(CONTENT, schema)


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/components/schemas/Endless"},
        {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Endless"}},
        {"oneOf": [{"$ref": "#/components/schemas/Endless"}]},
    ],
)
def test_endless_schema(schema: dict[str, Any]) -> None:
    """A schema that requires itself has no example, and the error names it."""
    with pytest.raises(ValueError, match="the schema #/components/schemas/Endless requires itself"):
        schema_example(CONTENT, schema)


def test_examples_of_the_document_are_not_changed() -> None:
    """A key that an example lacks is added to the response, not to the document."""
    schema = {"example": {"a": 1}, "required": ["b"]}
    schema_example({}, schema)

    assert {"a": 1} == schema["example"]
