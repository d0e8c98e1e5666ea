"""
Models in pydantic, and so in FastAPI: imported by pydantic only, when it first meets a model.

A model is valid as it is, because it may hold what the API will send tomorrow. A JSON object is checked field by
field. Either way the JSON has the names of the API.
"""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticSerializationUnexpectedValue
from pydantic_core import core_schema as schemas

from ._json import is_collection, is_mapping, is_object
from ._reflection import fields_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

    from ._model import Model


def core_schema(model: type[Model], handler: GetCoreSchemaHandler) -> CoreSchema:
    """
    Return the pydantic schema of a model: what it accepts, and the JSON it writes.

    Args:
        model: The class of the model.
        handler: Makes the schemas of the fields' types.
    """
    return schemas.no_info_wrap_validator_function(
        _validator(model),
        schemas.typed_dict_schema(_fields(model, handler), extra_behavior="allow"),
        serialization=schemas.wrap_serializer_function_ser_schema(
            _serializer(model), info_arg=True, schema=schemas.dict_schema()
        ),
        # The part after the last dot names the model in JSON schemas, the part after the colon makes it unique.
        ref=f"{model.__module__}.{model.__qualname__}:{id(model)}",
    )


def json_schema(model: type[Model], schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
    """
    Return the JSON schema of a model, with the texts of its docstring.

    Args:
        model: The class of the model.
        schema: What `core_schema` returned.
        handler: Makes a JSON schema of it.
    """
    made = handler(schema)
    shown = handler.resolve_ref_schema(made)
    summary, _, attributes = inspect.cleandoc(model.__doc__ or "").partition("\n\nAttributes:\n")
    texts = dict(re.findall(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", attributes, re.MULTILINE))
    shown.update(title=model.__name__, description=" ".join(summary.split()), additionalProperties=True)
    for field in fields_of(model):
        shown["properties"][field.wire].pop("title", None)
        shown["properties"][field.wire]["description"] = " ".join(texts.get(field.name, "").split())
    return made


def _fields(model: type[Model], handler: GetCoreSchemaHandler) -> dict[str, schemas.TypedDictField]:
    return {
        field.wire: schemas.typed_dict_field(handler.generate_schema(field.type), required=field.is_required)
        for field in fields_of(model)
    }


def _validator(model: type[Model]) -> schemas.NoInfoWrapValidatorFunction:
    wires = {field.name: field.wire for field in fields_of(model)}

    def validate(value: Any, check: schemas.ValidatorFunctionWrapHandler) -> Model:
        if isinstance(value, model):
            return value
        if is_mapping(value):
            named = {wires.get(key, key): item for key, item in value.items()}
            if len(named) < len(value):
                raise ValueError("a field must be given by its JSON name or by its Python name, not by both")
            value = named
        return model.from_dict(model.encode_mapping(check(value)))

    return validate


def _serializer(
    model: type[Model],
) -> Callable[[Any, schemas.SerializerFunctionWrapHandler, schemas.SerializationInfo], Any]:
    def serialize(value: Any, write: schemas.SerializerFunctionWrapHandler, info: schemas.SerializationInfo) -> Any:
        if not isinstance(value, model):
            raise PydanticSerializationUnexpectedValue(f"expected {model.__name__}, got {type(value).__name__}")
        json = value.to_dict()
        return write(_without_null(json) if info.exclude_none else json)

    return serialize


def _without_null(json: Any) -> Any:
    if is_object(json):
        return {key: _without_null(item) for key, item in json.items() if item is not None}
    return [_without_null(item) for item in json] if is_collection(json) else json
