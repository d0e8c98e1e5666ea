"""
Models are immutable views of JSON that lose nothing; a mapping may be sent in place of a model.
"""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any

import attrs
import pytest

from imagekit_async import MissingFieldError
from imagekit_async._json import Array, Kind, MapOf
from imagekit_async._model import PLAIN, OneOf, Reference
from imagekit_async._scalars import DATE, DATE_TIME
from imagekit_async.models import (
    AITag,
    AiTaskAction,
    CustomMetadataFieldSchema,
    File,
    FileRenameResult,
    Folder,
    ImgixUrlRewriter,
    MetadataAssignment,
    Model,
    NamedTransformation,
    RemoveBgExtension,
    UnknownModel,
    UrlEndpoint,
    VersionInfo,
    Webhook,
    YesNoTask,
)

NOON = datetime(2026, 4, 2, 12, 0, tzinfo=UTC)
VERSION = Reference("imagekit_async.models", "VersionInfo")
ASSET = OneOf(
    "type", {"file": Reference("imagekit_async.models", "File"), "folder": Reference("imagekit_async.models", "Folder")}
)
EXTENSION = OneOf(
    "name",
    {
        "remove-bg": Reference("imagekit_async.models", "RemoveBgExtension"),
        "ai-tasks": Reference("imagekit_async.models", "AiTasksExtension"),
    },
)
SERVED = {
    "type": "file",
    "fileId": "f1",
    "tags": None,
    "AITags": [{"name": "coat", "confidence": 90.5, "source": "aws-auto-tagging"}],
    "versionInfo": {"id": "v1", "name": "Version 1", "label": "draft"},
    "createdAt": "yesterday",
    "blurHash": {"x": [1]},
}


def built(**fields: Any) -> NamedTransformation:
    """
    Return a model that is made in Python.
    """
    known: dict[str, Any] = {
        "id": "n1",
        "name": "small",
        "transformation": "w-10",
        "enabled": False,
        "created_at": NOON,
    }
    return NamedTransformation(**known | fields)


remakes = pytest.mark.parametrize(
    "remake",
    [
        lambda model: pickle.loads(pickle.dumps(model)),
        lambda model: pickle.loads(pickle.dumps(model, protocol=0)),
        copy.copy,
        copy.deepcopy,
    ],
    ids=["pickle", "pickle protocol 0", "copy", "deepcopy"],
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-04-02T12:00:00Z", NOON),
        ("2026-04-02t12:00:00z", NOON),
        ("2026-04-02T14:30:00+02:30", NOON),
        ("2026-04-02T12:00:00", NOON),
        ("2026-04-02T12:00:00.250Z", NOON + timedelta(milliseconds=250)),
        ("2026-04-02T12:00:00.2Z", NOON + timedelta(milliseconds=200)),
        ("2026-04-02T12:00:00.123456789Z", NOON + timedelta(microseconds=123456)),
    ],
)
def test_date_times_are_aware(text: str, expected: datetime) -> None:
    """A date-time is read with any fraction and offset; without an offset it is UTC."""
    value = DATE_TIME.decode(text)

    assert expected == value
    assert expected.utcoffset() == value.astimezone(UTC).utcoffset()


@pytest.mark.parametrize("raw", [None, "", "yesterday", "2026-13-02T12:00:00Z", 7, True, [], ["Z"], {}, {"Z": 1}])
@pytest.mark.parametrize("kind", [DATE_TIME, DATE])
def test_broken_dates_read_as_none(kind: Kind, raw: Any) -> None:
    """What is not a date reads as None instead of raising."""
    assert kind.decode(raw) is None


def test_date_times_are_sent_in_utc() -> None:
    """A date-time is sent as UTC with milliseconds and Z; text is sent as it is."""
    abroad = datetime(2026, 4, 2, 14, 0, 0, 250_000, timezone(timedelta(hours=2)))

    assert "2026-04-02T12:00:00.250Z" == DATE_TIME.encode(abroad)
    assert "2026-04-02" == DATE_TIME.encode("2026-04-02")


