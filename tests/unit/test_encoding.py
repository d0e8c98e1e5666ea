"""
Arguments become queries, JSON bodies and form fields exactly as the API reads them, or are refused by name.
"""

from __future__ import annotations

import enum
import fractions
import uuid
from collections import UserString
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

import attrs
import pytest

from imagekit_async import UNSET
from imagekit_async._http.encoding import (
    Field,
    form_fields,
    free_texts,
    json_body,
    json_text,
    json_value,
    query_texts,
    text,
)
from imagekit_async._json import AnyOf, Array, MapOf
from imagekit_async._model import PLAIN, OneOf, Reference
from imagekit_async._scalars import BOOLEAN, DATE, DATE_TIME, INTEGER, NUMBER, STRING
from imagekit_async.models import VersionInfo

NOON = datetime(2026, 4, 2, 12, 0, tzinfo=UTC)
VERSION_INFO = Reference("imagekit_async.models", "VersionInfo")
FIELDS = {
    "file_name": Field("fileName", STRING, required=True),
    "limit": Field("limit", INTEGER),
    "score": Field("score", NUMBER),
    "is_private": Field("isPrivate", BOOLEAN),
    "tags": Field("tags", Array(STRING)),
    "ai_tags": Field("AITags", AnyOf([Array(STRING), STRING])),
    "custom_metadata": Field("customMetadata", MapOf(PLAIN)),
    "version_info": Field("versionInfo", VERSION_INFO),
    "extension": Field("extension", OneOf("type", {"v": VERSION_INFO})),
    "created_at": Field("createdAt", DATE_TIME),
    "day": Field("day", DATE),
}
JSON_ENCODED = ["version_info", "custom_metadata"]


class Label(str, enum.Enum):  # noqa: UP042 - as many programs have it
    """An enum as it was written before Python 3.11."""

    HOLIDAY = "holiday"


class Season(enum.StrEnum):
    """An enum of texts."""

    SUMMER = "summer"


class Size(enum.IntEnum):
    """An enum of numbers."""

    LARGE = 3


class Answer(enum.Enum):
    """An enum whose members are not of their value's type."""

    YES = True
    WHEN = date(2026, 4, 2)
    NESTED = Label.HOLIDAY


class Loud(str):
    """Text that shows itself otherwise than it is."""

    def __str__(self) -> str:
        return "LOUD"


class Count(int):
    """A number that shows itself otherwise than it is."""

    def __repr__(self) -> str:
        return "Count"


@attrs.frozen
class Dtype:
    """The type of a numpy scalar."""

    kind: str


class NumpyInteger:
    """What numpy's integers have."""

    dtype = Dtype("i")

    def __index__(self) -> int:
        return 7


class NumpyBool:
    """What numpy's booleans have."""

    dtype = Dtype("b")

    def __bool__(self) -> bool:
        return True


class NumpyDuration(NumpyInteger):
    """What numpy's durations have: the interface of an integer, without its unit."""

    dtype = Dtype("m")


class Access(enum.Flag):
    """Members that can be iterated, and hold an int."""

    READ = 1
    WRITE = 2


class Bit(enum.IntFlag):
    """The same, as ints themselves."""

    LOW = 1
    HIGH = 2


class Odd:
    """A value that JSON does not know."""


