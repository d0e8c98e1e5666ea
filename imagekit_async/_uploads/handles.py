"""
Look at a file object once, where that may block.
"""

from __future__ import annotations

import inspect
import io
import os
from functools import partial
from typing import Any, Final, Protocol, cast, runtime_checkable

import attrs
from anyio import AsyncFile

from .readers import not_bytes
from .threads import in_thread

# Their attributes are never properties of the caller's that may block.
_PLAIN: Final = (io.BytesIO, io.BufferedReader, io.FileIO)


@runtime_checkable
class _FormUpload(Protocol):
    """
    Starlette's UploadFile: it does not know its position, but the file it wraps does.
    """

    file: Any
    filename: str | None
    content_type: str | None


@attrs.frozen(eq=False)
class Handle:
    """
    A file object of the caller's, with its methods and what it says about itself.

    Attributes:
        file: The object, or the one that it wraps.
        asynchronous: Whether it reads asynchronously, so that its methods need no thread.
        name: Its file name without folders; None if it has none.
        mime: Its MIME type; None if it has none.
    """

    file: Any
    read: Any
    seek: Any
    tell: Any
    seekable: Any
    asynchronous: bool
    name: str | None
    mime: str | None

    @classmethod
    async def of(cls, file: Any) -> Handle | None:
        """
        Return what is known of a file, or None for an object without `read`.

        Raises:
            ValueError: The file is closed.
            TypeError: It is in text mode.
        """
        return cls._of(file) if type(file) in _PLAIN else await in_thread(partial(cls._of, file))

    @classmethod
    def _of(cls, file: Any) -> Handle | None:
        if not hasattr(file, "read"):
            return None
        outer: Any = file.file if isinstance(file, _FormUpload) and not hasattr(file, "tell") else file
        # anyio's own threads are waited for even if they stall.
        handle: Any = cast("Any", outer).wrapped if isinstance(outer, AsyncFile) else outer
        if isinstance(handle, io.TextIOBase):
            raise not_bytes("")
        if getattr(handle, "closed", False) is True:
            raise ValueError("file is closed")
        name = getattr(file, "filename", None) or getattr(file, "name", None)
        mime = getattr(file, "content_type", None)
        read: Any = handle.read
        return cls(
            handle,
            read,
            seek=getattr(handle, "seek", None),
            tell=getattr(handle, "tell", None),
            seekable=getattr(handle, "seekable", None),
            asynchronous=inspect.iscoroutinefunction(read),
            name=os.path.basename(name) if isinstance(name, str) else None,
            mime=mime if isinstance(mime, str) else None,
        )
