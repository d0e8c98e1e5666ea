"""
The command as a process: signals, pipes, terminals, exit codes.
"""

from __future__ import annotations

import os
import pty
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from imagekit_async.testing import LocalImageKit

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and terminals of POSIX")
COMMAND = [sys.executable, "-c", "import sys; from imagekit_async.cli import main; sys.exit(main())"]


def start(*arguments, **options):
    """
    Start the command with pipes, which Python buffers by default.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    options = {
        "env": environment,
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "text": True,
    } | options
    return subprocess.Popen([*COMMAND, *arguments], **options)


def on_terminal(*arguments, replies=()):
    """
    Run the command on a terminal, and type each reply when its question appears. Return exit code and what was shown.
    """
    waiting = list(replies)
    own, other = pty.openpty()
    with start(*arguments, stdin=other, stdout=other, stderr=other, text=False) as process:
        os.close(other)
        shown = b""
        while True:
            try:
                part = os.read(own, 65536)
            except OSError:
                # Linux's way to say that the other end is closed.
                break
            if not part:
                break
            shown += part
            if waiting and waiting[0][0] in shown:
                os.write(own, waiting.pop(0)[1])
    os.close(own)
    return process.returncode, shown.decode()


def held_upload(server: LocalImageKit, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """
    Start a sync of three files whose last two uploads hang, and return when the first is stored.
    """
    for name in ("a", "b", "c"):
        (folder / "photos" / f"{name}.txt").parent.mkdir(exist_ok=True)
        (folder / "photos" / f"{name}.txt").write_text(name)
    server.faults.add("delay", operation="files.upload", seconds=0.0)
    server.faults.add("delay", operation="files.upload", seconds=60.0, times=None)
    process = start("sync", "photos", "ik:/site", "--concurrency", "1", *arguments)
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


def test_interrupted(server, folder, run):
    """Ctrl-C ends a sync with exit code 130 and says how to resume; the next run does the rest."""
    with held_upload(server, folder) as process:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    server.faults.clear()

    resumed = run("sync", "photos", "ik:/site")

    assert 130 == process.returncode
    assert "Interrupted. Run the same command again to resume; no file is stored twice.\n" == errors
    assert "upload: 1 skipped, 2 done; " in resumed.err


def test_pipe_that_closes(server, folder, run):
    """`imagekit find ... | head -1` ends quietly."""
    for number in range(20):
        (folder / f"{number}.txt").write_text("text")
    run("upload", *(f"{number}.txt" for number in range(20)))

    with start("find", "size > 0", "--json") as process:
        assert process.stdout is not None
        process.stdout.close()
        errors = process.stderr.read()

    assert (141, "") == (process.wait(60), errors)


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("sync", "--help"), ("api", "--help")])
def test_help_into_a_pipe_that_closes(arguments):
    """`imagekit --help | head -1` ends as SIGPIPE would end it."""
    with start(*arguments) as process:
        assert process.stdout is not None
        process.stdout.close()
        errors = process.stderr.read()

    assert (141, "") == (process.wait(60), errors)


@pytest.mark.parametrize("arguments", [("no-such-command",), ("sync", "a"), ("sync", "a", "b"), ("--profile",)])
def test_errors_into_a_pipe_that_closes(arguments):
    """When the reader of the errors leaves, the command ends as SIGPIPE would end it."""
    with start(*arguments) as process:
        assert process.stderr is not None
        process.stderr.close()
        output = process.stdout.read()

    assert (141, "") == (process.wait(60), output)


def test_interrupted_while_standard_input_is_silent(server):
    """Ctrl-C ends an upload that waits for more of standard input."""
    with start("upload", "-", "--name", "a.txt", stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        # More than a pipe holds, so that the command has begun to read.
        process.stdin.write("x" * 2_000_000)
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        code = process.wait(60)
        process.stdin.close()

        assert (130, "Interrupted.\n") == (code, process.stderr.read())


@pytest.mark.parametrize("arguments", [("ls",), ("--help",), ("ls", "--help"), ("--version",)])
def test_output_that_cannot_be_written(server, folder, run, arguments):
    """Standard output on a full disk is one line of error and exit code 1."""
    run("mkdir", "/a")
    with open(folder / "out", "w") as output:
        process = start(
            *arguments, "--json", stdout=output, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        )
        _, errors = process.communicate()

    assert (1, 1) == (process.returncode, len(errors.splitlines()))
    assert "File too large" in errors


def test_errors_that_cannot_be_written(server, folder):
    """Standard error on a full disk is exit code 1."""
    with open(folder / "err", "w") as errors:
        process = start(
            "info", "/none", stderr=errors, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        )

    assert ("", None) == process.communicate()
    assert 1 == process.returncode


def test_jq_can_read_it(server, folder):
    """Standard output holds JSON only, a line an object; progress and summary go to standard error."""
    (folder / "a.txt").write_text("one")

    with start("upload", "a.txt", "--json") as process:
        output, errors = process.communicate(timeout=60)

    assert 1 == len(output.splitlines())
    assert output.startswith('{"')
    assert errors.startswith("upload: 1 done; 3 bytes in ")
    assert "\x1b" not in errors


def test_progress_on_a_terminal(server, folder, monkeypatch):
    """On a terminal the progress shows files, bytes, rate and time left; --quiet shows none; NO_COLOR has no colors."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "120")
    (folder / "photos").mkdir()
    for number in range(3):
        (folder / "photos" / f"{number}.txt").write_text("text")

    code, shown = on_terminal("sync", "photos", "ik:/site")
    _, uploaded = on_terminal("upload", "photos/0.txt", "photos/1.txt")
    monkeypatch.setenv("NO_COLOR", "1")
    _, plain = on_terminal("sync", "photos", "ik:/again")
    _, quiet = on_terminal("sync", "photos", "ik:/third", "--quiet")

    assert 0 == code
    assert "3/3 files" in shown
    assert "12/12 bytes" in shown
    assert "8/8 bytes" in uploaded
    assert "2/2 files" in uploaded
    assert "Syncing" not in quiet
    assert "\x1b[3" in shown
    assert "3/3 files" in plain
    assert "\x1b[3" not in plain


