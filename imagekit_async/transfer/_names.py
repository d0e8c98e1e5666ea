"""
What ImageKit makes of names, and which remote names can be local ones. Pure functions over text.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import Final

_ODD_IN_NAME: Final = re.compile(r"[^A-Za-z0-9._-]")
_ODD_IN_FOLDER: Final = re.compile(r"[^A-Za-z0-9_-]")
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
_LONGEST_NAME_BYTES: Final = 255


def composed(path: str) -> str:
    """
    Return a path in the Unicode form NFC, so that names from macOS and from elsewhere are the same.
    """
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def stored_path(path: str) -> str:
    """
    Return the path that ImageKit stores a file under.

    Names are sent as NFC. Of other characters than letters, marks, numerals, `_`, `-` and (in a file's name) the dot,
    each becomes an underscore.
    """
    folder, slash, name = composed(path).rpartition("/")
    return f"{stored_folder(folder)}{slash}{_replaced(name, _ODD_IN_NAME)}"


@lru_cache(maxsize=1024)
def stored_folder(folder: str) -> str:
    """
    Return the path that ImageKit stores a folder under.
    """
    return "/".join(_replaced(part, _ODD_IN_FOLDER) for part in composed(folder).split("/"))


def _replaced(text: str, odd: re.Pattern[str]) -> str:
    # One for one; outside ASCII the category decides.
    return odd.sub(lambda match: match[0] if _is_word(match[0]) else "_", text)


def _is_word(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character)[0] in "LMN"


def suffixed(path: str, origin: str) -> str:
    """
    Return a path with eight digits before its extension that follow from `origin` alone, to distinguish namesakes.
    """
    folder, slash, name = path.rpartition("/")
    stem, dot, extension = name.rpartition(".")
    digits = hashlib.sha256(origin.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f"{folder}{slash}{stem}-{digits}.{extension}" if dot and stem else f"{folder}{slash}{name}-{digits}"


def folded(path: str) -> str:
    """
    Return what paths have in common that some file systems do not distinguish: case and Unicode form.
    """
    return composed(path).casefold()


def visible(text: str) -> str:
    """
    Return a text in one line that cannot control a terminal: escapes stand for what is not printable.
    """
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def is_text(path: str) -> bool:
    """
    Return whether a local path is valid UTF-8.
    """
    return path.encode("utf-8", "replace").decode() == path


def name_problem(path: str) -> str | None:
    """
    Return why a remote path cannot be a path below a local folder on every system; None if it can.
    """
    for part in path.split("/"):
        if part in ("", ".", "..") or _UNSAFE.search(part):
            return "its name could lead outside the folder or is not valid on every system"
        if len(part.encode("utf-8", "surrogatepass")) > _LONGEST_NAME_BYTES:
            return f"its name is longer than {_LONGEST_NAME_BYTES} bytes"
    return None


def parents(path: str) -> list[str]:
    """
    Return the folders above a path, outermost first, without the root.
    """
    parts = path.split("/")[:-1]
    return ["/".join(parts[: length + 1]) for length in range(len(parts))]