def test_naive_date_times_are_not_sent() -> None:
    """A date-time without a time zone is refused, since it could mean any."""
    with pytest.raises(ValueError, match="must be an aware datetime, got "):
        DATE_TIME.encode(datetime(2026, 4, 2))


def test_dates() -> None:
    """A date is a calendar day both ways; of a date-time its day is sent, and text as it is."""
    assert date(2026, 4, 2) == DATE.decode("2026-04-02")
    assert ["2026-04-02"] * 3 == [DATE.encode(day) for day in (NOON.date(), NOON, "2026-04-02")]


def test_free_form_values() -> None:
    """Free-form JSON is read as it came, and written from models, dates, mappings and collections at any depth."""
    value = {
        "a": VersionInfo.from_dict({"id": "v1"}),
        "b": (NOON, NOON.date()),
        "c": MappingProxyType({"c": [None, True, 1.5, "d"]}),
    }
    raw = {"a": [1]}
    expected = {"a": {"id": "v1"}, "b": ["2026-04-02T12:00:00.000Z", "2026-04-02"], "c": {"c": [None, True, 1.5, "d"]}}

    assert raw is PLAIN.decode(raw)
    assert expected == PLAIN.encode(value)


def test_arrays() -> None:
    """An array decodes and encodes item by item, from any collection; another JSON type reads as None."""
    dates = Array(DATE)

    assert [NOON.date(), None] == dates.decode(["2026-04-02", 7])
    assert [None, None] == [dates.decode({"0": "2026-04-02"}), dates.decode("2026-04-02")]
    assert ["2026-04-02"] == dates.encode(day for day in (NOON,))


@pytest.mark.parametrize("value", ["summer", b"summer", {"summer": 1}, 7])
def test_an_array_is_no_single_value(value: Any) -> None:
    """A string where a list belongs is refused, not sent letter by letter."""
    with pytest.raises(TypeError, match=f"^must be a list, got {type(value).__name__}"):
        Array(PLAIN).encode(value)


def test_maps() -> None:
    """A map decodes and encodes value by value; another JSON type reads as None."""
    versions = MapOf(VERSION)

    assert {"a": VersionInfo.from_dict({"id": "v1"}), "b": None} == versions.decode({"a": {"id": "v1"}, "b": 7})
    assert versions.decode([{"id": "v1"}]) is None
    assert {"a": {"id": "v1"}} == versions.encode({"a": VersionInfo.from_dict({"id": "v1"})})
    with pytest.raises(TypeError, match="must be a mapping, got list"):
        versions.encode([("a", 1)])


def test_references() -> None:
    """A nested model is read from an object only, and sent as a model or as a mapping."""
    assert VersionInfo.from_dict({"id": "v1"}) == VERSION.decode({"id": "v1"})
    assert VERSION.decode("v1") is None
    assert [{"id": "v1"}] * 2 == [VERSION.encode(VersionInfo.from_dict({"id": "v1"})), VERSION.encode({"id": "v1"})]


def test_unions_are_told_apart_by_their_tag() -> None:
    """The tag chooses the model, `UnknownModel` if it is unknown or missing; another JSON type passes through."""
    raws: list[Any] = [{"type": "file"}, {"type": "folder"}, {"type": "album"}, {}, {"type": ["file"]}, "file", None]

    assert [File, Folder, UnknownModel, UnknownModel, UnknownModel, str, type(None)] == [
        type(ASSET.decode(raw)) for raw in raws
    ]


def test_unions_are_sent_from_models_and_mappings() -> None:
    """A mapping is sent with the names of the variant it chooses; one of an unknown variant as it is."""
    assert {"type": "file", "fileId": "f1"} == ASSET.encode({"type": "file", "file_id": "f1"})
    assert {"type": "file", "fileId": "f1"} == ASSET.encode(File.from_dict({"type": "file", "fileId": "f1"}))
    assert {"type": "album", "album_id": "a1"} == ASSET.encode({"type": "album", "album_id": "a1"})
    assert {"name": "remove-bg"} == ASSET.encode(UnknownModel.from_dict({"name": "remove-bg"}))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            {"name": "remove-bg", "option": {}},
            r"has no key 'option'; accepted are name, options\. For a newer one, pass ",
        ),
        (
            {"name": "remove-bg", "options": {"shadow": 1}},
            r"\['options'\] has no key 'shadow'; accepted are add_shadow, ",
        ),
        ({"nombre": "remove-bg"}, "must have the key 'name', one of 'remove-bg', 'ai-tasks'; got the keys 'nombre'"),
        ({}, "got the keys none"),
    ],
)
def test_misspelt_keys_are_refused(value: Any, message: str) -> None:
    """A mapping in the place of a model has no other keys than the model, nested ones included."""
    with pytest.raises(TypeError, match=f"^{message}" if value else message):
        EXTENSION.encode(value)


