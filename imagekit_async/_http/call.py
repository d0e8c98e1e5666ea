"""
A call as a value: what the generated endpoint modules build and the session sends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import quote

import attrs

from .._scalars import STRING, placed
from .._unset import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        path: Path template with Python names, for example `/v1/files/{file_id}/details`.
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
        Return the path with its parameters filled in, percent-encoded.

        Args:
            parameters: Their values, by Python name.

        Raises:
            ValueError: A parameter is empty, would be read as a path step (`.` and `..`), or is not valid Unicode.
            TypeError: A parameter is not a str.
        """
        path = self.path
        for name, value in parameters.items():
            try:
                step: str = STRING.encode(value)
            except (TypeError, ValueError) as error:
                raise placed(error, name) from None
            if step in ("", ".", ".."):
                raise ValueError(f"{name} must be an id, got {step!r}")
            path = path.replace(f"{{{name}}}", quote(step, safe=""))
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
