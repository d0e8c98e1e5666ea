"""
The commands that move files: upload, sync, download.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, Final

import attrs
from cyclopts import Parameter, validators

from .. import AsyncImageKit
from ..models import File
from ..transfer import (
    Item,
    Plan,
    PlanOptions,
    Report,
    Result,
    UploadItem,
    UploadOptions,
    plan_download,
    plan_upload,
    upload_many,
)
from ..transfer._delivery import delivery_client, fetch_original
from ..transfer._listing import remote_file
from ..transfer._names import visible
from ._app import Flag, Injected
from ._context import REMOTE, STDIO, CliError, Context, Exit, remote_path
from ._library import asset_at, check_access
from ._progress import shown_progress, summary

Concurrency = Annotated[int, Parameter(validator=validators.Number(gte=1))]
_WATCH_MS: Final = 500


async def upload(
    files: Annotated[list[Path], Parameter(negative="")],
    /,
    *,
    folder: str = "/",
    name: str | None = None,
    tag: Annotated[list[str] | None, Parameter(negative="")] = None,
    description: str | None = None,
    private: Annotated[bool, Flag] = False,
    overwrite: Annotated[bool, Flag] = False,
    concurrency: Concurrency = 8,
    context: Injected,
) -> None:
    """
    Upload files, or standard input.

    Args:
        files: Files; `-` is standard input and needs `--name`.
        folder: Remote folder to store them in; it is created if it is missing.
        name: Name to store a single file under.
        tag: Tag of the files; may be repeated.
        description: Text about the content.
        private: Deliver the files with signed URLs only.
        overwrite: Keep the names, and overwrite files that have them. Default: ImageKit adds a random suffix.
        concurrency: Files to upload at the same time.
    """
    options: UploadOptions = {"tags": tag} if tag else {}
    options |= {"description": description} if description else {}
    options |= {"is_private_file": True} if private else {}
    items = [_item(file, name, remote_path(folder), not overwrite, options) for file in files]
    if name is not None and len(items) > 1:
        raise CliError(f"--name needs a single file, got {len(items)}")
    done, size, began = 0, 0, time.monotonic()
    async with context.client() as client:
        with shown_progress(context, "Uploading", sum(map(_size, files)) or None) as progress:
            many = upload_many(client, items, concurrency=concurrency, on_progress=progress)
            async with many as results:
                async for result in results:
                    if result.file is None:
                        check_access(result.error)
                        context.fail(str(result.item.source if name is None else name), result.error)
                        continue
                    done, size = done + 1, size + result.file.size
                    context.write(result.file, f"{result.file.file_path}  {result.file.url}")
                    context.interrupted = f"Interrupted: {done} of {len(items)} files are uploaded, as listed above."
    counts = [pair for pair in (("done", done), ("failed", len(items) - done)) if pair[1]]
    context.note(summary("upload", counts, size, time.monotonic() - began))


def _size(file: Path) -> int:
    return os.path.getsize(file) if os.path.isfile(file) else 0


def _item(file: Path, name: str | None, folder: str, unique: bool, options: UploadOptions) -> UploadItem:
    source: Any = file
    if str(file) == STDIO:
        source = sys.stdin.buffer
        if name is None:
            raise CliError("standard input needs --name")
    elif os.path.isdir(file):
        raise CliError(f"{file} is a folder; use `imagekit sync {file} {REMOTE}{folder}`")
    return UploadItem(source, name or file.name, folder=folder, unique_name=unique, options=options)


async def sync(
    source: str,
    target: str,
    /,
    *,
    dry_run: Annotated[bool, Flag] = False,
    delete: Annotated[bool, Flag] = False,
    max_delete: Annotated[int, Parameter(validator=validators.Number(gte=0))] = 100,
    include: Annotated[list[str] | None, Parameter(negative="")] = None,
    exclude: Annotated[list[str] | None, Parameter(negative="")] = None,
    verify: Annotated[bool, Flag] = False,
    overwrite_changed: Annotated[bool, Flag] = False,
    state: Path | None = None,
    tag: Annotated[list[str] | None, Parameter(negative="")] = None,
    concurrency: Concurrency = 8,
    watch: Annotated[bool, Flag] = False,
    context: Injected,
) -> None:
    """
    Make a folder like another one; one of them is remote, such as ik:/site/images.

    Args:
        source: Folder to read, local or `ik:/folder`.
        target: Folder to change, local or `ik:/folder`.
        dry_run: Show what would be done, and do nothing.
        delete: Delete files of the target that the source does not have.
        max_delete: Delete nothing if more files than this would be deleted.
        include: Pattern of files to look at, in gitignore syntax; may be repeated.
        exclude: Pattern of files to leave alone on both sides; may be repeated.
        verify: Compare the bytes of files that have the same size and that the state file does not vouch for.
        overwrite_changed: Overwrite files of the target that others have changed since the last run.
        state: State file. Default: one in the user's state directory.
        tag: Tag of the uploaded files; may be repeated.
        concurrency: Files to transfer at the same time.
        watch: Keep running, and upload changes of the local folder as they happen.
    """
    if source.startswith(REMOTE) == target.startswith(REMOTE):
        raise CliError(f"one of source and target must be remote, such as ik:/folder; got {source!r} and {target!r}")
    is_upload = target.startswith(REMOTE)
    if watch and (dry_run or not is_upload):
        raise CliError("--watch uploads changes of a local folder, and has no dry run")
    if watch and not Path(source).is_dir():
        raise CliError(f"{source} is not a folder")
    if tag and not is_upload:
        raise CliError("--tag is for uploads")
    options: PlanOptions = {
        "delete": delete,
        "max_delete": max_delete,
        "include": include or (),
        "exclude": exclude or (),
        "verify": "download" if verify else None,
        "overwrite_changed": overwrite_changed,
    }
    if state is not None:
        options["state"] = state
    async with context.client() as client:

        async def once() -> None:
            if is_upload:
                tags: UploadOptions | None = {"tags": tag} if tag else None
                plan = await plan_upload(client, source, remote_path(target), upload_options=tags, **options)
            else:
                plan = await plan_download(client, remote_path(source), target, **options)
            await _carry_out(context, client, plan, dry_run=dry_run, concurrency=concurrency)

        if watch:
            await _watch(context, Path(source), state, once)
        else:
            await once()


async def _watch(context: Context, folder: Path, state: Path | None, once: Callable[[], Awaitable[None]]) -> None:
    """
    Sync at once, and again after each change, until Ctrl-C.
    """
    from watchfiles import awatch

    own = () if state is None else (str(state.absolute()),)
    first = True
    # The first time-out comes when the watcher is at work, so that no change falls between it and the first run.
    async for changes in awatch(
        folder,
        watch_filter=lambda _, path: not path.startswith(own),
        yield_on_timeout=True,
        rust_timeout=_WATCH_MS,
    ):
        if first or changes:
            await once()
            context.note(f"Watching {folder}; Ctrl-C ends it.")
        first = False


async def _carry_out(context: Context, client: AsyncImageKit, plan: Plan, *, dry_run: bool, concurrency: int) -> None:
    if dry_run:
        for item in plan.items if context.json else ():
            context.write(_as_json(item))
        if not context.json:
            context.write(None, str(plan))
        context.failed |= any(item.action == "conflict" for item in plan.items)
        return
    context.interrupted = "Interrupted. Run the same command again to resume; no file is stored twice."
    with shown_progress(context, "Syncing") as progress:
        report = await plan.run(
            client,
            concurrency=concurrency,
            on_progress=progress,
            on_result=lambda result: _show(context, result),
        )
    _conclude(context, report)


def _as_json(item: Item) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ("action", "path", "remote_path", "reason", "size")}


def _show(context: Context, result: Result) -> None:
    if context.json:
        context.write(attrs.asdict(result))
    elif result.outcome == "done":
        context.write(None, visible(f"{result.action:8}{result.path}"))
    if result.outcome != "done":
        context.fail(visible(result.path), f"{result.outcome}: {result.reason}")


def _conclude(context: Context, report: Report) -> None:
    for result in report.items:
        if result.outcome in ("conflict", "not run"):
            _show(context, result)
    context.note(summary(report.direction, report.counts().items(), report.bytes, report.seconds))


async def download(
    remote: str,
    local: str = ".",
    /,
    *,
    concurrency: Concurrency = 8,
    context: Injected,
) -> None:
    """
    Download a file or a folder, as originals.

    Args:
        remote: Remote file or folder, such as `ik:/site/a.jpg`. A folder is downloaded as by `imagekit sync`.
        local: Folder to download into; or for a file a new name, or `-` for standard output.
        concurrency: Files to download at the same time.
    """
    path = remote_path(remote)
    async with context.client() as client:
        asset = None if path == "/" else await asset_at(client, path)
        if not isinstance(asset, File):
            if local == STDIO:
                raise CliError(f"only a file can be written to standard output, and {path} is a folder")
            plan = await plan_download(client, path, local)
            await _carry_out(context, client, plan, dry_run=False, concurrency=concurrency)
        else:
            await _download_file(context, client, asset, local)


async def _download_file(context: Context, client: AsyncImageKit, asset: File, local: str) -> None:
    file = remote_file(asset, "", with_metadata=False)
    target = Path(local, asset.name) if os.path.isdir(local) or local.endswith(("/", os.sep)) else Path(local)
    if not target.parent.is_dir():
        raise CliError(f"there is no folder {target.parent}", Exit.FAILED)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    began, is_pipe = time.monotonic(), local == STDIO

    async def restart() -> Any:
        content.seek(0)
        content.truncate()
        return write

    async def write(chunk: bytes) -> None:
        content.write(chunk)

    try:
        async with delivery_client() as http:
            with tempfile.TemporaryFile() if is_pipe else open(part, "wb") as content:
                await fetch_original(client, http, file, restart)
                if is_pipe:
                    content.seek(0)
                    shutil.copyfileobj(content, sys.stdout.buffer)
                    return
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    context.write({"path": str(target), "size": file.size, "file_id": file.file_id}, str(target))
    context.note(summary("download", [("done", 1)], file.size, time.monotonic() - began))
