"""
The server on a socket, its lifecycle, and the command line.
"""

from __future__ import annotations

import logging
import os
import re
import runpy
import signal
import socket
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import httpx
import pytest

import imagekit_local
from imagekit_local import LocalImageKit

# pytest rewrites packages that bring a plugin, and its loader cannot run a module by name.
COMMAND_FILE = str(Path(imagekit_local.__file__).with_name("__main__.py"))
COMMAND = [sys.executable, "-m", "imagekit_local"]


def test_exports() -> None:
    """Public names are listed in order."""
    names = imagekit_local.__all__

    assert sorted(names) == names


@pytest.mark.anyio
async def test_async_lifecycle() -> None:
    """On either event loop the server serves inside the block and is gone after it."""
    async with LocalImageKit() as server, httpx.AsyncClient(auth=(server.private_key, "")) as client:
        files = {"file": ("a.bin", b"\x00" * 2_000_000)}
        response = await client.post(f"{server.url}/api/v1/files/upload", data={"fileName": "a.bin"}, files=files)
        stored = await client.get(response.json()["url"])

        assert f"{server.url}/local" == server.url_endpoint
        assert 2_000_000 == len(stored.content)
    with pytest.raises(httpx.ConnectError):
        httpx.get(response.json()["url"])


@pytest.mark.anyio
async def test_early_refusal_of_a_large_body() -> None:
    """A client that is still sending gets the response, not a reset connection."""
    async with LocalImageKit(max_upload_bytes=1000, max_video_bytes=1000) as server, httpx.AsyncClient() as client:
        response = await client.post(
            f"{server.url}/api/v1/files/upload",
            data={"file": "A" * 8_000_000, "fileName": "a"},
            files={"other": b""},
            auth=(server.private_key, ""),
        )

    assert (400, "Your request contains invalid multipart form data.") == (
        (
            response.status_code,
            response.json()["message"],
        )
    )


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"", "The request did not arrive in time."),
        (b"GET /v1/files HTTP/1.1\r\nHost: localhost\r\nX-", "The request did not arrive in time."),
        (b"GET /v1/nothing HTTP/1.1\r\nHost: localhost\r\n\r\nGET /v1/", "Not found"),
        (
            b"POST /api/v1/files/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n"
            b"Content-Type: multipart/form-data; boundary=b\r\n\r\n--b",
            "Your request ended before its body was complete.",
        ),
    ],
)
def test_slow_clients(sent: bytes, reason: str) -> None:
    """A client that keeps the server waiting gets an error, and its connection ends."""
    with LocalImageKit(idle_timeout_seconds=0.2) as server:
        url = httpx.URL(server.url)
        with socket.create_connection((url.host, url.port or 80), timeout=30) as connection:
            connection.sendall(sent)
            reply = b"".join(iter(lambda: connection.recv(4096), b""))

    assert reply.startswith(b"HTTP/1.1 40")
    assert reason.encode() in reply


def test_connection_after_a_pause(tmp_path: Path) -> None:
    """A client that pauses between requests or reads slowly is not a slow client."""
    (tmp_path / "large.bin").write_bytes(b"\x00" * 20_000_000)
    with LocalImageKit(idle_timeout_seconds=0.2) as server, httpx.Client() as client:
        server.seed(tmp_path)
        server.faults.add("delay", seconds=0.5)
        with client.stream("GET", f"{server.url_endpoint}/large.bin") as response:
            received = sum(map(len, response.iter_bytes()))

    assert 20_000_000 == received


def test_connection_after_a_defect() -> None:
    """Any failure within the server is one response, which ends the connection; a client continues over another."""

    def broken_clock() -> datetime:
        raise OSError

    with LocalImageKit(clock=broken_clock) as server, httpx.Client(auth=(server.private_key, "")) as client:
        failed = client.get(f"{server.url}/_imagekit/clock")
        listed = client.get(f"{server.url}/v1/files")

    assert (500, "close", 200) == (failed.status_code, failed.headers["Connection"], listed.status_code)


