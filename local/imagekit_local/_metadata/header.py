"""
Pictures opened as far as their header, at a price that the sender of their bytes cannot set.
"""

from __future__ import annotations

import io
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from PIL import IcoImagePlugin, Image

_LIMIT = 2 * 1024 * 1024
# Pillow reads a file of these formats as a whole before it knows its size.
_WHOLE_LIMIT = 32 * 1024 * 1024
_WHOLE = ((0, b"RIFF"), (4, b"ftyp"))
_ICON = b"\x00\x00\x01\x00"
_MAX_ICON_SIDE = 256
_LEAST_COST = 64


@contextmanager
def opened_header(source: Path | bytes) -> Generator[Image.Image, None, None]:
    """
    A picture of which nothing can be read but 2 MiB, or 32 MiB of WebP and AVIF, in thousands of pieces and not
    millions. It must not be decoded. Blocks.

    Raises:
        Exception: Pillow's readers let through whatever error broken bytes cause.
    """
    raw = io.FileIO(source) if isinstance(source, Path) else io.BytesIO(source)
    with closing(_BoundedReader(raw)) as file:
        _refuse_large_icons(file)
        with closing(Image.open(file)) as image:
            yield image


class _BoundedReader(io.BufferedReader):
    """
    A file that fails once too much was read; each read costs its bytes, and a short one more than that.
    """

    def __init__(self, raw: io.FileIO | io.BytesIO) -> None:
        super().__init__(raw)
        head = super().read(12)
        super().seek(0)
        self._left = _WHOLE_LIMIT if any(head.startswith(magic, start) for start, magic in _WHOLE) else _LIMIT

    def read(self, size: int | None = -1) -> bytes:
        """
        The next bytes.

        Raises:
            OSError: Too much was read.
        """
        most = self._left + 1
        data = super().read(most if size is None or size < 0 else min(size, most))
        self._left -= max(len(data), _LEAST_COST)
        if self._left < 0:
            raise OSError("the header of the picture is too long")
        return data


def _refuse_large_icons(file: _BoundedReader) -> None:
    # Pillow decodes an icon when it opens it, whatever its size.
    head = file.read(len(_ICON))
    file.seek(0)
    if head == _ICON:
        frame = IcoImagePlugin.IcoFile(file).frame(0)
        if max(frame.size) > _MAX_ICON_SIDE:
            raise OSError("the icon is too large")
        file.seek(0)
