"""
A data directory: what it keeps, and which ones are refused.
"""

from __future__ import annotations

import logging
import runpy
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

import imagekit_local
from imagekit_local import LocalImageKit, StoreError
from imagekit_local._store import Store, schema

# pytest rewrites packages that bring a plugin, and its loader cannot run a module by name.
COMMAND_FILE = str(Path(imagekit_local.__file__).with_name("__main__.py"))
DATABASE = "imagekit.sqlite3"
PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff2c00000000010001000002024401003b")


def upload(server: LocalImageKit, name: str, content: bytes = b"text") -> dict[str, Any]:
    """
    Store a file over the socket.
    """
    response = httpx.post(
        f"{server.url}/api/v1/files/upload",
        data={"fileName": name, "useUniqueFileName": "false", "folder": "f"},
        files={"file": content},
        auth=(server.private_key, ""),
    )
    response.raise_for_status()
    body: dict[str, Any] = response.json()
    return body


def contents(server: LocalImageKit) -> dict[str, bytes]:
    """
    All files by path.
    """
    assets = httpx.get(f"{server.url}/v1/files", auth=(server.private_key, "")).json()
    return {asset["filePath"]: httpx.get(asset["url"]).content for asset in assets}


def test_everything_is_kept(tmp_path: Path) -> None:
    """Files, folders and spent tokens outlive the server."""
    data = tmp_path / "new" / "data"
    for expected in ({}, {"/f/a": b"two", "/f/b": b"text"}):
        with LocalImageKit(data=data) as server:
            assert expected == contents(server)
            upload(server, "a", b"one")
            upload(server, "a", b"two")
            upload(server, "b")

    assert {DATABASE, "blobs"} == {path.name for path in data.iterdir()}
    assert 6 == len(list((data / "blobs").iterdir()))


@pytest.mark.anyio
async def test_in_process(tmp_path: Path, deviations: list[str]) -> None:
    """The transport opens the directory, and stopping closes it for good."""
    server = LocalImageKit(data=str(tmp_path))
    async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
        client.auth = httpx.BasicAuth(server.private_key, "")
        before = await client.get("/v1/files")
        server.stop()
        after = await client.get("/v1/files")
    # The status of a stopped server is not one of the API's.
    deviations.clear()

    store = Store(tmp_path)
    store.open()
    store.close()

    assert [200, 500] == [before.status_code, after.status_code]


def test_opened_twice(tmp_path: Path) -> None:
    """Opening what is open changes nothing."""
    store = Store(tmp_path)
    store.open()
    store.open()
    store.close()


def test_in_use(tmp_path: Path) -> None:
    """A second process is refused, in the same process too, and does not listen either."""
    with LocalImageKit(data=tmp_path) as first:
        second = LocalImageKit(data=tmp_path)
        with pytest.raises(StoreError, match="another server is using it"):
            second.start()
        upload(first, "a")

        assert "http://imagekit.test" == second.url
        assert {"/f/a": b"text"} == contents(first)


