"""
Detect the type of a file from its bytes, or from its extension if the bytes are text.

Pillow reads the header of images and never decodes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import attrs

from imagekit_local._metadata.embedded import embedded_metadata
from imagekit_local._metadata.header import opened_header

_HEAD_BYTES = 4096
_BINARY = "application/octet-stream"
IMAGE_FORMATS = {
    "AVIF": "avif",
    "BMP": "bmp",
    "GIF": "gif",
    "ICO": "ico",
    "JPEG": "jpg",
    "MPO": "jpg",
    "PNG": "png",
    "TIFF": "tiff",
    "WEBP": "webp",
}
_IMAGE_MIMES = {"ico": "image/x-icon", "jpg": "image/jpeg"}
_MAGIC = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (4, b"ftypqt  ", "video/quicktime"),
    (4, b"ftypM4A ", "audio/mp4"),
    (4, b"ftyphe", "image/heic"),
    (4, b"ftypmif1", "image/heif"),
    # Not reached unless Pillow cannot read it.
    (4, b"ftypavi", _BINARY),
    (4, b"ftyp", "video/mp4"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (8, b"WAVE", "audio/wav"),
    (0, b"wOFF", "font/woff"),
    (0, b"wOF2", "font/woff2"),
    (0, b"\x00\x01\x00\x00\x00", "font/ttf"),
    (0, b"OTTO", "font/otf"),
    (8, b"\x01\x00\x02\x00", "application/vnd.ms-fontobject"),
    (8, b"\x02\x00\x02\x00", "application/vnd.ms-fontobject"),
    # The tables at the start of a transport stream.
    (0, b"G@\x00", "video/mp2t"),
    (0, b"G@\x11", "video/mp2t"),
    (0, b"FWS", "application/x-shockwave-flash"),
    (0, b"CWS", "application/x-shockwave-flash"),
    (0, b"ZWS", "application/x-shockwave-flash"),
)
_TEXT_MIMES = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".htm": "text/html",
    ".html": "text/html",
    ".js": "application/javascript",
    ".json": "application/json",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".md": "text/markdown",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".xml": "application/xml",
}


@attrs.frozen
class Media:
    """
    Properties of stored bytes: the MIME type, and for an image with a valid header its size in pixels.

    `format` is the short name that metadata uses, or None unless it is such an image.
    """

    mime: str
    width: int | None = None
    height: int | None = None
    has_alpha: bool = False
    format: str | None = None
    has_color_profile: bool = False
    embedded: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    @property
    def is_image(self) -> bool:
        """
        Whether the API calls the file an image. A video is not an image.
        """
        return self.mime.startswith("image/")

    @property
    def is_video(self) -> bool:
        """
        Whether the larger size limit applies.
        """
        return self.mime.startswith("video/")


def inspect(path: Path, name: str) -> Media:
    """
    Detect the type of the bytes at a path. Blocks.

    Args:
        path: The file.
        name: File name, with the extension that decides between text formats.
    """
    return _picture(path) or Media(mime=_other_mime(path, name))


def _picture(path: Path) -> Media | None:
    try:
        with opened_header(path) as image:
            format_name = IMAGE_FORMATS.get(image.format or "")
            if format_name is None:
                return None
            return Media(
                mime=_IMAGE_MIMES.get(format_name, f"image/{format_name}"),
                width=image.width,
                height=image.height,
                has_alpha=image.has_transparency_data,
                format=format_name,
                has_color_profile="icc_profile" in image.info,
                embedded=embedded_metadata(image),
            )
    # Pillow's readers let any error through that broken bytes cause. Such bytes are a file, but not an image.
    except Exception:
        return None


def _other_mime(path: Path, name: str) -> str:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    for offset, magic, mime in _MAGIC:
        if head.startswith(magic, offset):
            return mime
    if b"\x00" in head:
        return _BINARY
    return _TEXT_MIMES.get(PurePosixPath(name).suffix.lower(), _BINARY)
