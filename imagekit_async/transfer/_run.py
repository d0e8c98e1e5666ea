"""
Carries out a plan: transfers first, deletions last, each step recorded before the next depends on it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import anyio
import anyio.to_thread
import attrs
import httpx

from .._redaction import redacted
from ..errors import NotFoundError, TransferError, UploadOutcomeUnknownError
from ._delivery import PAUSES_SECONDS, Sink, fetch_original
from ._listing import PART_NAME, HashedFile, find_remote, modified_ns, read_content
from ._meter import Meter
from ._state import Journal, Known
from ._values import RESULT_ROW, TRANSFERS, Action, Item, RemoteFile, Result, Row, item_of, printable

if TYPE_CHECKING:
    from .._client import AsyncImageKit
    from ._plan import Plan

_DELETED_AT_ONCE: Final = 100


@attrs.define(eq=False)
class TransferRun:
    """
    One run of a plan.
    """

    client: AsyncImageKit
    plan: Plan
    journal: Journal
    http_client: httpx.AsyncClient
    meter: Meter
    failures: Literal["collect", "stop"]
    on_result: Callable[[Result], None] | None = None
    results: dict[int, Row] = attrs.field(factory=dict[int, Row])
    _failed: bool = False
    _owners: dict[str, str] = attrs.field(factory=dict[str, str])

    async def carry_out(self, concurrency: int) -> tuple[Row, ...]:
        """
        Transfer, then delete; return a row of `Result` for each item.
        """
        # In a thread, as there may be many.
        await anyio.to_thread.run_sync(self._look_for_owners)
        waiting = self._items_to(*TRANSFERS)
        async with anyio.create_task_group() as tasks:
            for _ in range(concurrency):
                tasks.start_soon(self._transfer_all, waiting)
        # A renamed file is uploaded under its new name before the old one goes, so a failure keeps the old one.
        if not self._failed:
            await self._delete_all(list(self._items_to("delete")))
        rows = enumerate(self.plan.items.rows)
        return await anyio.to_thread.run_sync(
            lambda: tuple(self.results.get(key) or _untouched(*row) for key, row in rows)
        )

    def _look_for_owners(self) -> None:
        self._owners = {row[6][2]: row[1] for row in self.plan.items.rows if row[6]}

    def _items_to(self, *actions: Action) -> Iterator[tuple[int, Item]]:
        for key, row in enumerate(self.plan.items.rows):
            if row[0] in actions:
                yield key, item_of(*row)

    async def _transfer_all(self, waiting: Iterator[tuple[int, Item]]) -> None:
        for key, item in waiting:
            if self._failed and self.failures == "stop":
                return
            transfer = self._upload if self.plan.direction == "upload" else self._download
            await self._attempt(key, item, transfer)

    async def _attempt(self, key: int, item: Item, step: Callable[[int, Item], Awaitable[Result]]) -> None:
        began = time.monotonic()
        try:
            result = await step(key, item)
        except Exception as error:
            # One bad file must not end the others; the report shows it.
            result = _failure(item, error)
        self._failed = self._failed or result.outcome == "failed"
        self._finish(key, attrs.evolve(result, seconds=time.monotonic() - began), item.size)

    def _finish(self, key: int, result: Result, size: int) -> None:
        self.results[key] = RESULT_ROW(result)
        self.meter.finish(key, result.path, size)
        if self.on_result is not None:
            self.on_result(result)

    async def _upload(self, key: int, item: Item) -> Result:
        content = await anyio.to_thread.run_sync(read_content, self.plan.local, item.path)
        ids = ("", "")
        if before := item.remote:
            await self._check_remote(before)
            ids = before.file_id, before.version_id
        file = content.file
        begun = Known(file.path, item.remote_path, file.size, file.modified_ns, content.sha256, *ids)
        await self.journal.begin(begun, "upload")
        done = await self._stored(key, item, content)
        ids = done.file_id or "", done.version_id or ""
        known = Known(file.path, done.remote_path, file.size, content.settled_ns, content.sha256, *ids)
        owner = self._owners.setdefault(known.file_id, item.path)
        if owner != item.path:
            raise TransferError(f"ImageKit stored it as {done.remote_path}, over the file of {owner}")
        await self.journal.finish(known)
        return done

    async def _stored(self, key: int, item: Item, content: HashedFile) -> Result:
        """
        Upload a file; if the outcome is unknown, look whether it is there before uploading it again.
        """
        pauses = iter(PAUSES_SECONDS)
        while True:
            try:
                return await self._uploaded(key, item, content)
            except UploadOutcomeUnknownError as error:
                found = await find_remote(self.client, self.plan.remote, item.remote_path)
                before = item.remote.version_id if item.remote else None
                if found and found.version_id != before and found.size == content.file.size:
                    ids = {"file_id": found.file_id, "version_id": found.version_id, "request_id": error.request_id}
                    return _done(item, bytes=content.file.size, **ids)
                pause = next(pauses, None)
                if pause is None:
                    raise
                await anyio.sleep(pause)

    async def _uploaded(self, key: int, item: Item, content: HashedFile) -> Result:
        folder, _, name = f"{self.plan.remote}/{item.remote_path}".rpartition("/")
        response = await self.client.with_response.files.upload(
            file=self.plan.local / item.path if content.data is None else content.data,
            file_name=name,
            folder=folder or "/",
            use_unique_file_name=False,
            overwrite_file=True,
            # Looking for it is cheaper than sending it again, and makes no second version.
            idempotent=False,
            progress=self.meter.of(key, item.path),
            **self._form(item, content),
        )
        stored, root = response.value, f"{self.plan.remote}/"
        if stored.message is not None:
            raise TransferError(f"ImageKit did not store it yet: {stored.message}")
        path = stored.file_path.removeprefix(root)
        ids = {"file_id": stored.file_id, "version_id": stored.version_info.id, "request_id": response.request_id}
        return _done(attrs.evolve(item, remote_path=path), bytes=content.file.size, **ids)

    def _form(self, item: Item, content: HashedFile) -> dict[str, Any]:
        """
        Return the options of an upload; what it replaces keeps what they do not set.
        """
        form: dict[str, Any] = {}
        if before := item.remote:
            form = dict.fromkeys(("overwrite_tags", "overwrite_ai_tags", "overwrite_custom_metadata"), False)
            form |= {"is_private_file": True} if before.is_private else {}
            form |= {} if before.is_published else {"is_published": False}
            form |= {"description": before.description} if before.description else {}
        form |= item.options
        if field := self.plan.checksum_field:
            kept = item.remote.custom_metadata if item.remote else None
            form["custom_metadata"] = {**(kept or {}), **form.get("custom_metadata", {}), field: content.sha256}
        return form

    async def _download(self, key: int, item: Item) -> Result:
        remote = item.remote
        assert remote is not None
        target = self.plan.local / item.path
        part = target.with_name(PART_NAME.format(sha256(target.name.encode()).hexdigest()[:16]))
        await anyio.to_thread.run_sync(_make_folder, self.plan.local, target.parent)
        moved = 0

        async def restart() -> Sink:
            nonlocal moved
            moved = 0
            await anyio.to_thread.run_sync(part.write_bytes, b"")
            return write

        async def write(chunk: bytes) -> None:
            nonlocal moved
            await anyio.to_thread.run_sync(_append, part, chunk)
            moved += len(chunk)
            self.meter.move(key, item.path, moved, remote.size)

        try:
            digest = await fetch_original(self.client, self.http_client, remote, restart)
            known = Known(item.path, remote.path, remote.size, 0, digest, remote.file_id, remote.version_id)
            await self.journal.begin(known, "download")
            placed_ns = await anyio.to_thread.run_sync(_place, part, target, item)
        finally:
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(lambda: part.unlink(missing_ok=True))
        await self.journal.finish(attrs.evolve(known, modified_ns=placed_ns))
        return _done(item, bytes=remote.size, file_id=remote.file_id, version_id=remote.version_id)

    async def _delete_all(self, doomed: list[tuple[int, Item]]) -> None:
        if self.plan.direction == "download":
            for key, item in doomed:
                await self._attempt(key, item, self._delete_local)
            return
        for start in range(0, len(doomed), _DELETED_AT_ONCE):
            await self._delete_remote(doomed[start : start + _DELETED_AT_ONCE])

    async def _delete_local(self, key: int, item: Item) -> Result:
        target = self.plan.local / item.path
        await anyio.to_thread.run_sync(_check_unchanged, target, item)
        await anyio.to_thread.run_sync(target.unlink)
        await self.journal.forget([item.path])
        return _done(item)

    async def _delete_remote(self, doomed: list[tuple[int, Item]]) -> None:
        began = time.monotonic()
        ids: dict[str, tuple[int, Item]] = {}
        results: dict[int, Result] = {}
        async with anyio.create_task_group() as tasks:
            for key, item in doomed:
                tasks.start_soon(self._check_deletion, key, item, ids, results)
        try:
            request_id, refused = await self._delete_ids(list(ids)) if ids else (None, dict[str, str]())
            await self.journal.forget(item.path for file_id, (_, item) in ids.items() if file_id not in refused)
        except Exception as error:
            results |= {key: _failure(item, error) for key, item in ids.values()}
        else:
            for file_id, (key, item) in ids.items():
                done = _done(item, file_id=file_id, request_id=request_id)
                problem = refused.get(file_id)
                results[key] = attrs.evolve(done, outcome="failed", reason=problem) if problem else done
        for key, result in results.items():
            self._finish(key, attrs.evolve(result, seconds=time.monotonic() - began), 0)

    async def _check_deletion(
        self, key: int, item: Item, ids: dict[str, tuple[int, Item]], results: dict[int, Result]
    ) -> None:
        assert item.remote is not None
        try:
            with suppress(NotFoundError):
                await self._check_remote(item.remote)
            ids[item.remote.file_id] = key, item
        except Exception as error:
            results[key] = _failure(item, error)

    async def _check_remote(self, file: RemoteFile) -> None:
        # Asked of the file itself: searches lag behind.
        if (await self.client.files.get(file.file_id)).version_info.id != file.version_id:
            raise TransferError(f"the remote file {file.path} has changed since the plan was made; plan again")

    async def _delete_ids(self, ids: list[str]) -> tuple[str | None, dict[str, str]]:
        """
        Delete files; return the request id, and why some were refused. Those that are gone already count as deleted.
        """
        while True:
            try:
                response = await self.client.with_response.files.bulk.delete(file_ids=ids)
            except NotFoundError as error:
                # Nothing is deleted if one of them is unknown.
                body: object = error.body
                listed = cast("Mapping[str, Any]", body).get("missingFileIds") if isinstance(body, dict) else None
                missing: list[str] = listed or []
                left = [file_id for file_id in ids if file_id not in missing]
                if len(left) == len(ids):
                    raise
                if not left:
                    return error.request_id, {}
                ids = left
            else:
                errors = response.value.errors or []
                return response.request_id, {one.file_id: one.error for one in errors}


def _done(item: Item, **details: Any) -> Result:
    return Result(item.action, item.path, item.remote_path, "done", item.reason, **details)


def _failure(item: Item, error: Exception) -> Result:
    return Result(
        item.action,
        printable(item.path),
        item.remote_path,
        "failed",
        redacted(str(error)) or type(error).__name__,
        error=type(error).__name__,
        request_id=getattr(error, "request_id", None),
    )


def _untouched(action: Action, path: str, remote_path: str, reason: str, *_: object) -> Row:
    outcome = {"skip": "skipped", "conflict": "conflict"}.get(action, "not run")
    return action, printable(path), printable(remote_path), outcome, reason, 0, 0.0, None, None, None, None


def _make_folder(root: Path, folder: Path) -> None:
    # A link that appeared since the plan was made must not lead the file elsewhere.
    folder.mkdir(parents=True, exist_ok=True)
    if not folder.resolve().is_relative_to(root.resolve()):
        raise TransferError(f"{folder} leads outside {root}")


def _append(part: Path, chunk: bytes) -> None:
    with open(part, "ab") as file:
        file.write(chunk)


def _place(part: Path, target: Path, item: Item) -> int:
    """
    Put a downloaded file in its place, and return its time of change; blocks.
    """
    _check_unchanged(target, item)
    os.replace(part, target)
    return modified_ns(target.stat())


def _check_unchanged(target: Path, item: Item) -> None:
    now: tuple[int, int] | None = None
    with suppress(FileNotFoundError):
        status = os.lstat(target)
        now = status.st_size, modified_ns(status)
    if now != (None if item.local is None else (item.local.size, item.local.modified_ns)):
        raise TransferError(f"the local file {item.path} has changed since the plan was made; plan again")
