"""
The SDK's main job, end to end, on real image files and a local ImageKit: no account and no network needed.

Makes JPEG, PNG and WebP files, uploads them side by side, lists, reads, tags and deletes them, shows one error, and
syncs a folder with one change.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import anyio
import httpx
from PIL import Image
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn
from rich.table import Table

from imagekit_async import ApiResponse, AsyncImageKit, NotFoundError
from imagekit_async.models import File, FileUploadResponse
from imagekit_async.testing import LocalImageKit
from imagekit_async.transfer import plan_upload

FOLDER = "/demo/holiday"
SYNCED = "/demo/photos"
SIZES = {"beach.jpg": (1600, 1200), "forest.png": (800, 600), "harbour.webp": (1280, 960), "summit.jpg": (2400, 1600)}


def make_images(folder: Path) -> list[Path]:
    """
    Write one image for each name: three noise planes merged, so that every format has something to encode.
    """
    paths: list[Path] = []
    for name, size in SIZES.items():
        planes = [Image.effect_noise(size, sigma) for sigma in (20, 60, 100)]
        paths.append(folder / name)
        Image.merge("RGB", planes).save(paths[-1])
    return paths


async def upload_all(
    client: AsyncImageKit, paths: list[Path], console: Console
) -> list[ApiResponse[FileUploadResponse]]:
    """
    Upload the files at the same time, each with a bar on the terminal.
    """
    done: list[ApiResponse[FileUploadResponse]] = []
    columns = (TextColumn("{task.description:14}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=console) as progress:

        async def upload(path: Path) -> None:
            with progress.open(path, "rb", description=path.name) as file:
                done.append(
                    await client.with_response.files.upload(
                        file=(path.name, file), file_name=path.name, folder=FOLDER, tags=["holiday"]
                    )
                )

        async with anyio.create_task_group() as tasks:
            for path in paths:
                tasks.start_soon(upload, path)
    return done


async def show_library(client: AsyncImageKit, console: Console) -> list[File]:
    """
    List what is in the folder now.
    """
    table = Table("name", "type", "pixels", "bytes", "tags", title=f"assets.iterate(path={FOLDER!r})")
    assets = client.assets.iterate(path=FOLDER, sort="ASC_NAME")
    files = [asset async for asset in assets if isinstance(asset, File)]
    for file in files:
        pixels = f"{file.width} x {file.height}"
        table.add_row(file.name, file.mime, pixels, str(file.size), ", ".join(file.tags or ()))
    console.print(table)
    return files


async def sync_with_one_change(client: AsyncImageKit, console: Console) -> None:
    """
    Sync a folder, change one of its files, and sync again: only this file is uploaded.
    """
    with tempfile.TemporaryDirectory() as directory:
        folder, state = Path(directory, "photos"), Path(directory, "state.db")
        folder.mkdir()
        paths = await anyio.to_thread.run_sync(make_images, folder)
        plan = await plan_upload(client, folder, SYNCED, state=state)
        console.print(f"first sync: {await plan.run(client)}")
        await anyio.to_thread.run_sync(shutil.copyfile, paths[-1], paths[0])
        plan = await plan_upload(client, folder, SYNCED, state=state)
        console.print(f"planned: {plan}")
        console.print(f"second sync: {await plan.run(client)}")


async def main() -> None:
    """
    Run the demo; any failure ends it with a traceback and a non-zero exit status.
    """
    console = Console()
    async with (
        LocalImageKit() as server,
        # With a transport, no proxy of the environment is used.
        AsyncImageKit(server.private_key, base_url=server.url, transport=httpx.AsyncHTTPTransport()) as client,
    ):
        console.print(f"Local ImageKit at {server.url}")
        with tempfile.TemporaryDirectory() as folder:
            paths = await anyio.to_thread.run_sync(make_images, Path(folder))
            for response in await upload_all(client, paths, console):
                console.print(f"uploaded {response.value.name}  request id {response.request_id}")
        files = await show_library(client, console)
        ids = [file.file_id for file in files if file.file_id]

        details = await client.files.get(ids[0])
        console.print(f"files.get: {details.name}, created {details.created_at}, {details.url}")
        await client.files.update(ids[0], tags=["holiday", "favourite"], description="The first one")
        await client.files.bulk.add_tags(file_ids=ids, tags=["2026"])
        await show_library(client, console)

        await client.files.delete(ids[0])
        deleted = await client.files.bulk.delete(file_ids=ids[1:])
        console.print(f"deleted 1 + {len(deleted.successfully_deleted_file_ids or ())} files")
        try:
            await client.files.get(ids[0])
        except NotFoundError as error:
            console.print(f"on purpose, an error: {type(error).__name__}: {error}")
        console.print(f"left in {FOLDER}: {len(await client.assets.list(path=FOLDER))} files")
        await sync_with_one_change(client, console)


if __name__ == "__main__":
    anyio.run(main)
