"""
Decides what a transfer would change: a pure function of two listings and the state file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import Any, Final, TypeVar

import attrs

from ._filters import Rules
from ._listing import Scan, settled_ns
from ._names import composed, folded, is_text, name_problem, parents, stored_path, suffixed
from ._policy import Policy
from ._state import Begun, Known, State
from ._values import Action, LocalFile, RemoteFile, Row, Rows

T = TypeVar("T")

_SORTED_AT_ONCE: Final = 4096
_MOST_LEVELS: Final = 50


@attrs.frozen
class Pair:
    """
    A path with what is known of it on both sides; `problem` is why it cannot be transferred, `note` why it need not.
    """

    path: str
    remote_path: str
    local: LocalFile | None = None
    remote: RemoteFile | None = None
    known: Known | None = None
    begun: Begun | None = None
    problem: str | None = None
    note: str | None = None

    @property
    def same_size(self) -> bool:
        return self.local is not None and self.remote is not None and self.local.size == self.remote.size

    @property
    def local_changed(self) -> bool:
        known, local = self.known, self.local
        return bool(known and local and (local.size, local.modified_ns) != (known.size, known.modified_ns))

    @property
    def remote_changed(self) -> bool:
        known, remote = self.known, self.remote
        return bool(known and remote and (remote.file_id, remote.version_id) != (known.file_id, known.version_id))

    @property
    def may_have_arrived(self) -> bool:
        """
        Whether an interrupted run may have made the target what it is.
        """
        if self.begun is None or self.remote is None:
            return False
        file, replaced = self.begun.file, self.remote.version_id != self.begun.file.version_id
        if self.begun.direction == "upload":
            return replaced and self.remote.size == file.size
        return not replaced and self.local is not None and self.local.size == file.size


def _pair(*row: Any) -> Pair:
    path, remote_path, local, remote, known, *rest = row
    here, there = LocalFile(*local) if local else None, RemoteFile(*remote) if remote else None
    return Pair(path, remote_path, here, there, Known(*known) if known else None, *rest)


@attrs.frozen
class Hashes:
    """
    SHA-256 of files by their paths on their side, None for what could not be read; only of those in doubt.
    """

    local: dict[str, str | None] = attrs.field(factory=dict[str, "str | None"])
    remote: dict[str, str | None] = attrs.field(factory=dict[str, "str | None"])


def needs_remote_hash(pair: Pair, policy: Policy) -> bool:
    """
    Return whether the bytes of the remote file decide.
    """
    arrived = bool(pair.may_have_arrived and pair.begun and pair.begun.direction == "upload")
    return arrived or (policy.verify == "download" and pair.same_size and not _is_vouched_for(pair, hashed=True))


def needs_local_hash(pair: Pair, hashes: Hashes) -> bool:
    """
    Return whether the bytes of the local file decide, given the hashes of remote files.
    """
    known, local = pair.known, pair.local
    if local is None:
        return False
    if known and pair.local_changed and known.sha256 and known.size == local.size:
        return True
    if pair.remote is None:
        return False
    if pair.may_have_arrived and pair.begun and pair.begun.direction == "download":
        return True
    return pair.same_size and bool(hashes.remote.get(pair.remote.path)) and not _is_vouched_for(pair)


def is_doubtful(pair: Pair, policy: Policy) -> bool:
    """
    Return whether any bytes or checksum may decide.
    """
    if pair.remote is None:
        return policy.direction == "download" and needs_local_hash(pair, Hashes())
    return bool(pair.remote.custom_metadata) or needs_remote_hash(pair, policy) or needs_local_hash(pair, Hashes())


def _is_vouched_for(pair: Pair, *, hashed: bool = False) -> bool:
    known = pair.known
    return bool(known and (known.sha256 or not hashed) and not pair.local_changed and not pair.remote_changed)


def pairs(scan: Scan, remote: Sequence[Row], state: State, rules: tuple[Rules, Rules], policy: Policy) -> Rows[Pair]:
    """
    Match the files of both sides, in the order of their local paths; what filters leave out is not among them.
    """
    by_remote = {known[1]: path for path, known in state.known.items()}
    hidden = {stored_path(path) for path in scan.excluded}
    hidden |= {path.replace(".", "_") for path in hidden}
    allowed = [
        file
        for file in remote
        for path in file[:1]
        if rules[1].allows(path)
        and rules[0].allows(by_remote.get(path) or path)
        and (not hidden or hidden.isdisjoint([*parents(path), path]))
    ]
    match = _upload_pairs if policy.direction == "upload" else _download_pairs
    rows = match(scan, allowed, state, by_remote, policy)
    return Rows(_pair, tuple(_in_order(rows, itemgetter(0, 1))))


def _in_order(values: Iterable[T], key: Callable[[T], Any]) -> Iterator[T]:
    """
    Sort in short steps: no other thread runs while `sorted` does.
    """
    rest = iter(values)
    return merge(*iter(lambda: sorted(islice(rest, _SORTED_AT_ONCE), key=key), []), key=key)


def _upload_pairs(
    scan: Scan, remote: Sequence[Row], state: State, by_remote: Mapping[str, str], policy: Policy
) -> Iterator[Row]:
    by_path = {composed(file[0]): file for file in remote} | {file[0]: file for file in remote}
    proposals = {path: stored_path(path) for path, *_ in scan.files}
    earlier = {path: begun.file.remote_path for path, begun in state.begun.items()}
    earlier |= {path: known[1] for path, known in state.known.items()}
    kept = {path: earlier[path] for path in proposals if path in earlier}
    targets, problems = _assigned(proposals, kept, str, policy)
    unclaimed = {file[0]: file for file in remote}
    for local in scan.files:
        origin, size, _ = local
        found = by_path.get(targets[origin])
        path = found[0] if found else targets[origin]
        unclaimed.pop(path, None)
        problem = problems.get(origin) or (None if size else "ImageKit stores no empty files")
        if policy.remote.count("/") + path.count("/") > _MOST_LEVELS:
            problem = f"ImageKit stores no files below more than {_MOST_LEVELS} levels of folders"
        yield origin, path, local, found, state.known.get(origin), state.begun.get(origin), problem, None
    special = {stored_path(path): path for path in scan.special}
    special |= {path.replace(".", "_"): local for path, local in special.items()}
    for path, note in scan.special.items():
        yield path, stored_path(path), None, None, None, None, *((None, note) if is_text(path) else (note, None))
    for path, file in unclaimed.items():
        if special.keys().isdisjoint([*parents(path), path]):
            origin = by_remote.get(path, path)
            yield origin, path, None, file, state.known.get(origin), state.begun.get(origin), None, None


def _download_pairs(
    scan: Scan, remote: Sequence[Row], state: State, by_remote: Mapping[str, str], policy: Policy
) -> Iterator[Row]:
    files = {file[0]: file for file in scan.files}
    unclaimed, blocked = dict(files), set[str]()
    by_form = dict[str, str]()
    for path in _in_order(files, str):
        by_form.setdefault(folded(path), path)
    folders = {folder for path in files for folder in parents(path)}
    kept = {path: by_remote[path] for path, *_ in remote if path in by_remote}
    targets, problems = _assigned({path: path for path, *_ in remote}, kept, folded, policy)
    for file in remote:
        origin, path = file[0], targets[file[0]]
        twin = path if path in files else by_form.get(folded(path), path)
        if twin != path and composed(twin) == composed(path):
            path = twin
        known = state.known.get(path)
        known = known if known and known[1] == origin else None
        problem = problems.get(origin) or name_problem(origin) or name_problem(path)
        if problem is None and path not in files and (obstacle := _obstacle(path, twin, files, folders, scan.special)):
            problem = f"the local {obstacle} is in its way"
            blocked.add(obstacle)
        local = None if problem else files.get(path)
        yield path, origin, local, file, known, state.begun.get(path), problem, None
        unclaimed.pop(path, None)
    for path, local in unclaimed.items():
        is_blocking = not blocked.isdisjoint([*parents(path), path])
        problem = "it is in the way of a remote file" if is_blocking else None
        yield path, stored_path(path), local, None, state.known.get(path), None, problem, None


def _obstacle(
    path: str, twin: str, files: Mapping[str, Row], folders: set[str], special: Mapping[str, str]
) -> str | None:
    """
    Return what is in the place of a file or of a folder above it: a name that some systems cannot distinguish included.
    """
    if twin != path:
        return twin
    above = [folder for folder in parents(path) if folder in files or folder in special]
    return above[0] if above else path if path in folders or path in special else None


def _assigned(
    proposals: Mapping[str, str], kept: Mapping[str, str], form: Callable[[str], str], policy: Policy
) -> tuple[dict[str, str], dict[str, str]]:
    """
    Give each path a name on the other side that no other has.

    What the state file knows keeps its name; of the rest, what needs no other name goes first.

    Args:
        proposals: The name that each path would have.
        kept: Names that the state file knows.
        form: What two names must not have in common.
        policy: Whether namesakes get a suffix.

    Returns:
        The names, and why there is none, by path.
    """
    targets: dict[str, str] = {}
    problems: dict[str, str] = {}
    owners: dict[str, str] = {}
    for path in _in_order(proposals, lambda path: (path not in kept, proposals[path] != path, path)):
        target = kept.get(path, proposals[path])
        if owners.get(form(target), path) != path and policy.collisions == "rename":
            target = suffixed(target, path)
        owner = owners.setdefault(form(target), path)
        targets[path] = target
        if owner != path:
            problems[path] = _same_name(owner, path, target)
            if owner not in kept:
                problems[owner] = _same_name(path, owner, target)
    return targets, problems


def _same_name(other: str, path: str, target: str) -> str:
    # Composed and decomposed letters look the same.
    name = ascii(other)[1:-1] if composed(other) == composed(path) else other
    return f"{name} would have the same name on the other side: {target}"


def compare(found: Rows[Pair], hashes: Hashes, policy: Policy, seen_ns: int) -> tuple[list[Row], list[Row]]:
    """
    Decide what to do about each pair; `seen_ns` is when the local files were looked at.

    Returns:
        Rows of `Item`, and rows of `Known`: what the state file does not know yet of files that are the same on both
        sides.
    """
    items: list[Row] = []
    learned: list[Row] = []
    for row in found.rows:
        pair = _settled(_pair(*row), hashes)
        action, reason = _decision(pair, hashes, policy)
        local, remote = pair.local, pair.remote
        source = local if policy.direction == "upload" else remote
        size = source.size if source and action in ("create", "replace") else 0
        items.append((action, pair.path, pair.remote_path, reason, size, row[2], row[3], None))
        if action == "skip" and local and remote and not pair.note and (pair.begun or not _is_vouched_for(pair)):
            sha256 = hashes.local.get(local.path) or (pair.known.sha256 if pair.known else None)
            # What was never hashed is known by its time alone.
            modified = settled_ns(local.modified_ns, seen_ns) if sha256 else local.modified_ns
            learned.append((local.path, remote.path, local.size, modified, sha256, remote.file_id, remote.version_id))
    return _within_limits(items, found, policy), learned


def _settled(pair: Pair, hashes: Hashes) -> Pair:
    """
    Return a pair with what an interrupted run achieved counted as known.
    """
    if not pair.may_have_arrived or pair.begun is None or pair.remote is None:
        return pair
    file = pair.begun.file
    is_upload = pair.begun.direction == "upload"
    sha256 = hashes.remote.get(pair.remote.path) if is_upload else hashes.local.get(pair.path)
    if sha256 not in (None, file.sha256):
        return pair
    known = attrs.evolve(file, file_id=pair.remote.file_id, version_id=pair.remote.version_id)
    if not is_upload and pair.local is not None:
        known = attrs.evolve(known, modified_ns=pair.local.modified_ns)
    return attrs.evolve(pair, known=known)


def _decision(pair: Pair, hashes: Hashes, policy: Policy) -> tuple[Action, str]:
    here, there = ("local", "remote") if policy.direction == "upload" else ("remote", "local")
    source, target = (pair.local, pair.remote) if here == "local" else (pair.remote, pair.local)
    if pair.problem:
        return "conflict", pair.problem
    if pair.note:
        return "skip", pair.note
    digest = pair.remote and hashes.remote.get(pair.remote.path)
    same_bytes = (hashes.local.get(pair.path) == digest) if digest and pair.same_size else None
    same_as_known = pair.known and pair.known.sha256 and pair.known.sha256 == hashes.local.get(pair.path)
    local_changed = pair.local_changed and not same_as_known
    source_changed, target_changed = (
        (local_changed, pair.remote_changed) if here == "local" else (pair.remote_changed, local_changed)
    )
    if target is None:
        return "create", f"it is not in the {there} folder"
    if source is None and not policy.delete:
        return "skip", f"it is only in the {there} folder, and delete is off"
    if target_changed and not same_bytes and not policy.overwrite_changed:
        return "conflict", f"the {there} file has changed since the last run"
    if source is None:
        return "delete", f"it is not in the {here} folder"
    if pair.known is None or same_bytes is not None:
        same = pair.same_size if same_bytes is None else same_bytes
        what = "size" if same_bytes is None else "content"
        return ("skip", f"it has the same {what}") if same else ("replace", f"its {what} differs")
    if source_changed or target_changed:
        return "replace", f"the {here if source_changed else there} file has changed since the last run"
    return "skip", "it has not changed since the last run"


def _within_limits(items: list[Row], found: Rows[Pair], policy: Policy) -> list[Row]:
    """
    Return the items with all deletes turned into conflicts if there are too many, or nothing is left to compare with.
    """
    deletes = sum(action == "delete" for action, *_ in items)
    here = "local" if policy.direction == "upload" else "remote"
    # A problem or a note comes of something that is there.
    is_empty = not any(row[2 if here == "local" else 3] or row[6] or row[7] for row in found.rows)
    if is_empty and not policy.allow_empty:
        reason = f"the {here} folder is empty, and allow_empty is off"
    elif deletes > policy.max_delete:
        reason = f"{deletes} files would be deleted, and max_delete is {policy.max_delete}"
    else:
        return items
    return [("conflict", *item[1:3], reason, *item[4:]) if item[0] == "delete" else item for item in items]
