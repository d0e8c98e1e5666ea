"""
Files as Django's storages open and save them.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.files import File

if TYPE_CHECKING:
    from types import TracebackType

    from ._originals import Original

    _File = File[Any]
else:
    _File = File  # generic for type checkers only

_BUFFER_BYTES: Final = 64 * 1024


class Encoded:
    """
    The bytes of a file in text mode, in UTF-8.
    """

    def __init__(self, content: File[str]) -> None:
        self._content = content

    def __iter__(self) -> Iterator[bytes]:
        return (chunk.encode() for chunk in self._content.chunks())


class ImageKitFile(_File):
    """
    A file that is downloaded as far as it is read, or uploaded when it is closed.

    An exception in a `with` block discards what was written in it.

    Args:
        name: Name in the storage.
        mode: "rb" or "wb"; "r" or "w" for text in UTF-8.
        read: Opens the stored file.
        write: Stores a file that is positioned at its start, and returns its name.

    Raises:
        FileNotFoundError: There is no file to read.
        ValueError: The mode is another one.
    """

    file: IO[Any] | None
    name: str | None

    def __init__(
        self, name: str, mode: str, *, read: Callable[[str], Original], write: Callable[[str, IO[bytes]], str]
    ) -> None:
        if mode not in ("rb", "r", "wb", "w"):
            raise ValueError(f"mode must be 'rb', 'r', 'wb' or 'w', got {mode!r}")
        self._read, self._write = read, write
        self._binary: Any
        super().__init__(self._opened(name, mode), name)
        self.mode = mode

    def _opened(self, name: str, mode: str) -> Any:
        if "w" in mode:
            limit, folder = settings.FILE_UPLOAD_MAX_MEMORY_SIZE, settings.FILE_UPLOAD_TEMP_DIR
            self._binary = SpooledTemporaryFile(limit, dir=folder)  # noqa: SIM115 - closed by `close`
        else:
            original = self._read(name)
            self.size = original.size
            self._binary = io.BufferedReader(original, _BUFFER_BYTES)
        return self._binary if "b" in mode else io.TextIOWrapper(self._binary, encoding="utf-8")

    def open(self, mode: str | None = None, *args: object, **kwargs: object) -> ImageKitFile:
        """
        Go back to the start, of a closed file by opening it again.

        Raises:
            ValueError: The file is closed, and was open in another mode.
        """
        if not self.closed:
            self.seek(0)
        elif mode not in (None, self.mode):
            raise ValueError(f"mode must be {self.mode!r} to open the file again, got {mode!r}")
        else:
            self.file = self._opened(self.name or "", self.mode)
        return self

    def close(self) -> None:
        """
        Close the file, and upload what was written; a second call does nothing.
        """
        if self.closed:
            return
        try:
            if "w" in self.mode:
                self.flush()
                self._binary.seek(0)
                self.name = self._write(self.name or "", self._binary)
        finally:
            super().close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            super().close()
