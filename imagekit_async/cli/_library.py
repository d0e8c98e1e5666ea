"""
The commands over the media library: ls, find, info, cp, mv, rm, mkdir, tag.
"""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter

from .. import UNSET, AsyncImageKit, AuthenticationError, ImageKitError, PermissionDeniedError
from ..models import AssetsListSort, File, Folder
from ..search import Asset
from ..transfer._names import stored_folder
from ._app import Injected
from ._context import CliError, Context, Exit, remote_path, shown

Found = File | Folder


async def asset_at(client: AsyncImageKit, path: str) -> Found:
    """
    Return the file or folder at a path.

    Raises:
        CliError: There is none.
    """
    parent, _, name = path.rpartition("/")
    for kind in ("file", "folder"):
        query = (Asset.type == kind) & (Asset.name == name)
        listed = await client.assets.list(path=parent or "/", search_query=query)
        if found := [asset for asset in listed if isinstance(asset, Found) and path_of(asset) == path]:
            return found[0]
    raise CliError(f"no file or folder {path}", Exit.FAILED)


def path_of(asset: Found) -> str:
    """
    Return the full path of a file or folder.
    """
    return asset.folder_path if isinstance(asset, Folder) else asset.file_path


def _line(asset: object) -> str | None:
    """
    Return the line that shows an asset; None for a kind that this version does not know.
    """
    if isinstance(asset, Folder):
        return f"{'-':>12}  {asset.updated_at!s:.16}  {path_of(asset)}/"
    if isinstance(asset, File):
        return f"{asset.size:>12}  {asset.updated_at!s:.16}  {path_of(asset)}"
    return None


async def ls(path: str = "/", /, *, sort: AssetsListSort | None = None, context: Injected) -> None:
    """
    List a remote folder: size in bytes, time of the last change (UTC), path.

    Args:
        path: Remote folder. Default: the root.
        sort: Order. Default: by ImageKit.
    """
    folder, asset = remote_path(path), None
    async with context.client() as client:
        async for asset in client.assets.iterate(path=folder, type="all", sort=sort or UNSET):
            context.write(asset, _line(asset))
        if asset is None and folder != "/" and isinstance(asset := await asset_at(client, folder), File):
            context.write(asset, _line(asset))


async def find(
    query: str,
    /,
    *,
    path: str | None = None,
    sort: AssetsListSort | None = None,
    limit: int | None = None,
    context: Injected,
) -> None:
    """
    Search files and folders.

    Args:
        query: The query, in quotes.
        path: Folder whose direct children are searched. Default: everything.
        sort: Order. Default: by ImageKit.
        limit: Most results to print. Default: all.
    """
    folder = UNSET if path is None else remote_path(path)
    async with context.client() as client:
        async for asset in client.assets.iterate(search_query=query, path=folder, sort=sort or UNSET, limit=limit):
            context.write(asset, _line(asset))


async def info(path: str, /, *, context: Injected) -> None:
    """
    Show all that is known about a file or folder, as JSON.

    Args:
        path: Remote path.
    """
    async with context.client() as client:
        asset = await asset_at(client, remote_path(path))
        context.write(await client.files.get(asset.file_id) if isinstance(asset, File) else asset)


async def cp(source: str, folder: str, /, *, context: Injected) -> None:
    """
    Copy a file or folder into a folder.

    Args:
        source: Remote file or folder.
        folder: Remote folder to copy it into.
    """
    path, target = remote_path(source), remote_path(folder)
    async with context.client() as client:
        if isinstance(await asset_at(client, path), File):
            await client.files.copy(source_file_path=path, destination_path=target)
        else:
            job = await client.folders.copy(source_folder_path=path, destination_path=target)
            await client.folders.job.wait(job.job_id)
    _moved(context, path, target)


