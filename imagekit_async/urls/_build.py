"""
Build a delivery URL: endpoint, path, query, transformation, signature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._address import Endpoint, absolute_url, encoded_path, is_absolute, parse_endpoint, with_parameters
from ._kinds import refused
from ._percent import QUERY, SEGMENT, valid
from ._signing import EXPIRY, SIGNATURE, checked_key, expiry_time, signed_url
from ._transformation import build_transformation_string

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ._types import Expiry, Moment, QueryValue, Transformation, TransformationPosition


def build_url(
    *,
    src: str,
    url_endpoint: str,
    transformation: Sequence[Transformation] | None = None,
    transformation_position: TransformationPosition = "query",
    query_parameters: Mapping[str, QueryValue] | None = None,
    signed: bool = False,
    expires_in: Expiry | None = None,
    private_key: str | None = None,
    now: Moment | None = None,
) -> str:
    """
    Return the URL to deliver a file from, transformed and signed as requested.

    >>> build_url(src="/cat.jpg", url_endpoint="https://ik.imagekit.io/demo", transformation=[{"width": 300}])
    'https://ik.imagekit.io/demo/cat.jpg?tr=w-300'

    The URL is percent-encoded where it must be. HTTP clients send a signed URL byte for byte as it was signed.

    Args:
        src: Path of the file below the endpoint, not encoded; or a whole URL, kept as it is.
        url_endpoint: Base of the account's delivery URLs.
        transformation: Steps, applied in order.
        transformation_position: Where the steps go: "query" or "path". With a whole URL as `src` they always go into
            the query. Steps with an apostrophe go into the path of a signed URL, since browsers encode it in a query.
        query_parameters: More query parameters; None values are left out.
        signed: Whether to sign the URL. A URL with an expiry is always signed.
        expires_in: When the signature expires: seconds from now (at least 1), a timedelta or an aware datetime.
            None means never.
        private_key: Private key, required only for signing.
        now: Current time, in seconds since the epoch or as an aware datetime; None for the system clock.

    Raises:
        ValueError: An argument is not valid. The message names it, its value and what is accepted.
    """
    steps = build_transformation_string(transformation)
    endpoint = parse_endpoint(url_endpoint)
    signed = signed or expires_in is not None
    in_path = (_is_in_path(transformation_position) or (signed and "'" in steps)) and not is_absolute(src)
    url, query = _located(src, endpoint, valid(steps, SEGMENT) if in_path else "")
    if query or query_parameters:
        reserved = (("tr",) if steps else ()) + ((EXPIRY, SIGNATURE) if signed else ())
        query = "&".join(with_parameters(query, query_parameters or {}, reserved))
    if steps and not in_path:
        steps = valid(steps, QUERY)
        query = f"{query}&tr={steps}" if query else f"tr={steps}"
    if query:
        url = f"{url}?{query}"
    if not signed:
        return url
    expiry = None if expires_in is None else expiry_time(expires_in, now)
    return signed_url(url, checked_key(private_key), endpoint, expiry)


def _located(src: str, endpoint: Endpoint, steps: str) -> tuple[str, str]:
    if is_absolute(src):
        return absolute_url(src)
    segment = f"/tr:{steps}" if steps else ""
    path = encoded_path(src).strip("/")
    return f"{endpoint.base}{segment}{'/' if path else ''}{path}", endpoint.query


def _is_in_path(position: str | None) -> bool:
    if position not in ("query", "path", None):
        raise ValueError(f"transformation_position {refused('query or path', position)}")
    return position == "path"
