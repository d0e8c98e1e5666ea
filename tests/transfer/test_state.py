"""
The state file: who may use it, and what it survives.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from typing import Any

import anyio
import pytest

from imagekit_async import TransferError
from imagekit_async.transfer import plan_upload

from .conftest import decisions

pytestmark = pytest.mark.anyio


async def test_the_default_state_file(world, monkeypatch):
    """By default the state is kept in the user's state directory, a file for each pair of folders."""
    monkeypatch.setenv("XDG_STATE_HOME", str(world.folder / "home"))
    world.write("a.txt", "one")
    plans = [await plan_upload(world.client, world.local, remote) for remote in ("/site", "site/", "/other")]
    await plans[0].run(world.client)

    assert plans[0].state == plans[1].state != plans[2].state
    assert [plans[0].state] == list((world.folder / "home" / "imagekit-async" / "transfers").iterdir())


async def test_two_runs_at_once(world):
    """While a run goes on, a second run and a second plan are refused."""
    world.write("a.txt", "one")
    first, second = await world.plan_upload(), await world.plan_upload()
    refused = []

    async def interfere() -> None:
        for attempt in (world.plan_upload, lambda: world.run(second)):
            with pytest.raises(TransferError, match="another run is using the state file") as caught:
                await attempt()
            refused.append(caught.value)

    gate = anyio.Event()
    upload = world.client.with_response.files.upload

    async def slow(**options):
        gate.set()
        await released.wait()
        return await upload(**options)

    released = anyio.Event()
    world.client.with_response.files.upload = slow
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(world.run, first)
        await gate.wait()
        await interfere()
        released.set()

    assert 2 == len(refused)
    assert {"a.txt": "one"} == await world.remote()


async def test_a_stale_plan_is_refused(world):
    """A plan from before another run is refused, and changes nothing."""
    world.write("a.txt", "one")
    stale = await world.plan_upload()
    await world.upload()
    with pytest.raises(TransferError, match="since the plan was made; plan again"):
        await world.run(stale)

    assert {"a.txt": "skip"} == decisions(await world.plan_upload())


async def test_a_state_file_of_other_folders(world):
    """The state of one pair of folders is refused for another."""
    world.write("a.txt", "one")
    await world.upload()

    with pytest.raises(TransferError, match="is the state of the remote folder '/site', not of '/other'"):
        await plan_upload(world.client, world.local, "/other", state=world.state)


@pytest.mark.parametrize("is_database", [True, False])
async def test_what_is_not_a_state_file(world, is_database):
    """Another file is refused and left as it is."""
    if is_database:
        with closing(sqlite3.connect(world.state)) as database:
            database.execute("CREATE TABLE mine (name TEXT)")
    else:
        world.state.write_text("no database at all, but a text")
    content = world.state.read_bytes()

    with pytest.raises(TransferError, match=r"cannot use .* as a state file"):
        await world.plan_upload()
    assert content == world.state.read_bytes()


@pytest.mark.parametrize("has_header", [True, False])
async def test_a_state_file_that_was_never_filled(world, has_header):
    """A file that a killed run had only begun to make is a state file of no runs."""
    world.write("a.txt", "one")
    world.state.touch()
    if has_header:
        with closing(sqlite3.connect(world.state)) as database:
            database.execute("PRAGMA journal_mode = WAL")

    assert (await world.upload()).ok
    assert {"a.txt": "skip"} == decisions(await world.plan_upload())


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
async def test_a_local_folder_that_is_not_utf_8(world):
    """The name of the folder itself may have any bytes; report and state show them escaped."""
    folder = world.folder / os.fsdecode(b"bad\xff")
    folder.mkdir()
    (folder / "a.txt").write_text("one")
    options = {"state": world.state, "http_client": world.http}
    report = await world.run(await plan_upload(world.client, folder, "/site", **options))

    assert report.ok
    assert report.local.endswith("bad\\udcff")
    assert {"a.txt": "skip"} == decisions(await plan_upload(world.client, folder, "/site", **options))


async def test_entries_outlive_other_runs(world):
    """A run of some files keeps what is known of the others."""
    for name in ("a.txt", "b.jpg"):
        world.write(name, "one")
    await world.upload()
    await world.upload(include=["*.txt"])

    assert ["a.txt", "b.jpg"] == known(world)