def test_newer_keys_can_be_sent() -> None:
    """A model holds keys that are not known yet, and a variant that is not known yet is sent as it is."""
    newer = RemoveBgExtension(additional_properties={"strength": 5})

    assert {"name": "remove-bg", "strength": 5} == EXTENSION.encode(newer)
    assert {"name": "upscale", "factor": 2} == EXTENSION.encode({"name": "upscale", "factor": 2})
    assert {"message": "No.", "code": 7} == Reference("imagekit_async.models", "Error").encode(
        {"message": "No.", "code": 7}
    )


@pytest.mark.parametrize("rewriter", [ImgixUrlRewriter(type="IMGIX"), {"type": "IMGIX"}])
@pytest.mark.parametrize("prefix", ["url_prefix", "urlPrefix"])
def test_mappings_stand_for_models(prefix: str, rewriter: Any) -> None:
    """A mapping may use Python or JSON names, hold models or mappings, and have keys the model does not know."""
    source = {prefix: "blog", "url_rewriter": rewriter, "x_new": [date(2026, 4, 2)]}

    assert {"urlPrefix": "blog", "urlRewriter": {"type": "IMGIX"}, "x_new": ["2026-04-02"]} == (
        UrlEndpoint.encode_mapping(source)
    )


@pytest.mark.parametrize(
    ("model", "name", "wire"),
    [
        (CustomMetadataFieldSchema, "select_options", "selectOptions"),
        (File, "created_at", "createdAt"),
        (File, "custom_metadata", "customMetadata"),
        (File, "version_info", "versionInfo"),
        (File, "name", "name"),
    ],
)
def test_none_in_a_mapping_is_null(model: type[Model], name: str, wire: str) -> None:
    """None in a mapping is sent as null, whatever the kind of the field."""
    assert {wire: None} == model.encode_mapping({name: None})


def test_models_are_immutable_values() -> None:
    """A model is an attrs class without a dict, equal by value to one built in Python, and cannot be changed."""
    served = File.from_dict({"fileId": "f1", "createdAt": "2026-04-02T12:00:00Z", "tags": None})
    json = {"id": "n1", "name": "small", "transformation": "w-10", "enabled": False}

    assert built() == NamedTransformation.from_dict({**json, "createdAt": "2026-04-02T12:00:00Z"})
    assert built(id="n2") != built()
    assert built(additional_properties={"x": 1}) != built()
    assert File.from_dict({"size": 1}) != File.from_dict({}) == File.from_dict({"tags": None})
    assert Folder.from_dict({}) != File.from_dict({})
    with pytest.raises(TypeError, match="unhashable"):
        hash(served)
    assert (True, 0) == (attrs.has(File), File.__dictoffset__)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        served.file_id = "f3"  # type: ignore[misc]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        served.colour = "red"  # type: ignore[attr-defined]


def test_fields_are_read_as_documented() -> None:
    """Nested models are models; an absent, null or broken field is None; unknown fields are kept."""
    file = File.from_dict({**SERVED, "embeddedMetadata": 7})

    assert ("f1", None, None, None) == (file.file_id, file.mime, file.tags, file.embedded_metadata)
    assert [AITag(name="coat", confidence=90.5, source="aws-auto-tagging")] == file.ai_tags
    assert VersionInfo(id="v1", name="Version 1", additional_properties={"label": "draft"}) == file.version_info
    assert {"blurHash": {"x": [1]}} == file.additional_properties
    assert file.version_info is file.version_info


