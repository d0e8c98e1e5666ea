"""
Files in a notebook: a small HTML card that shows nothing that is private.
"""

from __future__ import annotations

from typing import Any

import pytest

from imagekit_async.models import File, FileUploadResponse, Folder, Model, UnknownModel

PUBLIC = {
    "name": "cat.jpg",
    "size": 2_345_678,
    "tags": ["cat", "new"],
    "thumbnail": "https://ik.imagekit.io/demo/tr:n-ik_ml_thumbnail/cat.jpg?updatedAt=1&v=2",
    "isPrivateFile": False,
}
IMAGE = '<img src="https://ik.imagekit.io/demo/tr:n-ik_ml_thumbnail/cat.jpg?updatedAt=1&amp;v=2" alt=""'


def shown(**changes: Any) -> str:
    """
    Return the HTML of a file.
    """
    return File.from_dict({**PUBLIC, **changes})._repr_html_() or ""


def test_file() -> None:
    """A public file is shown with thumbnail, name, size and tags."""
    html = shown()

    assert IMAGE in html
    assert "<b>cat.jpg</b> · 2.35 MB <code>cat</code> <code>new</code></div>" in html


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (1.5e9, "1.5 GB"), (2e15, "2e+03 TB")],
)
def test_sizes_are_readable(size: float, text: str) -> None:
    """A size has three digits and a decimal unit."""
    assert f" · {text} " in shown(size=size)


def test_everything_is_escaped() -> None:
    """Names, tags and URLs cannot add elements or attributes."""
    html = shown(
        name='<script>"', tags=["<i>", '"'], thumbnail='https://ik.imagekit.io/demo/"onerror="x"', url="javascript:x"
    )

    assert "<script>" not in html
    assert "<i>" not in html
    assert '"onerror' not in html


@pytest.mark.parametrize(
    ("changes", "is_shown"),
    [
        ({"isPrivateFile": True}, False),
        ({"isPrivateFile": None}, False),
        ({"isPrivateFile": True, "thumbnail": "https://ik.imagekit.io/demo/cat.jpg?ik-s=abc"}, True),
        ({"isPrivateFile": True, "thumbnail": "https://ik.imagekit.io/demo/ik-s=abc.jpg"}, False),
        ({"thumbnail": None}, False),
        ({"thumbnail": "javascript:alert(1)"}, False),
        ({"thumbnail": "https://[broken"}, False),
        ({"thumbnail": 7}, False),
    ],
)
def test_thumbnail(changes: dict[str, Any], is_shown: bool) -> None:
    """A thumbnail is a web address, and of a file that may be private a signed one."""
    assert is_shown == ("<img" in shown(**changes))


def test_missing_fields_are_left_out() -> None:
    """A file of which nothing is known has an empty card."""
    assert "<div></div>" == File.from_dict({})._repr_html_() == File.from_dict({"size": "big", "tags": 7})._repr_html_()


@pytest.mark.parametrize(
    "model",
    [
        Folder.from_dict({"name": "a"}),
        FileUploadResponse.from_dict({"name": "a"}),
        UnknownModel.from_dict({"name": "a", "thumbnail": "b"}),
    ],
)
def test_other_models_have_no_html(model: Model) -> None:
    """A notebook shows other models by their repr."""
    assert model._repr_html_() is None
