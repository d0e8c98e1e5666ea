"""
Read files, by path or open, and notice when they change between the first check and the last byte.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Final
from zlib import crc32

import attrs

from .handles import Handle
from .readers import SMALL_BYTES, Pull, ThreadPull, as_bytes, piece_bytes, pull_held
from .threads import Steps, Turns

# Without O_NONBLOCK, opening a named pipe waits for its writer. O_BINARY exists on Windows only.
_OPEN_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@attrs.frozen
class FileState:
    """
    What changes when a file is rewritten or another one takes its place.

    Attributes:
        device: Number of its file system.
        inode: Its number on that file system.
        size: Bytes.
        modified_ns: Time of the last change of its content.
        changed_ns: Time of the last change of its content, its name or its permissions.
        links: Names that it has.
    """

    device: int
    inode: int
    size: int
    modified_ns: int
    changed_ns: int
    links: int

    @classmethod
    def of(cls, status: os.stat_result) -> FileState:
        """
        Return the state that the system reports.
        """
        times = status.st_mtime_ns, status.st_ctime_ns
        return cls(status.st_dev, status.st_ino, status.st_size, *times, status.st_nlink)

    def has_content_of(self, other: FileState) -> bool:
        """
        Return whether an open file is as it was, if perhaps under another name or none.
        """
        if self.links != other.links:
            other = attrs.evolve(other, links=self.links, changed_ns=self.changed_ns)
        return self == other


@attrs.frozen
class DiskFile:
    """
    A path to upload, with the state of its file when the upload began.

    Attributes:
        path: The absolute path.
        state: State that the file must keep.
        content: Content of a small file, read with the first check; the first pass takes it.
    """

    path: str
    state: FileState
    content: list[bytes] = attrs.field(factory=list[bytes])

    @classmethod
    def inspect(cls, path: os.PathLike[str]) -> DiskFile:
        """
        Check that `path` is a readable regular file, remember its state, and read a small one; blocks.

        Raises:
            ValueError: It is something else, such as a named pipe, or is changing.
            OSError: It cannot be opened; IsADirectoryError for a directory.
        """
        resolved = os.path.abspath(os.fsdecode(path))
        if "\0" in resolved:
            raise ValueError(f"file must be a path without null characters, got {resolved!r}")
        # Opening a device may have an effect of its own.
        _check_regular(os.stat(resolved), resolved)
        with _opened(resolved) as descriptor:
            status = os.fstat(descriptor)
            # Another file may have come in its place since.
            _check_regular(status, resolved)
            file = cls(resolved, FileState.of(status))
            if file.state.size <= SMALL_BYTES:
                file.content.append(file._piece(descriptor, 0))
        return file

    def pull(self) -> Pull:
        """
        Pull from the start of the file for as long as its state is the remembered one.
        """
        return pull_held(iter([self.content.pop()])) if self.content else ThreadPull(self._pieces())

    def _pieces(self) -> Generator[bytes]:
        offset = 0
        with _opened(self.path) as descriptor:
            while offset < self.state.size:
                # The path may stand for another file by now.
                self._check(os.stat(self.path), offset)
                piece = self._piece(descriptor, offset)
                offset += len(piece)
                yield piece
        self._check(os.stat(self.path), offset)

    def _piece(self, descriptor: int, offset: int) -> bytes:
        size = self.state.size
        piece = os.read(descriptor, min(piece_bytes(size), size - offset))
        self._check(os.fstat(descriptor), offset)
        return piece

    def _check(self, status: os.stat_result, offset: int) -> None:
        if FileState.of(status) != self.state:
            raise ValueError(
                f"file changed on disk during the upload, after {offset} of {self.state.size} bytes: {self.path!r}"
            )


@contextmanager
def _opened(path: str) -> Generator[int]:
    descriptor = os.open(path, _OPEN_FLAGS)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _check_regular(status: os.stat_result, path: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if not stat.S_ISREG(status.st_mode):
        raise ValueError(
            f"file must be the path of a regular file, got {path!r}; open anything else and pass the file object"
        )


@attrs.frozen
class OpenFile:
    """
    A file of the caller's that can go back, with what was known of it when the upload began.

    Attributes:
        handle: The file.
        turns: Calls its methods.
        start: Position of the first byte to upload.
        length: Bytes from there to the end.
        state: State of the file on disk; None for one that is not on disk.
        checksum: CRC-32 of the bytes to upload, for a buffer in memory; None for what would have to be read first.
    """

    handle: Handle
    turns: Turns
    start: int
    length: int
    state: FileState | None
    checksum: int | None

    @classmethod
    async def inspect(cls, handle: Handle, turns: Turns) -> OpenFile | None:
        """
        Measure a file from its current position, and go back there; None if it cannot go back.
        """
        return await turns.take(cls._inspecting(handle, turns))

    @classmethod
    def _inspecting(cls, handle: Handle, turns: Turns) -> Steps[OpenFile | None]:
        if None in (handle.seek, handle.tell) or (handle.seekable is not None and not (yield (handle.seekable,))):
            return None
        start = yield (handle.tell,)
        # Reading nothing shows whether the file is in text mode.
        as_bytes((yield handle.read, 0))
        yield handle.seek, 0, os.SEEK_END
        end = yield (handle.tell,)
        yield handle.seek, start
        state = yield _state_of, handle.file
        checksum = None if state else (yield _checksum_of, handle.file, start)
        return cls(handle, turns, start, end - start, state, checksum)

    def pull(self) -> Pull:
        """
        Pull from the start, as long as no other code moves or changes the file.
        """
        offset = 0

        async def pull() -> bytes:
            nonlocal offset
            chunk = await self.turns.take(self._reading(offset))
            offset += len(chunk)
            return chunk

        return pull

    def _reading(self, offset: int) -> Steps[bytes]:
        if not offset:
            yield self.handle.seek, self.start
        elif (yield (self.handle.tell,)) != self.start + offset:
            raise ValueError(
                f"file was read or moved by other code during the upload, after {offset} of {self.length} bytes"
            )
        chunk = as_bytes((yield self.handle.read, piece_bytes(self.length)))
        if self.state is not None:
            state = yield _state_of, self.handle.file
            if not self.state.has_content_of(state):
                raise ValueError(f"file changed during the upload, after {offset} of {self.length} bytes")
        return chunk


def _state_of(handle: Any) -> FileState | None:
    from tempfile import SpooledTemporaryFile

    # Asking it for its descriptor would move it from memory to disk.
    if isinstance(handle, SpooledTemporaryFile):
        return None
    try:
        return FileState.of(os.fstat(handle.fileno()))
    except (AttributeError, OSError, TypeError, ValueError):
        return None


def _checksum_of(handle: Any, start: int) -> int | None:
    from mmap import mmap

    if not isinstance(handle, (io.BytesIO, mmap)):
        return None
    buffer = handle.getbuffer() if isinstance(handle, io.BytesIO) else memoryview(handle)
    with buffer, buffer[start:] as view:
        return crc32(view)
