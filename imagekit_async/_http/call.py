"""
A call as a value: what the generated endpoint modules build and the session sends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import quote

import attrs

from .._generated.types import UNSET, Unset
from .._json import is_collection, is_object
from .._model import PLAIN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import httpx

    from .._json import Kind
    from .._uploads.progress import ProgressCallback
    from .._uploads.sources import FileInput

T_co = TypeVar("T_co", covariant=True)


@attrs.frozen
class Operation:
    """
    What the API's document says of one operation.

    Attributes:
        name: The call as users write it, e.g. `files.versions.list`.
        method: HTTP method.
        path: Path template, e.g. `/v1/files/{fileId}/details`.
        server: The server it lives on, as the document names it.
        idempotent: Whether sending it twice does no harm, so that it may be repeated when it is not known whether it
            was executed.
        paced: Whether the account's rate limits apply to it.
        responses: Kind of the value by status; None for a status without a body.
    """

    name: str
    method: str
    path: str
    server: str
    idempotent: bool
    paced: bool
    responses: Mapping[int, Kind | None]

    @property
    def only_reads(self) -> bool:
        """
        Whether executing it changes nothing, as HTTP says of its method (RFC 9110, section 9.2.1).
        """
        return self.method in ("GET", "HEAD", "OPTIONS")

    def url_path(self, **parameters: str) -> str:
        """
        Fill in the path parameters, percent-encoded.

        Raises:
            ValueError: A parameter is empty, or would be read as a path step (`.` and `..`).
            TypeError: A parameter is no string.
        """
        path = self.path
        for name, value in parameters.items():
            if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance] - checks untyped callers
                raise TypeError(f"{self.name}: {name} must be a string, not {type(value).__name__}")
            if value in ("", ".", ".."):
                raise ValueError(f"{self.name}: {name} must be an id, not {value!r}")
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        return path


@attrs.frozen
class Form:
    """
    A multipart/form-data body.

    Attributes:
        fields: Text fields, in order.
        file_field: Name of the file part.
        file: Its content.
        default_name: File name to send when the content has none of its own.
    """

    fields: list[tuple[str, str]] = attrs.field(repr=False)
    file_field: str
    file: FileInput = attrs.field(repr=False)
    default_name: str


@attrs.frozen
class Call(Generic[T_co]):
    """
    One call of an operation, ready to be sent.

    Attributes:
        operation: The operation.
        path: Its path with the parameters filled in.
        query: Query parameters, JSON names and text values.
        json: JSON body; UNSET for none.
        form: Multipart body; None for none.
        authorized: False when the body carries its own credentials, so that no Authorization header may be sent.
    """

    operation: Operation
    path: str
    query: dict[str, str] = attrs.field(factory=dict[str, str])
    json: Any = attrs.field(default=UNSET, repr=False)
    form: Form | None = None
    authorized: bool = True


@attrs.frozen
class CallOptions:
    """
    What a caller may change for one call.

    Attributes:
        timeout: Seconds, an `httpx.Timeout`, or None for no limit; UNSET for the client's.
        max_retries: Retries after the first attempt; UNSET for the client's.
        extra_headers: Headers to add or replace.
        extra_query: Query parameters to add or replace.
        extra_body: Fields to add to, or replace in, the JSON or form body.
        deadline: Seconds for the whole call, waits and retries included; None for no limit.
        idempotent: Whether executing the call twice does no harm; UNSET for what is known of the operation.
        progress: Told the bytes sent of an upload.
    """

    timeout: float | httpx.Timeout | Unset | None = UNSET
    max_retries: int | Unset = UNSET
    extra_headers: Mapping[str, str] | None = None
    extra_query: Mapping[str, object] | None = None
    extra_body: Mapping[str, object] | None = None
    deadline: float | None = None
    idempotent: bool | Unset = UNSET
    progress: ProgressCallback | None = None


def text(value: Any) -> str:
    """
    Write a query parameter or form field: lower-case booleans, comma-joined arrays, RFC 3339 dates, objects as JSON.
    """
    value = PLAIN.encode(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_object(value) or (is_collection(value) and any(map(is_object, value))):
        return json_text(value)
    if is_collection(value):
        return ",".join(text(item) for item in value)
    return str(value)


def json_text(value: Any) -> str:
    """
    Write a value as the JSON text of a form field.
    """
    import json

    return json.dumps(PLAIN.encode(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def query_texts(values: Mapping[str, object], kinds: Mapping[str, Kind] | None = None) -> dict[str, str]:
    """
    Write query parameters as text; what was not given, or is None, is left out.

    Args:
        values: Value of each parameter, UNSET where it was not given.
        kinds: Kind of those parameters that are more than plain values, by name.
    """
    return {
        name: text(_encode(name, (kinds or {}).get(name, PLAIN), value))
        for name, value in values.items()
        if value is not UNSET and value is not None
    }


def json_body(kinds: Mapping[str, Kind], values: Mapping[str, object]) -> dict[str, Any]:
    """
    Write a JSON body; what was not given is left out, None becomes null.

    Args:
        kinds: Kind of each field, by its JSON name.
        values: Value of each field, UNSET where it was not given.
    """
    return {
        name: None if value is None else _encode(name, kinds[name], value)
        for name, value in values.items()
        if value is not UNSET
    }


def form_fields(
    kinds: Mapping[str, Kind], json_encoded: Collection[str], values: Mapping[str, object]
) -> list[tuple[str, str]]:
    """
    Write the text fields of a form; what was not given, or is None, is left out.

    Args:
        kinds: Kind of each field, by its JSON name.
        json_encoded: Names of the fields that are sent as JSON text; the others are sent as plain text, arrays
            comma-joined.
        values: Value of each field, UNSET where it was not given.
    """
    return [
        (name, (json_text if name in json_encoded else text)(_encode(name, kinds[name], value)))
        for name, value in values.items()
        if value is not UNSET and value is not None
    ]


def _encode(name: str, kind: Kind, value: object) -> Any:
    try:
        return kind.encode(value)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name}: {error}") from error
