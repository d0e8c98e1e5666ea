"""
The load of `soak.py`: what each task does, and what must have become of each upload.
"""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import anyio
import attrs

from imagekit_async import (
    APIConnectionError,
    APIResponseValidationError,
    AsyncImageKit,
    ImageKitError,
    NotFoundError,
    UploadOutcomeUnknownError,
)

FOLDERS = [f"/soak/{number}" for number in range(10)]
_SIZES = ((1, 20_000), (20_000, 300_000), (300_000, 1_000_000))
_SIZE_WEIGHTS = (80, 15, 5)
_PIECES = 4
_HELD_FILES = 6
_NAME_OPTIONS: tuple[dict[str, bool], ...] = (
    {},
    {"use_unique_file_name": False},
    {"use_unique_file_name": False, "overwrite_file": False},
)
# What an upload may raise although it was stored.
_IN_DOUBT = (UploadOutcomeUnknownError, APIResponseValidationError)


class Fate(Enum):
    """
    How often an upload must be found at the end.
    """

    STORED = "exactly once"
    IN_DOUBT = "at most once"
    ABSENT = "not at all"


class BrokenSourceError(Exception):
    """
    The source of an upload failed half-way.
    """


class CutOffError(Exception):
    """
    The call was canceled.
    """


class Drip:
    """
    An upload source that gives its pieces once, to `for` or `async for`, and may break before the last.
    """

    def __init__(self, data: bytes, *, broken: bool) -> None:
        step = max(len(data) // _PIECES, 1)
        self._pieces = [data[start : start + step] for start in range(0, len(data), step)]
        self._broken = broken

    def __next__(self) -> bytes:
        if not self._pieces:
            raise StopIteration
        if self._broken and len(self._pieces) == 1:
            raise BrokenSourceError
        return self._pieces.pop(0)


class SyncDrip(Drip, Iterator[bytes]):
    """
    The same for `for`.
    """


class AsyncDrip(Drip, AsyncIterator[bytes]):
    """
    The same for `async for`.
    """

    async def __anext__(self) -> bytes:
        await anyio.sleep(0)
        try:
            return next(self)
        except StopIteration:
            raise StopAsyncIteration from None


def payload(number: int) -> bytes:
    """
    Return the bytes of an upload.
    """
    return random.Random(number).randbytes(payload_size(number))


def payload_size(number: int) -> int:
    """
    Return how many they are.
    """
    source = random.Random(f"size of {number}")
    return source.randint(*source.choices(_SIZES, _SIZE_WEIGHTS)[0])


def folder(number: int) -> str:
    """
    Return the folder of an upload.
    """
    return FOLDERS[number % len(FOLDERS)]


@attrs.define
class Ledger:
    """
    What is known of the account and of the calls.
    """

    fates: dict[int, Fate] = attrs.field(factory=dict[int, Fate])
    ends: dict[int, str] = attrs.field(factory=dict[int, str])
    tags: dict[int, frozenset[str]] = attrs.field(factory=dict[int, frozenset[str]])
    outcomes: Counter[tuple[str, str]] = attrs.field(factory=Counter[tuple[str, str]])
    problems: list[str] = attrs.field(factory=list[str])
    progress_calls: int = 0
    _next: int = 0

    def begin(self) -> int:
        """
        Number a new upload.
        """
        self._next += 1
        return self._next

    def progressed(self, _sent: int, _total: int | None) -> None:
        """
        Count the calls of a progress callback.
        """
        self.progress_calls += 1


@attrs.define
class Worker:
    """
    One task: calls one after the other, on files of its own.
    """

    client: AsyncImageKit
    ledger: Ledger
    directory: Path
    random: random.Random
    held: dict[int, str] = attrs.field(factory=dict[int, str])

    async def work(self, until: float) -> None:
        """
        Make calls until it is that time.
        """
        while anyio.current_time() < until:
            on_files = (self.get, self.raw, self.update, self.add_tags, self.delete)
            steps = (self.upload, self.list, *(on_files if self.held else ()))
            await self.random.choices(steps, (8, 2, 3, 2, 2, 2, 3)[: len(steps)])[0]()
            while len(self.held) > _HELD_FILES:
                del self.held[next(iter(self.held))]

    async def upload(self) -> None:
        """
        Upload new bytes from some source under some kind of name.
        """
        number = self.ledger.begin()
        file = await self._source(number)
        naming = self.random.choice(_NAME_OPTIONS)
        value, error = await self._call(
            "files.upload",
            self.client.files.upload,
            file=file,
            file_name=f"{number:07d}.bin",
            folder=folder(number),
            progress=self.ledger.progressed,
            **naming,
        )
        self.ledger.ends[number] = f"{naming}: {_ending(error)}"
        if error is None:
            self.ledger.fates[number] = Fate.STORED
            self.ledger.tags[number] = frozenset()
            self.held[number] = value.file_id
        else:
            in_doubt = isinstance(error, (*_IN_DOUBT, CutOffError))
            self.ledger.fates[number] = Fate.IN_DOUBT if in_doubt else Fate.ABSENT
        if isinstance(file, Path):
            await anyio.Path(file).unlink()

    async def list(self) -> None:
        """
        List a folder.
        """
        await self._call("assets.list", self.client.assets.list, path=self.random.choice(FOLDERS), limit=20)

    async def get(self) -> None:
        """
        Read a file that was stored.
        """
        number, file_id = self._choice()
        value, _ = await self._call("files.get", self.client.files.get, file_id, exists=True)
        if value is not None and value.size != payload_size(number):
            self.ledger.problems.append(f"upload {number} has {value.size} bytes")

    async def raw(self) -> None:
        """
        Read a file that was stored, without the method for it.
        """
        path = f"/v1/files/{self._choice()[1]}/details"
        await self._call("request", self.client.request, "GET", path, exists=True)

    async def update(self) -> None:
        """
        Replace the tags of a file.
        """
        number, file_id = self._choice()
        tags = [f"tag{self.random.randrange(10)}"]
        _, error = await self._call("files.update", self.client.files.update, file_id, exists=True, tags=tags)
        self._note_tags(number, frozenset(tags), error)

    async def add_tags(self) -> None:
        """
        Add a tag to a file.
        """
        number, file_id = self._choice()
        tag = f"tag{self.random.randrange(10)}"
        known = self.ledger.tags.get(number)
        add = self.client.files.bulk.add_tags
        _, error = await self._call("files.bulk.add_tags", add, exists=True, file_ids=[file_id], tags=[tag])
        self._note_tags(number, None if known is None else known | {tag}, error)

    async def delete(self) -> None:
        """
        Delete a file.
        """
        number, file_id = self._choice()
        del self.held[number]
        _, error = await self._call("files.delete", self.client.files.delete, file_id)
        self.ledger.ends[number] += f"; deletion: {_ending(error)}"
        # A repeated deletion does not find what the first one deleted.
        if error is None or isinstance(error, NotFoundError):
            self.ledger.fates[number] = Fate.ABSENT
        elif not _surely_unsent(error):
            self.ledger.fates[number] = Fate.IN_DOUBT

    def _note_tags(self, number: int, after: frozenset[str] | None, error: Exception | None) -> None:
        if error is None and after is not None:
            self.ledger.tags[number] = after
        elif error is not None and not _surely_unsent(error):
            self.ledger.tags.pop(number, None)

    async def _call(
        self, name: str, method: Callable[..., Any], *args: Any, exists: bool = False, **kwargs: Any
    ) -> tuple[Any, Exception | None]:
        """
        Make a call, one in six under a deadline or canceled in the middle.
        """
        manner = self.random.choices(("plain", "deadline", "scope", "cancel"), (84, 8, 4, 4))[0]
        seconds = self.random.uniform(0, 0.6)
        if manner == "deadline":
            kwargs["deadline"] = seconds
        value: Any = None
        error: Exception | None = CutOffError()
        async with anyio.create_task_group() as group:
            if manner == "scope":
                group.cancel_scope.deadline = anyio.current_time() + seconds
            if manner == "cancel":
                group.start_soon(self._cancel_after, seconds / 4, group.cancel_scope)
            try:
                value, error = await method(*args, **kwargs), None
            except (ImageKitError, BrokenSourceError) as raised:
                error = raised
            group.cancel_scope.cancel()
        self.ledger.outcomes[name, "ok" if error is None else type(error).__name__] += 1
        if exists and isinstance(error, NotFoundError):
            self.ledger.problems.append(f"{name}: a file is missing that was stored: {error}")
        return value, error

    async def _cancel_after(self, seconds: float, scope: anyio.CancelScope) -> None:
        await anyio.sleep(seconds)
        scope.cancel()

    def _choice(self) -> tuple[int, str]:
        return self.random.choice(list(self.held.items()))

    async def _source(self, number: int) -> Any:
        data = payload(number)
        broken = self.random.random() < 0.05
        kind = self.random.randrange(6)
        if broken or kind == 0:
            return (SyncDrip if self.random.random() < 0.5 else AsyncDrip)(data, broken=broken)
        if kind == 1:
            path = self.directory / f"{number}.bin"
            await anyio.Path(path).write_bytes(data)
            return path
        if kind == 2:
            return io.BytesIO(data)
        return [data[:10], data[10:]] if kind == 3 else data


def _ending(error: Exception | None) -> str:
    if error is None:
        return "returned"
    return f"{type(error).__name__} after {getattr(error, 'attempts', '?')} attempts"


def _surely_unsent(error: Exception) -> bool:
    return isinstance(error, APIConnectionError) and not error.request_sent
