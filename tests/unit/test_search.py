"""
Search queries: each operator, quoting, and combining.
"""

from __future__ import annotations

import copy
import math
import pickle
import re
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from imagekit_async.search import Asset, CustomField, Query

SHOES = Asset.name.startswith("shoe")
WIDE = Asset.width > 800
FOLDER = Asset.type == "folder"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Asset.name == "a.png", 'name = "a.png"'),
        (Asset.name != "a.png", 'name NOT = "a.png"'),
        (Asset.name.has("blue win"), 'name HAS "blue win"'),
        (Asset.path.startswith("/catalog"), 'path : "/catalog"'),
        (Asset.tags.in_(["autumn", "sale"]), 'tags IN ["autumn", "sale"]'),
        (Asset.tags.not_in(("autumn",)), 'tags NOT IN ["autumn"]'),
        (Asset.tags.exists(), "tags EXISTS"),
        (~Asset.tags.exists(), "tags NOT EXISTS"),
        (Asset.id.in_(iter(["1"])), 'id IN ["1"]'),
        (Asset.width >= 800, "width >= 800"),
        (Asset.width <= 0.00001, "width <= 0.00001"),
        (Asset.height == 800.0, "height = 800"),
        (Asset.height < -1.5, "height < -1.5"),
        (800 < Asset.width, "width > 800"),
        (Asset.size > "3mb", 'size > "3mb"'),
        (Asset.created_at > "7d", 'createdAt > "7d"'),
        (Asset.created_at >= date(2031, 5, 1), 'createdAt >= "2031-05-01"'),
        (
            Asset.updated_at < datetime(2031, 5, 1, 8, tzinfo=timezone(timedelta(hours=2))),
            'updatedAt < "2031-05-01T06:00:00.000Z"',
        ),
        (Asset.private == True, "private = true"),  # noqa: E712 - makes a query
        (Asset.private != True, "private = false"),  # noqa: E712 - makes a query
        (~(Asset.published == False), "published = true"),  # noqa: E712 - makes a query
        (Asset.format.in_(["jpg"]), 'format IN ["jpg"]'),
        (Asset.keywords.in_(["a"]), '"embeddedMetadata.Keywords" IN ["a"]'),
        (Asset.date_time_original > "1y", '"embeddedMetadata.DateTimeOriginal" > "1y"'),
        (Asset.location_taken == "47.37,8.54 10km", '"embeddedMetadata.LocationTaken" = "47.37,8.54 10km"'),
        (Asset.custom("price") > 9.5, '"customMetadata.price" > 9.5'),
        (Asset.custom("sizes").in_(["XL", 44, True]), '"customMetadata.sizes" IN ["XL", 44, true]'),
        (Asset.custom('a"b\\').exists(), '"customMetadata.a\\"b\\\\" EXISTS'),
        (Asset.name == 'say "hi" \\ ü', 'name = "say \\"hi\\" \\\\ ü"'),
    ],
)
def test_clauses(query: Query, expected: str) -> None:
    """Each operator is written in the search language, with values quoted."""
    assert expected == query


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (SHOES & WIDE, 'name : "shoe" AND width > 800'),
        (SHOES | WIDE | FOLDER, 'name : "shoe" OR width > 800 OR type = "folder"'),
        ((SHOES | WIDE) & FOLDER, '(name : "shoe" OR width > 800) AND type = "folder"'),
        (SHOES | (WIDE & FOLDER), 'name : "shoe" OR (width > 800 AND type = "folder")'),
        (~(WIDE & FOLDER), 'width <= 800 OR type NOT = "folder"'),
        (~(WIDE | ~FOLDER), 'width <= 800 AND type = "folder"'),
        (~~(WIDE & FOLDER), 'width > 800 AND type = "folder"'),
    ],
)
def test_combining(query: Query, expected: str) -> None:
    """Parentheses are written where needed, and negation moves to the clauses."""
    assert expected == query


@pytest.mark.parametrize(
    "query", [SHOES, Asset.name.has("a"), Asset.format == "jpg", Asset.location_taken == "1,2 3km", SHOES & WIDE]
)
def test_what_cannot_be_negated(query: Query) -> None:
    """`~` raises an error for clauses that the language cannot negate."""
    with pytest.raises(ValueError, match="cannot be negated"):
        query.__invert__()