def test_sync_lifecycle() -> None:
    """The server can be entered again, and is empty then; its public key and its URL can be read at any time."""
    server = LocalImageKit(public_key="public_mine")
    for _ in range(2):
        with server:
            response = httpx.get(f"{server.url}/v1/files", auth=(server.private_key, ""))

            assert [] == response.json()
            httpx.post(
                f"{server.url}/api/v1/files/upload",
                data={"fileName": "a"},
                files={"file": b"a"},
                auth=(server.private_key, ""),
            ).raise_for_status()

    assert ("public_mine", "http://imagekit.test") == (server.public_key, server.url)


def test_bytes_are_deleted() -> None:
    """Nothing stays on disk when the server stops."""
    with LocalImageKit() as server:
        httpx.post(
            f"{server.url}/api/v1/files/upload",
            data={"fileName": "a"},
            files={"file": b"a"},
            auth=(server.private_key, ""),
        ).raise_for_status()
        directory = server._account.store.blobs.path("x").parent

        assert directory.is_dir()
    assert not directory.exists()


def test_started_twice() -> None:
    """A server listens once at a time, and stopping it twice does no harm."""
    with LocalImageKit() as server:
        with pytest.raises(RuntimeError, match="started already"):
            server.start()
        server.stop()

    assert "http://imagekit.test" == server.url


def test_taken_port() -> None:
    """A port that is taken is the operating system's error."""
    with LocalImageKit() as first:
        second = LocalImageKit(port=int(first.url.rpartition(":")[2]))

        with pytest.raises(OSError, match="in use"):
            second.start()