@pytest.mark.parametrize(
    "source", [{}, {"url": None, "createdAt": None}, {"createdAt": "yesterday", "url": None}], ids=str
)
@pytest.mark.parametrize(("name", "wire"), [("url", "url"), ("created_at", "createdAt")])
def test_promised_fields_are_never_none(source: dict[str, Any], name: str, wire: str) -> None:
    """To read a field that is documented as always present, and is absent, null or broken, raises and names it."""
    file = File.from_dict(source | {"size": 7})

    with pytest.raises(MissingFieldError, match=rf"^File\.{name} is missing: .* here '{wire}' is absent"):
        getattr(file, name)
    assert (False, 7, source | {"size": 7}) == (hasattr(file, name), file.size, file.to_dict())


def test_promised_fields_of_made_models() -> None:
    """None in a promised field of a model made in Python is missing as well."""
    promised = [name for name, prop in File._properties.items() if prop.required]
    file = File(**dict.fromkeys(promised))

    assert {"url", "created_at", "version_info"} <= {*promised}
    assert [] == [name for name in promised if hasattr(file, name)]
    assert ({}, file) == (file.to_dict(), pickle.loads(pickle.dumps(file)))
    with pytest.raises(MissingFieldError, match=r"File\.url is missing"):
        file.url  # noqa: B018


@pytest.mark.parametrize("raw", [12, 12.0])
def test_whole_numbers_are_ints(raw: float) -> None:
    """An integer is an int even if it was written with a fraction of zero; anything else reads as it came."""
    file = File.from_dict({"width": raw, "height": 12.5, "bitRate": "fast"})

    assert "12" == repr(file.width)
    assert (12.5, "fast") == (file.height, file.bit_rate)


@pytest.mark.parametrize("name", ["created_at", "version_info", "tags", "custom_metadata"])
def test_a_field_is_decoded_once(name: str) -> None:
    """Reading a date or a nested value again gives the same object."""
    example = {"versionInfo": {"id": "v1"}, "tags": ["a"], "customMetadata": {"a": 1}}
    file = File.from_dict({"createdAt": "2026-04-02T12:00:00Z", **example})

    assert getattr(file, name) is not None
    assert getattr(file, name) is getattr(file, name)


@pytest.mark.parametrize("model", [FileRenameResult.from_dict({}), FileRenameResult()], ids=["served", "built"])
def test_misspelt_attributes_raise(model: FileRenameResult) -> None:
    """An attribute that does not exist raises and names itself, on served and on built models."""
    with pytest.raises(AttributeError, match="'FileRenameResult' object has no attribute 'reazon'") as caught:
        model.reazon  # type: ignore[attr-defined]  # noqa: B018

    assert ("reazon", model) == (caught.value.name, caught.value.obj)


@pytest.mark.parametrize("source", [None, "{}", [("fileId", "f1")], 7])
def test_only_objects_make_models(source: Any) -> None:
    """Anything but a mapping is refused, by its type and not its value."""
    with pytest.raises(TypeError, match=rf"File.from_dict takes .* not {type(source).__name__}$"):
        File.from_dict(source)


@pytest.mark.parametrize("source", [SERVED, MappingProxyType(SERVED)])
def test_nothing_served_is_lost(source: Mapping[str, Any]) -> None:
    """A served model gives back exactly what came, null, broken and unknown fields included."""
    file = File.from_dict(source)

    assert SERVED == file.to_dict()


def test_a_dict_shares_nothing_with_its_model() -> None:
    """What is done to the dict of a model does not reach the model."""
    served = File.from_dict(copy.deepcopy(SERVED))
    action = AiTaskAction(add_tags=["a"], additional_properties={"x": [1]})
    served_dict, action_dict = served.to_dict(), action.to_dict()
    served_dict["versionInfo"]["id"] = "v2"
    served_dict["blurHash"]["x"].clear()
    action_dict["add_tags"].clear()
    action_dict["x"].clear()

    assert SERVED == served.to_dict()
    assert {"add_tags": ["a"], "x": [1]} == action.to_dict()