@pytest.mark.parametrize(
    "misuse",
    [
        lambda: WIDE and SHOES,
        lambda: WIDE or SHOES,
        lambda: not WIDE,
        lambda: 100 < Asset.width < 800,
        lambda: Asset.width == 100 == 100,
        lambda: Asset.width in [100, 200],
        lambda: any([WIDE, SHOES]),
        lambda: bool(WIDE),
    ],
)
def test_truth_of_queries(misuse: Any) -> None:
    """`and`, `or`, `not`, `in` and chained comparisons would drop a part in silence, so they are refused."""
    with pytest.raises(TypeError, match="combine queries with &"):
        misuse()


@pytest.mark.parametrize(
    "misuse",
    [
        lambda: bool(Asset.tags),
        lambda: not Asset.tags,
        lambda: Asset.width and WIDE,
        lambda: Asset.private or WIDE,
        lambda: bool(Asset.custom("price")),
    ],
)
def test_truth_of_fields(misuse: Any) -> None:
    """A field by itself is not a condition."""
    with pytest.raises(TypeError, match="is a field, which has no truth value"):
        misuse()


@pytest.mark.parametrize(
    ("misuse", "way_out"),
    [
        (lambda: Asset.tags == "sale", "tags is a list, which cannot be compared with ==: use in_(['sale'])"),
        (lambda: Asset.tags != "sale", "tags is a list, which cannot be compared with !=: use not_in(['sale'])"),
        (lambda: "sale" == Asset.tags, "use in_(['sale'])"),
        (lambda: "sale" in Asset.tags, "tags is a field, not a list: use in_(['sale'])"),
        (lambda: Asset.tags in ["sale"], "use in_(['sale'])"),
        (lambda: Asset.keywords == "sale", "use in_(['sale'])"),
        (lambda: Asset.keywords != None, "use not_in([None])"),  # noqa: E711 - refused
    ],
)
def test_lists_are_not_compared(misuse: Any, way_out: str) -> None:
    """Comparing tags raises an error that names `in_` instead of returning a bool."""
    with pytest.raises(TypeError, match=re.escape(way_out)):
        misuse()


@pytest.mark.parametrize(
    ("misuse", "error", "message"),
    [
        (lambda: WIDE & "x = 1", TypeError, "A query can only be combined with another query, got 'x = 1'"),
        (lambda: Asset.width > WIDE, TypeError, "A field can only be compared with a value"),
        (lambda: Asset.width == Asset.height, TypeError, "A field can only be compared with a value"),
        (lambda: Asset.tags.in_([Asset.name]), TypeError, "A field can only be compared with a value"),
        (lambda: Asset.format != "jpg", ValueError, "format does not support NOT =; it supports =, IN"),
        (lambda: Asset.format.not_in(["jpg"]), ValueError, "format does not support NOT IN"),
        (lambda: Asset.keywords.has("a"), ValueError, "does not support HAS"),
        (lambda: Asset.location_taken != "1,2 3km", ValueError, "does not support NOT ="),
        (lambda: Asset.private == "yes", ValueError, 'private must be compared with True or False, got "yes"'),
        (lambda: Asset.private == 1, ValueError, "private must be compared with True or False, got 1"),
        (lambda: Asset.tags.in_([]), ValueError, "tags IN takes a list of at least one value, got []"),
        (lambda: Asset.tags.in_("autumn"), ValueError, "tags IN takes a list of at least one value, got 'autumn'"),
        (lambda: Asset.tags.in_({"autumn": 1}), ValueError, "tags IN takes a list of at least one value"),
        (lambda: Asset.width.in_(5), ValueError, "width IN takes a list of at least one value, got 5"),
        (lambda: Asset.width > math.nan, ValueError, "A value must be text, a finite number, a boolean or a date"),
        (lambda: Asset.name == None, ValueError, "A value must be text"),  # noqa: E711 - makes a query
        (lambda: Asset.created_at > datetime(2031, 5, 1), ValueError, "must be an aware datetime"),
        (lambda: hash(Asset.name), TypeError, "unhashable"),
        (lambda: hash(Asset.tags), TypeError, "unhashable"),
    ],
)
def test_misuse(misuse: Any, error: type[Exception], message: str) -> None:
    """Queries that the API would refuse or misread are refused."""
    with pytest.raises(error, match=re.escape(message)):
        misuse()


def test_queries_are_text() -> None:
    """A query is a string, and survives copying and pickling with its structure."""
    query = WIDE & FOLDER

    assert isinstance(query, str)
    for twin in (copy.deepcopy(query), pickle.loads(pickle.dumps(query))):
        assert query == twin
        assert ~query == ~twin


def test_custom_fields() -> None:
    """`Asset.custom` returns a field."""
    assert isinstance(Asset.custom("price"), CustomField)
