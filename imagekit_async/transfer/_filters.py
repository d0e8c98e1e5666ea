"""
Which files take part in a transfer: patterns in gitignore syntax, `.imagekitignore`, hidden files.

What does not take part is neither transferred nor deleted, on either side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ._names import parents

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILE: Final = ".imagekitignore"
_ODD_IN_PATTERN: Final = re.compile(r"[^\w.*?\[\]!/\\-]")


class Rules:
    """
    Decide which paths below the two folders take part.

    Args:
        exclude: Patterns of what does not.
        include: Patterns of what does, if any are given; `exclude` wins.
        hidden: Whether names that begin with a dot do.
    """

    def __init__(self, exclude: Iterable[str] = (), include: Iterable[str] = (), *, hidden: bool = False) -> None:
        self._exclude = _spec(exclude)
        self._include = _spec(include)
        self._hidden = hidden
        self._folders: dict[str, bool] = {}

    def allows_folder(self, path: str) -> bool:
        """
        Return whether files below a folder may take part, given that the folders above it may.
        """
        return self._is_shown(path) and not (self._exclude and self._exclude.match_file(f"{path}/"))

    def allows_file(self, path: str) -> bool:
        """
        Return whether a file takes part, given that the folders above it may.
        """
        if not self._is_shown(path) or (self._exclude and self._exclude.match_file(path)):
            return False
        return self._include is None or self._include.match_file(path)

    def allows(self, path: str) -> bool:
        """
        Return whether a file takes part.
        """
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            self._folders[folder] = all(map(self.allows_folder, parents(path)))
        return self._folders[folder] and self.allows_file(path)

    def _is_shown(self, path: str) -> bool:
        name = path.rpartition("/")[2]
        return name != IGNORE_FILE and (self._hidden or not name.startswith("."))


def read_rules(root: Path, exclude: Iterable[str], include: Iterable[str], *, hidden: bool) -> tuple[Rules, Rules]:
    """
    Return the rules for local paths and for remote ones; blocks to read `.imagekitignore`.

    Remote names are sanitized, so the rules for them hold for what ImageKit would make of each pattern as well.

    Raises:
        ModuleNotFoundError: There are patterns, and the extra `transfer` is not installed.
    """
    ignore = root / IGNORE_FILE
    lines = [*(ignore.read_text("utf-8", "surrogateescape").splitlines() if ignore.is_file() else ()), *exclude]
    kept = list(include)
    local = Rules(lines, kept, hidden=hidden)
    stored = [form for line in lines for form in _stored_forms(line)]
    return local, Rules(stored, [form for line in kept for form in _stored_forms(line)], hidden=hidden)


def _stored_forms(line: str) -> list[str]:
    if not line.strip() or line.startswith("#"):
        return []
    name = _ODD_IN_PATTERN.sub("_", line.strip())
    # A dot stays in the name of a file and not in that of a folder, and a pattern may mean either.
    folder, slash, last = name.rstrip("/").rpartition("/")
    end = name[len(name.rstrip("/")) :]
    folder = folder.replace(".", "_")
    return list(
        dict.fromkeys([line, name, f"{folder}{slash}{last}{end}", f"{folder}{slash}{last.replace('.', '_')}{end}"])
    )


def _spec(patterns: Iterable[str]) -> GitIgnoreSpec | None:
    lines = [line for line in patterns if line.strip() and not line.startswith("#")]
    if not lines:
        return None
    try:
        from pathspec import GitIgnoreSpec
    except ModuleNotFoundError as error:
        hint = "patterns need the extra `transfer`: pip install 'imagekit-async[transfer]'"
        raise ModuleNotFoundError(f"{error}; {hint}", name=error.name) from error
    return GitIgnoreSpec.from_lines(lines)
