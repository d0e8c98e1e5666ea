"""
The storage as Django calls it.
"""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from django.core.exceptions import ImproperlyConfigured, SuspiciousFileOperation
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage.handler import StorageHandler
from django.core.files.uploadedfile import InMemoryUploadedFile, TemporaryUploadedFile
from django.db import models
from django.db.migrations.writer import MigrationWriter
from django.test import override_settings

from imagekit_async import BadRequestError, ImageKit
from imagekit_async.integrations.django import ImageKitStorage

from .conftest import MakeStorage


def test_names_are_those_that_imagekit_stores(storage: ImageKitStorage, client: ImageKit):
    """The name that `save` returns is the stored one, and the given one finds the file as well."""
    name = storage.save("my photos/Größe (1) v1.2.txt", ContentFile(b"text"))
    (asset,) = client.assets.list(path="/media/my_photos")

    assert "my_photos/Größe__1__v1.2.txt" == name
    assert f"/media/{name}" == asset.file_path
    assert storage.exists(name)
    assert storage.exists("my photos/Größe (1) v1.2.txt")
    assert b"text" == storage.open("my photos/Größe (1) v1.2.txt").read()
    assert b"text" == httpx.get(storage.url(name)).content


def test_a_taken_name_is_changed(storage: ImageKitStorage):
    """A second file of a name gets another name, within the length that the field has."""
    first, second = (storage.save("a b.txt", ContentFile(text), max_length=13) for text in (b"first", b"second"))

    assert "a_b.txt" == first
    assert second.startswith("a_")
    assert 13 >= len(second)
    assert [b"first", b"second"] == [storage.open(name).read() for name in (first, second)]


def test_overwriting(make_storage: MakeStorage, client: ImageKit):
    """With `file_overwrite`, a second file becomes a version of the first, and what is read is the new content."""
    storage = make_storage(location="media", file_overwrite=True)
    names = []
    for text in (b"first", b"second"):
        names.append(storage.save("a.txt", ContentFile(text)))
        assert text == storage.open("a.txt").read()
    (asset,) = client.assets.list(path="/media")

    assert ["a.txt", "a.txt"] == names
    assert 2 == len(client.files.versions.list(asset.file_id))


def test_overwriting_cuts_long_names(make_storage: MakeStorage):
    """With `file_overwrite`, a name is cut to what the field has, or refused."""
    storage = make_storage(file_overwrite=True)

    assert "folder/abc.txt" == storage.get_available_name("folder/abcdef.txt", max_length=14)
    assert "folder/abcdef.txt" == storage.get_available_name("folder/abcdef.txt")
    with pytest.raises(SuspiciousFileOperation, match="cannot be cut to 11 characters"):
        storage.get_available_name("folder/abcdef.txt", max_length=11)


def test_racing_saves_keep_both_files(make_storage: MakeStorage, monkeypatch: pytest.MonkeyPatch):
    """Two processes that both find a name free do not overwrite one another's file."""
    storages = [make_storage() for _ in range(4)]
    barrier = threading.Barrier(len(storages))
    exists = ImageKitStorage.exists
    seen: set[int] = set()

    def exists_at_once(storage: ImageKitStorage, name: str) -> bool:
        found = exists(storage, name)
        if id(storage) not in seen:
            seen.add(id(storage))
            barrier.wait(60)
        return found

    monkeypatch.setattr(ImageKitStorage, "exists", exists_at_once)
    with ThreadPoolExecutor() as pool:
        names = list(
            pool.map(lambda each: each[1].save("a.txt", ContentFile(str(each[0]).encode())), enumerate(storages))
        )

    assert len(storages) == len(set(names))
    assert ["0", "1", "2", "3"] == [storages[0].open(name, "r").read() for name in names]


def test_other_refusals_are_raised(make_storage: MakeStorage):
    """An upload that ImageKit refuses for another reason raises its error."""
    storage = make_storage(upload_parameters={"checks": '"file.size" > "1mb"'})

    with pytest.raises(BadRequestError, match="checks"):
        storage.save("a.txt", ContentFile(b"small"))


@pytest.mark.parametrize("name", ["../a.txt", "x/../../a.txt", "..\\a.txt"])
def test_names_cannot_leave_the_location(storage: ImageKitStorage, name: str):
    """No method reaches a file outside of the location."""
    for method in (storage.exists, storage.delete, storage.size, storage.url, storage.open, storage.listdir):
        with pytest.raises(SuspiciousFileOperation, match="leads out of '/media'"):
            method(name)
    with pytest.raises(SuspiciousFileOperation):
        storage.save(name, ContentFile(b"text"))


