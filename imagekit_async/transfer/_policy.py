"""
What a caller can choose about a plan.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeAlias, TypedDict, cast

import attrs
import httpx

from ._listing import remote_folder
from ._values import Direction

StateFile: TypeAlias = str | os.PathLike[str] | None


class PlanOptions(TypedDict, total=False):
    """
    Keywords that `plan_upload` and `plan_download` have in common. The target is the folder that a run changes.

    Attributes:
        state: State file. By default one in the user's state directory (extra `transfer`); None for none, and then
            sizes decide whether files are the same. Each account and pair of folders needs one of its own.
        exclude: Patterns in gitignore syntax of files to leave alone on both sides (extra `transfer`). Those in
            `.imagekitignore` in the local folder come first.
        include: Patterns in gitignore syntax of the only files to look at.
        hidden: Whether to look at names that begin with a dot. Default: False.
        symlinks: Whether to `follow` symbolic links or to `skip` them. Default: `skip`.
        delete: Whether to delete files of the target that the source does not have. Default: False.
        max_delete: How many files may be deleted; if there are more, none is. Default: 100.
        allow_empty: Whether the source may be missing, and all be deleted if it is missing or empty. Default: False.
        overwrite_changed: Whether to overwrite or delete files of the target that others have changed since the last
            run, instead of reporting a conflict. Default: False.
        collisions: What to do with files that would get the same name in the target: `refuse` them, or `rename` all
            but one. Default: `refuse`.
        verify: `download` compares the bytes of files that have the same size and that the state file does not vouch
            for.
        checksum_field: Custom metadata field of type Text with the SHA-256 of each file, to compare, and for uploads
            to write; the account must have it.
        http_client: Client to download with. By default one of its own.
    """

    state: StateFile
    exclude: Iterable[str]
    include: Iterable[str]
    hidden: bool
    symlinks: Literal["skip", "follow"]
    delete: bool
    max_delete: int
    allow_empty: bool
    overwrite_changed: bool
    collisions: Literal["refuse", "rename"]
    verify: Literal["download"] | None
    checksum_field: str | None
    http_client: httpx.AsyncClient | None


def _option(
    default: object, accepted: str, is_valid: Callable[[Any], object], converter: Callable[[Any], Any] | None = None
) -> Any:
    def check(policy: Policy, attribute: attrs.Attribute[object], value: object) -> None:
        if not is_valid(value):
            raise ValueError(f"{attribute.name} must be {accepted}, got {value!r}")

    return attrs.field(default=default, converter=converter, validator=check)


def _one_of(*choices: object) -> Any:
    return _option(choices[0], " or ".join(map(repr, choices)), choices.__contains__)


def _patterns() -> Any:
    return _option(
        (),
        "patterns such as ['*.txt']",
        lambda lines: isinstance(lines, tuple) and all(isinstance(line, str) for line in cast("tuple[object]", lines)),
        # An iterator can be read only once.
        lambda lines: tuple(lines) if hasattr(lines, "__iter__") and not isinstance(lines, str) else lines,
    )


@attrs.frozen(kw_only=True)
class Policy:
    """
    The options of a plan, checked and with their defaults; see `PlanOptions`.
    """

    direction: Direction
    remote: str = attrs.field(default="", converter=remote_folder)
    state: StateFile = _option(  # noqa: RUF009 - a field
        "", "a path or None", lambda path: isinstance(path, str | os.PathLike | None)
    )
    exclude: Iterable[str] = _patterns()
    include: Iterable[str] = _patterns()
    hidden: bool = _one_of(False, True)
    symlinks: Literal["skip", "follow"] = _one_of("skip", "follow")
    delete: bool = _one_of(False, True)
    max_delete: int = _option(100, "an int of at least 0", lambda most: isinstance(most, int) and most >= 0)
    allow_empty: bool = _one_of(False, True)
    overwrite_changed: bool = _one_of(False, True)
    collisions: Literal["refuse", "rename"] = _one_of("refuse", "rename")
    verify: Literal["download"] | None = _one_of(None, "download")
    checksum_field: str | None = _option(
        None, "the name of a field or None", lambda name: name is None or (name and isinstance(name, str))
    )
    http_client: httpx.AsyncClient | None = _option(  # noqa: RUF009 - a field
        None, "an httpx.AsyncClient or None", lambda client: isinstance(client, httpx.AsyncClient | None)
    )
