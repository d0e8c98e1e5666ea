"""
Responses from the document, for operations that the server does not implement.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import attrs
from starlette.responses import Response

from imagekit_local._document.document import Document, Operation, resolve
from imagekit_local._document.schemas import schema_example
from imagekit_local._predicates import is_array

EXAMPLE_HEADER = "x-imagekit-local"
# The server sends these itself, and limits only when it applies them.
_OWN_HEADERS = {"content-type", "content-length", "x-ik-requestid"}
_BODILESS = {204, 205, 304}
_LIMITS = "x-ratelimit-"
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))


@attrs.frozen
class Example:
    """
    The first successful response of an operation.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    media_type: str | None

    def response(self) -> Response:
        """
        Return the response to send.
        """
        return Response(self.body, self.status, self.headers, self.media_type)


def operation_example(document: Document, operation: Operation) -> Example:
    """
    Return the example of an operation's first 2xx response, made from its schema if the document has none.

    Raises:
        ValueError: The response is malformed, a reference leads nowhere, or the schema allows no finite value.
    """
    try:
        return _example(document.content, operation.node.get("responses", {}))
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ValueError(f"{operation.method} {operation.path} has no valid response: {error}") from error


def is_public(document: Document, operation: Operation) -> bool:
    """
    Return whether the document lets callers use an operation without credentials.
    """
    security = operation.node.get("security", document.content.get("security"))
    return security is not None and (not security or {} in security)


def _example(content: Mapping[str, Any], responses: Mapping[str, Any]) -> Example:
    status = next((status for status in sorted(responses) if status.startswith("2")), "default")
    response = resolve(content, responses.get(status, {}))
    headers = {EXAMPLE_HEADER: "example"}
    for name, reference in response.get("headers", {}).items():
        if name.lower() not in _OWN_HEADERS and not name.lower().startswith(_LIMITS):
            headers[name] = quote(_as_text(_media_example(content, resolve(content, reference))), safe=_PRINTABLE)
    code = int(status) if status.isdecimal() else 200
    # Whatever the document says, HTTP allows no body here.
    media: dict[str, Any] = {} if code in _BODILESS else response.get("content", {})
    if not media:
        return Example(code, headers, b"", None)
    media_type = _preferred(media)
    sent_type = media_type
    if "*" in media_type:
        sent_type = "application/json" if _is_json(media_type) else "application/octet-stream"
    return Example(code, headers, _body(sent_type, _media_example(content, media[media_type])), sent_type)


def _preferred(media_types: Mapping[str, Any]) -> str:
    return next(filter(_is_json, media_types), next(iter(media_types)))


def _is_json(media_type: str) -> bool:
    essence = media_type.partition(";")[0].strip().lower()
    return essence in ("*/*", "application/*") or essence.endswith(("/json", "+json"))


def _media_example(content: Mapping[str, Any], media: Mapping[str, Any]) -> Any:
    """
    Return the example of a media type or a header, both of which have the same three keys.
    """
    if "example" in media:
        return media["example"]
    for reference in media.get("examples", {}).values():
        named = resolve(content, reference)
        if "value" in named:
            return named["value"]
    return schema_example(content, media.get("schema", {}))


def _body(media_type: str, value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False) if _is_json(media_type) else _as_text(value)).encode()


def _as_text(value: Any) -> str:
    if is_array(value):
        return ",".join(map(_as_text, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
