"""
The store in memory: transactions, files with their bytes, and collections.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

from imagekit_local._media import Media
from imagekit_local._store import Asset, Condition, DuplicateError, File, Folder, Store, Version

NOW = datetime(2030, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


class ExpectedError(Exception):
    """
    What ends a transaction early.
    """


@pytest.fixture
def store() -> Iterator[Store]:
    """
    An empty store in memory.
    """
    store = Store()
    yield store
    store.close()


def version(id: str, number: int = 1, **changes: Any) -> Version:
    """
    A version of a text file.
    """
    plain = Version(
        id=id, number=number, size=4, media=Media("text/plain"), delivery_id=id, created_at=NOW, updated_at=NOW
    )
    return attrs.evolve(plain, **changes)


def file(id: str, name: str = "a.txt", **changes: Any) -> File:
    """
    A file with one version.
    """
    return attrs.evolve(File(id, "/f", name, NOW, version(id)), **changes)


def put(store: Store, file: File) -> Path:
    """
    Save a file whose current version is new, and hand back where its bytes are.
    """
    store.blobs.part_path(file.current.id).write_bytes(b"text")
    with store.transaction():
        store.blobs.adopt(file.current.id)
        store.assets.save(file)
    return store.blobs.path(file.current.id)


def saved(store: Store, id: str) -> File | None:
    """
    A file as a later transaction sees it.
    """
    with store.transaction():
        return store.assets.file(id)


def names(directory: Path) -> set[str]:
    """
    What is in a directory.
    """
    return {path.name for path in directory.iterdir()}


def test_whole_record(store: Store) -> None:
    """Every field of a file and of all its versions comes back as it was saved."""
    media = Media("image/png", 4, 3, True, "png", True, {"Make": "Ünïcode", "ratio": 0.5})
    current = version(
        "3",
        3,
        media=media,
        tags=("b", "a", "b"),
        ai_tags=({"name": "a", "confidence": 0.5}, {"name": "a"}),
        custom_coordinates="1,2,3,4",
        custom_metadata={"list": [1, None]},
        description="d",
        is_private=True,
        is_published=False,
        webhook_url="https://example.test",
    )
    whole = file("1", current=current, older=(version("2", 2), version("1")), version_count=7)
    put(store, whole)

    assert whole == saved(store, "1")


def test_only_the_current_version_is_at_the_path(store: Store) -> None:
    """A version that takes over leaves the older one without the name."""
    put(store, file("1"))
    put(store, file("1", current=version("2", 2), older=(version("1"),), version_count=2))
    put(store, file("1", current=version("1", 1), older=(version("2", 2),), version_count=2))
    with store.transaction():
        found = store.assets.file_at("/f/a.txt")

    assert found is not None
    assert ("1", ("2",)) == (found.current.id, tuple(older.id for older in found.older))


def test_dropped_version(store: Store) -> None:
    """The bytes of a version go with its record, and with no other."""
    put(store, file("1"))
    path = put(store, file("1", current=version("2", 2), older=(version("1"),), version_count=2))
    with store.transaction():
        store.assets.save(file("1", current=version("2", 2), version_count=2))

    assert {"2"} == names(path.parent)
    assert file("1", current=version("2", 2), version_count=2) == saved(store, "1")


def test_failure_undoes_everything(store: Store) -> None:
    """A transaction that fails changes no record, drops no bytes, and leaves none that it added."""
    path = put(store, file("1"))
    store.blobs.part_path("2").write_bytes(b"text")

    def fail() -> None:
        with store.transaction():
            store.assets.remove(file("1"))
            store.blobs.adopt("2")
            store.assets.save(file("2"))
            raise ExpectedError

    with pytest.raises(ExpectedError):
        fail()

    assert {"1"} == names(path.parent)
    assert file("1") == saved(store, "1")
    assert saved(store, "2") is None


def test_lost_part(store: Store) -> None:
    """Bytes that are gone cannot be recorded."""

    def record() -> None:
        with store.transaction():
            store.assets.save(file("1"))
            store.blobs.adopt("1")

    with pytest.raises(FileNotFoundError):
        record()

    assert saved(store, "1") is None


def test_copied_bytes(store: Store) -> None:
    """A copy outlives what it was copied from."""
    path = put(store, file("1"))
    with store.transaction():
        store.blobs.copy("1", "2")
        store.assets.save(file("2", "b.txt"))
        store.assets.remove(file("1"))

    assert {"2"} == names(path.parent)
    assert b"text" == store.blobs.path("2").read_bytes()


def test_folders(store: Store) -> None:
    """A folder may have the name of a file beside it, and is listed with it."""
    put(store, file("1", folder="/", name="f"))
    with store.transaction():
        store.assets.add_folder(Folder("2", "/f", NOW))
        found = [store.assets.folder_at(path) for path in ("/f", "/g", "/")]
        page = store.assets.page(Condition.all_of([]), Condition("id DESC"), limit=2)

    assert [Folder("2", "/f", NOW), None, None] == found
    assert [Folder, Asset] == [type(asset) for asset in page]


def test_conditions(store: Store) -> None:
    """Conditions keep their own precedence when they are joined."""
    put(store, file("1"))
    either = Condition("id = ? OR id = ?", ("1", "2"))
    with store.transaction():
        page = store.assets.page(Condition.all_of([either, Condition("size > ?", (4,))]), Condition("id"), limit=9)

    assert [] == page


@pytest.mark.parametrize("few", [0, 1, 1000])
def test_two_forms_of_a_condition(few: int) -> None:
    """A page is made by the form that looks at each asset while it is quick, and else by the other."""
    store = Store(few=few)
    for number in range(100):
        put(store, file(f"{number:03}", f"{number:03}.txt"))
    by_row, by_list = Condition("id <> '050'"), Condition("id > '050'")
    with store.transaction():
        page = store.assets.page(by_row, Condition("id"), limit=1, skip=97, by_list=by_list)
    store.close()

    assert (["098"] if few == 1000 else []) == [asset.file_id for asset in page if isinstance(asset, Asset)]


def test_condition_that_makes_no_sense(store: Store) -> None:
    """What SQLite cannot do is an error, not a reason to do it in another way."""
    with store.transaction(), pytest.raises(sqlite3.OperationalError, match="no such column"):
        store.assets.page(Condition("nonsense"), Condition("id"), limit=1, by_list=Condition("TRUE"))


def test_clear(store: Store) -> None:
    """A cleared store holds neither records nor bytes, and can be filled again."""
    path = put(store, file("1"))
    with store.transaction():
        store.collection("job").insert("1", {})
    store.clear()
    with store.transaction():
        jobs = store.collection("job").all()

    assert ([], None, set()) == (jobs, saved(store, "1"), names(path.parent))
    put(store, file("1"))


def test_closing_drops_memory(store: Store) -> None:
    """Nothing that was in memory is there after closing."""
    path = put(store, file("1"))
    store.close()

    assert saved(store, "1") is None
    assert not path.parent.exists()


def test_collections(store: Store) -> None:
    """Objects keep their order and their contents, and those of another kind are apart."""
    with store.transaction():
        jobs = store.collection("job")
        for id in "cab":
            jobs.insert(id, {"id": id, "name": "Größe"})
        store.collection("webhook").insert("a", {})
        changes = [jobs.replace("a", {"id": "A"}), jobs.replace("z", {}), jobs.delete("c"), jobs.delete("c")]

        assert [True, False, True, False] == changes
        assert [{"id": "A"}, {"id": "b", "name": "Größe"}] == jobs.all()
        assert ({"id": "A"}, None) == (jobs.get("a"), jobs.get("c"))
        assert [{}] == store.collection("webhook").all()


def test_taken_id(store: Store) -> None:
    """An id is given once in a collection; the refusal harms nothing else."""
    with store.transaction():
        jobs = store.collection("job")
        jobs.insert("a", {"first": True})
        with pytest.raises(DuplicateError, match="job a exists"):
            jobs.insert("a", {})

        assert [{"first": True}] == jobs.all()


def test_outside_a_transaction(store: Store) -> None:
    """Records cannot be reached without a transaction of one's own, not even while another thread is in one."""
    errors: list[Exception] = []

    def intrude() -> None:
        try:
            store.assets.file("1")
        except RuntimeError as error:
            errors.append(error)

    intrude()
    with store.transaction():
        thread = threading.Thread(target=intrude)
        thread.start()
        thread.join()

    assert ["records can only be reached within a transaction"] * 2 == [str(error) for error in errors]


@pytest.mark.anyio
async def test_run(store: Store) -> None:
    """A function runs away from the event loop, in one transaction, and hands its result or its error back."""

    def insert(id: str, *, body: dict[str, int]) -> int:
        store.collection("job").insert(id, body)
        return threading.get_ident()

    def fail() -> None:
        insert("b", body={})
        raise ExpectedError

    thread_id = await store.run(insert, "a", body={"n": 1})
    with pytest.raises(ExpectedError):
        await store.run(fail)

    assert threading.get_ident() != thread_id
    assert [{"n": 1}] == await store.run(store.collection("job").all)
