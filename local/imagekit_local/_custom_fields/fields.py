"""
Definitions of fields: list, create, update and delete them. The name of a deleted field stays taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imagekit_local._account import Account
from imagekit_local._bodies import as_object
from imagekit_local._custom_fields.schemas import is_type, known_keys, schema_errors
from imagekit_local._custom_fields.values import LIVE_FIELDS
from imagekit_local._errors import ApiError
from imagekit_local._predicates import is_text
from imagekit_local._values import is_id

_DELETED_FIELDS = "deletedCustomMetadataField"
# The reserved field is enabled in the dashboard only; its name and label are taken.
_RESERVED = {"name": "_internal_original_created_datetime", "label": "Original creation date"}
_MAX_DESCRIPTION_LENGTH = 500


def list_fields(account: Account, *, with_deleted: bool) -> list[dict[str, Any]]:
    """
    Return the fields in order of creation, with deleted ones last if they are wanted.
    """
    deleted = account.store.collection(_DELETED_FIELDS).all() if with_deleted else []
    return [*account.store.collection(LIVE_FIELDS).all(), *deleted]


def create_field(account: Account, body: Mapping[str, Any]) -> dict[str, Any]:
    """
    Define a field.

    Raises:
        ApiError: 400 if the name was ever used, the label is in use, or the definition is invalid.
    """
    field = _defined(body)
    fields = list_fields(account, with_deleted=True)
    if any(other["name"] == field["name"] for other in (*fields, _RESERVED)):
        raise ApiError(400, "A custom metadata field with this name already exists.")
    _refuse_taken_label(account, field["label"], "")
    document = {"id": account.settings.new_id(), **field}
    account.store.collection(LIVE_FIELDS).insert(document["id"], document)
    return document


def change_field(account: Account, id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """
    Update the label, the description or parts of the schema of a field.

    Raises:
        ApiError: 404 if the field does not exist, 400 if it is deleted or the update is invalid.
    """
    field = _existing(account, id)
    if account.store.collection(LIVE_FIELDS).get(id) is None:
        raise ApiError(400, "Cannot update a deleted custom metadata fields.")
    if "name" in body:
        raise ApiError(400, "Name cannot be updated.")
    if body.keys().isdisjoint({"label", "schema", "description"}):
        raise ApiError(400, "Either label or schema should be provided.")
    if errors := _text_errors(body):
        raise ApiError(400, "Invalid field object", errors=errors)
    if "label" in body:
        _refuse_taken_label(account, body["label"], id)
        field["label"] = body["label"]
    if "schema" in body:
        field["schema"] = _merged_schema(field["schema"], body["schema"])
    if "description" in body:
        field.pop("description", None)
        field |= _description(body)
    account.store.collection(LIVE_FIELDS).replace(id, field)
    return field


def delete_field(account: Account, id: str) -> None:
    """
    Delete a field and its values. Its label becomes free, its name stays taken.

    Raises:
        ApiError: 404 if the field does not exist or is deleted already.
    """
    field = _existing(account, id)
    if not account.store.collection(LIVE_FIELDS).delete(id):
        raise _missing()
    account.store.collection(_DELETED_FIELDS).insert(id, field)
    account.store.assets.remove_metadata(field["name"])


def _existing(account: Account, id: str) -> dict[str, Any]:
    if not is_id(id):
        raise ApiError(400, "Your request contains invalid ID parameter.")
    for kind in (LIVE_FIELDS, _DELETED_FIELDS):
        field = account.store.collection(kind).get(id)
        if field is not None:
            return field
    raise _missing()


def _missing() -> ApiError:
    return ApiError(404, "No such custom metadata field exists.")


def _refuse_taken_label(account: Account, label: str, id: str) -> None:
    others = [field["label"] for field in list_fields(account, with_deleted=False) if field["id"] != id]
    if label in {*others, _RESERVED["label"]}:
        raise ApiError(400, "A custom metadata field with this label already exists.")


def _defined(body: Mapping[str, Any]) -> dict[str, Any]:
    errors = {name: "is required" for name in ("name", "label", "schema") if name not in body} | _text_errors(body)
    schema: Any = body.get("schema", {})
    if not isinstance(schema, dict):
        errors["schema"] = "should be of type object"
    elif "schema" in body:
        errors |= _new_schema_errors(schema)  # pyright: ignore[reportUnknownArgumentType]
    if errors:
        raise ApiError(400, "Invalid field object", errors=errors)
    field = {
        "name": body["name"],
        "label": body["label"],
        "schema": {"type": body["schema"]["type"], **known_keys(body["schema"])},
    }
    return field | _description(body)


def _new_schema_errors(schema: Mapping[str, Any]) -> dict[str, str]:
    return schema_errors(schema) if is_type(schema.get("type")) else {"type": "should be one of the allowed values"}


def _description(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": body["description"]} if body.get("description") else {}


def _text_errors(body: Mapping[str, Any]) -> dict[str, str]:
    errors = {name: "should be of type string" for name in ("name", "label") if not is_text(body.get(name, "-"))}
    description = body.get("description", "")
    if not isinstance(description, str) or len(description) > _MAX_DESCRIPTION_LENGTH:
        errors["description"] = f"should be a string of at most {_MAX_DESCRIPTION_LENGTH} characters"
    return errors


def _merged_schema(old: Mapping[str, Any], sent: Any) -> dict[str, Any]:
    changes = as_object(sent, ApiError(400, "Invalid schema object."))
    schema = {**old, **known_keys(changes)}
    if errors := schema_errors(schema):
        raise ApiError(400, "Invalid schema object.", errors=errors)
    return schema
