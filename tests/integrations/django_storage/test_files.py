"""
The files that the storage opens: read in pieces, written once they are closed.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image

from imagekit_async import ImageKit
from imagekit_async.integrations import _originals
from imagekit_async.integrations.django import ImageKitStorage

CHUNK = 16 * 1024
Deliver = Callable[[Callable[[httpx.Request], httpx.Response]], list[float]]


@pytest.fixture
def stored(storage: ImageKitStorage) -> bytes:
    """
    The content of `a.txt` in the storage.
    """
    data = b"".join(b"line %d\n" % number for number in range(40_000))
    storage.save("a.txt", ContentFile(data))
    return data


@pytest.fixture
def deliver(monkeypatch: pytest.MonkeyPatch) -> Deliver:
    """
    Let a function deliver files; returns a list of the pauses between the requests.
    """
    pauses: list[float] = []

    def use(handler: Callable[[httpx.Request], httpx.Response]) -> list[float]:
        client = httpx.Client(transport=httpx.MockTransport(handler))
        monkeypatch.setattr(_originals, "_client", lambda process: client)
        monkeypatch.setattr(time, "sleep", pauses.append)
        return pauses

    return use


def test_reading(storage: ImageKitStorage, stored: bytes):
    """A file has the methods of a local one: read, lines, chunks, seek, size."""
    with storage.open("a.txt") as file:
        assert len(stored) == file.size == len(file)
        assert stored[:10] == file.read(10)
        assert 10 == file.tell()
        assert 300_000 == file.seek(300_000)
        assert stored[300_000:300_100] == file.read(100)
        file.seek(-5, io.SEEK_END)
        assert stored[-5:] == file.read()
        assert b"" == file.read()
        assert stored == b"".join(file.chunks())
        assert stored.splitlines(keepends=True) == list(file)
        file.seek(0)
        file.seek(3, io.SEEK_CUR)
        assert b"e 0\n" == file.readline()
        with pytest.raises(ValueError, match="before the start"):
            file.seek(-1)
    with pytest.raises(ValueError, match="closed"):
        file.read()


def test_reopening(storage: ImageKitStorage, stored: bytes):
    """`open` goes back to the start, of a closed file as well, but not in another mode."""
    file = storage.open("a.txt")
    file.read(20)
    assert stored[:5] == file.open("rb").read(5)
    file.close()
    file.close()
    assert file.closed
    assert stored[:5] == file.open().read(5)
    file.close()

    with pytest.raises(ValueError, match="mode must be 'rb' to open the file again, got 'r'"):
        file.open("r")


def test_text(storage: ImageKitStorage):
    """Text is UTF-8 both ways."""
    with storage.open("b.txt", "w") as file:
        file.write("größer\n")
        file.write("weiter\n")

    assert "größer\nweiter\n".encode() == storage.open("b.txt").read()
    with storage.open("b.txt", "r") as file:
        assert ["größer\n", "weiter\n"] == list(file)


def test_writing(storage: ImageKitStorage, client: ImageKit):
    """A written file is uploaded once, when it is closed, over a file of that name."""
    storage.save("a b.bin", ContentFile(b"before"))
    file = storage.open("a b.bin", "wb")
    file.write(b"x" * 3_000_000)
    assert 6 == storage.size("a b.bin")
    file.write(b"y")
    file.close()
    file.close()

    assert "a_b.bin" == file.name
    assert b"x" * 3_000_000 + b"y" == storage.open("a b.bin").read()
    assert 1 == len(client.assets.list(path="/media"))


def test_an_exception_discards_what_was_written(storage: ImageKitStorage):
    """A file that could not be written as a whole is not uploaded."""
    with pytest.raises(ZeroDivisionError), storage.open("a.txt", "wb") as file:
        file.write(b"%d" % (1 // len(storage.listdir("")[0])))

    assert file.closed
    assert not storage.exists("a.txt")


@pytest.mark.parametrize("mode", ["ab", "r+b", "rt", "x", ""])
def test_modes(storage: ImageKitStorage, stored: bytes, mode: str):
    """Modes that ImageKit cannot provide are refused."""
    with pytest.raises(ValueError, match="mode must be 'rb', 'r', 'wb' or 'w'"):
        storage.open("a.txt", mode)


def test_copying_between_storages(storage: ImageKitStorage, stored: bytes):
    """A file of a storage can be saved in a storage."""
    with storage.open("a.txt") as file:
        name = storage.save("copy.txt", file)

    assert stored == storage.open(name).read()


def test_uploads_are_read_in_pieces(storage: ImageKitStorage):
    """A file is never read as a whole to be uploaded."""
    sizes = []

    class Recorded(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            sizes.append(size)
            return super().read(size)

    name = storage.save("a.bin", File(Recorded(bytes(5_000_000)), "a.bin"))

    assert 5_000_000 == storage.size(name)
    assert 0 < max(sizes) <= 1024 * 1024
    assert min(sizes) >= 0


def test_downloads_arrive_in_pieces(storage: ImageKitStorage, stored: bytes, deliver: Deliver):
    """No more is taken from the network than was read, a buffer aside."""
    sent = []

    def content() -> Iterator[bytes]:
        for start in range(0, len(stored), CHUNK):
            sent.append(start)
            yield stored[start : start + CHUNK]

    deliver(lambda request: httpx.Response(200, content=content()))
    with storage.open("a.txt") as file:
        assert stored[:10] == file.read(10)

    assert [0] == sent


def test_dimensions_take_the_first_bytes_only(storage: ImageKitStorage, deliver: Deliver):
    """Django reads the size of an image without downloading all of it."""
    buffer = io.BytesIO()
    Image.effect_noise((600, 400), 80).save(buffer, "PNG")
    data = buffer.getvalue()
    storage.save("a.png", ContentFile(data))
    sent = []

    def content() -> Iterator[bytes]:
        for start in range(0, len(data), CHUNK):
            sent.append(start)
            yield data[start : start + CHUNK]

    deliver(lambda request: httpx.Response(200, content=content()))
    with storage.open("a.png") as file:
        assert (600, 400) == (ImageFile(file).width, ImageFile(file).height)

    assert len(sent) < len(data) / CHUNK / 2


def test_a_download_goes_on_where_it_was_cut_off(storage: ImageKitStorage, stored: bytes, deliver: Deliver):
    """Errors that may pass are retried from the last byte that arrived."""
    requests: list[str | None] = []

    def respond(request: httpx.Request) -> httpx.Response:
        requests.append(request.headers.get("Range"))
        if len(requests) == 2:
            return httpx.Response(503)
        start = int((request.headers.get("Range") or "bytes=0-")[6:-1])
        return httpx.Response(206 if start else 200, content=iter([stored[start : start + 100_000]]))

    pauses = deliver(respond)
    with storage.open("a.txt") as file:
        data = file.read()

    assert stored == data
    assert [None, "bytes=100000-", "bytes=100000-", "bytes=200000-", "bytes=300000-", "bytes=400000-"] == requests
    assert [0.5, 2.0, 0.5, 0.5, 0.5] == pauses


@pytest.mark.parametrize(
    ("status", "headers", "text", "attempts"),
    [
        (403, {"ik-error": "no access"}, "the delivery responded with 403 no access", 1),
        (206, {}, "the delivery responded with 206 Partial Content", 1),
        (500, {}, "the delivery responded with 500 Internal Server Error", 3),
        (200, {}, "it ended after 0 of ", 3),
    ],
)
def test_a_download_that_fails(
    storage: ImageKitStorage,
    stored: bytes,
    deliver: Deliver,
    status: int,
    headers: dict[str, str],
    text: str,
    attempts: int,
):
    """Errors name the file and the reason, but not the URL."""
    requests = []

    def respond(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(status, headers=headers)

    deliver(respond)
    with storage.open("a.txt") as file, pytest.raises(OSError, match=f"cannot read 'a.txt': {text}"):
        file.read()

    assert attempts == len(requests)
