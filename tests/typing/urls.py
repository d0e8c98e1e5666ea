"""
Delivery URLs and search queries as type checkers see them: read by mypy and pyright in strict mode, never run.

An `ignore` marks what must be refused; a checker that accepts it fails on the needless comment.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import assert_type

from imagekit_async.search import Asset, Query
from imagekit_async.urls import (
    AuthenticationParameters,
    Helper,
    ParsedURL,
    Transformation,
    build_transformation_string,
    build_url,
    get_authentication_parameters,
    parse_url,
)

KEY = "private"
ENDPOINT = "https://ik.imagekit.io/demo"

STEP: Transformation = {"width": 400, "height": "ih_div_2", "trim": True, "streaming_resolutions": ["240"]}
TEXT: Transformation = {"overlay": {"type": "text", "text": "Hi", "transformation": [{"font_size": 5}]}}
NESTED: Transformation = {
    "overlay": {"type": "image", "input": "a.png", "transformation": [TEXT], "timing": {"end": 5}}
}

assert_type(build_transformation_string([STEP, TEXT, NESTED]), str)
assert_type(parse_url(ENDPOINT), ParsedURL)
assert_type(parse_url(ENDPOINT).transformation, list[Transformation])
assert_type(get_authentication_parameters(private_key=KEY), AuthenticationParameters)
build_url(src="a.jpg", url_endpoint=ENDPOINT, transformation=[{"crop": "at_max"}], expires_in=timedelta(1))
build_url(src="a.jpg", url_endpoint=ENDPOINT, query_parameters={"v": 1, "w": True}, expires_in=datetime.now(UTC))
Helper(KEY, ENDPOINT).build_url(src="a.jpg", transformation=[STEP], transformation_position="path")

UNKNOWN: Transformation = {"widths": 400}  # type: ignore[typeddict-unknown-key]  # pyright: ignore[reportAssignmentType]
WRONG: Transformation = {"crop": "at_last"}  # type: ignore[typeddict-item]  # pyright: ignore[reportAssignmentType]
TYPED: Transformation = {"quality": "80"}  # type: ignore[typeddict-item]  # pyright: ignore[reportAssignmentType]
EMPTY: Transformation = {"overlay": {"type": "text"}}  # type: ignore[typeddict-item]  # pyright: ignore[reportAssignmentType]
build_url(src="a.jpg", url_endpoint=ENDPOINT, transformation_position="header")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

assert_type(Asset.name == "a.png", Query)
assert_type(~((Asset.width > 800) & Asset.tags.in_(["a"])) | (Asset.created_at < date(2031, 5, 1)), Query)
WIDE = Asset.width > "wide"  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnknownVariableType]
Asset.private.in_([True])  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
Asset.tags.in_([5])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