def test_a_built_model_leaves_none_out() -> None:
    """A model built in Python gives JSON names, nested models included, without the fields that are None."""
    task = YesNoTask(type="yes_no", instruction="Is it winter?", additional_properties={"seed": None})
    action = AiTaskAction(add_tags=[], set_metadata=[MetadataAssignment(field="size", value=0)])

    assert {"type": "yes_no", "instruction": "Is it winter?", "seed": None} == task.to_dict()
    assert {"add_tags": [], "set_metadata": [{"field": "size", "value": 0}]} == action.to_dict()
    assert ("2026-04-02T12:00:00.000Z", False) == (built().to_dict()["createdAt"], built().to_dict()["enabled"])


@remakes
@pytest.mark.parametrize(
    "model",
    [
        File.from_dict(SERVED),
        AiTaskAction(set_metadata=[MetadataAssignment(field="a", value=1)], additional_properties={"x": [1]}),
        built(created_at=NOON + timedelta(microseconds=1)),
        built(created_at=datetime(2026, 4, 2)),
        UnknownModel.from_dict({"type": "album", "albumId": None}),
        UnknownModel(additional_properties={"type": "album"}),
    ],
    ids=["served", "built", "built with microseconds", "built naive", "unknown served", "unknown built"],
)
def test_models_pickle_and_copy(model: Model, remake: Callable[[Model], Model]) -> None:
    """A pickled or copied model equals the original."""
    assert model == remake(model)


@remakes
def test_remade_models_lose_nothing(remake: Callable[[Model], Model]) -> None:
    """What a model was served outlives pickling and copying, null and broken fields included."""
    assert SERVED == remake(File.from_dict(SERVED)).to_dict()


def test_deep_copies_share_nothing() -> None:
    """What is done to a deep copy does not reach the original."""
    action = AiTaskAction(add_tags=["a"])
    copied = copy.deepcopy(action)
    (copied.add_tags or []).clear()

    assert ["a"] == action.add_tags


def test_repr_shows_what_is_set() -> None:
    """The repr names the fields that have a value, false ones too, and no others."""
    assert "File(file_id='f1', size=0)" == repr(File.from_dict({"fileId": "f1", "tags": None, "size": 0}))
    result = FileRenameResult(reason="a", additional_properties={"x": 1})
    assert "FileRenameResult(reason='a', additional_properties={'x': 1})" == repr(result)


def test_repr_hides_secrets() -> None:
    """A field that holds a secret is readable, but not in the repr."""
    webhook = Webhook.from_dict({"id": "w1", "secret": "whsec_c2VjcmV0"})

    assert "whsec_c2VjcmV0" == webhook.secret
    assert "Webhook(id='w1', secret='***')" == repr(webhook)


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("album_id", "albumId"),
        ("albumId", "albumId"),
        ("created_at", "created_at"),
        ("ai_tags", "AITags"),
        ("use_iam_role", "useIAMRole"),
        ("x_resolution", "XResolution"),
        ("s3_force_path_style", "s3ForcePathStyle"),
    ],
)
@pytest.mark.parametrize("build", [UnknownModel.from_dict, lambda raw: UnknownModel(additional_properties=raw)])
def test_unknown_models_are_read_by_either_name(build: Callable[[Any], Any], name: str, wire: str) -> None:
    """A field of an unknown model is read by its JSON name, or by the Python name that a known model would give it."""
    assert [1] == getattr(build({"type": "album", wire: [1]}), name)


def test_unknown_models() -> None:
    """An unknown model compares and hashes by value, has None for what is absent, and keeps private names private."""
    served = UnknownModel.from_dict({"type": "album", "cover": None})
    built = UnknownModel(additional_properties={"type": "album", "cover": None})

    assert served == built
    assert hash(served) == hash(built)
    assert served != UnknownModel.from_dict({"type": "album"})
    assert served != {"type": "album", "cover": None}
    assert (None, None) == (served.cover, served.album_id)
    assert {"type": "album", "cover": None} == served.to_dict() == served.additional_properties
    assert "UnknownModel(additional_properties={'type': 'album', 'cover': None})" == repr(served)
    assert not hasattr(served, "_repr_json_")
