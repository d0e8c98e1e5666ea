"""
Read JSON bodies and write times, for every resource.
"""

from __future__ import annotations

import json
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any, cast

from starlette.requests import Request

from imagekit_local._errors import ApiError

_MAX_BYTES = 4 * 1024 * 1024


def parse_json(text: str | bytes) -> Any:
    """
    Return the value of a JSON text.

    Raises:
        ValueError: The text is not JSON, or has values that cannot be sent back as JSON (NaN, lone surrogates).
    """
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value


async def json_object(request: Request) -> dict[str, Any]:
    """
    Return the JSON object in the body of a request.

    Raises:
        ApiError: 400 if the body is not JSON, not an object, or larger than 4 MiB.
    """
    content = bytearray()
    async with aclosing(request.stream()) as stream:
        async for chunk in stream:
            content += chunk
            if len(content) > _MAX_BYTES:
                raise ApiError(400, "Your request is too large.")
    try:
        body = parse_json(bytes(content))
    except ValueError:
        raise ApiError(400, "Your request contains invalid JSON.") from None
    return as_object(body, invalid_parameters())


def as_object(value: Any, error: ApiError) -> dict[str, Any]:
    """
    Return a JSON value if it is an object, or raise the error.
    """
    if not isinstance(value, dict):
        raise error
    return cast("dict[str, Any]", value)


def as_array(value: Any, error: ApiError) -> list[object]:
    """
    Return a JSON value if it is an array, or raise the error.
    """
    if not isinstance(value, list):
        raise error
    return cast("list[object]", value)


def invalid_parameters() -> ApiError:
    """
    Return the error for a body that no operation accepts.
    """
    return ApiError(400, "Your request contains invalid parameters.")


def iso_time(moment: datetime) -> str:
    """
    Return a time in ISO 8601, in UTC with milliseconds and `Z`.
    """
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