@pytest.mark.parametrize("name", ["", ".", "/", "a/.."])
def test_a_name_that_is_the_location_is_no_file(storage: ImageKitStorage, make_storage: MakeStorage, name: str):
    """A name that means the location itself never reaches the file beside it that is called like the location."""
    beside = make_storage()
    beside.save("media", ContentFile(b"beside"))

    storage.delete(name)
    with pytest.raises(FileNotFoundError):
        storage.open(name)
    with pytest.raises(SuspiciousFileOperation):
        storage.get_available_name(name)
    with pytest.raises(SuspiciousFileOperation, match="must name a file"), storage.open(name, "wb") as file:
        file.write(b"over")
    with pytest.raises((SuspiciousFileOperation, ValueError), match="must n"):
        storage.url(name)

    assert not storage.exists(name)
    assert b"beside" == beside.open("media").read()


def test_deleting(storage: ImageKitStorage, monkeypatch: pytest.MonkeyPatch):
    """A deleted file is gone; deleting it again does nothing, even if another process was faster."""
    name = storage.save("a.txt", ContentFile(b"text"))
    stale = storage._find(name)
    storage.delete(name)
    storage.delete(name)
    storage.delete("")
    monkeypatch.setattr(ImageKitStorage, "_find", lambda *_: stale)
    storage.delete(name)
    monkeypatch.undo()

    assert not storage.exists(name)


def test_missing_files(storage: ImageKitStorage):
    """What needs a file raises FileNotFoundError if there is none; a folder is not a file."""
    storage.save("folder/a.txt", ContentFile(b"text"))
    for name in ("folder/b.txt", "folder", ""):
        for method in (storage.size, storage.get_created_time, storage.get_modified_time, storage.open):
            with pytest.raises(FileNotFoundError, match="does not exist"):
                method(name)
        assert not storage.exists(name)


def test_listdir(storage: ImageKitStorage):
    """Folders and files are listed apart, without what is further below; a missing folder is empty."""
    for name in ("b.txt", "a.txt", "inner/c.txt", "inner/deeper/d.txt"):
        storage.save(name, ContentFile(b"text"))

    assert (["inner"], ["a.txt", "b.txt"]) == tuple(map(sorted, storage.listdir("")))
    assert (["deeper"], ["c.txt"]) == storage.listdir("inner/")
    assert ([], []) == storage.listdir("none")


def test_root_location(make_storage: MakeStorage, client: ImageKit):
    """Without a location, files are in the root."""
    storage = make_storage()
    name = storage.save("a.txt", ContentFile(b"text"))

    assert "a.txt" == name
    assert ["/a.txt"] == [asset.file_path for asset in client.assets.list()]
    assert ([], ["a.txt"]) == storage.listdir("/")


def test_size_and_times(storage: ImageKitStorage):
    """Size in bytes and times, which follow `USE_TZ`."""
    name = storage.save("a.txt", ContentFile(b"text"))
    with override_settings(USE_TZ=False, TIME_ZONE="Asia/Kolkata"):
        naive = storage.get_created_time(name), storage.get_modified_time(name)
    aware = storage.get_created_time(name), storage.get_modified_time(name)

    assert 4 == storage.size(name)
    assert timedelta(0) <= datetime.now(UTC) - aware[0] < timedelta(minutes=2)
    assert aware[0] <= aware[1]
    assert [None, None] == [moment.tzinfo for moment in naive]
    with pytest.raises(NotImplementedError):
        storage.get_accessed_time(name)
    with pytest.raises(NotImplementedError):
        storage.path(name)


def test_private_files(make_storage: MakeStorage):
    """Private files are delivered and read with signed URLs only, for as long as given."""
    storage = make_storage(location="documents", is_private_file=True, expires_in=600)
    name = storage.save("a b.txt", ContentFile(b"secret"))
    url = storage.url(name)

    assert b"secret" == httpx.get(url).content
    assert 401 == httpx.get(url.partition("?")[0]).status_code
    assert "ik-t=" in url
    assert "ik-t=" not in storage.url(name, expires_in=None)
    assert b"secret" == httpx.get(storage.url(name, expires_in=None)).content
    assert b"secret" == storage.open(name).read()


def test_urls(make_storage: MakeStorage):
    """URLs need no request, and take transformations of the storage or of the call."""
    client = {"private_key": "private", "url_endpoint": "https://ik.example/demo"}
    storage = make_storage(location="m", client=client, transformation=[{"format": "auto"}])

    assert "https://ik.example/demo/m/a.jpg?tr=f-auto" == storage.url("a.jpg")
    assert "https://ik.example/demo/m/a_b.jpg?tr=w-10" == storage.url("a b.jpg", transformation=[{"width": 10}])
    assert "https://ik.example/demo/m/a.jpg" == storage.url("a.jpg", transformation=[])
    with pytest.raises(ValueError, match="name must not be empty"):
        storage.url(None)


