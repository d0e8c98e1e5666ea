"""
What is on either side: walks a local folder, lists a remote one, hashes files. Changes nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import anyio
import anyio.lowlevel
import attrs

from .._generated.models.file import File
from ..errors import TransferError
from ..search import Asset
from ._names import is_text, stored_folder
from ._values import REMOTE_ROW, LocalFile, RemoteFile, Row

if TYPE_CHECKING:
    from .._client import AsyncImageKit
    from ._filters import Rules

PART_NAME: Final = ".imagekit-{}.part"
HELD_BYTES: Final = 256 * 1024
UNSETTLED_NS: Final = -1
_CONVERTED_AT_ONCE: Final = 250
# FAT has the coarsest clock; SQLite holds no later time.
_TICK_NS: Final = 2_000_000_000
_LATEST_NS: Final = 2**63 - 1
_PART: Final = re.compile(r"\.imagekit-[0-9a-f]{16}\.part")
_Above = tuple[os.stat_result, ...]


@attrs.frozen
class Scan:
    """
    What is below a local folder.

    Attributes:
        files: Regular files that take part, as rows of `LocalFile`.
        special: Why other things that would take part do not, by path: links, pipes, names that are not UTF-8.
        excluded: Paths of files and whole folders that filters leave out.
    """

    files: list[Row] = attrs.field(factory=list[Row])
    special: dict[str, str] = attrs.field(factory=dict[str, str])
    excluded: set[str] = attrs.field(factory=set[str])


def scan(root: Path, rules: Rules, *, follow_symlinks: bool) -> Scan:
    """
    Walk a local folder; blocks.

    Raises:
        OSError: The folder, or one below it that takes part, cannot be read. Files that were not seen must not look
            deleted.
    """
    found = Scan()
    waiting: list[tuple[str, str, _Above]] = [(os.fspath(root), "", (os.stat(root),))]
    while waiting:
        folder, prefix, above = waiting.pop()
        try:
            listed = os.scandir(folder)
        except (FileNotFoundError, NotADirectoryError):
            if not prefix:
                raise
            found.special[prefix[:-1]] = "it vanished"
            continue
        with listed as entries:
            for entry in entries:
                if _PART.fullmatch(entry.name):
                    continue
                below = _look_at(entry, prefix + entry.name, above, rules, found, follow_symlinks)
                if below is not None:
                    waiting.append((entry.path, f"{prefix}{entry.name}/", below))
    return found


def _look_at(
    entry: os.DirEntry[str], path: str, above: _Above, rules: Rules, found: Scan, follow_symlinks: bool
) -> _Above | None:
    """
    Note an entry; return what is above its own entries if it is a folder to walk.
    """
    is_folder = entry.is_dir(follow_symlinks=False)
    if follow_symlinks and entry.is_symlink() and (led_to := _status(entry)):
        is_folder = stat.S_ISDIR(led_to.st_mode)
    if not (rules.allows_folder(path) if is_folder else rules.allows_file(path)):
        found.excluded.add(path)
    elif not is_text(path):
        found.special[path] = "its name is not valid UTF-8"
    elif entry.is_symlink() and not follow_symlinks:
        found.special[path] = "it is a symbolic link"
    elif (status := _status(entry)) is None:
        found.special[path] = "it vanished, or is a symbolic link that cannot be followed"
    elif is_folder:
        if not any(os.path.samestat(status, folder) for folder in above):
            return (*above, status)
        found.special[path] = "it is a symbolic link to a folder above it"
    elif stat.S_ISREG(status.st_mode):
        found.files.append((path, status.st_size, modified_ns(status)))
    else:
        found.special[path] = "it is not a regular file"
    return None


def _status(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return os.stat(entry)  # entry.stat() lacks the inode on Windows
    except OSError:
        return None


def modified_ns(status: os.stat_result) -> int:
    """
    Return a file's time of change, as far as a state file can hold it.
    """
    return min(status.st_mtime_ns, _LATEST_NS)


def settled_ns(modified: int, seen: int) -> int:
    """
    Return a time of change that no change after the file was seen can have, or `UNSETTLED_NS`, which no file has.
    """
    return modified if modified < seen - _TICK_NS else UNSETTLED_NS


def remote_folder(path: str) -> str:
    """
    Return a remote folder in the form `/a/b`, or `` for the root.

    Raises:
        ValueError: ImageKit would store it under another name.
    """
    if not isinstance(path, str):  # pyright: ignore[reportUnnecessaryIsInstance] - callers need not check types
        raise ValueError(f"remote must be a str such as '/site/images', got {path!r}")
    folder = "".join(f"/{part}" for part in path.split("/") if part)
    if folder != stored_folder(folder):
        raise ValueError(f"remote must be a folder path as ImageKit stores it, {stored_folder(folder)!r}; got {path!r}")
    return folder


async def list_remote(client: AsyncImageKit, folder: str, *, with_metadata: bool) -> list[Row]:
    """
    List the current versions of the files below a remote folder, as rows of `RemoteFile`.

    Raises:
        APIError: A page could not be read.
    """
    query = (Asset.type == "file") & Asset.path.startswith(folder or "/")
    pages, rows = client.assets.iterate(search_query=query, sort="ASC_CREATED"), list[Row]()
    while assets := await pages.batch():
        while assets:
            await anyio.lowlevel.checkpoint()
            # Some would take the path for the beginning of a name.
            rows += [
                REMOTE_ROW(remote_file(asset, folder, with_metadata=with_metadata))
                for asset in assets[:_CONVERTED_AT_ONCE]
                if isinstance(asset, File) and asset.file_path.startswith(f"{folder}/")
            ]
            # So that they are gone before the next page comes.
            del assets[:_CONVERTED_AT_ONCE]
    return rows


async def check_exists(client: AsyncImageKit, folder: str) -> None:
    """
    Raise TransferError if there is no such remote folder.
    """
    parent, _, name = folder.rpartition("/")
    query = (Asset.type == "folder") & (Asset.name == name)
    if not await client.assets.list(path=parent or "/", search_query=query):
        raise TransferError(f"there is no remote folder {folder}")


async def check_checksum_field(client: AsyncImageKit, name: str) -> None:
    """
    Raise TransferError if the account has no custom metadata field of this name that can hold a SHA-256.
    """
    schema = next((one.schema for one in await client.custom_metadata_fields.list() if one.name == name), None)
    if schema is None or schema.type not in ("Text", "Textarea") or (schema.max_length or 64) < 64:
        found = f"which has {schema.to_dict()}" if schema else "which does not exist"
        accepted = "a custom metadata field of type Text for 64 characters"
        raise TransferError(f"checksum_field must be {accepted}, got {name!r}, {found}")


async def find_remote(client: AsyncImageKit, folder: str, path: str) -> RemoteFile | None:
    """
    Return the file that is stored under a path below a remote folder; None if there is none.

    Raises:
        APIError: It could not be looked up.
    """
    parent, _, name = f"{folder}/{path}".rpartition("/")
    query = (Asset.type == "file") & (Asset.name == name)
    found = await client.assets.list(path=parent or "/", search_query=query)
    files = [remote_file(asset, folder, with_metadata=False) for asset in found if isinstance(asset, File)]
    return files[0] if files else None


def remote_file(file: File, folder: str, *, with_metadata: bool) -> RemoteFile:
    """
    Return what a transfer needs to know of a listed file.
    """
    path = file.file_path
    # The endpoint is what the API put before the path, whatever the client was configured with.
    endpoint = file.url.partition("?")[0].rsplit("/", path.count("/"))[0]
    return RemoteFile(
        path=path.removeprefix(f"{folder}/"),
        size=file.size,
        file_id=file.file_id,
        version_id=file.version_info.id,
        url=file.url,
        url_endpoint=endpoint,
        is_private=file.is_private_file,
        is_published=file.is_published is not False,
        description=file.description,
        custom_metadata=file.custom_metadata if with_metadata else None,
    )


@attrs.frozen
class HashedFile:
    """
    A local file as it was when it was hashed.

    Attributes:
        file: Its size and time of change.
        settled_ns: The time of change to remember.
        sha256: SHA-256 of its bytes, as hexadecimal digits.
        data: The bytes of a small file, so that exactly what was hashed is uploaded; None for a larger one.
    """

    file: LocalFile
    settled_ns: int
    sha256: str
    data: bytes | None


def read_content(root: Path, path: str) -> HashedFile:
    """
    Hash a local file; blocks.

    Raises:
        OSError: It cannot be read.
    """
    # A pipe that took the file's place would wait for its writer.
    with open(root / path, "rb", buffering=0, opener=open_at_once) as file:
        seen, status = time.time_ns(), os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(f"{path} is no longer a regular file")
        digest = hashlib.sha256()
        chunks = iter(partial(os.read, file.fileno(), HELD_BYTES), b"")
        data = next(chunks, b"")
        digest.update(data)
        is_whole = len(data) == status.st_size
        for chunk in chunks:
            digest.update(chunk)
            is_whole = False
    local = LocalFile(path, status.st_size, modified_ns(status))
    return HashedFile(local, settled_ns(local.modified_ns, seen), digest.hexdigest(), data if is_whole else None)


def open_at_once(path: str, flags: int) -> int:
    """
    Open a file for `open`, without waiting for the writer of a pipe.
    """
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


async def local_hash(root: Path, path: str) -> str | None:
    """
    Return the SHA-256 of a local file; None if it cannot be read, which the transfer itself will report.
    """
    try:
        return (await anyio.to_thread.run_sync(read_content, root, path)).sha256
    except OSError:
        return None
