"""
Files as a notebook shows them.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from ._generated.models.file import File

_UNITS = ("B", "kB", "MB", "GB", "TB")


def html(model: object) -> str | None:
    """
    Return a thumbnail with name, size and tags of a file as HTML; None for any other model.

    The thumbnail of a file that is private, or not known to be public, is shown only if its URL is signed.
    """
    from ._generated.models.file import File

    if not isinstance(model, File):
        return None
    # Each may be missing.
    name, size = getattr(model, "name", None), getattr(model, "size", None)
    title = "" if name is None else f"<b>{escape(str(name))}</b>"
    shown_size = f" · {_readable(size)}" if isinstance(size, (int, float)) else ""
    tags = "".join(f" <code>{escape(str(tag))}</code>" for tag in model.tags or ())
    return f"<div>{_thumbnail(model)}{title}{shown_size}{tags}</div>"


def _thumbnail(file: File) -> str:
    try:
        url = urlsplit(str(getattr(file, "thumbnail", None)))
    except ValueError:
        return ""
    is_visible = getattr(file, "is_private_file", None) is False or "ik-s" in parse_qs(url.query)
    if url.scheme not in ("http", "https") or not is_visible:
        return ""
    return f'<img src="{escape(url.geturl())}" alt="" style="max-height: 8em"><br>'


def _readable(size: float) -> str:
    power = 0
    while size >= 1000 and power < len(_UNITS) - 1:
        size, power = size / 1000, power + 1
    return f"{size:.3g} {_UNITS[power]}"