SAME_EVERYWHERE: list[tuple[Any, Any, str]] = [
    (True, True, "true"),
    (False, False, "false"),
    (0, 0, "0"),
    (1.5, 1.5, "1.5"),
    (1e22, 1e22, "1e+22"),
    ("a,b", "a,b", "a,b"),
    (Label.HOLIDAY, "holiday", "holiday"),
    (Season.SUMMER, "summer", "summer"),
    (Size.LARGE, 3, "3"),
    (Answer.YES, True, "true"),
    (Answer.WHEN, "2026-04-02", "2026-04-02"),
    (Answer.NESTED, "holiday", "holiday"),
    (Loud("quiet"), "quiet", "quiet"),
    (Count(5), 5, "5"),
    (Decimal("19.90"), 19.9, "19.9"),
    (Decimal("7.0"), 7, "7"),
    (fractions.Fraction(1, 4), 0.25, "0.25"),
    (uuid.UUID(int=5), "00000000-0000-0000-0000-000000000005", "00000000-0000-0000-0000-000000000005"),
    (Access.READ, 1, "1"),
    (Access.READ | Access.WRITE, 3, "3"),
    (Bit.LOW | Bit.HIGH, 3, "3"),
    (NumpyInteger(), 7, "7"),
    (NumpyBool(), True, "true"),
    (NOON, "2026-04-02T12:00:00.000Z", "2026-04-02T12:00:00.000Z"),
    (date(2026, 4, 2), "2026-04-02", "2026-04-02"),
]
REFUSED: list[tuple[Any, type[Exception], str]] = [
    (PurePosixPath("/a"), TypeError, r"must be .*, got PurePosixPath; pass str\(path\)"),
    (b"a", TypeError, r"got bytes; pass text, for example value\.decode\(\)"),
    (bytearray(b"a"), TypeError, "got bytearray; pass text"),
    (memoryview(b"a"), TypeError, "got memoryview"),
    (time(12), TypeError, "got time"),
    (timedelta(1), TypeError, "got timedelta"),
    (1j, TypeError, "got complex"),
    (NumpyDuration(), TypeError, "got NumpyDuration"),
    (Odd(), TypeError, "got Odd"),
    (UNSET, TypeError, "got Unset"),
    (float("nan"), ValueError, "must be a finite number, got nan"),
    (float("-inf"), ValueError, "must be a finite number, got -inf"),
    (Decimal("NaN"), ValueError, "must be a finite number, got nan"),
    (Decimal("0.1234567890123456789"), ValueError, "a float can hold, got 0.1234567890123456789"),
    (fractions.Fraction(1, 3), ValueError, "a float can hold, got 1/3"),
    (fractions.Fraction(10**400), ValueError, "must be a finite number, got inf"),
    (UserString("a"), TypeError, r"got UserString; pass str\(value\)"),
    (10**400, ValueError, "at most 1024 bits, got 1329 bits"),
    ("a\ud800", ValueError, "must be valid Unicode, but has a lone surrogate at index 1"),
    (datetime(2026, 4, 2), ValueError, "must be an aware datetime"),
    (datetime.max.replace(tzinfo=timezone(timedelta(hours=-5))), ValueError, "must be a datetime that exists in UTC"),
]


@pytest.mark.parametrize(("value", "as_json", "as_text"), SAME_EVERYWHERE)
def test_a_value_is_the_same_in_every_encoding(value: Any, as_json: Any, as_text: str) -> None:
    """A scalar arrives as its value in JSON, in a form, in a query, and inside lists and mappings."""
    encoded = json_value("json", value)

    assert (as_json, type(as_json)) == (encoded, type(encoded))
    assert {"a": [as_json]} == json_value("json", {"a": (value,)})
    assert as_text == text(value)
    assert {"q": as_text} == query_texts({"q": value}) == free_texts("extra_query", {"q": value})


@pytest.mark.parametrize(("value", "error", "message"), REFUSED)
def test_a_value_that_cannot_be_sent_is_refused_by_name(value: Any, error: type[Exception], message: str) -> None:
    """What has no exact JSON equivalent is refused in every encoding, with the argument and the place inside it."""
    with pytest.raises(error, match=rf"^json\['a'\]\[1\]\['b'\] must .*{message.removeprefix('must ')}"):
        json_value("json", {"a": [0, {"b": value}]})
    with pytest.raises(error, match=r"^custom_metadata\['price'\] must "):
        json_body(FIELDS, {"custom_metadata": {"price": value}})
    if value is not UNSET:
        with pytest.raises(error, match=r"^extra_query\['q'\] must "):
            free_texts("extra_query", {"q": value})


def test_errors_of_a_generator_pass() -> None:
    """An error that the caller's own code raises is not dressed up as one of an argument."""

    def broken() -> Iterator[str]:
        yield "a"
        raise KeyError("of the caller")

    with pytest.raises(KeyError, match="of the caller"):
        json_body(FIELDS, {"tags": broken()})


def test_collections_become_arrays() -> None:
    """Tuples, sets, generators and views become JSON arrays."""
    collections: list[Any] = [("a",), {"a"}, frozenset("a"), (letter for letter in "a"), {"a": 1}.keys()]

    assert [["a"]] * 5 == [json_value("json", value) for value in collections]


@pytest.mark.parametrize("key", [1, None, True, b"a", ("a",)])
def test_names_must_be_text(key: Any) -> None:
    """A key that is not text would be sent as another one."""
    with pytest.raises(TypeError, match=r"^json\[.*\] must be a str, got "):
        json_value("json", {key: 1})


def test_names_from_enums() -> None:
    """A key that is an enum member becomes its value, and collides with nothing."""
    assert {"holiday": 1} == json_value("json", {Label.HOLIDAY: 1})
    with pytest.raises(ValueError, match=r"^json\[.*SUMMER.*\] must be given only once"):
        json_value("json", {Season.SUMMER: 1, "x": 2} | {_Other.SUMMER: 1, "summer": 2})


class _Other(enum.Enum):
    SUMMER = "summer"


