"""
Search queries: each operator, quoting, and combining.
"""

from __future__ import annotations

import copy
import math
import pickle
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
    """Each operator is written as the search language has it, with values quoted."""
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
    """Parentheses stand where they are needed, and a negation moves to the clauses."""
    assert expected == query


@pytest.mark.parametrize(
    "query", [SHOES, Asset.name.has("a"), Asset.format == "jpg", Asset.location_taken == "1,2 3km", SHOES & WIDE]
)
def test_what_cannot_be_negated(query: Query) -> None:
    """Where the language has no opposite, `~` says so instead of guessing."""
    with pytest.raises(ValueError, match="cannot be negated"):
        query.__invert__()


@pytest.mark.parametrize("misuse", [lambda: WIDE and SHOES, lambda: not WIDE, lambda: 100 < Asset.width < 800])
def test_truth(misuse: Any) -> None:
    """`and`, `not` and chained comparisons would drop a part in silence, so they are refused."""
    with pytest.raises(TypeError, match="combine queries by &"):
        misuse()


@pytest.mark.parametrize(
    ("misuse", "error"),
    [
        (lambda: WIDE & "x = 1", TypeError),
        (lambda: Asset.format != "jpg", ValueError),
        (lambda: Asset.format.not_in(["jpg"]), ValueError),
        (lambda: Asset.keywords.has("a"), ValueError),
        (lambda: Asset.location_taken != "1,2 3km", ValueError),
        (lambda: Asset.tags.in_([]), ValueError),
        (lambda: Asset.tags.in_("autumn"), ValueError),
        (lambda: Asset.width > math.nan, ValueError),
        (lambda: Asset.name == None, ValueError),  # noqa: E711 - makes a query
        (lambda: Asset.created_at > datetime(2031, 5, 1), ValueError),
        (lambda: hash(Asset.name), TypeError),
    ],
)
def test_misuse(misuse: Any, error: type[Exception]) -> None:
    """What the API would refuse, or read differently, is refused at once."""
    with pytest.raises(error):
        misuse()


def test_queries_are_text() -> None:
    """A query goes wherever a string goes, and survives copying and pickling with its structure."""
    query = WIDE & FOLDER

    assert isinstance(query, str)
    for twin in (copy.deepcopy(query), pickle.loads(pickle.dumps(query))):
        assert query == twin
        assert ~query == ~twin


def test_custom_fields() -> None:
    """`Asset.custom` is a field of that name."""
    assert isinstance(Asset.custom("price"), CustomField)
