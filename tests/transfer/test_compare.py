"""
The decisions as a pure function of two listings and the state file.
"""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imagekit_async.transfer import LocalFile, RemoteFile
from imagekit_async.transfer._compare import Hashes, compare, needs_local_hash, needs_remote_hash, pairs
from imagekit_async.transfer._filters import Rules
from imagekit_async.transfer._listing import Scan
from imagekit_async.transfer._policy import Policy
from imagekit_async.transfer._state import Begun, Known, State
from imagekit_async.transfer._values import item_of

RULES = (Rules(), Rules())
LOCAL = LocalFile("a.txt", 3, 20)
REMOTE = RemoteFile("a.txt", 3, "file", "v2")
KNOWN = Known("a.txt", "a.txt", 3, 10, "old", "file", "v1")


def decided(direction, known, begun, hashes=None, local=LOCAL, remote=REMOTE):
    """
    Return the action for one file that was transferred, changed, and then had a transfer cut off.
    """
    policy = Policy(direction=direction)
    state = State({"a.txt": attrs.astuple(known)}, {"a.txt": begun})
    found = pairs(Scan([attrs.astuple(local)]), [attrs.astuple(remote)], state, RULES, policy)
    items, learned = compare(found, hashes or Hashes(), policy, 2**62)
    return item_of(*items[0]).action, [Known(*row) for row in learned]


@pytest.mark.parametrize(("digest", "expected"), [("new", "skip"), (None, "skip"), ("other", "conflict")])
def test_an_upload_that_was_cut_off(digest, expected):
    """A new version with the bytes of the upload that was cut off is its work; one with others is not."""
    begun = Begun(attrs.evolve(KNOWN, modified_ns=20, sha256="new"), "upload")
    action, learned = decided("upload", KNOWN, begun, Hashes({"a.txt": "new"}, {"a.txt": digest}))

    assert expected == action
    assert [known.version_id for known in learned] == (["v2"] if expected == "skip" else [])


def test_an_upload_that_was_cut_off_and_changed_since():
    """What changed after an upload was cut off is uploaded again, instead of being a conflict."""
    begun = Begun(attrs.evolve(KNOWN, modified_ns=15, sha256="new"), "upload")

    assert "replace" == decided("upload", KNOWN, begun, Hashes(remote={"a.txt": "new"}))[0]


@pytest.mark.parametrize(("digest", "expected"), [("new", "skip"), ("mine", "conflict")])
def test_a_download_that_was_cut_off(digest, expected):
    """A local file with the bytes of the download that was cut off is its work; one with others is not."""
    begun = Begun(attrs.evolve(KNOWN, modified_ns=0, sha256="new", version_id="v2"), "download")
    hashes = Hashes(local={"a.txt": digest})
    action, learned = decided("download", KNOWN, begun, hashes)

    assert expected == action
    assert [known.modified_ns for known in learned] == ([20] if expected == "skip" else [])


def test_a_download_in_doubt_is_hashed():
    """The bytes decide whether a download that was cut off has arrived."""
    begun = Begun(attrs.evolve(KNOWN, modified_ns=0, sha256="new", version_id="v2"), "download")
    policy = Policy(direction="download")
    (pair,) = pairs(Scan([attrs.astuple(LOCAL)]), [attrs.astuple(REMOTE)], State({}, {"a.txt": begun}), RULES, policy)

    assert needs_local_hash(pair, Hashes())
    assert not needs_remote_hash(pair, policy)


names = st.sampled_from(["a.txt", "A.txt", "b c", "b_c", "b+c", "d/é", "d/e\u0301", "d", "d/d"])
locals_ = st.lists(st.builds(LocalFile, names, st.integers(0, 2), st.integers(0, 1)), unique_by=lambda file: file.path)
remotes = st.lists(
    st.builds(RemoteFile, names, st.integers(0, 2), names, st.sampled_from(["v1", "v2"])),
    unique_by=lambda file: file.path,
)
knowns = st.lists(
    st.builds(
        Known, names, names, st.integers(0, 2), st.integers(0, 1), st.none(), names, st.sampled_from(["v1", "v2"])
    ),
    unique_by=lambda known: known.path,
)


@given(
    locals_,
    remotes,
    knowns,
    st.sampled_from(["upload", "download"]),
    st.sampled_from(["refuse", "rename"]),
    st.booleans(),
)
def test_a_plan_is_a_function_of_what_there_is(local, remote, known, direction, collisions, delete):
    """The order of the listings does not matter; nothing is written twice, and nothing transferred is deleted."""
    policy = Policy(direction=direction, collisions=collisions, delete=delete)
    state = State({one.path: attrs.astuple(one) for one in known})

    def items(local, remote):
        scan, listed = Scan([*map(attrs.astuple, local)]), [*map(attrs.astuple, remote)]
        return [item_of(*row) for row in compare(pairs(scan, listed, state, RULES, policy), Hashes(), policy, 0)[0]]

    plan = items(local, remote)
    here = "remote_path" if direction == "upload" else "path"
    written = [getattr(item, here) for item in plan if item.action in ("create", "replace")]
    deleted = [getattr(item, here) for item in plan if item.action == "delete"]
    covered = {item.path if direction == "upload" else item.remote_path for item in plan}

    assert sorted(map(repr, plan)) == sorted(map(repr, items(local[::-1], remote[::-1])))
    assert len(written) == len(set(written))
    assert set(written).isdisjoint(deleted)
    assert covered >= {file.path for file in (local if direction == "upload" else remote)}