def test_a_field_of_a_model_is_given_once() -> None:
    """The Python name and the JSON name of one field cannot both be given, as one would be lost."""
    schema = Reference("imagekit_async.models", "CustomMetadataFieldSchema")
    with pytest.raises(ValueError, match=r"\['isValueRequired'\] must be given only once"):
        schema.encode({"type": "Text", "is_value_required": True, "isValueRequired": False})


def test_endless_nesting_is_refused() -> None:
    """A value that contains itself is refused by name."""
    nested: list[Any] = []
    nested.append(nested)

    with pytest.raises(ValueError, match=r"^json must not be nested"):
        json_value("json", nested)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["a", True, 3], "a,true,3"),
        (("a", date(2026, 4, 2)), "a,2026-04-02"),
        ([Label.HOLIDAY, Season.SUMMER], "holiday,summer"),
        ([], ""),
    ],
)
def test_lists_are_joined_by_commas(value: Any, expected: str) -> None:
    """A list in a query or a form is comma-separated text."""
    assert expected == text(value)


@pytest.mark.parametrize(
    "tags", [["ok", "a,b"], ["ok", ""], ["ok", " a"], ["ok", "a\n"], ["ok", "\u00a0a"], ["ok", ","], ["ok", "\ufeffa"]]
)
def test_list_items_that_a_comma_cannot_separate_are_refused(tags: list[str]) -> None:
    """An item that would become two, none or another one is refused, with the way out."""
    for names in ({}, {"file_name": "a"}):
        with pytest.raises(ValueError, match=r"^tags\[1\] must not be empty, contain a comma.*files\.update\(\)"):
            form_fields(FIELDS, JSON_ENCODED, {**names, "tags": tags})
    with pytest.raises(ValueError, match=r"^tags\[1\] must not"):
        query_texts({"tags": tags}, FIELDS)
    with pytest.raises(ValueError, match=r"^extra_body\['tags'\]\[1\] must not"):
        free_texts("extra_body", {"tags": tags})

    assert {"tags": tags} == json_body(FIELDS, {"tags": tags})


@pytest.mark.parametrize("tags", [["[a]"], ["[", "]"]])
def test_a_list_that_would_be_read_as_json_is_refused(tags: list[str]) -> None:
    """Joined items that look like a JSON array would lose their brackets."""
    with pytest.raises(ValueError, match=r"^tags must not look like"):
        form_fields(FIELDS, JSON_ENCODED, {"tags": tags})


@pytest.mark.parametrize("value", [[None], [["a"]]])
def test_lists_in_a_text_hold_scalars(value: Any) -> None:
    """Null and nested lists cannot be distinguished in comma-separated text."""
    with pytest.raises(TypeError, match=r"^extra_query\['q'\]\[0\] must be a str, a number or a bool, got "):
        free_texts("extra_query", {"q": value})


@pytest.mark.parametrize("value", [{"é": [1, None]}, {"é": (1, None)}])
def test_objects_as_text(value: Any) -> None:
    """An object is sent as JSON, alone or in a list."""
    assert '{"é":[1,null]}' == text(value)
    assert '[{"é":[1,null]}]' == text([value])


def test_json_text_is_compact() -> None:
    """JSON in a form has no spaces, keeps letters as they are, and is written from models and dates too."""
    assert '[{"id":"é"},"2026-04-02"]' == json_text([VersionInfo.from_dict({"id": "é"}), date(2026, 4, 2)])


def test_query_leaves_out_what_was_not_given() -> None:
    """A query holds what was given, as text; false and zero count as given."""
    values = {"type": UNSET, "path": None, "skip": 0, "purge": False, "ids": ["a", "b"]}

    assert {"skip": "0", "purge": "false", "ids": "a,b"} == query_texts(values)
    assert {"skip": "0", "purge": "false", "ids": "a,b"} == free_texts("extra_query", values)
    assert {} == free_texts("extra_query", None)


def test_extra_parameters_must_be_a_mapping() -> None:
    """Pairs are refused by the argument's name."""
    pairs: Any = [("a", "b")]
    with pytest.raises(TypeError, match=r"^extra_query must be a mapping"):
        free_texts("extra_query", pairs)


def test_json_body_tells_null_from_not_given() -> None:
    """None becomes null, what was not given is left out, all else is encoded as its kind says."""
    values = {
        "limit": UNSET,
        "tags": None,
        "custom_metadata": {"since": date(2026, 4, 2)},
        "version_info": {"id": "v1"},
        "created_at": NOON,
    }

    assert {
        "tags": None,
        "customMetadata": {"since": "2026-04-02"},
        "versionInfo": {"id": "v1"},
        "createdAt": "2026-04-02T12:00:00.000Z",
    } == json_body(FIELDS, values)
    assert UNSET is json_value("json", UNSET)


