"""
Open images up to their header, at a bounded cost.
"""

from __future__ import annotations

import io
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from PIL import IcoImagePlugin, Image

_LIMIT = 2 * 1024 * 1024
# Pillow reads a whole file of these formats before it knows its size.
_WHOLE_LIMIT = 32 * 1024 * 1024
_WHOLE = ((0, b"RIFF"), (4, b"ftyp"))
_ICON = b"\x00\x00\x01\x00"
_MAX_ICON_SIDE = 256
_LEAST_COST = 64


@contextmanager
def opened_header(source: Path | bytes) -> Generator[Image.Image, None, None]:
    """
    Open an image of which at most 2 MiB (32 MiB for WebP and AVIF) can be read, in thousands of reads, not millions.

    The image must not be decoded. Blocks.

    Raises:
        Exception: Pillow's readers let any error through that broken bytes cause.
    """
    raw = io.FileIO(source) if isinstance(source, Path) else io.BytesIO(source)
    with closing(_BoundedReader(raw)) as file:
        _refuse_large_icons(file)
        with closing(Image.open(file)) as image:
            yield image


class _BoundedReader(io.BufferedReader):
    """
    A file that fails after too much was read. Each read costs its bytes, and a short one more than that.
    """

    def __init__(self, raw: io.FileIO | io.BytesIO) -> None:
        super().__init__(raw)
        head = super().read(12)
        super().seek(0)
        self._left = _WHOLE_LIMIT if any(head.startswith(magic, start) for start, magic in _WHOLE) else _LIMIT

    def read(self, size: int | None = -1) -> bytes:
        """
        Return the next bytes.

        Raises:
            OSError: Too much was read.
        """
        most = self._left + 1
        data = super().read(most if size is None or size < 0 else min(size, most))
        self._left -= max(len(data), _LEAST_COST)
        if self._left < 0:
            raise OSError("the header of the image is too long")
        return data


def _refuse_large_icons(file: _BoundedReader) -> None:
    # Pillow decodes an icon when it opens it, even a large one.
    head = file.read(len(_ICON))
    file.seek(0)
    if head == _ICON:
        frame = IcoImagePlugin.IcoFile(file).frame(0)
        if max(frame.size) > _MAX_ICON_SIDE:
            raise OSError("the icon is too large")
        file.seek(0)
