"""
Path parameters become one step of a path each, and calls show no secrets.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import pytest

from imagekit_async import UNSET
from imagekit_async._http.call import Call, Form, Operation

OPERATION = Operation(
    name="files.versions.get",
    method="GET",
    path="/v1/files/{file_id}/versions/{version_id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={},
)


def test_path_parameters_are_encoded() -> None:
    """A path parameter stays one step of the path, whatever it contains."""
    path = OPERATION.url_path(file_id="a/b?c#d%é {version_id}", version_id="..v")

    assert "/v1/files/a%2Fb%3Fc%23d%25%C3%A9%20%7Bversion_id%7D/versions/..v" == path


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_path_parameters_must_name_something(value: str) -> None:
    """A parameter that would turn the path into another one is refused."""
    with pytest.raises(ValueError, match=r"^file_id must be an id"):
        OPERATION.url_path(file_id=value, version_id="v1")


def test_path_parameters_must_be_valid_unicode() -> None:
    """A parameter with half a surrogate pair is refused by its Python name."""
    with pytest.raises(ValueError, match=r"^file_id must be valid Unicode"):
        OPERATION.url_path(file_id="a\udcff", version_id="v1")


@pytest.mark.parametrize("value", [None, 7, b"f1", UNSET, PurePosixPath("f1")])
def test_path_parameters_must_be_strings(value: Any) -> None:
    """A parameter of another type is refused instead of being sent as its repr."""
    expected = rf"^file_id must be a str, got {type(value).__name__}"

    with pytest.raises(TypeError, match=expected):
        OPERATION.url_path(file_id=value, version_id="v1")


def test_calls_show_no_content() -> None:
    """The repr of a call shows neither the body nor the form, which may hold secrets."""
    form = Form(fields=[("signature", "hush")], file_field="file", file=b"hush", default_name="a.jpg")

    assert "hush" not in repr(Call(operation=OPERATION, path="/", json={"secretKey": "hush"}, form=form))
