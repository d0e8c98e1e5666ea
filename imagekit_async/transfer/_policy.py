"""
What a caller can choose about a plan.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any, Literal, TypeAlias, TypedDict

import attrs
import httpx
from attrs.validators import ge

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
            to write.
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


def _one_of(*choices: object) -> Any:
    def check(policy: Policy, attribute: attrs.Attribute[object], value: object) -> None:
        if value not in choices:
            raise ValueError(f"{attribute.name} must be {' or '.join(map(repr, choices))}, got {value!r}")

    return check


def _patterns(lines: Iterable[str]) -> tuple[str, ...]:
    if isinstance(lines, str):
        raise TypeError(f"patterns must be several str, got the single str {lines!r}")
    return tuple(lines)


@attrs.frozen(kw_only=True)
class Policy:
    """
    The options of a plan, checked and with their defaults; see `PlanOptions`.
    """

    direction: Direction
    state: StateFile = ""
    exclude: tuple[str, ...] = attrs.field(default=(), converter=_patterns)
    include: tuple[str, ...] = attrs.field(default=(), converter=_patterns)
    hidden: bool = False
    symlinks: Literal["skip", "follow"] = attrs.field(default="skip", validator=_one_of("skip", "follow"))
    delete: bool = False
    max_delete: int = attrs.field(default=100, validator=ge(0))
    allow_empty: bool = False
    overwrite_changed: bool = False
    collisions: Literal["refuse", "rename"] = attrs.field(default="refuse", validator=_one_of("refuse", "rename"))
    verify: Literal["download"] | None = attrs.field(default=None, validator=_one_of("download", None))
    checksum_field: str | None = None
    http_client: httpx.AsyncClient | None = None