def test_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command keeps what it is sent, and another one for the same directory ends with the reason."""
    command = [sys.executable, "-m", "imagekit_local", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        response = httpx.get(f"{url}/v1/files", auth=("private_local", ""))
        monkeypatch.setattr(sys, "argv", command[2:])
        with pytest.raises(SystemExit, match=f"cannot open {tmp_path / DATABASE}: another server is using it"):
            runpy.run_path(COMMAND_FILE, run_name="__main__")
        process.kill()

    assert 200 == response.status_code
    with LocalImageKit(data=tmp_path) as server:
        upload(server, "a")


def test_leftovers_are_swept(tmp_path: Path) -> None:
    """Bytes that no record knows are deleted at opening, and only those."""
    with LocalImageKit(data=tmp_path) as server:
        kept = upload(server, "a")["fileId"]
    blobs = tmp_path / "blobs"
    (blobs / "0123456789abcdef01234567").write_bytes(b"recorded too late")
    (blobs / f"{kept}.part").write_bytes(b"half")
    store = Store(tmp_path)
    store.open()
    store.close()

    assert [kept] == [path.name for path in blobs.iterdir()]


def test_older_version(tmp_path: Path) -> None:
    """A directory of version 1 is brought up to date with all it holds."""
    with closing(sqlite3.connect(tmp_path / DATABASE, isolation_level=None)) as database:
        for statement in schema.STEPS[0]:
            database.execute(statement)
        database.execute(
            "INSERT INTO asset (id, type, file_id, folder, name, created_at, updated_at) "
            "VALUES ('1', 'folder', '1', '/', 'kept', 0, 0)"
        )
        database.execute("PRAGMA user_version = 1")
    (tmp_path / "blobs").mkdir()
    store = Store(tmp_path)
    store.open()
    with store.transaction():
        store.collection("job").insert("1", {})
        folder = store.assets.folder_at("/kept")
    store.close()

    assert folder is not None
    with closing(sqlite3.connect(tmp_path / DATABASE, isolation_level=None)) as database:
        assert len(schema.STEPS) == database.execute("PRAGMA user_version").fetchone()[0]


def test_version_that_named_assets_by_text(tmp_path: Path) -> None:
    """A directory of version 3 is brought up to date with all it holds, and what it holds is found by searches."""
    with closing(sqlite3.connect(tmp_path / DATABASE, isolation_level=None)) as database:
        for statement in (statement for step in schema.STEPS[:3] for statement in step):
            database.execute(str(statement))
        for id, kind, file_id in (("2", "file", "1"), ("1", "file-version", "1")):
            database.execute(
                "INSERT INTO asset (id, type, file_id, folder, name, created_at, updated_at, uploaded_at, "
                "version_count, number, size, mime, is_private, is_published, delivery_id, tags, ai_tags, "
                "custom_metadata, embedded) "
                "VALUES (?, ?, ?, '/', 'a winter.txt', 0, 0, 0, 2, ?, 4, 'text/plain', 0, 1, ?, ?, '[]', '{}', '{}')",
                (id, kind, file_id, id, id, '["t"]'),
            )
        database.execute("INSERT INTO word VALUES ('2', 'name', 'winter')")
        database.execute("INSERT INTO tag VALUES ('2', 't', 0)")
        database.execute("PRAGMA user_version = 3")
    (tmp_path / "blobs").mkdir()
    for id in ("1", "2"):
        (tmp_path / "blobs" / id).write_bytes(b"text")
    with LocalImageKit(data=tmp_path) as server:
        query = {"searchQuery": 'name HAS "winter" AND tags IN ["t"] AND type IN ["file", "file-version"]'}
        found = httpx.get(f"{server.url}/v1/files", params=query, auth=(server.private_key, "")).json()
        kept = contents(server)

    assert ["1", "2"] == [asset["versionInfo"]["id"] for asset in found]
    assert {"/a winter.txt": b"text"} == kept


def test_newer_version(tmp_path: Path) -> None:
    """A directory of a later release is refused by version, and left as it is."""
    with closing(sqlite3.connect(tmp_path / DATABASE, isolation_level=None)) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match=rf"version 99, and this release reads {len(schema.STEPS)} at most"):
        LocalImageKit(data=tmp_path).start()

    assert not (tmp_path / "blobs").exists()


def test_no_database(tmp_path: Path) -> None:
    """A file that is not a database is refused."""
    (tmp_path / DATABASE).write_bytes(b"nonsense" * 1000)

    with pytest.raises(StoreError, match="not a database"):
        Store(tmp_path).open()


def test_lost_database(tmp_path: Path) -> None:
    """Bytes whose records are lost are not swept away."""
    (tmp_path / "blobs").mkdir()
    (tmp_path / "blobs" / "precious").touch()

    with pytest.raises(StoreError, match=f"it holds blobs but no {DATABASE}"):
        Store(tmp_path).open()
    assert (tmp_path / "blobs" / "precious").exists()


@pytest.mark.parametrize("pragma", ["user_version", "journal_mode = WAL"])
def test_emptied_database(tmp_path: Path, pragma: str) -> None:
    """Nor are they when the records are lost with a database that is left, be it of no bytes or of no tables."""
    (tmp_path / "blobs").mkdir()
    (tmp_path / "blobs" / "precious").touch()
    (tmp_path / DATABASE).touch()
    with sqlite3.connect(tmp_path / DATABASE) as database:
        database.execute(f"PRAGMA {pragma}")
    database.close()

    with pytest.raises(StoreError, match="it is not what a local ImageKit wrote there"):
        Store(tmp_path).open()
    assert (tmp_path / "blobs" / "precious").exists()


@pytest.mark.parametrize(
    ("version", "reason"),
    [(0, "it is not what a local ImageKit wrote there"), (len(schema.STEPS), "no such table: asset")],
)
def test_foreign_database(tmp_path: Path, version: int, reason: str) -> None:
    """The database of another program is refused, left as it is, and free for others."""
    with sqlite3.connect(tmp_path / DATABASE) as database:
        database.execute("CREATE TABLE guest (name TEXT)")
        database.execute(f"PRAGMA user_version = {version}")
    database.close()

    with pytest.raises(StoreError, match=reason):
        LocalImageKit(data=tmp_path).transport()
    with sqlite3.connect(tmp_path / DATABASE) as database:
        assert [("guest",)] == database.execute("SELECT name FROM sqlite_master").fetchall()
    database.close()


def test_no_directory(tmp_path: Path) -> None:
    """A file in the place of the directory is refused."""
    (tmp_path / "data").touch()

    with pytest.raises(StoreError, match="cannot open"):
        Store(tmp_path / "data").open()


@pytest.mark.parametrize("query", ["", "?tr=w-1"])
def test_bytes_that_are_gone(tmp_path: Path, query: str) -> None:
    """A file whose bytes are gone, be it a moment ago, is not there to be delivered."""
    with LocalImageKit(data=tmp_path) as server:
        file = upload(server, "a.png", PIXEL)
        (tmp_path / "blobs" / file["fileId"]).unlink()
        response = httpx.get(file["url"] + query)

    assert (404, True) == (response.status_code, response.headers["ik-error"].endswith("no such file"))


@pytest.mark.parametrize("path", ["/local/f/a.png", "/local/f/a.png?tr=w-1", "/local/missing", "/v1/files"])
def test_full_disk(tmp_path: Path, caplog: pytest.LogCaptureFixture, path: str) -> None:
    """What is stored can be read from a full disk, although its delivery cannot be counted."""
    with LocalImageKit(data=tmp_path) as server:
        upload(server, "a.png", PIXEL)
        store = server._account.store
        with store.transaction():
            # SQLite takes the size that the database has.
            store._database.execute("PRAGMA max_page_count = 1")
        headers = {"user-agent": "x" * 30_000}
        response = httpx.get(server.url + path, headers=headers, auth=(server.private_key, ""))

    assert response.status_code == (404 if "missing" in path else 200)
    assert ("cannot count a delivery" in caplog.text) == path.startswith("/local/")


def test_linked_blobs(tmp_path: Path) -> None:
    """A directory of blobs that is a link is refused: what it leads to belongs to others and would be swept."""
    data, foreign = tmp_path / "data", tmp_path / "foreign"
    with LocalImageKit(data=data) as server:
        upload(server, "a")
    (data / "blobs").rename(foreign)
    (data / "blobs").symlink_to(foreign)
    (foreign / "thesis.txt").write_text("years of work")

    with pytest.raises(StoreError, match=r"blobs is a symbolic link"):
        LocalImageKit(data=data).start()
    assert "years of work" == (foreign / "thesis.txt").read_text()


@pytest.mark.parametrize("kind", ["link", "directory"])
def test_a_blob_that_is_no_file(tmp_path: Path, kind: str) -> None:
    """A blob that was replaced by a link is refused, since what it leads to would be delivered; so is a directory."""
    data, foreign = tmp_path / "data", tmp_path / "foreign"
    foreign.write_text("hush")
    with LocalImageKit(data=data) as server:
        upload(server, "a")
    (blob,) = (data / "blobs").iterdir()
    blob.unlink()
    if kind == "link":
        blob.symlink_to(foreign)
    else:
        blob.mkdir()

    with pytest.raises(StoreError, match=rf"not a regular file: '\S*{blob.name}'"):
        LocalImageKit(data=data).start()


def test_a_linked_database(tmp_path: Path) -> None:
    """A database that is a link is refused: it would be written where it leads to."""
    with LocalImageKit(data=tmp_path / "foreign"):
        pass
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "imagekit.sqlite3").symlink_to(tmp_path / "foreign" / "imagekit.sqlite3")

    with pytest.raises(StoreError, match=r"imagekit\.sqlite3 is a symbolic link"):
        LocalImageKit(data=tmp_path / "data").start()


def test_foreign_file_among_blobs(tmp_path: Path) -> None:
    """Only what a server may have left is swept: no name that it would not give."""
    with LocalImageKit(data=tmp_path) as server:
        kept = upload(server, "a")["fileId"]
    for name in ("thesis.txt", "f" * 24, f"{'f' * 24}.part", "F" * 24):
        (tmp_path / "blobs" / name).write_bytes(b"bytes")
    with LocalImageKit(data=tmp_path):
        left = sorted(path.name for path in (tmp_path / "blobs").iterdir())

    assert sorted([kept, "thesis.txt", "F" * 24]) == left


def test_work_that_the_disk_prevents(tmp_path: Path) -> None:
    """A folder job that cannot be done keeps no request away, is logged, and is done once it can be."""
    heard = threading.Event()
    handler = logging.Handler()
    handler.emit = lambda record: heard.set()  # type: ignore[method-assign]
    logging.getLogger("imagekit_local").addHandler(handler)
    with (
        LocalImageKit(data=tmp_path, job_delay_seconds=0) as server,
        httpx.Client(auth=(server.private_key, "")) as client,
    ):
        blob = tmp_path / "blobs" / upload(server, "a")["fileId"]
        content = blob.read_bytes()
        blob.unlink()
        body = {"sourceFolderPath": "/f", "destinationPath": "/g"}
        job_id = client.post(f"{server.url}/v1/bulkJobs/copyFolder", json=body).json()["jobId"]
        pending = client.get(f"{server.url}/v1/bulkJobs/{job_id}").json()["status"]
    heard.clear()
    with LocalImageKit(data=tmp_path) as server, httpx.Client(auth=(server.private_key, "")) as client:
        # Without a request: the server finds out by itself.
        was_heard = heard.wait(timeout=60)
        blob.write_bytes(content)
        done = client.get(f"{server.url}/v1/bulkJobs/{job_id}").json()["status"]
    logging.getLogger("imagekit_local").removeHandler(handler)

    assert ("Pending", True, "Completed") == (pending, was_heard, done)
