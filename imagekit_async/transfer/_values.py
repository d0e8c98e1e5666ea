"""
The values of a transfer: what is on either side, what a plan decides about it, and what became of it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import starmap
from operator import attrgetter, itemgetter
from typing import Any, Final, Generic, Literal, TypeAlias, TypedDict, TypeVar, overload

import attrs

from .._generated.api.files import upload
from .._http.preparation import Timeouts
from ._names import visible

Action: TypeAlias = Literal["create", "replace", "skip", "delete", "conflict"]
Direction: TypeAlias = Literal["upload", "download"]
ResultOutcome: TypeAlias = Literal["done", "failed", "skipped", "conflict", "not run"]
Row: TypeAlias = tuple[Any, ...]

TRANSFERS: Final[tuple[Action, ...]] = ("create", "replace")
CHANGES: Final[tuple[Action, ...]] = (*TRANSFERS, "delete")
T_co = TypeVar("T_co", covariant=True)


@attrs.frozen
class Rows(Sequence[T_co], Generic[T_co]):
    """
    A sequence of values that are kept as plain tuples and made when they are read.

    The garbage collector walks every object while the event loop stands still, but forgets tuples of plain values.
    """

    make: Callable[..., T_co] = attrs.field(repr=False)
    rows: tuple[Row, ...] = attrs.field(repr=lambda rows: str(len(rows)))

    def column(self, number: int) -> Iterator[Any]:
        return map(itemgetter(number), self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[T_co]:
        return starmap(self.make, self.rows)

    @overload
    def __getitem__(self, index: int) -> T_co: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T_co]: ...

    def __getitem__(self, index: int | slice) -> T_co | Sequence[T_co]:
        if isinstance(index, slice):
            return Rows(self.make, self.rows[index])
        return self.make(*self.rows[index])


class UploadOptions(TypedDict, total=False):
    """
    Keywords of `client.files.upload` that a transfer passes on; names, folders and overwriting are its own business.
    """

    tags: Sequence[str]
    custom_metadata: Mapping[str, object]
    custom_coordinates: str
    description: str
    extensions: Sequence[Any]
    is_private_file: bool
    is_published: bool
    webhook_url: str
    overwrite_ai_tags: bool
    overwrite_custom_metadata: bool
    overwrite_tags: bool
    timeout: float | None


def checked_options(options: UploadOptions, argument: str = "options") -> UploadOptions:
    """
    Return the options, or raise TypeError or ValueError for one that a transfer does not pass on or that is not valid.
    """
    if not isinstance(options, dict):  # pyright: ignore[reportUnnecessaryIsInstance] - callers need not check types
        raise TypeError(f"{argument} must be a dict, got {options!r}")
    if not options:
        return options
    if unknown := sorted(map(str, options.keys() - UploadOptions.__annotations__.keys())):
        accepted = ", ".join(sorted(UploadOptions.__annotations__))
        raise ValueError(f"{argument} must hold only {accepted}; got {', '.join(unknown)}")
    form: dict[str, Any] = {**options}
    Timeouts.of(form.pop("timeout", None))
    upload.call(file=b"", file_name="name", **form)
    return options


@attrs.frozen
class LocalFile:
    """
    A regular file below the local folder.

    Attributes:
        path: Path below the folder, with `/` between its parts.
        size: Size in bytes.
        modified_ns: Time of the last change, in nanoseconds since the epoch.
    """

    path: str
    size: int
    modified_ns: int


@attrs.frozen
class RemoteFile:
    """
    A file below the remote folder, in its current version.

    Attributes:
        path: Path below the folder, with `/` between its parts.
        size: Size in bytes.
        file_id: Id of the file.
        version_id: Id of its current version.
        url: URL that delivers it, without a signature.
        url_endpoint: What comes before the path in this URL.
        is_private: Whether delivery needs a signature.
        is_published: False for a draft.
        description: Text about the content; None if there is none.
        custom_metadata: Values of custom metadata fields; None unless they are read for `checksum_field`.
    """

    path: str
    size: int
    file_id: str
    version_id: str
    url: str = attrs.field(default="", repr=False)
    url_endpoint: str = attrs.field(default="", repr=False)
    is_private: bool = False
    is_published: bool = True
    description: str | None = None
    custom_metadata: Mapping[str, object] | None = None


@attrs.frozen
class Item:
    """
    What a plan decides about one path.

    Attributes:
        action: `create` and `replace` transfer the file, `delete` removes it from the target; `skip` and `conflict`
            change nothing, and a conflict needs a decision.
        path: Path below the local folder.
        remote_path: Path below the remote folder, which differs from `path` if ImageKit rewrites the name.
        reason: Why, as a phrase.
        size: Bytes to transfer; 0 if nothing is transferred.
        local: The file on this side; None if there is none.
        remote: The file on ImageKit's side; None if there is none.
        options: Options of the upload.
    """

    action: Action
    path: str
    remote_path: str
    reason: str
    size: int = 0
    local: LocalFile | None = None
    remote: RemoteFile | None = None
    options: UploadOptions = attrs.field(factory=UploadOptions, repr=False)


def item_of(*row: Any) -> Item:
    """
    Return the item that a row of a plan stands for.
    """
    action, path, remote_path, reason, size, local, remote, options = row
    here, there = LocalFile(*local) if local else None, RemoteFile(*remote) if remote else None
    return Item(action, path, remote_path, reason, size, here, there, options or UploadOptions())


@attrs.frozen
class Result:
    """
    What became of one item of a plan.

    Attributes:
        action: What the plan decided.
        path: Path below the local folder.
        remote_path: Path below the remote folder, as stored.
        outcome: `done`, `failed`, `skipped` or `conflict` as planned, or `not run` because the run stopped before it.
        reason: The plan's reason, or what went wrong.
        bytes: Bytes transferred.
        seconds: How long it took.
        error: Name of the exception class if it failed.
        request_id: ImageKit's id of the last request; None if there was none.
        file_id: Id of the file; None if it is unknown.
        version_id: Id of its version; None if it is unknown.
    """

    action: Action
    path: str
    remote_path: str
    outcome: ResultOutcome
    reason: str
    bytes: int = 0
    seconds: float = 0.0
    error: str | None = None
    request_id: str | None = None
    file_id: str | None = None
    version_id: str | None = None


def row_of(kind: type[attrs.AttrsInstance]) -> Callable[[Any], Row]:
    """
    Return a function that makes the row of a value of this class.
    """
    return attrgetter(*(field.name for field in attrs.fields(kind)))


REMOTE_ROW: Final = row_of(RemoteFile)
RESULT_ROW: Final = row_of(Result)
_CLOSED: Final = frozenset[ResultOutcome](("done", "skipped"))


@attrs.frozen
class Report:
    """
    What a run did; it can be pickled.

    Attributes:
        direction: `upload` or `download`.
        local: The local folder.
        remote: The remote folder.
        items: One result for each item of the plan, in its order.
        seconds: How long the run took.
    """

    direction: Direction
    local: str
    remote: str
    items: Rows[Result]
    seconds: float

    @property
    def ok(self) -> bool:
        """
        True if everything is where it should be: nothing failed, was left undone or needs a decision.
        """
        return _CLOSED.issuperset(self.items.column(3))

    @property
    def bytes(self) -> int:
        """
        Bytes transferred in all.
        """
        return sum(self.items.column(5))

    def counts(self) -> dict[ResultOutcome, int]:
        """
        Return how many items had each outcome that occurred.
        """
        return Counter(self.items.column(3))

    def to_json(self) -> str:
        """
        Return the report as a JSON object.
        """
        values = attrs.asdict(self, recurse=False)
        return json.dumps({**values, "items": [attrs.asdict(item) for item in self.items]}, ensure_ascii=False)

    def __str__(self) -> str:
        rows = (row for row in self.items.rows if row[3] not in _CLOSED)
        failed = [visible(f"{outcome}  {path}: {reason}") for _, path, _, outcome, reason, *_ in rows]
        counts = ", ".join(f"{count} {outcome}" for outcome, count in self.counts().items()) or "nothing to do"
        return "\n".join([*failed, f"{counts}; {self.bytes} bytes in {self.seconds:.1f} s"])


@attrs.frozen
class Progress:
    """
    How far a transfer is; passed to `on_progress` as bytes move and whenever a file is finished.

    Attributes:
        files_done: Files finished so far, failed ones included.
        files_total: Files in all; None if unknown.
        bytes_done: Bytes moved so far.
        bytes_total: Bytes in all; None if unknown.
        path: The file that moved.
        path_bytes: Bytes of this file moved so far.
        path_total: Size of this file in bytes; None if unknown.
    """

    files_done: int
    files_total: int | None
    bytes_done: int
    bytes_total: int | None
    path: str
    path_bytes: int
    path_total: int | None


OnProgress: TypeAlias = Callable[[Progress], None]


def printable(path: str) -> str:
    """
    Return a path that any JSON document can hold; bytes that are not UTF-8 become escapes.
    """
    return path.encode("utf-8", "backslashreplace").decode()