def test_upload_parameters(make_storage: MakeStorage, client: ImageKit):
    """More arguments of uploads come from the settings, or from a subclass by name."""

    class Tagged(ImageKitStorage):
        def get_upload_parameters(self, name: str) -> dict[str, object]:
            return {**super().get_upload_parameters(name), "description": f"about {name}"}

    make_storage(Tagged, upload_parameters={"tags": ["django"]}).save("a.txt", ContentFile(b"text"))
    (asset,) = client.assets.list()

    assert (["django"], "about a.txt") == (asset.tags, asset.description)


@pytest.mark.parametrize("kind", ["bytes", "text", "memory", "temporary", "disk", "text on disk", "plain", "stream"])
def test_contents(storage: ImageKitStorage, tmp_path: Path, kind: str):
    """Whatever Django saves is saved from its start; text is encoded as UTF-8."""
    text = "größer\n" * 50_000
    data = text.encode()
    (tmp_path / "a.txt").write_bytes(data)
    temporary = TemporaryUploadedFile("a.txt", "text/plain", len(data), None)
    temporary.write(data)

    class Stream(io.RawIOBase):
        def __init__(self) -> None:
            self._buffer = io.BytesIO(data)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            return self._buffer.readinto(buffer)

    contents = {
        "bytes": lambda: ContentFile(data),
        "text": lambda: ContentFile(text),
        "memory": lambda: InMemoryUploadedFile(io.BytesIO(data), "f", "a.txt", "text/plain", len(data), None),
        "temporary": lambda: temporary,
        "disk": lambda: File((tmp_path / "a.txt").open("rb")),
        "text on disk": lambda: File((tmp_path / "a.txt").open(encoding="utf-8")),
        "plain": lambda: io.BytesIO(data),
        "stream": lambda: Stream(),
    }
    content = contents[kind]()
    if kind != "stream":
        content.read(5)
    name = storage.save("a.txt", content)
    content.close()
    temporary.close()

    assert data == storage.open(name).read()


def test_an_empty_file_is_refused(storage: ImageKitStorage):
    """ImageKit stores no empty files, and the error names the one among thousands of `collectstatic`."""
    with pytest.raises(ValueError, match=r"file is empty: 'css/a\.txt'"):
        storage.save("css/a.txt", ContentFile(b""))
    with pytest.raises(ValueError, match=r"file is empty: 'css/a\.txt'"), storage.open("css/a.txt", "wb"):
        pass


def test_migrations_contain_no_key():
    """A storage in a migration has its options, but not the private key."""
    storage = ImageKitStorage(client={"private_key": "private_very_secret"}, location="media")
    text, _ = MigrationWriter.serialize(models.FileField(storage=storage))

    assert "imagekit_async.integrations.django.ImageKitStorage(location='media')" in text
    assert "private_very_secret" not in text


def test_pickling(storage: ImageKitStorage):
    """A storage that was used can be pickled; the copy makes a client of its own."""
    storage.save("a.txt", ContentFile(b"text"))
    copy = pickle.loads(pickle.dumps(storage))

    assert storage.url("a.txt") == copy.url("a.txt")
    assert copy.exists("a.txt")
    copy.client.close()


def test_configuration_errors_come_with_the_first_use():
    """Without a key, a storage can be made, and says what it misses when it is used."""
    storage = ImageKitStorage()

    with pytest.raises(ImproperlyConfigured, match="IMAGEKIT_PRIVATE_KEY"):
        storage.url("a.txt")


def test_one_storage_serves_many_threads(storage: ImageKitStorage):
    """Threads of one process share a storage."""
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda n: storage.save(f"{n}.txt", ContentFile(b"%d" % n)), range(24)))
        texts = list(pool.map(lambda name: storage.open(name).read(), names))

    assert [b"%d" % n for n in range(24)] == texts


def test_importing_needs_no_settings():
    """Importing the module and making a storage needs neither settings nor keys, nor a network."""
    program = """
import socket
def refuse(*_): raise AssertionError("network")
socket.socket.connect = socket.getaddrinfo = refuse
from imagekit_async.integrations.django import ImageKitStorage
ImageKitStorage(location="media")
"""
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True, timeout=60)


def test_storages_setting():
    """Django makes storages from `STORAGES`; a misspelled option is refused by its name."""
    backend = {"BACKEND": "imagekit_async.integrations.django.ImageKitStorage"}
    handler = StorageHandler(
        {"good": {**backend, "OPTIONS": {"location": "x"}}, "bad": {**backend, "OPTIONS": {"loc": 1}}}
    )

    assert isinstance(handler["good"], ImageKitStorage)
    with pytest.raises(TypeError, match="'loc'"):
        handler["bad"]
