"""
Models in json, msgspec, cattrs and attrs: their fields or a clear error, never an empty object.
"""

from __future__ import annotations

import datetime
import json
from typing import Any

import attrs
import cattrs
import msgspec
import pytest
from rich.pretty import pretty_repr

from imagekit_async import models
from imagekit_async.models import File, Model, VersionInfo, Webhook

SERVED = {
    "type": "file",
    "fileId": "f1",
    "name": "a.jpg",
    "filePath": "/a.jpg",
    "url": "https://ik.imagekit.io/demo/a.jpg",
    "thumbnail": "https://ik.imagekit.io/demo/tr:n-ik_ml_thumbnail/a.jpg",
    "fileType": "image",
    "size": 7,
    "customMetadata": {},
    "isPrivateFile": False,
    "versionInfo": {"id": "f1", "name": "Version 1"},
    "createdAt": "2026-04-02T12:00:00.000Z",
    "updatedAt": "2026-04-02T12:00:00.000Z",
    "tags": ["a"],
    "new": 1,
}
NOON = datetime.datetime(2026, 4, 2, 12, tzinfo=datetime.UTC)

both = pytest.mark.parametrize(
    "file",
    [
        File.from_dict(SERVED),
        File(
            type="file",
            file_id="f1",
            name="a.jpg",
            file_path="/a.jpg",
            url="https://ik.imagekit.io/demo/a.jpg",
            thumbnail="https://ik.imagekit.io/demo/tr:n-ik_ml_thumbnail/a.jpg",
            file_type="image",
            size=7,
            custom_metadata={},
            is_private_file=False,
            version_info=VersionInfo(id="f1", name="Version 1"),
            created_at=NOON,
            updated_at=NOON,
            tags=["a"],
            additional_properties={"new": 1},
        ),
    ],
    ids=["served", "made"],
)


@both
@pytest.mark.parametrize(
    "default", [vars, lambda value: value.__dict__, Model.to_dict], ids=["vars", "dict", "to_dict"]
)
def test_json(file: File, default: Any) -> None:
    """The usual hooks of `json.dumps` write the real fields."""
    assert SERVED == json.loads(json.dumps(file, default=default))


def test_json_without_a_hook() -> None:
    """Without a hook, `json.dumps` refuses a model by name."""
    with pytest.raises(TypeError, match="type File is not JSON serializable"):
        json.dumps(File.from_dict(SERVED))


@both
def test_msgspec(file: File) -> None:
    """msgspec refuses a model by name, whatever was read of it, and writes the real fields with a hook."""
    assert ["a"] == file.tags
    with pytest.raises(TypeError, match="objects of type File is unsupported"):
        msgspec.json.encode(file)
    assert SERVED == msgspec.to_builtins(file, enc_hook=Model.to_dict)


@both
def test_cattrs(file: File) -> None:
    """cattrs reads all fields by their Python names."""
    fields = cattrs.unstructure(file)

    assert ("f1", ["a"], 2026) == (fields["file_id"], fields["tags"], fields["created_at"].year)
    assert {"new": 1} == fields["additional_properties"]


def test_attrs() -> None:
    """attrs sees all fields, and their types although they are imported lazily."""
    file = File.from_dict({**SERVED, "versionInfo": {"id": "v1", "name": "Version 1"}})
    types = {field.name: field.type for field in attrs.fields(File)}

    assert attrs.has(File)
    assert types["version_info"] is VersionInfo
    assert "v1" == attrs.asdict(file)["version_info"]["id"]
    assert "f2" == attrs.evolve(file, file_id="f2").file_id


KINDS = [kind for name in models.__all__ if isinstance(kind := getattr(models, name), type) and issubclass(kind, Model)]


@pytest.mark.parametrize("model", KINDS, ids=str)
def test_all_types_resolve(model: Any) -> None:
    """No field of any model has a type that is only text."""
    assert not [field.name for field in attrs.fields(model) if isinstance(field.type, str)]


def test_dir_has_the_attributes() -> None:
    """`dir` lists the Python names and not the JSON names, which are not attributes."""
    assert "file_id" in dir(File.from_dict(SERVED))
    assert "fileId" not in dir(File.from_dict(SERVED))


def test_rich() -> None:
    """rich shows the fields that are set, and no secret."""
    webhook = Webhook.from_dict({"id": "w1", "secret": "whsec_x"})

    assert "Webhook(id='w1', secret='***')" == pretty_repr(webhook)