def test_form_fields_keep_their_order() -> None:
    """A form holds what was given, in order, as JSON where the document says so and as text elsewhere."""
    values = {
        "version_info": VersionInfo.from_dict({"id": "v1"}),
        "file_name": "a.jpg",
        "tags": ("a", "b"),
        "custom_metadata": UNSET,
        "created_at": None,
    }

    assert [("versionInfo", '{"id":"v1"}'), ("fileName", "a.jpg"), ("tags", "a,b")] == (
        form_fields(FIELDS, JSON_ENCODED, values)
    )


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("file_name", PurePosixPath("a"), r"must be a str, got PurePosixPath; pass str\(path\)"),
        ("file_name", None, "must be a str, got NoneType"),
        ("file_name", UNSET, "must be a str, got Unset"),
        ("file_name", uuid.UUID(int=1), "must be a str, got UUID"),
        ("file_name", date(2026, 4, 2), "must be a str, got date"),
        ("file_name", Size.LARGE, "must be a str, got int"),
        ("limit", "5", "must be an int, got str"),
        ("limit", 5.0, "must be an int, got float"),
        ("limit", True, "must be an int, got bool"),
        ("limit", PurePosixPath("5"), "must be an int, got PurePosixPath"),
        ("score", "5", "must be a number, got str"),
        ("is_private", 1, "must be a bool, got int"),
        ("is_private", "true", "must be a bool, got str"),
        ("tags", "summer", "must be a list, got str"),
        ("tags", {"a": 1}, "must be a list, got dict"),
        ("tags", 5, "must be a list, got int"),
        ("tags", b"ab", "must be a list, got bytes"),
        ("tags", bytearray(b"ab"), "must be a list, got bytearray"),
        ("tags", ["a", 5], r"\[1\] must be a str, got int"),
        ("ai_tags", 5, "must be a list, got int"),
        ("custom_metadata", ["a"], "must be a mapping, got list"),
        ("version_info", "v1", r"must be a mapping or models\.VersionInfo, got str"),
        ("extension", "v", "must be a model or a mapping, got str"),
        ("created_at", 5, "must be an aware datetime or a str, got int"),
        ("created_at", date(2026, 4, 2), "must be an aware datetime or a str, got date"),
        ("day", 5, "must be a date or a str, got int"),
    ],
)
def test_wrong_types_are_refused_by_the_python_name(name: str, value: Any, message: str) -> None:
    """An argument of another type than the document's is refused, in a body, in a form and in a query."""
    with pytest.raises(TypeError, match=f"^{name} ?{message}"):
        json_body(FIELDS, {name: value})
    with pytest.raises(TypeError, match=f"^{name} ?{message}"):
        form_fields(FIELDS, JSON_ENCODED, {name: value})
    with pytest.raises(TypeError, match=f"^{name} ?{message}"):
        query_texts({name: value}, FIELDS)


def test_values_of_the_right_type_are_sent() -> None:
    """Enum members, subclasses and numpy scalars count as what they hold."""
    values = {
        "file_name": Label.HOLIDAY,
        "limit": NumpyInteger(),
        "score": Decimal("1.5"),
        "is_private": NumpyBool(),
        "tags": [Season.SUMMER, Loud("a")],
        "ai_tags": "all",
        "extension": VersionInfo.from_dict({"id": "v1"}),
        "created_at": Label.HOLIDAY,
        "day": Answer.WHEN,
    }

    assert {
        "fileName": "holiday",
        "limit": 7,
        "score": 1.5,
        "isPrivate": True,
        "tags": ["summer", "a"],
        "AITags": "all",
        "extension": {"id": "v1"},
        "createdAt": "holiday",
        "day": "2026-04-02",
    } == json_body(FIELDS, values)
    assert ["x"] == AnyOf([Array(STRING), STRING]).decode(["x"])
    assert ["x"] == AnyOf([Array(Reference("imagekit_async.models", "AITag"))]).decode(["x"])
    assert "x" == STRING.decode("x")


@pytest.mark.parametrize("text", ["a" * 60_001, "é" * 10_001, "\U0001f600" * 5001])
def test_a_query_that_no_url_can_hold_is_refused(text: str) -> None:
    """A parameter that is too long for a URL once it is percent-encoded is refused by name."""
    with pytest.raises(ValueError, match=r"^file_name must have at most 60,000 characters in a URL, got 60,0"):
        query_texts({"file_name": text}, FIELDS)

    assert {"fileName": text[:-1]} == query_texts({"file_name": text[:-1]}, FIELDS)
