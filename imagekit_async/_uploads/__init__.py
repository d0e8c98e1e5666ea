"""
What a caller may pass as `file=`, turned into bytes on the wire without holding the file in memory.

Knows nothing of the API or of the client; the generated operations and the client build on it.
"""

from __future__ import annotations

from .multipart import MultipartBody, encode_multipart
from .readers import CHUNK_BYTES
from .sources import AsyncBinaryFile, BinaryFile, ByteSource, FileInput, TextSource, open_source

__all__ = [
    "CHUNK_BYTES",
    "AsyncBinaryFile",
    "BinaryFile",
    "ByteSource",
    "FileInput",
    "MultipartBody",
    "TextSource",
    "encode_multipart",
    "open_source",
]
