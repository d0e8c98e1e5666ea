"""
Detection of file types from bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from imagekit_local._media import Media, inspect

Picture = Callable[..., bytes]


def inspected(directory: Path, content: bytes, name: str = "name") -> Media:
    """
    Return the detected type of some bytes.
    """
    path = directory / "blob"
    path.write_bytes(content)
    return inspect(path, name)


@pytest.mark.parametrize(
    ("format", "mode", "mime", "short", "has_alpha"),
    [
        ("PNG", "RGBA", "image/png", "png", True),
        ("PNG", "RGB", "image/png", "png", False),
        ("JPEG", "RGB", "image/jpeg", "jpg", False),
        ("GIF", "P", "image/gif", "gif", False),
        ("WEBP", "RGBA", "image/webp", "webp", True),
        ("BMP", "RGB", "image/bmp", "bmp", False),
        ("TIFF", "RGB", "image/tiff", "tiff", False),
    ],
)
def test_pictures(
    tmp_path: Path, picture: Picture, format: str, mode: str, mime: str, short: str, has_alpha: bool
) -> None:
    """Images are detected by their bytes, whatever their name."""
    media = inspected(tmp_path, picture(format, mode=mode), "wrong.txt")

    assert (mime, short, has_alpha, 4, 3) == (media.mime, media.format, media.has_alpha, media.width, media.height)
    assert media.is_image


def test_exif(tmp_path: Path, picture: Picture) -> None:
    """Embedded texts and numbers are read by name, without values that JSON cannot hold."""
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    exif[0x0112] = 6
    exif[0x011A] = 72.5
    exif[0x011B] = IFDRational(1, 0)
    media = inspected(tmp_path, picture("JPEG", exif=exif, icc_profile=b"profile"))

    assert {"Make": "Maker", "Orientation": "Rotate 90 CW", "XResolution": 72.5} == media.embedded
    assert media.has_color_profile


def test_broken_exif(tmp_path: Path, picture: Picture) -> None:
    """An image is valid without its embedded data."""
    media = inspected(tmp_path, picture("JPEG", exif=b"Exif\x00\x00nonsense"))

    assert ("image/jpeg", {}) == (media.mime, media.embedded)


def test_broken_picture(tmp_path: Path, picture: Picture) -> None:
    """An image with a truncated header is a plain file."""
    media = inspected(tmp_path, picture()[:20], "a.png")

    assert Media(mime="application/octet-stream") == media


def test_foreign_picture(tmp_path: Path, picture: Picture) -> None:
    """A format that ImageKit does not serve is a plain file."""
    media = inspected(tmp_path, picture("PPM"))

    assert Media(mime="application/octet-stream") == media


def test_decompression_bomb(tmp_path: Path) -> None:
    """An image that is far too large is a plain file, detected from its header alone."""
    header = b"IHDR" + struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    media = inspected(tmp_path, bomb)

    assert not media.is_image


@pytest.mark.parametrize(
    ("content", "name", "mime"),
    [
        (b"%PDF-1.7", "a.txt", "application/pdf"),
        (b"\x00\x00\x00\x18ftypisom", "a", "video/mp4"),
        (b"\x00\x00\x00\x18ftypqt  ", "a", "video/quicktime"),
        (b"\x00\x00\x00\x18ftypheic", "a.mp4", "image/heic"),
        (b"\x00\x00\x00\x18ftypmif1", "a", "image/heif"),
        (b"\x00\x00\x00\x18ftypavif", "a.avif", "application/octet-stream"),
        (b"RIFF\x00\x00\x00\x00WAVE", "a", "audio/wav"),
        (b"G@\x00\x10\x00", "a", "video/mp2t"),
        (b"G@\x11\x10\x00", "a", "video/mp2t"),
        (b"CWS\x0a\x00", "a", "application/x-shockwave-flash"),
        (bytes(8) + b"\x01\x00\x02\x00", "a", "application/vnd.ms-fontobject"),
        (b"#EXTM3U\n", "a.m3u8", "application/vnd.apple.mpegurl"),
        (b"body {}", "style.CSS", "text/css"),
        (b"<svg/>", "a.svg", "image/svg+xml"),
        (b"text", "a", "application/octet-stream"),
        (b"text", "a.png", "application/octet-stream"),
        (b"not\x00text", "a.txt", "application/octet-stream"),
    ],
)
def test_other_files(tmp_path: Path, content: bytes, name: str, mime: str) -> None:
    """Binary formats are detected by their first bytes, text formats by the extension."""
    media = inspected(tmp_path, content, name)

    assert mime == media.mime
    assert media.width is None
