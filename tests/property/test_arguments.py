"""
Any value either arrives as what it is, or is refused by the name of its argument before anything is sent.
"""

from __future__ import annotations

import enum
import json
import uuid
from collections.abc import Iterator
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qsl

import anyio
import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imagekit_async import AsyncImageKit
from imagekit_async.errors import BadRequestError
from imagekit_async.testing import LocalImageKit


class Label(str, enum.Enum):  # noqa: UP042 - as many programs have it
    """Texts."""

    HOLIDAY = "holiday"
    COMMA = "a,b"


class Size(enum.IntEnum):
    """Numbers."""

    LARGE = 3


PLAIN: dict[type, Any] = {Label: lambda value: value.value, Size: int, uuid.UUID: str, Decimal: float}

texts = st.text(st.characters(exclude_categories=[]), max_size=20) | st.sampled_from(["a,b", " a", "", "[]", "ü"])
exact = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
special = st.sampled_from([*Label, *Size, Decimal("1.25")]) | st.uuids()
unsendable = st.sampled_from([float("nan"), b"a", bytearray(b"a"), PurePosixPath("/a"), 1j, object()])
scalars = texts | exact | special | unsendable
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts | st.integers(), inner, max_size=4),
    max_leaves=8,
)


def plain(value: Any) -> Any:
    """The JSON value that stands for an argument; KeyError for one that has none."""
    if isinstance(value, dict):
        return {plain_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if type(value) in PLAIN:
        value = PLAIN[type(value)](value)
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, float) and value - value != 0:
        raise ValueError
    elif not isinstance(value, bool | int | float | None):
        raise TypeError
    return value


def plain_key(key: Any) -> str:
    """The name of a field."""
    if not isinstance(key, str):
        raise TypeError
    return str(plain(key))


def sent(**arguments: Any) -> httpx.Request:
    """The request of an operation that this version does not know."""
    requests: list[httpx.Request] = []

    async def send() -> None:
        """Send it."""

        async def respond(request: httpx.Request) -> httpx.Response:
            await request.aread()
            requests.append(request)
            return httpx.Response(200, json={})

        async with AsyncImageKit("key", transport=httpx.MockTransport(respond)) as client:
            await client.request("POST", "/v1/test", **arguments)

    anyio.run(send)
    return requests[0]


@settings(max_examples=150)
@given(values)
def test_json(value: Any) -> None:
    """A JSON body is the value, or an error that begins with the argument's name."""
    try:
        expected = plain(value)
    except (TypeError, ValueError):
        with pytest.raises((TypeError, ValueError), match=r"^json"):
            sent(json=value)
        return

    assert expected == json.loads(sent(json=value).content)


@settings(max_examples=150)
@given(scalars)
def test_query(value: Any) -> None:
    """A query parameter is the text of the value's JSON, or an error that begins with the argument's name."""
    try:
        expected = plain(value)
    except (TypeError, ValueError):
        with pytest.raises((TypeError, ValueError), match=r"^query\['q'\]"):
            sent(query={"q": value})
        return
    text = expected if isinstance(expected, str) else json.dumps(expected)
    pairs = [] if expected is None else [("q", text)]

    assert pairs == parse_qsl(sent(query={"q": value}).url.query.decode(), keep_blank_values=True)


@pytest.fixture(scope="module")
def server() -> Iterator[LocalImageKit]:
    """A server for all examples."""
    with LocalImageKit() as server:
        yield server


tags = st.text(st.characters(exclude_characters="%"), max_size=12)
odd_tags = st.sampled_from(["a,b", " a", "a ", "", "[]", '["a"]', "\ud800", "\ufeffa"])
items = tags | odd_tags | st.sampled_from(Label) | st.integers()


def fits_a_form(given_tags: list[Any]) -> bool:
    """Whether the tags can be distinguished in comma-separated text."""
    joined = ",".join(given_tags)
    trimmed = all(tag and tag == tag.strip().strip("\ufeff") and "," not in tag for tag in given_tags)
    return trimmed and not (joined.startswith("[") and joined.endswith("]"))


@settings(max_examples=60)
@given(st.lists(items, max_size=4, unique_by=str), st.booleans())
def test_tags_survive(server: LocalImageKit, given_tags: list[Any], in_form: bool) -> None:
    """Tags of an upload are stored as they were given, or refused by name; in JSON, commas are allowed."""

    async def store() -> list[str]:
        """Upload with the tags, or set them afterwards."""
        async with AsyncImageKit(server.private_key, base_url=server.url) as client:
            if in_form:
                uploaded = await client.files.upload(
                    file=b"a", file_name="a.txt", tags=given_tags, response_fields=["tags"]
                )
                return uploaded.tags or []
            uploaded = await client.files.upload(file=b"a", file_name="a.txt")
            try:
                return (await client.files.update(str(uploaded.file_id), tags=given_tags)).tags or []
            except BadRequestError:
                # The server's own rules for tags.
                return wanted

    wanted = [tag.value if isinstance(tag, Label) else tag for tag in given_tags]
    valid = all(isinstance(tag, str) and tag.encode(errors="ignore").decode() == tag for tag in wanted)
    if valid and (fits_a_form(wanted) or not in_form):
        assert wanted == anyio.run(store)
    else:
        with pytest.raises((TypeError, ValueError), match=r"^tags"):
            anyio.run(store)
