"""
A call as a value: what the generated endpoint modules build and the session sends.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar
from urllib.parse import quote

import attrs

from .._json import is_object
from .._limits import check
from .._scalars import STRING, placed
from .._unset import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import httpx

    from .._json import Kind
    from .._limits import Limits
    from .._redaction import Redactor
    from .._uploads.progress import ProgressCallback
    from .._uploads.sources import FileInput

T_co = TypeVar("T_co", covariant=True)

# As JSON and as the text of a form or query.
_ABSENT: tuple[object, ...] = (None, False, "", [], {}, "false", "[]", "{}")


class Media(Enum):
    """
    What a response that is not JSON is read as.
    """

    TEXT = "text/plain"
    BYTES = "application/octet-stream"


TEXT: Final = Media.TEXT
BYTES: Final = Media.BYTES


@attrs.frozen(eq=False, repr=False)
class Operation:
    """
    What the API's document says about one operation.

    Attributes:
        name: The call as users write it, e.g. `files.versions.list`.
        method: HTTP method.
        path: Path template with Python names, for example `/v1/files/{file_id}/details`.
        server: The server it lives on, as the document names it.
        idempotent: Whether executing it twice does no harm, so that it may be retried when its outcome is unknown.
        paced: Whether the account's rate limits apply to it.
        responses: Kind of the value by status, or the media type if it is not JSON; None for a status without a body.
        harmful_fields: JSON names of the fields and parameters that make it harmful to execute twice, because they cost
            money or create a version (`x-idempotent: false`).
        path_limits: What the document limits path parameters to, by their Python names.
    """

    name: str
    method: str
    path: str
    server: str
    idempotent: bool
    paced: bool
    responses: Mapping[int, Kind | Media | None]
    harmful_fields: Collection[str] = ()
    path_limits: Mapping[str, Limits] = attrs.field(factory=dict[str, "Limits"])

    @property
    def accepts(self) -> str:
        """
        Return the media type to ask for.
        """
        media = [kind for kind in self.responses.values() if isinstance(kind, Media)]
        return media[0].value if media else "application/json"

    @property
    def only_reads(self) -> bool:
        """
        Whether executing it changes nothing, because its method is safe (RFC 9110, section 9.2.1).
        """
        return self.method in ("GET", "HEAD", "OPTIONS")

    def url_path(self, **parameters: str) -> str:
        """
        Return the path with its parameters filled in, percent-encoded.

        Args:
            parameters: Their values, by Python name.

        Raises:
            ValueError: A parameter is empty, would be read as a path step (`.` and `..`), is not valid Unicode, or is
                outside its limits.
            TypeError: A parameter is not a str.
        """
        path = self.path
        for name, value in parameters.items():
            try:
                step: str = STRING.encode(value)
                check(step, self.path_limits.get(name))
            except (TypeError, ValueError) as error:
                raise placed(error, name) from None
            if step in ("", ".", ".."):
                raise ValueError(f"{name} must be an id, got {step!r}")
            path = path.replace(f"{{{name}}}", quote(step, safe=""))
        return path


@attrs.frozen(eq=False, repr=False)
class Form:
    """
    A multipart/form-data body.

    Attributes:
        fields: Text fields, in order.
        file_field: Name of the file part.
        file: Its content.
        default_name: File name to send when the content has none of its own.
    """

    fields: list[tuple[str, str]]
    file_field: str
    file: FileInput
    default_name: str


@attrs.frozen(eq=False, repr=False)
class Call(Generic[T_co]):
    """
    One call of an operation, ready to be sent.

    Attributes:
        operation: The operation.
        path: Its path with the parameters filled in.
        query: Query parameters, JSON names and text values.
        headers: Headers that the API documents for the operation.
        json: JSON body; UNSET for none.
        form: Multipart body; None for none.
        authorized: False if the body carries its own credentials, so that no Authorization header may be sent.
    """

    operation: Operation
    path: str
    query: dict[str, str] = attrs.field(factory=dict[str, str])
    json: Any = UNSET
    form: Form | None = None
    authorized: bool = True
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])

    def names(self, redactor: Redactor) -> tuple[str, str, str]:
        """
        Return operation, method and path without the credentials that a path of the caller's may hold.
        """
        return redactor(self.operation.name), self.operation.method, redactor(self.path)

    @property
    def asks_for_harm(self) -> bool:
        """
        Whether a field or parameter makes the call harmful to execute twice; false, null and empty values do not.
        """
        fields = self.form.fields if self.form is not None else ()
        sent: dict[str, Any] = {**self.query, **dict(fields), **(self.json if is_object(self.json) else {})}
        return any(sent.get(name) not in _ABSENT for name in self.operation.harmful_fields)


@attrs.frozen(eq=False, repr=False)
class CallOptions:
    """
    What a caller may change for one call.

    Attributes:
        timeout: Seconds, an `httpx.Timeout`, or None for no limit; UNSET for the client's.
        max_retries: Retries after the first attempt; UNSET for the client's.
        extra_headers: Headers to add or replace.
        extra_query: Query parameters to add or replace.
        extra_body: Fields to add to the JSON or form body, or to replace in it.
        deadline: Seconds for the whole call, waits and retries included; None for no limit.
        idempotent: Whether executing the call twice does no harm; UNSET for what is known about the operation.
        progress: Called with the bytes of an upload sent so far.
    """

    timeout: float | httpx.Timeout | Unset | None = UNSET
    max_retries: int | Unset = UNSET
    extra_headers: Mapping[str, str] | None = None
    extra_query: Mapping[str, object] | None = None
    extra_body: Mapping[str, object] | None = None
    deadline: float | None = None
    idempotent: bool | Unset = UNSET
    progress: ProgressCallback | None = None