async def mv(source: str, target: str, /, *, context: Injected) -> None:
    """
    Move a file or folder into a folder, or rename it.

    Args:
        source: Remote file or folder.
        target: Remote folder to move it into; or a name that does not exist yet, in the folder of the source.
    """
    path, new = remote_path(source), remote_path(target)
    async with context.client() as client:
        asset = await asset_at(client, path)
        parent, _, name = new.rpartition("/")
        is_beside = bool(name) and parent == path.rpartition("/")[0] and not target.endswith("/")
        is_rename = is_beside and not await _exists(client, new)
        if is_rename and isinstance(asset, File):
            await client.files.rename(file_path=path, new_file_name=name)
        elif isinstance(asset, File):
            await client.files.move(source_file_path=path, destination_path=new)
        else:
            if is_rename:
                job = await client.folders.rename(folder_path=path, new_folder_name=name)
            else:
                job = await client.folders.move(source_folder_path=path, destination_path=new)
            await client.folders.job.wait(job.job_id)
    _moved(context, path, parent or "/" if is_rename else new, name if is_rename else None)


async def _exists(client: AsyncImageKit, path: str) -> bool:
    try:
        await asset_at(client, path)
    except CliError:
        return False
    return True


def _moved(context: Context, path: str, folder: str, name: str | None = None) -> None:
    target = f"{folder.rstrip('/')}/{name or path.rpartition('/')[2]}"
    context.write({"source": path, "target": target}, f"{path} -> {target}")


async def rm(
    paths: Annotated[list[str], Parameter(negative="")],
    /,
    *,
    recursive: Annotated[bool, Parameter(alias="-r", negative="")] = False,
    yes: Annotated[bool, Parameter(alias="-y", negative="")] = False,
    context: Injected,
) -> None:
    """
    Delete files and folders; it cannot be undone.

    Args:
        paths: Remote files and folders.
        recursive: Delete folders, with all that is in them.
        yes: Do not ask.
    """
    if not yes:
        _confirm(f"Delete {', '.join(map(remote_path, paths))}?")
    async with context.client() as client:
        for path in map(remote_path, paths):
            try:
                asset = await asset_at(client, path)
                if isinstance(asset, File):
                    await client.files.delete(asset.file_id)
                elif recursive:
                    await client.folders.delete(folder_path=path)
                else:
                    raise CliError("it is a folder; pass --recursive to delete it", Exit.FAILED)
            except (ImageKitError, CliError) as error:
                check_access(error)
                context.fail(path, error)
            else:
                context.write({"deleted": path}, f"deleted {path}")


def _confirm(question: str) -> None:
    if not sys.stdin.isatty():
        raise CliError("--yes is needed if standard input is not a terminal")
    print(shown(f"{question} [y/N] "), end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise CliError("nothing is deleted", Exit.FAILED)


def check_access(error: Exception | None) -> None:
    """
    Raise an error that the next item would meet as well.
    """
    if isinstance(error, AuthenticationError | PermissionDeniedError):
        raise error


async def mkdir(path: str, /, *, context: Injected) -> None:
    """
    Create a folder and the folders above it.

    Args:
        path: Remote folder.
    """
    path = stored_folder(remote_path(path))
    parent, _, name = path.rpartition("/")
    async with context.client() as client:
        await client.folders.create(folder_name=name, parent_folder_path=parent or "/")
    context.write({"created": path}, f"created {path}")


async def tag(
    paths: Annotated[list[str], Parameter(negative="")],
    /,
    *,
    add: Annotated[list[str] | None, Parameter(negative="")] = None,
    remove: Annotated[list[str] | None, Parameter(negative="")] = None,
    context: Injected,
) -> None:
    """
    Add tags to files, and remove tags from them.

    Args:
        paths: Remote files, at most 50.
        add: Tag to add; may be repeated.
        remove: Tag to remove; may be repeated.
    """
    if not (add or remove):
        raise CliError("pass --add or --remove")
    async with context.client() as client:
        files = [await asset_at(client, remote_path(path)) for path in paths]
        ids = [file.file_id for file in files if isinstance(file, File)]
        if len(ids) < len(files):
            raise CliError("folders have no tags; pass files")
        if add:
            await client.files.bulk.add_tags(file_ids=ids, tags=add)
        if remove:
            await client.files.bulk.remove_tags(file_ids=ids, tags=remove)
    for path in paths:
        context.write({"tagged": remote_path(path)}, f"tagged {remote_path(path)}")
