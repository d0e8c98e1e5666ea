"""
Split a delivery URL into the arguments that build it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_plus

import attrs

from ._address import is_absolute, parse_endpoint, split_url
from ._kinds import refused
from ._reading import read_transformation
from ._signing import EXPIRY, SECONDS, SIGNATURE

if TYPE_CHECKING:
    from ._types import Transformation, TransformationPosition

_PATH_OPENING = re.compile("tr(?::|%3[Aa])")
_SHARED_HOST = "ik.imagekit.io"


@attrs.frozen
class ParsedURL:
    """
    What a delivery URL was built from. The fields have the names of `build_url`'s arguments.

    Attributes:
        src: Path of the file below the endpoint, decoded.
        url_endpoint: The endpoint.
        transformation: Steps. Options that this version does not know are in `raw`.
        transformation_position: Where the steps are.
        query_parameters: Other query parameters, decoded; the last value of a repeated name.
        signature: The signature, not verified; None if there is none.
        expires_at: When the signature expires; None for never.
    """

    src: str
    url_endpoint: str
    transformation: list[Transformation]
    transformation_position: TransformationPosition
    query_parameters: dict[str, str]
    signature: str | None = attrs.field(repr=False)
    expires_at: datetime | None


def parse_url(url: str, *, url_endpoint: str | None = None) -> ParsedURL:
    """
    Return what a delivery URL was built from.

    >>> parse_url("https://ik.imagekit.io/demo/tr:w-300/cat.jpg").transformation
    [{'width': 300}]

    Args:
        url: URL as it was requested, nothing decoded.
        url_endpoint: Base of the account's delivery URLs. By default the host with the first folder on
            ik.imagekit.io, and the host alone elsewhere.

    Raises:
        ValueError: The URL is not absolute, is not below the endpoint, or cannot be decoded.
    """
    origin, path, query = split_url(url, "url")
    if url_endpoint is None:
        is_shared = origin.rpartition("@")[2].partition("//")[2] == _SHARED_HOST
        url_endpoint = f"{origin}/{path[1:].partition('/')[0]}" if is_shared else origin
    endpoint = parse_endpoint(url_endpoint)
    rest = endpoint.below(origin + path)
    if rest is None:
        raise ValueError(f"url {refused(f'a URL below {endpoint.base}', url)}")
    position: TransformationPosition = "query"
    steps = ""
    if opening := _PATH_OPENING.match(rest):
        position = "path"
        steps, _, rest = rest[opening.end() :].partition("/")
    pairs = {unquote_plus(name): value for name, _, value in (pair.partition("=") for pair in query.split("&") if pair)}
    if position == "query":
        steps = pairs.pop("tr", "")
    signature, expiry = pairs.pop(SIGNATURE, None), pairs.pop(EXPIRY, None)
    if expiry is not None and not SECONDS.fullmatch(expiry):
        raise ValueError(f"{EXPIRY} {refused('a time in seconds', expiry)}")
    src = unquote(rest, errors="strict") or "/"
    return ParsedURL(
        src=f"/{src}" if is_absolute(src) else src,
        url_endpoint=endpoint.base,
        transformation=read_transformation(steps),
        transformation_position=position,
        query_parameters={name: unquote_plus(value) for name, value in pairs.items()},
        signature=signature,
        expires_at=None if expiry is None else datetime.fromtimestamp(int(expiry), UTC),
    )
