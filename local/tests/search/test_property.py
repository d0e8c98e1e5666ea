"""
Compare the SQL of queries with an evaluator that reads one asset after another.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imagekit_local._account import Account
from imagekit_local._custom_fields.values import LIVE_FIELDS
from imagekit_local._media import Media
from imagekit_local._search.searching import parse_search, search
from imagekit_local._store import Asset, Condition, File, Folder, Store, Version

NOW = datetime(2030, 1, 2, tzinfo=UTC)
TEXTS = ["", "a", "b", "ab", "a b", "A-b_c", "é", "𐎀", "ß\U0010ffff", 'q"\\', "x\x00y", "%", "a'--"]
FOLDERS = ["/", "/a", "/a/b", "/ab"]
MIMES = {"png": "image/png", "jpg": "image/jpeg", "pdf": "application/pdf", "mp4": "video/mp4"}
FIELDS = {"t": "Text", "n": "Number", "d": "Date", "b": "Boolean", "s": "SingleSelect", "m": "MultiSelect"}
DAYS = ["2029-12-01", "2029-12-31", "2030-01-01"]
OPTIONS: list[Any] = ["a", "ab", 1, 20, True, False, "1"]
text = st.sampled_from(TEXTS)
number = st.sampled_from([0, 1, 2, 2.5, 2**70, -3])
day = st.sampled_from(DAYS)
time = st.builds(
    lambda day, microseconds: moment(day) + timedelta(microseconds=microseconds),
    day,
    st.sampled_from([0, 1, 999, 1000, 1500]),
)
instant = st.sampled_from([*DAYS, "1d", "1m", "2029-12-31T00:00:00.001", "2029-12-31T00:00:00.000500"])
option = st.sampled_from(OPTIONS)
LIST = ["IN", "NOT IN"]
EQUAL = ["=", "NOT =", *LIST]
ORDER = ["<", "<=", ">", ">="]
EXISTS = ["EXISTS", "NOT EXISTS"]
KNOWN: dict[str, tuple[list[str], st.SearchStrategy[Any]]] = {
    "name": ([*EQUAL, ":", "HAS"], text),
    "tags": ([*LIST, *EXISTS, "HAS"], text),
    "type": (EQUAL, st.sampled_from(["file", "file-version", "folder"])),
    "id": (EQUAL, st.sampled_from(["0", "1", "x"])),
    "createdAt": ([*EQUAL, *ORDER], instant),
    "updatedAt": ([*EQUAL, *ORDER], instant),
    "width": ([*EQUAL, *ORDER], number),
    "size": ([*EQUAL, *ORDER], st.sampled_from([0, 1, 2, "1kb", "2b"])),
    "format": (["=", "IN"], st.sampled_from([*MIMES, "doc"])),
    "private": (["="], st.booleans()),
    "published": (["="], st.booleans()),
    "transparency": (["="], st.booleans()),
    "createdBy": (EQUAL, text),
    "path": ([*EQUAL, ":"], st.sampled_from([*FOLDERS, "a/"])),
    "embeddedMetadata.Keywords": ([*LIST, *EXISTS], text),
    "embeddedMetadata.DateTimeOriginal": ([*EQUAL, *ORDER], day),
    "embeddedMetadata.LocationTaken": (
        ["="],
        st.sampled_from(["0,0 120km", "10,10 0km", "-1,-1|1,1", "0.5,0.5|-9,20", "0,0|0,3|3,3|3,0", "1,1|1,2|1,3|1,4"]),
    ),
    "customMetadata.t": ([*EQUAL, *EXISTS, ":", "HAS"], text),
    "customMetadata.n": ([*EQUAL, *ORDER, *EXISTS], number),
    "customMetadata.d": ([*EQUAL, *ORDER, *EXISTS], day),
    "customMetadata.b": (["=", *EXISTS], st.booleans()),
    "customMetadata.s": ([*EQUAL, *ORDER, *EXISTS, ":"], option),
    "customMetadata.m": ([*LIST, *EXISTS], option),
}


@attrs.frozen
class Clause:
    """
    One condition of a made-up query.
    """

    field: str
    operator: str
    values: tuple[Any, ...]

    def __str__(self) -> str:
        field = json.dumps(self.field) if "." in self.field else self.field
        values = ", ".join(map(literal, self.values))
        return f"{field} {self.operator} {f'[{values}]' if self.operator.endswith('IN') else values}"


@attrs.frozen
class Group:
    """
    Conditions of which all or any must hold.
    """

    joiner: str
    parts: tuple[Any, ...]

    def __str__(self) -> str:
        return f" {self.joiner} ".join(f"({part})" for part in self.parts)


def literal(value: Any) -> str:
    """
    A value as queries write it.
    """
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value).lower() if isinstance(value, bool) else str(value)


@st.composite
def clauses(draw: st.DrawFn) -> Clause:
    """
    Any condition that the language knows.
    """
    field = draw(st.sampled_from(sorted(KNOWN)))
    operators, values = KNOWN[field]
    operator = draw(st.sampled_from(operators))
    if operator == "HAS":
        values = st.sampled_from(["a", "b a", "é", "A-b", "c b", "SS", "𐎀"])
    if field == "customMetadata.s" and operator not in EQUAL:
        values = text if operator == ":" else number
    if operator.endswith("EXISTS"):
        return Clause(field, operator, ())
    return Clause(
        field, operator, tuple(draw(st.lists(values, min_size=1, max_size=3 if operator.endswith("IN") else 1)))
    )


queries = st.recursive(
    clauses(), lambda parts: st.builds(Group, st.sampled_from(["AND", "OR"]), st.tuples(parts, parts)), max_leaves=5
)


@st.composite
def versions(draw: st.DrawFn) -> Version:
    """
    A version with everything that can be searched for.
    """
    mime = draw(st.sampled_from(sorted(MIMES.values())))
    metadata = {"t": text, "n": number, "d": day, "b": st.booleans(), "s": option, "m": st.lists(option, max_size=2)}
    embedded = {
        "Keywords": st.lists(text, max_size=2),
        "DateTimeOriginal": day.map(lambda value: f"{value.replace('-', ':')} 00:00:00"),
        "LocationTaken": st.sampled_from(["0,0", "1,1.5", "2.9,2.9", "10,10", "-1,1"]),
    }
    return Version(
        id="",
        number=1,
        size=draw(st.sampled_from([0, 1, 2, 1024])),
        media=Media(
            mime=mime,
            width=draw(st.sampled_from([1, 2, 20])) if mime.startswith("image/") else None,
            has_alpha=draw(st.booleans()),
            embedded=draw(st.fixed_dictionaries({}, optional=embedded)),
        ),
        delivery_id="",
        created_at=draw(time),
        updated_at=draw(time),
        tags=tuple(draw(st.lists(text, max_size=2))),
        ai_tags=tuple({"name": name} for name in draw(st.lists(text, max_size=1))),
        custom_metadata=draw(st.fixed_dictionaries({}, optional=metadata)),
        is_private=draw(st.booleans()),
        is_published=draw(st.booleans()),
    )


@st.composite
def assets(draw: st.DrawFn) -> list[File | Folder]:
    """
    Some files, a few with an older version, and folders.
    """
    listed: list[File | Folder] = []
    for number, name in enumerate(draw(st.lists(text.filter(bool), max_size=5, unique=True))):
        folder = draw(st.sampled_from(FOLDERS))
        first, second = draw(versions()), draw(versions())
        if draw(st.integers(0, 4)) == 0:
            path = f"{folder.rstrip('/')}/{name}"
            listed.append(Folder(id=str(number), path=path, created_at=first.created_at, updated_at=first.updated_at))
            continue
        current = attrs.evolve(first, id=str(number), delivery_id=str(number), number=2)
        older = attrs.evolve(second, id=f"{number}-old", delivery_id=f"{number}-old")
        listed.append(
            File(
                id=str(number),
                folder=folder,
                name=name,
                created_at=current.created_at,
                current=current,
                older=(older,) if draw(st.booleans()) else (),
                version_count=2,
            )
        )
    return listed


def moment(text: str) -> datetime:
    """
    The moment that a day or an age stands for.
    """
    ages = {"1d": timedelta(days=1), "1m": timedelta(days=30)}
    return NOW - ages[text] if text in ages else datetime.fromisoformat(text).replace(tzinfo=UTC)


def shown(time: datetime) -> datetime:
    """
    Return a time as responses show it, in milliseconds.
    """
    return time.replace(microsecond=time.microsecond // 1000 * 1000)


def records(listed: list[File | Folder]) -> dict[tuple[str, str], dict[str, list[Any] | None]]:
    """
    All values of all fields by type and id; None where a field does not apply, so that nothing holds.
    """
    found: dict[tuple[str, str], dict[str, list[Any] | None]] = {}
    for item in listed:
        if isinstance(item, Folder):
            shared = {"name": [item.name], "path": [item.parent], "id": [item.id], "type": ["folder"]}
            times = {"createdAt": [shown(item.created_at)], "updatedAt": [shown(item.updated_at)]}
            custom = {field: [] for field in KNOWN if field.startswith("customMetadata") or field == "createdBy"}
            found["folder", item.id] = dict.fromkeys(KNOWN, None) | shared | times | custom
            continue
        for asset in item.assets:
            kind = "file" if asset.is_current else "file-version"
            found[kind, asset.version.id] = file_record(asset, kind)
    return found


def file_record(asset: Any, kind: str) -> dict[str, list[Any] | None]:
    """
    All values of all fields of a file.
    """
    version = asset.version
    media, embedded, custom = version.media, version.media.embedded, version.custom_metadata
    taken = embedded.get("DateTimeOriginal")
    return {
        "name": [asset.name],
        "tags": [*version.tags, *(tag["name"] for tag in version.ai_tags)],
        "type": [kind],
        "id": [asset.file_id],
        "createdAt": [shown(asset.created_at)],
        "updatedAt": [shown(version.updated_at)],
        "width": None if media.width is None else [media.width],
        "size": [version.size],
        "format": [next(name for name, mime in MIMES.items() if mime == media.mime)],
        "private": [version.is_private],
        "published": [version.is_published],
        "transparency": None if media.width is None else [media.has_alpha],
        "createdBy": [],
        "path": [asset.folder],
        "embeddedMetadata.Keywords": embedded.get("Keywords", []),
        "embeddedMetadata.DateTimeOriginal": [] if taken is None else [moment(taken[:10].replace(":", "-"))],
        "embeddedMetadata.LocationTaken": [embedded["LocationTaken"]] if "LocationTaken" in embedded else [],
        "customMetadata.t": [custom["t"]] if "t" in custom else [],
        "customMetadata.n": [custom["n"]] if "n" in custom else [],
        "customMetadata.d": [moment(custom["d"])] if "d" in custom else [],
        "customMetadata.b": [custom["b"]] if "b" in custom else [],
        "customMetadata.s": [custom["s"]] if "s" in custom else [],
        "customMetadata.m": custom.get("m", []),
    }


def holds(query: Clause | Group, record: dict[str, list[Any] | None]) -> bool:
    """
    Whether a query finds an asset.
    """
    if isinstance(query, Group):
        parts = [holds(part, record) for part in query.parts]
        return all(parts) if query.joiner == "AND" else any(parts)
    values = record[query.field]
    if values is None:
        return False
    negated = query.operator.startswith("NOT ")
    operator = query.operator.removeprefix("NOT ")
    if operator == "EXISTS":
        return bool(values) != negated
    if operator == "HAS":
        words = {word for value in values for word in re.split(r"[^0-9a-zéß𐎀\U0010ffff]+", value.casefold())}
        *whole, last = re.split(r"[^0-9a-zéß𐎀]+", query.values[0].casefold())
        return words.issuperset(whole) and any(word.startswith(last) for word in words)
    return any(matches(query.field, operator, value, wanted) for value in values for wanted in query.values) != negated


def matches(field: str, operator: str, value: Any, wanted: Any) -> bool:
    """
    Whether one value of an asset is what one value of a clause asks for.
    """
    if field.endswith("LocationTaken"):
        return is_within(value, wanted)
    if isinstance(value, datetime):
        wanted = moment(wanted)
    elif field == "size":
        wanted = {"1kb": 1024, "2b": 2}.get(wanted, wanted)
    elif field == "path":
        wanted = "/" + wanted.strip("/")
        if operator == ":":
            return value == wanted or value.startswith(wanted.rstrip("/") + "/")
    comparisons: dict[str, Callable[[], bool]] = {
        ":": lambda: value.startswith(wanted),
        "<": lambda: value < wanted,
        "<=": lambda: value <= wanted,
        ">": lambda: value > wanted,
        ">=": lambda: value >= wanted,
    }
    if operator in comparisons:
        return is_alike(value, wanted) and comparisons[operator]()
    return is_alike(value, wanted) and value == wanted


def is_alike(value: Any, wanted: Any) -> bool:
    """
    Whether two values can be compared: in Python, true is a number.
    """
    return isinstance(value, str) == isinstance(wanted, str) and isinstance(value, bool) == isinstance(wanted, bool)


def is_within(place: str, area: str) -> bool:
    """
    Whether a place is in an area, worked out in other ways than the server does.
    """
    latitude, longitude = map(float, place.split(","))
    if area.endswith("km"):
        centre, radius = area.removesuffix("km").split(" ")
        other_latitude, other_longitude = map(float, centre.split(","))
        a, b, turn = map(math.radians, (latitude, other_latitude, longitude - other_longitude))
        cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
        return 6371.0088 * math.acos(min(1, cosine)) <= float(radius) + 1e-3
    corners = [tuple(map(float, corner.split(","))) for corner in area.split("|")]
    if len(corners) == 4 and corners[0][0] == corners[3][0] == 1:
        return False
    south, north = sorted((corners[0][0], corners[-2][0]))[0], max(corner[0] for corner in corners)
    west, east = min(corner[1] for corner in corners), max(corner[1] for corner in corners)
    if len(corners) == 4:
        return south <= latitude < north and west <= longitude < east
    return min(corners[0][0], corners[1][0]) <= latitude <= north and west <= longitude <= east


def run(listed: list[File | Folder], queries: Iterable[str], few: int) -> dict[str, set[tuple[str, str]]]:
    """
    Type and id of what each query finds among some assets, when less than so many are few.
    """
    store = Store(few=few)
    account = cast("Account", SimpleNamespace(store=store, settings=SimpleNamespace(clock=lambda: NOW)))
    try:
        with store.transaction():
            for name, kind in FIELDS.items():
                store.collection(LIVE_FIELDS).insert(name, {"name": name, "schema": {"type": kind}})
            for item in listed:
                if isinstance(item, Folder):
                    store.assets.add_folder(item)
                else:
                    store.assets.save(item)
            pages = {query: page(account, query) for query in queries}
    finally:
        store.close()
    return {query: set(map(key, page)) for query, page in pages.items()}


def page(account: Account, query: str) -> list[Asset | Folder]:
    """
    What a query finds.
    """
    found = search(account, parse_search(query), Condition.all_of([]))
    return account.store.assets.page(
        found.condition, Condition("id"), limit=1000, among=found.among, by_list=found.by_list
    )


def key(item: Asset | Folder) -> tuple[str, str]:
    """
    Type and id of an asset.
    """
    if isinstance(item, Folder):
        return "folder", item.id
    return "file" if item.is_current else "file-version", item.version.id


def fields(query: Clause | Group) -> set[str]:
    """
    All fields that a query names.
    """
    return {query.field} if isinstance(query, Clause) else {name for part in query.parts for name in fields(part)}


@settings(max_examples=80, suppress_health_check=[HealthCheck.data_too_large])
@given(listed=assets(), asked=st.lists(queries, min_size=12, max_size=12), few=st.sampled_from([0, 2, 5000]))
def test_same_as_one_by_one(listed: list[File | Folder], asked: list[Clause | Group], few: int) -> None:
    """A query finds exactly the assets for which it holds, and only files unless it names types."""
    known = records(listed)
    expected = {
        str(query): {
            key
            for key, record in known.items()
            if holds(query, record) and ("type" in fields(query) or key[0] == "file")
        }
        for query in asked
    }

    assert expected == run(listed, expected, few)


@settings(max_examples=60)
@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda name: "/" not in name))
def test_any_text(name: str) -> None:
    """Any quoted text is a single value, whatever it contains."""
    version = Version(
        id="1",
        number=1,
        size=0,
        media=Media("text/plain"),
        delivery_id="1",
        created_at=NOW,
        updated_at=NOW,
        tags=(name,),
        custom_metadata={"t": name},
    )
    listed: list[File | Folder] = [File(id="1", folder="/", name=name, created_at=NOW, current=version)]
    custom = ['"customMetadata.t" = {}', '"customMetadata.t" : {}']
    found = [query.format(literal(name)) for query in ["name = {}", "name : {}", "tags IN [{}]", *custom]]

    longer = f"name = {literal(name + 'x')}"

    assert {query: {("file", "1")} for query in found} | {longer: set()} == run(listed, [*found, longer], few=5000)
