"""
Arguments become paths, queries, JSON bodies and form fields exactly as the API reads them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from imagekit_async import UNSET
from imagekit_async._http.call import Call, Form, Operation, form_fields, json_body, json_text, query_texts, text
from imagekit_async._json import DATE_TIME
from imagekit_async._model import PLAIN, Array, MapOf, Reference
from imagekit_async.models import VersionInfo

NOON = datetime(2026, 4, 2, 12, 0, tzinfo=UTC)
KINDS = {
    "fileName": PLAIN,
    "tags": Array(PLAIN),
    "customMetadata": MapOf(PLAIN),
    "versionInfo": Reference("imagekit_async.models", "VersionInfo"),
    "createdAt": DATE_TIME,
}
OPERATION = Operation(
    name="files.versions.get",
    method="GET",
    path="/v1/files/{fileId}/versions/{versionId}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={},
)


def test_path_parameters_are_encoded() -> None:
    """A path parameter stays one step of the path, whatever it contains."""
    path = OPERATION.url_path(fileId="a/b?c#d%é {versionId}", versionId="..v")

    assert "/v1/files/a%2Fb%3Fc%23d%25%C3%A9%20%7BversionId%7D/versions/..v" == path


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_path_parameters_must_name_something(value: str) -> None:
    """A parameter that would turn the path into another one is refused."""
    with pytest.raises(ValueError, match=r"^files\.versions\.get: fileId must be an id"):
        OPERATION.url_path(fileId=value, versionId="v1")


@pytest.mark.parametrize("value", [None, 7, b"f1", UNSET])
def test_path_parameters_must_be_strings(value: Any) -> None:
    """A parameter of another type is refused instead of being sent as its repr."""
    expected = rf"^files\.versions\.get: fileId must be a string, not {type(value).__name__}$"

    with pytest.raises(TypeError, match=expected):
        OPERATION.url_path(fileId=value, versionId="v1")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (1.5, "1.5"),
        ("a,b", "a,b"),
        (["a", True, 3], "a,true,3"),
        (("a", date(2026, 4, 2)), "a,2026-04-02"),
        ([], ""),
        (NOON, "2026-04-02T12:00:00.000Z"),
    ],
)
def test_values_as_text(value: Any, expected: str) -> None:
    """Booleans are lower-case, arrays comma-joined, dates RFC 3339."""
    assert expected == text(value)


@pytest.mark.parametrize("value", [{"é": [1, None]}, {"é": (1, None)}])
def test_objects_as_text(value: Any) -> None:
    """An object is sent as JSON, alone or in a list."""
    assert '{"é":[1,null]}' == text(value)
    assert '[{"é":[1,null]}]' == text([value])


def test_json_text_is_compact() -> None:
    """JSON in a form has no spaces, keeps letters as they are, and is written from models and dates too."""
    assert '[{"id":"é"},"2026-04-02"]' == json_text([VersionInfo(id="é"), date(2026, 4, 2)])


def test_json_text_is_json() -> None:
    """A number that JSON does not know is refused."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text([float("nan")])


def test_query_leaves_out_what_was_not_given() -> None:
    """A query holds what was given, as text; false and zero count as given."""
    values = {"type": UNSET, "path": None, "skip": 0, "purge": False, "ids": ["a", "b"]}

    assert {"skip": "0", "purge": "false", "ids": "a,b"} == query_texts(values)


def test_json_body_tells_null_from_not_given() -> None:
    """None becomes null, what was not given is left out, all else is encoded as its kind says."""
    values = {
        "fileName": UNSET,
        "tags": None,
        "customMetadata": {"since": date(2026, 4, 2)},
        "versionInfo": {"id": "v1"},
        "createdAt": NOON,
    }

    assert {
        "tags": None,
        "customMetadata": {"since": "2026-04-02"},
        "versionInfo": {"id": "v1"},
        "createdAt": "2026-04-02T12:00:00.000Z",
    } == json_body(KINDS, values)


def test_form_fields_keep_their_order() -> None:
    """A form holds what was given, in order, as JSON where the document says so and as text elsewhere."""
    values = {
        "versionInfo": VersionInfo(id="v1"),
        "fileName": "a.jpg",
        "tags": ("a", "b"),
        "customMetadata": UNSET,
        "createdAt": None,
    }

    assert [("versionInfo", '{"id":"v1"}'), ("fileName", "a.jpg"), ("tags", "a,b")] == (
        form_fields(KINDS, ["versionInfo", "customMetadata"], values)
    )


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("tags", "summer", TypeError),
        ("customMetadata", ["a"], TypeError),
        ("createdAt", datetime(2026, 4, 2), ValueError),
    ],
)
def test_errors_name_the_argument(name: str, value: Any, error: type[Exception]) -> None:
    """A value that cannot be sent is refused with the name of its field, in a body and in a form."""
    with pytest.raises(error, match=f"^{name}: "):
        json_body(KINDS, {name: value})
    with pytest.raises(error, match=f"^{name}: "):
        form_fields(KINDS, [], {name: value})


def test_calls_show_no_content() -> None:
    """The repr of a call shows neither the body nor the form, which may hold secrets."""
    form = Form(fields=[("signature", "hush")], file_field="file", file=b"hush", default_name="a.jpg")

    assert "hush" not in repr(Call(operation=OPERATION, path="/", json={"secretKey": "hush"}, form=form))
