"""
Models in pydantic: as response models and request bodies, and in the JSON schema of an OpenAPI page.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

import pytest
from fastapi import Body, FastAPI
from httpx import ASGITransport, AsyncClient
from pydantic import BaseModel, TypeAdapter, ValidationError

from imagekit_async import models
from imagekit_async.models import File, Folder, Model, UnknownModel, VersionInfo

SERVED = {
    "type": "file",
    "fileId": "f1",
    "tags": None,
    "createdAt": "yesterday",
    "versionInfo": {"id": "v1", "label": "draft"},
    "blurHash": {"x": [1, None]},
}
PROMISED = {
    "type": "file",
    "file_id": "f1",
    "name": "a.jpg",
    "filePath": "/a.jpg",
    "url": "https://ik.imagekit.io/demo/a.jpg",
    "thumbnail": "https://ik.imagekit.io/demo/tr:n-ik_ml_thumbnail/a.jpg",
    "fileType": "image",
    "size": 7,
    "customMetadata": {},
    "isPrivateFile": False,
    "versionInfo": {"id": "v1", "name": "Version 1"},
    "createdAt": "2026-04-02T12:00:00+00:00",
    "updatedAt": "2026-04-02T12:00:00+00:00",
}
"""
What a file needs to be read from JSON, one name of it in Python.
"""
FILES = TypeAdapter(File)
ALL = [kind for name in models.__all__ if isinstance(kind := getattr(models, name), type) and issubclass(kind, Model)]


class Album(BaseModel):
    """
    A pydantic model with models in it.
    """

    cover: File | None = None
    assets: list[File | Folder | UnknownModel] = []


def test_a_model_is_written_as_served() -> None:
    """A model is valid as it is, and written with the API's names, unknown fields and broken values included."""
    file = File.from_dict(SERVED)

    assert file is FILES.validate_python(file)
    assert SERVED == FILES.dump_python(file)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"include": {"fileId", "tags"}}, {"fileId": "f1", "tags": None}),
        ({"exclude": {"tags", "blurHash", "versionInfo", "createdAt"}}, {"type": "file", "fileId": "f1"}),
        ({"exclude_none": True, "include": {"tags", "blurHash"}}, {"blurHash": {"x": [1, None]}}),
        ({"exclude_none": True, "include": {"versionInfo"}}, {"versionInfo": {"id": "v1", "label": "draft"}}),
    ],
)
def test_parts_of_a_model_are_written(options: dict[str, Any], expected: dict[str, Any]) -> None:
    """`include`, `exclude` and `exclude_none` choose fields by their JSON names."""
    assert expected == FILES.dump_python(File.from_dict(SERVED), **options)


def test_null_is_left_out_at_any_depth() -> None:
    """`exclude_none` reaches nested objects and lists."""
    file = File.from_dict({"AITags": [{"name": "coat", "source": None}], "versionInfo": {"id": None}})

    assert {"AITags": [{"name": "coat"}], "versionInfo": {}} == FILES.dump_python(file, exclude_none=True)


def test_json_becomes_a_model() -> None:
    """A JSON object becomes a model, with nested models, dates and unknown fields, by JSON or by Python names."""
    file = FILES.validate_json(json.dumps({**PROMISED, "new": [1]}))
    expected = {**PROMISED, "fileId": "f1", "new": [1]}
    expected |= dict.fromkeys(("createdAt", "updatedAt"), "2026-04-02T12:00:00.000Z")
    del expected["file_id"]

    assert VersionInfo(id="v1", name="Version 1") == file.version_info
    assert expected == file.to_dict()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"file_id": 7}', r"fileId\n.*valid string"),
        ('{"versionInfo": {"id": 7}}', r"versionInfo\.id\n.*valid string"),
        ('{"createdAt": "yesterday"}', r"createdAt\n.*valid datetime"),
        ('{"createdAt": "2026-04-02T12:00:00"}', "aware datetime"),
        ('{"fileId": "f1"}', "not by both"),
        ("[]", "should be an object"),
    ],
)
def test_wrong_json_is_refused(text: str, message: str) -> None:
    """A JSON object is checked field by field, and the error names the field."""
    with pytest.raises(ValidationError, match=message):
        FILES.validate_json(json.dumps({**PROMISED, **json.loads(text)} if text[0] == "{" else []))


def test_required_fields() -> None:
    """A field that the document requires must be there."""
    with pytest.raises(ValidationError, match=r"clientEmail\n.*required"):
        TypeAdapter(models.GcsOrigin).validate_python({"id": "o1", "name": "n", "bucket": "b", "prefix": ""})