async def test_a_state_file_within_the_folder(world):
    """A state file that is in the local folder takes no part in the transfer."""
    world.write("a.txt", "one")
    state = world.local / "state"
    up = await world.upload(state=state)
    down = await world.download(state=state, delete=True)

    assert up.ok
    assert down.ok
    assert state.is_file()
    assert ["a.txt"] == list(await world.listed())


async def test_deleted_files_are_forgotten(world):
    """A deleted file leaves the state."""
    for name in ("a.txt", "b.txt"):
        world.write(name, "one")
    await world.upload()
    (world.local / "b.txt").unlink()
    await world.upload(delete=True)

    assert ["a.txt"] == known(world)


def known(world) -> list[str]:
    """
    Return the paths in the state file.
    """
    with closing(sqlite3.connect(world.state)) as database:
        return [row[0] for row in database.execute("SELECT path FROM known ORDER BY path")]


async def test_a_state_that_cannot_be_written_ends_the_run(world, monkeypatch):
    """If results cannot be recorded, the item fails with the reason."""
    os.utime(world.write("a.txt", "one"), ns=(1, 1))
    plan = await world.plan_upload()
    await world.upload()
    world.write("b.txt", "one")
    plan = await world.plan_upload()
    with closing(sqlite3.connect(world.state)) as database:
        database.execute("DROP TABLE begun")
        database.execute("CREATE TABLE begun (x)")
        database.commit()
    report = await world.run(plan)

    assert "cannot use" in report.items[1].reason


async def test_a_full_disk(world, monkeypatch):
    """Without space for the state the items fail, each after one try; with space again, the next run does the rest."""
    tried: list[str] = []

    class Cramped(sqlite3.Connection):
        space = 20

        def __exit__(self, *error: Any) -> Any:
            # Only the commit needs space.
            self.space -= 1
            if self.space < 0:
                self.rollback()
                raise sqlite3.OperationalError("database or disk is full")
            return super().__exit__(*error)

    def cramped(*arguments: Any, **options: Any) -> sqlite3.Connection:
        database = connect(*arguments, **options, factory=Cramped)
        database.set_trace_callback(tried.append)
        return database

    for number in range(200):
        world.write(f"{number}.txt", "x" * (number + 1))
    plan, connect = await world.plan_upload(), sqlite3.connect
    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", cramped)
        report = await world.run(plan)
    stored = len(await world.listed())
    again = await world.upload()

    assert {"database or disk is full"} == {one.reason.rpartition(": ")[2] for one in report.items if one.error}
    assert sum(statement.startswith("INSERT OR REPLACE INTO begun") for statement in tried) < 200 * 8 * 2
    assert 0 < stored < 200
    assert again.ok
    assert len(await world.listed()) == 200


async def test_deletions_that_cannot_be_recorded(world):
    """If a deletion cannot be recorded, the item fails with the reason, and the run has its report."""
    world.write("a.txt", "one")
    world.write("b.txt", "two")
    await world.upload()
    (world.local / "a.txt").unlink()
    with closing(sqlite3.connect(world.state)) as database:
        database.execute("CREATE TRIGGER t BEFORE DELETE ON known BEGIN SELECT RAISE(ABORT, 'full'); END")
        database.commit()
    report = await world.run(await world.plan_upload(delete=True))

    assert [(item.path, item.outcome, item.reason.endswith("full")) for item in report.items] == [
        ("a.txt", "failed", True),
        ("b.txt", "skipped", False),
    ]


async def test_a_newer_state_file_is_refused(world):
    """A state file of a later version is not read by its old meaning."""
    world.write("a.txt", "one")
    await world.upload()
    with closing(sqlite3.connect(world.state)) as database:
        database.execute("PRAGMA user_version = 2")
    with pytest.raises(TransferError, match="newer version of imagekit-async"):
        await world.plan_upload()


async def test_an_altered_state_file_is_refused(world):
    """A state file with values that no version writes is unusable."""
    await world.upload()
    with closing(sqlite3.connect(world.state)) as database:
        database.execute("UPDATE meta SET value = 'x' WHERE name = 'run'")
        database.commit()
    with pytest.raises(TransferError, match=r"cannot use .* as a state file"):
        await world.plan_upload()