def test_rm_asks_on_a_terminal(server, folder, run):
    """On a terminal rm asks, and a yes deletes."""
    (folder / "a.txt").write_text("one")
    run("upload", "a.txt", "--overwrite")

    code, shown = on_terminal("rm", "/a.txt", replies=[(b"[y/N] ", b"y\n")])

    assert 0 == code
    assert "deleted /a.txt" in shown
    assert "" == run("ls").out


def test_configure_does_not_echo_the_key(server, run, monkeypatch):
    """On a terminal the key is asked without echo."""
    monkeypatch.delenv("IMAGEKIT_PRIVATE_KEY")

    replies = [(b"options): ", b"private_local\n"), (b"Public key (may be empty): ", b"\n"), (b"URL endpoint (", b"\n")]
    code, shown = on_terminal("configure", replies=replies)

    assert 0 == code
    assert "private_local" not in shown
    assert 0 == run("ls").code


def test_watch(server, folder, run):
    """--watch uploads a change of the folder when it happens, until Ctrl-C."""
    (folder / "photos").mkdir()
    (folder / "photos" / "a.txt").write_text("one")
    with start("sync", "photos", "ik:/site", "--watch", "--state", "photos/state.db", "--quiet") as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        (folder / "photos" / "b.txt").write_text("two")
        second = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)

    assert ("create  a.txt\n", "create  b.txt\n", 130) == (first, second, process.returncode)


def test_bash_completes(tmp_path):
    """In bash, commands, operations and options are completed."""
    script = tmp_path / "completion.bash"
    with start("completion", "--shell", "bash") as process:
        script.write_text(process.stdout.read())
    complete = """
    source "$1"; shift
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
    _imagekit; echo "${COMPREPLY[*]}"
    """

    def completed(*words: str) -> list[str]:
        command = ["bash", "-c", complete, "bash", str(script), "imagekit", *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()

    assert ["sync"] == completed("sy")
    assert ["files.versions.list"] == completed("api", "files.versions.l")
    assert ["--max-delete"] == completed("sync", "--max")


def test_help_imports_little():
    """The help imports neither HTTP nor event loop nor the API."""
    code = (
        "import sys; from imagekit_async.cli import main; main(['--help']); "
        "print(sorted({'httpx', 'anyio', 'asyncio', 'watchfiles', 'imagekit_async._client'} & sys.modules.keys()))"
    )

    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert "[]" == printed.splitlines()[-1]
    assert "sync" in printed
