"""
Uploads many items at once, with no plan and no state.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Sized
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import anyio
import attrs

from .._uploads.threads import in_thread
from ._listing import HELD_BYTES, open_at_once
from ._meter import Meter
from ._plan import check_run
from ._values import OnProgress, UploadOptions, checked_options

if TYPE_CHECKING:
    from typing import Self

    from anyio.abc import TaskGroup
    from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

    from .._client import AsyncImageKit
    from .._generated.models.file_upload_response import FileUploadResponse
    from .._uploads.sources import FileInput

_MOST_AHEAD: Final = 4
_AHEAD_SECONDS: Final = 0.02
_Items: TypeAlias = "Iterable[UploadItem] | AsyncIterable[UploadItem]"


def _name_of_source(item: UploadItem) -> str:
    if not isinstance(item.source, os.PathLike):
        raise ValueError(f"name is required if source is not a path, got {type(item.source).__name__}")
    return os.path.basename(item.source)


@attrs.frozen
class UploadItem:
    """
    A file for `upload_many`.

    Attributes:
        source: The content, as for `client.files.upload(file=...)`.
        name: Name to store it under; by default that of the path, if `source` is one.
        folder: Folder to store it in. Default: the root.
        unique_name: Whether ImageKit adds a random suffix to the name, so that no file is overwritten.
        options: Options of this upload.
    """

    source: FileInput = attrs.field(repr=False)
    name: str = attrs.field(default=attrs.Factory(_name_of_source, takes_self=True))
    folder: str = "/"
    unique_name: bool = True
    options: UploadOptions = attrs.field(factory=UploadOptions, converter=checked_options)


@attrs.frozen
class UploadResult:
    """
    What became of an item.

    Attributes:
        item: The item.
        file: The stored file; None if it failed.
        error: Why it failed; None if it did not.
    """

    item: UploadItem
    file: FileUploadResponse | None = None
    error: Exception | None = None


def upload_many(
    client: AsyncImageKit,
    items: Iterable[UploadItem] | AsyncIterable[UploadItem],
    *,
    concurrency: int = 8,
    failures: Literal["collect", "stop"] = "collect",
    on_progress: OnProgress | None = None,
) -> UploadMany:
    """
    Upload many files, and iterate over the results as they finish:

    ```python
    async with upload_many(client, items) as results:
        async for result in results:
            ...
    ```

    Leaving the block cancels what is still in flight.

    Args:
        client: The client to use.
        items: The files, from any iterable or async iterable. An item is taken when its turn comes, a path up to three
            earlier, so there may be millions; results that are not taken stop the uploads.
        concurrency: Files to upload at the same time, 1 or more.
        failures: `collect` continues after a file that failed; `stop` takes no more items, and after the last result
            raises the first error.
        on_progress: Function to call as bytes move and whenever a file is finished.

    Raises:
        ValueError: An argument is not usable.
    """
    check_run(concurrency, failures, on_progress=on_progress)
    if not isinstance(items, Iterable | AsyncIterable):  # pyright: ignore[reportUnnecessaryIsInstance] - callers need not check types
        raise ValueError(f"items must be an iterable or async iterable of UploadItem, got {items!r}")
    meter = Meter(on_progress, len(items) if isinstance(items, Sized) else None, None)
    return UploadMany(client, items, concurrency, failures == "stop", meter)


class UploadMany(AsyncIterator[UploadResult]):
    """
    The results of `upload_many`, while it is entered.
    """

    def __init__(self, client: AsyncImageKit, items: _Items, concurrency: int, stops: bool, meter: Meter) -> None:
        self._client = client
        self._items = aiter(items) if isinstance(items, AsyncIterable) else iter(items)
        self._concurrency = concurrency
        self._stops = stops
        self._meter = meter
        self._turn = anyio.Lock(fast_acquire=True)
        self._ready: deque[tuple[UploadItem, FileInput]] = deque()
        # Of an async iterable, the next item may come much later.
        self._ahead = 1 if isinstance(items, AsyncIterable) else min(concurrency, _MOST_AHEAD)
        self._taken = 0
        self._error: Exception | None = None
        self._results: MemoryObjectReceiveStream[UploadResult] | None = None
        self._tasks: TaskGroup | None = None

    async def __aenter__(self) -> Self:
        if self._tasks is not None:
            raise RuntimeError("upload_many() can be entered only once")
        self._tasks = await anyio.create_task_group().__aenter__()
        send, self._results = anyio.create_memory_object_stream[UploadResult](0)
        with send:
            for _ in range(self._concurrency):
                self._tasks.start_soon(self._work, send.clone())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        assert self._tasks is not None
        assert self._results is not None
        self._tasks.cancel_scope.cancel()
        self._results.close()
        if isinstance(error, Exception):
            # The task group would wrap what the caller's block raised.
            await self._tasks.__aexit__(None, None, None)
            return None
        return await self._tasks.__aexit__(kind, error, trace)

    async def __anext__(self) -> UploadResult:
        if self._results is None:
            raise RuntimeError("enter upload_many() first: async with upload_many(...) as results")
        try:
            return await self._results.receive()
        except (anyio.EndOfStream, anyio.ClosedResourceError):
            error, self._error = self._error, None
            raise error or StopAsyncIteration from None

    async def _work(self, send: MemoryObjectSendStream[UploadResult]) -> None:
        async with send:
            while (taken := await self._take()) is not None:
                self._taken += 1
                await send.send(await self._upload(self._taken, *taken))

    async def _take(self) -> tuple[UploadItem, FileInput] | None:
        async with self._turn:
            if not self._ready:
                items = await self._next_items()
                self._ready.extend(zip(items, await self._contents(items), strict=True))
            return self._ready.popleft() if self._ready else None

    async def _next_items(self) -> list[UploadItem]:
        """
        Return the next item, and with a path the few that follow; nothing at the end.
        """
        items: list[UploadItem] = []
        try:
            while self._error is None and len(items) < self._ahead:
                item = await anext(self._items) if isinstance(self._items, AsyncIterator) else next(self._items)
                if not isinstance(item, UploadItem):  # pyright: ignore[reportUnnecessaryIsInstance] - the same
                    raise TypeError(f"items must hold only UploadItem, got {item!r}")
                items.append(item)
                if not isinstance(item.source, os.PathLike):
                    break
        except (StopIteration, StopAsyncIteration):
            # One over a file that grows would go on.
            self._items = iter(())
        except Exception as error:
            # Raised when all results of the items before have been taken.
            self._error = error
        return items

    async def _contents(self, items: list[UploadItem]) -> list[FileInput]:
        """
        Return what to upload for each item: for small files name and bytes, all read in one step of a worker thread.
        """
        sources = [item.source for item in items]
        if self._ahead > 1 and any(isinstance(source, os.PathLike) for source in sources):
            with anyio.move_on_after(_AHEAD_SECONDS):
                return await in_thread(lambda: [*map(_held_if_small, sources)])
            # Many threads at once suit a slow disk better: each upload reads its own file from now on.
            self._ahead = 1
        return sources

    async def _upload(self, key: int, item: UploadItem, content: FileInput) -> UploadResult:
        try:
            stored = await self._client.files.upload(
                file=content,
                file_name=item.name,
                folder=item.folder,
                use_unique_file_name=item.unique_name,
                progress=self._meter.of(key, item.name),
                **item.options,
            )
        except Exception as error:
            # An item that fails does not stop the others.
            result = UploadResult(item, error=error)
            if self._stops and self._error is None:
                self._error = error
        else:
            result = UploadResult(item, stored)
        self._meter.finish(key, item.name, None)
        return result


def _held_if_small(source: FileInput) -> FileInput:
    if not isinstance(source, os.PathLike):
        return source
    # The upload itself finds the same errors, and reports them as it does for any path.
    with suppress(Exception):
        name = os.fsdecode(source)
        with open(name, "rb", buffering=0, opener=open_at_once) as file:
            size = os.fstat(file.fileno()).st_size
            # Not if it grows or is emptied in the meantime.
            if 0 < size <= HELD_BYTES and len(data := file.read(size + 1)) == size:
                return os.path.basename(name), data
    return source