def test_unions() -> None:
    """A union keeps the class of a model."""
    given = [File.from_dict(SERVED), Folder.from_dict({"name": "a"}), UnknownModel.from_dict({"type": "reel"})]

    assert given == Album(cover=None, assets=given).assets
    assert [SERVED, {"name": "a"}, {"type": "reel"}] == Album(assets=given).model_dump()["assets"]


@pytest.mark.parametrize("union", [File | Album, Album | File])
def test_unions_with_other_models(union: Any) -> None:
    """A union of a model and a pydantic model writes each as itself."""
    either: TypeAdapter[Any] = TypeAdapter(union)
    file, album = File.from_dict(SERVED), Album(cover=File.from_dict({"fileId": "f1"}))

    assert SERVED == either.dump_python(either.validate_python(file))
    assert {"cover": {"fileId": "f1"}, "assets": []} == either.dump_python(either.validate_python(album))


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.__name__)
def test_every_model_has_a_schema(model: type[Model]) -> None:
    """Each model has a JSON schema with its own fields and their descriptions."""
    schema = TypeAdapter(model).json_schema(mode="serialization")
    properties = {} if model in (Model, UnknownModel) else schema["properties"]

    assert {prop.wire for prop in model._properties.values()} == properties.keys()
    assert all(field["description"] for field in properties.values())
    assert model.__name__ == schema["title"]


@pytest.fixture
def app() -> FastAPI:
    """
    An application that responds with models in all ways.
    """
    app = FastAPI()

    @app.get("/annotated")
    async def annotated() -> File:
        return File.from_dict(SERVED)

    @app.get("/named", response_model=File)
    async def named() -> Any:
        return File.from_dict(SERVED)

    @app.get("/plain")
    async def plain():  # type: ignore[no-untyped-def]
        return File.from_dict(SERVED)

    @app.get("/list")
    async def listed() -> list[File | Folder]:
        return [File.from_dict(SERVED)]

    @app.get("/nested")
    async def nested() -> Album:
        return Album(cover=File.from_dict(SERVED))

    @app.get("/webhook", response_model_exclude={"secret"})
    async def webhook() -> models.Webhook:
        return models.Webhook.from_dict({"id": "w1", "secret": "whsec_x"})

    @app.post("/body")
    async def body(file: Annotated[File, Body()]) -> File:
        return file

    return app


@pytest.mark.anyio
@pytest.mark.parametrize("path", ["annotated", "named", "plain", "list", "nested"])
async def test_fastapi_responds_with_models(app: FastAPI, path: str) -> None:
    """FastAPI responds with the JSON that ImageKit sent, annotated or not."""
    async with AsyncClient(transport=ASGITransport(app), base_url="http://app") as http:
        response = (await http.get(f"/{path}")).json()

    assert {"list": [SERVED], "nested": {"cover": SERVED, "assets": []}}.get(path, SERVED) == response


@pytest.mark.anyio
async def test_fastapi_leaves_a_secret_out(app: FastAPI) -> None:
    """FastAPI leaves out what the route excludes."""
    async with AsyncClient(transport=ASGITransport(app), base_url="http://app") as http:
        response = await http.get("/webhook")

    assert {"id": "w1"} == response.json()


@pytest.mark.anyio
async def test_fastapi_reads_models(app: FastAPI) -> None:
    """A request body becomes a model, and a wrong one is refused with 422."""
    async with AsyncClient(transport=ASGITransport(app), base_url="http://app") as http:
        accepted = await http.post("/body", json={**PROMISED, "new": None})
        refused = await http.post("/body", json={**PROMISED, "file_id": 7})

    assert ("f1", None) == (accepted.json()["fileId"], accepted.json()["new"])
    assert (422, ["body", "fileId"]) == (refused.status_code, refused.json()["detail"][0]["loc"])


def test_openapi_shows_the_fields(app: FastAPI) -> None:
    """The OpenAPI document has one schema for each model, with the types of its fields."""
    schemas = app.openapi()["components"]["schemas"]

    assert {"AITag", "Album", "Creator", "File", "Folder", "VersionInfo"} <= schemas.keys()
    created_at = schemas["File"]["properties"]["createdAt"]
    assert ("string", "date-time") == (created_at["type"], created_at["format"])
    assert "#/components/schemas/VersionInfo" == schemas["File"]["properties"]["versionInfo"]["$ref"]
    assert {"type": "null"} in schemas["File"]["properties"]["mime"]["anyOf"]
    assert "Size in bytes." == schemas["File"]["properties"]["size"]["description"]
    assert schemas["File"]["additionalProperties"]
