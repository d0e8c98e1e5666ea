"""
Plans: what a transfer would do, and the way to do it.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Unpack

import anyio
import anyio.to_thread
import attrs
import httpx

from ..errors import TransferError
from ._compare import Hashes, Pair, compare, is_doubtful, needs_local_hash, needs_remote_hash, pairs
from ._delivery import Sink, delivery_client, fetch_original
from ._filters import read_rules
from ._listing import Scan, check_checksum_field, check_exists, list_remote, local_hash, scan
from ._meter import Meter
from ._names import visible
from ._policy import PlanOptions, Policy, StateFile
from ._run import TransferRun
from ._state import Journal, default_state_file, read_state
from ._values import (
    CHANGES,
    TRANSFERS,
    Action,
    Direction,
    Item,
    OnProgress,
    Report,
    Result,
    Row,
    Rows,
    UploadOptions,
    checked_options,
    item_of,
    printable,
)

if TYPE_CHECKING:
    from .._client import AsyncImageKit

_HASHED_AT_ONCE: Final = 8


@attrs.frozen
class Plan:
    """
    What a transfer would change. Making one changes nothing; `str(plan)` shows it, and `run` carries it out.

    Attributes:
        direction: `upload` or `download`.
        local: The local folder.
        remote: The remote folder, `` for the root.
        items: What to do, in the order of the paths; an item is made when it is read.
        state: The state file; None if there is none.
        checksum_field: Custom metadata field for the SHA-256 of uploads; None if there is none.
    """

    direction: Direction
    local: Path
    remote: str
    items: Rows[Item]
    state: Path | None = None
    checksum_field: str | None = None
    _run: int = attrs.field(default=0, repr=False)
    _learned: tuple[Row, ...] = attrs.field(default=(), repr=False)

    @property
    def bytes(self) -> int:
        """
        Bytes to transfer.
        """
        return sum(self.items.column(4))

    def counts(self) -> dict[Action, int]:
        """
        Return how many items have each action that occurs.
        """
        return Counter(self.items.column(0))

    def __str__(self) -> str:
        rows = (row for row in self.items.rows if row[0] != "skip")
        lines = [visible(f"{action:8}  {path}: {reason}") for action, path, _, reason, *_ in rows]
        counts = ", ".join(f"{count} {action}" for action, count in self.counts().items()) or "nothing to do"
        return "\n".join([*lines, f"{counts}; {self.bytes} bytes to {self.direction}"])

    async def run(
        self,
        client: AsyncImageKit,
        *,
        concurrency: int = 8,
        failures: Literal["collect", "stop"] = "collect",
        on_progress: OnProgress | None = None,
        on_result: Callable[[Result], None] | None = None,
        http_client: httpx.AsyncClient | None = None,
    ) -> Report:
        """
        Carry out the plan: transfers first, deletions last, and none of them if a transfer failed.

        If it is canceled or killed, make a new plan and run it: it resumes where this one ended.

        Args:
            client: The client to use.
            concurrency: Files to transfer at the same time, 1 or more.
            failures: `collect` continues after a file that failed; `stop` starts no more files.
            on_progress: Function to call as bytes move and whenever a file is finished.
            on_result: Function to call with the result of each file that is transferred or deleted, or fails. What it
                raises ends the run, in an `ExceptionGroup`.
            http_client: Client to download with; by default one of its own.

        Returns:
            What became of each item. Failures are in it and not raised.

        Raises:
            ValueError: `concurrency` or `failures` is not usable.
            TransferError: Another run uses the state file, or has used it since the plan was made.
        """
        check_run(concurrency, failures, on_progress=on_progress, on_result=on_result)
        began = time.monotonic()
        counts = self.counts()
        meter = Meter(on_progress, sum(counts.get(action, 0) for action in CHANGES), self.bytes)
        journal = Journal(self.state)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(_shielded, journal.close)
            await anyio.to_thread.run_sync(journal.open, self.local, self.remote, self._run)
            await journal.learn(self._learned)
            http = await stack.enter_async_context(delivery_client(http_client))
            results = await TransferRun(client, self, journal, http, meter, failures, on_result).carry_out(concurrency)
        seconds = time.monotonic() - began
        return Report(self.direction, printable(str(self.local)), self.remote or "/", Rows(Result, results), seconds)


async def _shielded(function: Callable[[], None]) -> None:
    with anyio.CancelScope(shield=True):
        await anyio.to_thread.run_sync(function)


def check_run(concurrency: int, failures: str, **functions: object) -> None:
    """
    Refuse arguments of a run that are not usable.
    """
    if not isinstance(concurrency, int) or concurrency < 1:  # pyright: ignore[reportUnnecessaryIsInstance] - callers need not check types
        raise ValueError(f"concurrency must be an int of at least 1, got {concurrency!r}")
    if failures not in ("collect", "stop"):
        raise ValueError(f"failures must be 'collect' or 'stop', got {failures!r}")
    for name, function in functions.items():
        if function is not None and not callable(function):
            raise ValueError(f"{name} must be a function or None, got {function!r}")


async def plan_upload(
    client: AsyncImageKit,
    local: str | os.PathLike[str],
    remote: str,
    *,
    upload_options: UploadOptions | Callable[[str], UploadOptions] | None = None,
    **options: Unpack[PlanOptions],
) -> Plan:
    """
    Plan to make a remote folder like a local one.

    Args:
        client: The client to list with.
        local: The local folder.
        remote: The remote folder, such as `/site/images`; the first upload creates it.
        upload_options: Options of the uploads, or a function that returns them for a path. A file that is replaced
            keeps its tags, custom metadata, description and privacy unless they say otherwise.
        **options: See `PlanOptions`.

    Raises:
        OSError: The local folder is missing, or it or one below it cannot be read.
        ValueError, TypeError: An argument is not usable.
        ModuleNotFoundError: The extra `transfer` is needed and not installed.
        TransferError: `checksum_field` is not usable, a run is using the state file, or it is unusable.
        APIError: The remote folder could not be listed.
    """
    if upload_options is not None and not callable(upload_options):
        checked_options(upload_options, "upload_options")
    plan = await _plan(client, local, Policy(direction="upload", remote=remote, **options))
    if upload_options is None:
        return plan
    # In a thread, as there may be many.
    rows = await anyio.to_thread.run_sync(lambda: tuple(_with_options(row, upload_options) for row in plan.items.rows))
    return attrs.evolve(plan, items=Rows(item_of, rows))


def _with_options(row: Row, options: UploadOptions | Callable[[str], UploadOptions]) -> Row:
    if row[0] not in TRANSFERS:
        return row
    return *row[:-1], checked_options(options(row[1]), f"upload_options({row[1]!r})") if callable(options) else options


async def plan_download(
    client: AsyncImageKit, remote: str, local: str | os.PathLike[str], **options: Unpack[PlanOptions]
) -> Plan:
    """
    Plan to make a local folder like a remote one, with the original of each file.

    Args:
        client: The client to list with.
        remote: The remote folder.
        local: The local folder; it is made if it is missing.
        **options: See `PlanOptions`.

    Raises:
        OSError: The local folder, or one below it, cannot be read.
        ValueError: An argument is not usable.
        ModuleNotFoundError: The extra `transfer` is needed and not installed.
        TransferError: There is no such remote folder, `checksum_field` is not usable, a run is using the state file, or
            it is unusable.
        APIError: The remote folder could not be listed.
    """
    return await _plan(client, local, Policy(direction="download", remote=remote, **options))


async def _plan(client: AsyncImageKit, local: str | os.PathLike[str], policy: Policy) -> Plan:
    folder = policy.remote
    if not isinstance(local, str | os.PathLike) or not os.fspath(local) or "\0" in os.fspath(local):  # pyright: ignore[reportUnnecessaryIsInstance] - the same
        raise ValueError(f"local must be a path that is not empty and has no null characters, got {local!r}")
    if policy.checksum_field is not None:
        await check_checksum_field(client, policy.checksum_field)
    may_miss = policy.direction == "download" or policy.allow_empty
    root, path = await anyio.to_thread.run_sync(_places, local, policy.state, folder)
    listed = await list_remote(client, folder, with_metadata=policy.checksum_field is not None)
    if folder and not listed and policy.direction == "download" and not policy.allow_empty:
        await check_exists(client, folder)

    seen_ns = time.time_ns()

    def look() -> tuple[int, Rows[Pair], list[Pair]]:
        known = read_state(path, root, folder)
        rules = read_rules(root, policy.exclude, policy.include, hidden=policy.hidden)
        follow = policy.symlinks == "follow"
        found = Scan() if may_miss and not root.exists() else scan(root, rules[0], follow_symlinks=follow)
        if path is not None and path.is_relative_to(root):
            own = path.relative_to(root).as_posix()
            found.files[:] = [file for file in found.files if file[0] not in (own, f"{own}-wal")]
        matched = pairs(found, listed, known, rules, policy)
        return known.run, matched, [pair for pair in matched if is_doubtful(pair, policy)]

    run, found, doubtful = await anyio.to_thread.run_sync(look)
    hashes = await _hashes(client, root, doubtful, policy) if doubtful else Hashes()
    rows, learned = await anyio.to_thread.run_sync(compare, found, hashes, policy, seen_ns)
    items = Rows(item_of, tuple(rows))
    return Plan(policy.direction, root, folder, items, path, policy.checksum_field, run, tuple(learned))


def _places(local: str | os.PathLike[str], state: StateFile, folder: str) -> tuple[Path, Path | None]:
    # Under all its names a folder has one state.
    root = Path(os.path.realpath(local))
    if state == "":
        return root, default_state_file(root, folder)
    return root, None if state is None else Path(os.path.realpath(state))


async def _hashes(client: AsyncImageKit, root: Path, doubtful: list[Pair], policy: Policy) -> Hashes:
    hashes, errors = Hashes(), list[TransferError]()
    waiting = iter(doubtful)

    async def work(http: httpx.AsyncClient) -> None:
        try:
            for pair in waiting:
                await _hash(client, http, root, pair, hashes, policy)
        except TransferError as error:
            # Raised below, by itself instead of in a group.
            errors.append(error)
            tasks.cancel_scope.cancel()

    async with delivery_client(policy.http_client) as http, anyio.create_task_group() as tasks:
        for _ in range(_HASHED_AT_ONCE):
            tasks.start_soon(work, http)
    if errors:
        raise errors[0]
    return hashes


async def _hash(
    client: AsyncImageKit, http: httpx.AsyncClient, root: Path, pair: Pair, hashes: Hashes, policy: Policy
) -> None:
    if pair.remote is not None:
        checksum = (pair.remote.custom_metadata or {}).get(policy.checksum_field or "")
        if isinstance(checksum, str):
            hashes.remote[pair.remote.path] = checksum
        elif needs_remote_hash(pair, policy):
            hashes.remote[pair.remote.path] = await _remote_hash(client, http, pair)
    if needs_local_hash(pair, hashes):
        hashes.local[pair.path] = await local_hash(root, pair.path)


async def _remote_hash(client: AsyncImageKit, http_client: httpx.AsyncClient, pair: Pair) -> str | None:
    async def drop(chunk: bytes) -> None:
        pass

    async def restart() -> Sink:
        return drop

    assert pair.remote is not None
    try:
        return await fetch_original(client, http_client, pair.remote, restart)
    except TransferError:
        # A draft is not delivered. The interrupted upload of it is recognized by its size.
        if pair.may_have_arrived:
            return None
        raise