def test_ipv6() -> None:
    """An IPv6 address is bracketed in the URL."""
    with LocalImageKit(host="::1") as server:
        response = httpx.get(f"{server.url}/v1/files", auth=(server.private_key, ""))

    assert 200 == response.status_code
    assert "[::1]" in str(response.url)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_command(number: signal.Signals) -> None:
    """The command prints its URL on one line, serves, and ends cleanly on a signal."""
    command = [*COMMAND, "--port", "0", "--private-key", "private_mine"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        response = httpx.get(f"{url}/v1/files", auth=("private_mine", ""))
        process.send_signal(number)
        rest, errors = process.communicate(timeout=30)

    assert (200, 0, "", "") == (response.status_code, process.returncode, rest, errors)
    assert url.startswith("http://127.0.0.1:")


# As if 64 descriptors were all that the system allows.
FEW_DESCRIPTORS = """
import resource, sys
from imagekit_local.__main__ import main

resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
sys.argv = ["imagekit-local"]
main()
"""


def test_more_clients_than_descriptors() -> None:
    """Connections beyond what the system allows wait, and are reported once, not with every try to accept them."""
    command = [sys.executable, "-c", FEW_DESCRIPTORS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        url = httpx.URL(process.stdout.readline().strip())
        clients = [socket.create_connection((url.host, url.port or 80)) for _ in range(100)]
        report = process.stderr.readline()
        waiting = clients.pop()
        waiting.sendall(b"GET /v1/files HTTP/1.0\r\nHost: localhost\r\n\r\n")
        for client in clients:
            client.close()
        response = waiting.recv(12)
        waiting.close()
        process.send_signal(signal.SIGTERM)
        rest = process.communicate(timeout=30)[1]

    assert "Too many open files" in report
    assert (b"HTTP/1.1 401", "", 0) == (response, rest, process.returncode)


# Requests over a connection that was made before all descriptors were taken.
NO_DESCRIPTORS = """
import os, resource, sys
from contextlib import suppress

import httpx
from imagekit_local import LocalImageKit

settings = {"auth": ("private_mine", ""), "trust_env": False}
form = {"fileName": "a.txt", "useUniqueFileName": "false"}
with LocalImageKit(private_key="private_mine", data=sys.argv[1]) as server:
    with httpx.Client(base_url=server.url, **settings) as client:
        upload = lambda: client.post("/api/v1/files/upload", data=form, files={"file": b"abc"}).status_code
        get = lambda: client.get("/local/a.txt").status_code
        # The last one opens no file, so that those of the others are closed.
        before = upload(), get(), client.get("/v1/files").status_code
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
        taken = []
        with suppress(OSError):
            while True:
                taken.append(os.dup(1))
        without = [call() for call in (upload, get) * 20]
        for descriptor in taken:
            os.close(descriptor)
        print(before, 500 in without, (upload(), get()))
"""


def test_requests_without_descriptors(tmp_path: Path) -> None:
    """Requests that cannot open a file fail, which is reported once for all of them, without a traceback."""
    command = [sys.executable, "-c", NO_DESCRIPTORS, str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)

    assert "(200, 200, 200) True (200, 200)\n" == run.stdout
    assert ["the local ImageKit cannot open more files"] == [
        line.partition(":")[0] for line in run.stderr.splitlines() if "connections wait" not in line
    ]


def test_reports_of_the_event_loop(caplog: pytest.LogCaptureFixture) -> None:
    """A connection that cannot be accepted is reported once a minute, and any other failure as ever."""
    full = {"message": "socket.accept() out of system resource", "exception": OSError("Too many open files")}
    with LocalImageKit() as server:
        listening = server._server
        assert listening is not None
        for context in (full, full, {"message": "Exception in callback _start_serving"}, {"message": "something else"}):
            listening._report(listening._loop, context)

    assert ["the local ImageKit has to let connections wait: Too many open files", "something else"] == [
        record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING
    ]


class StoppingOutput:
    """
    A standard output that ends the command as soon as something is printed.
    """

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        """
        Take text, and stop the process politely after a line.
        """
        self.text += text
        if text.endswith("\n"):
            os.kill(os.getpid(), signal.SIGTERM)

    def flush(self) -> None:
        """
        Do nothing.
        """


@pytest.fixture
def _handlers() -> object:
    """
    Put the signal handlers back that the command replaces.
    """
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("_handlers")
def test_command_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The URL is printed once requests are served, so that its reader can connect at once."""
    output = StoppingOutput()
    monkeypatch.setattr(sys, "argv", ["imagekit"])
    monkeypatch.setattr(sys, "stdout", output)
    runpy.run_path(COMMAND_FILE, run_name="__main__")

    assert 1 == output.text.count("\n")


@pytest.mark.usefixtures("_handlers")
def test_command_that_cannot_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port that cannot be had ends the command with a message that names it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        monkeypatch.setattr(sys, "argv", ["imagekit", "--port", port])

        with pytest.raises(SystemExit, match=f"cannot listen on 127.0.0.1:{port}"):
            runpy.run_path(COMMAND_FILE, run_name="__main__")


@pytest.mark.parametrize("port", ["70000", "-1", "http"])
def test_command_with_no_port(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], port: str) -> None:
    """An invalid port is refused before anything starts."""
    monkeypatch.setattr(sys, "argv", ["imagekit", f"--port={port}"])

    with pytest.raises(SystemExit, match="2"):
        runpy.run_path(COMMAND_FILE, run_name="__main__")
    assert f"'{port}' is not a port" in capsys.readouterr().err


def test_command_with_no_rate_limit(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A rate limit that is none is refused before anything is started."""
    monkeypatch.setattr(sys, "argv", ["imagekit", "--rate-limit=fast"])

    with pytest.raises(SystemExit, match="2"):
        runpy.run_path(COMMAND_FILE, run_name="__main__")
    assert "'fast' is not a rate limit" in capsys.readouterr().err


def test_importing_the_command_starts_nothing() -> None:
    """Tools that import every module must not end up serving."""
    names = runpy.run_path(COMMAND_FILE, run_name="imported")

    assert "main" in names


def test_help() -> None:
    """The help shows the default keys, and no default where the text of an option names it."""
    text = subprocess.run([*COMMAND, "--help"], capture_output=True, text=True, check=True).stdout

    assert "private_local" in text
    assert "public_local" in text
    assert not {"(default: None)", "(default: [])"} & set(re.findall(r"\(default: .*?\)", " ".join(text.split())))


def test_stands_alone() -> None:
    """The server never imports the client that it is there to test."""
    code = "import sys; from imagekit_local import LocalImageKit; print(*sys.modules)"
    names = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert "imagekit_local" in names
    assert "imagekit_async" not in names


def test_no_module_is_too_long() -> None:
    """A module that outgrows 350 lines is to be divided."""
    directory = Path(imagekit_local.__file__).parent
    lengths = {path.name: len(path.read_text().splitlines()) for path in directory.rglob("*.py")}

    assert {} == {name: length for name, length in lengths.items() if length > 350}
