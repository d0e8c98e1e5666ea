"""
Configuration: flags, environment, profiles; exit codes and errors.
"""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from imagekit_async import AsyncImageKit
from imagekit_async.cli import main
from imagekit_async.cli._app import app
from imagekit_async.cli._context import Context, shown
from imagekit_async.cli._profiles import profiles_file


def configure(run, monkeypatch, text, *arguments):
    """
    Run configure with lines on standard input.
    """
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO(text))
        return run(*arguments, "configure")


def test_configure(server, run, monkeypatch):
    """A profile is stored in a file of mode 0600, and later commands use it."""
    key = server.private_key
    for name in ("PRIVATE_KEY", "BASE_URL", "URL_ENDPOINT"):
        monkeypatch.delenv(f"IMAGEKIT_{name}")

    ran = configure(run, monkeypatch, f"{key}\npublic\n{server.url_endpoint}\n", "--base-url", server.url)

    assert 0 == ran.code
    assert key not in ran.out + ran.err
    assert 0o600 == profiles_file().stat().st_mode & 0o777
    assert 0 == run("ls").code
    assert f"{server.url_endpoint}/a.jpg\n" == run("url", "/a.jpg").out


def test_configure_on_a_terminal(run, monkeypatch):
    """On a terminal each value is asked for."""
    monkeypatch.setattr("getpass.getpass", lambda question: "private_x")
    monkeypatch.setattr(sys, "stdin", io.StringIO("public\n\n"))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)

    ran = run("configure", "--quiet")

    assert (0, "Public key (may be empty): URL endpoint (may be empty): ") == (ran.code, ran.err)


def test_profiles(server, run, monkeypatch):
    """A named profile comes before the environment, the default one after it; others stay when one is stored."""
    configure(run, monkeypatch, "private_default\n\nhttps://ik.example/default\n")
    configure(run, monkeypatch, "private_other\n\nhttps://ik.example/other\n", "--profile", "other")
    monkeypatch.delenv("IMAGEKIT_URL_ENDPOINT")

    refused = run("ls", "--profile", "other")
    named = run("url", "/a.jpg", "--profile", "other")
    unused = run("url", "/a.jpg")
    monkeypatch.delenv("IMAGEKIT_PRIVATE_KEY")
    default = run("url", "/a.jpg")
    monkeypatch.setenv("IMAGEKIT_PROFILE", "other")

    assert 3 == refused.code
    assert "https://ik.example/other/a.jpg\n" == named.out == run("url", "/a.jpg").out
    assert 2 == unused.code
    assert "https://ik.example/default/a.jpg\n" == default.out
    assert 2 == run("ls", "--profile", "missing").code


def test_no_key(run):
    """Without a key the command ends with exit code 3 and says what to do."""
    ran = run("ls")

    assert 3 == ran.code
    assert "imagekit configure" in ran.err


def test_key_that_is_refused(server, run, monkeypatch):
    """A key that ImageKit refuses is exit code 3."""
    monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", "private_wrong")

    assert 3 == run("ls").code
    assert 3 == run("rm", "/a.jpg", "--yes").code


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
def test_file_that_others_can_read(run, monkeypatch):
    """A file of profiles that others can read is refused, with the command that repairs it."""
    configure(run, monkeypatch, "private_x\n\n\n")
    profiles_file().chmod(0o644)

    ran = run("ls")

    assert 2 == ran.code
    assert f"chmod 600 {profiles_file()}" in ran.err


def test_broken_file(run, monkeypatch):
    """A file that is not a file of profiles is refused, and its content is not shown."""
    configure(run, monkeypatch, "private_x\n\n\n")
    profiles_file().write_text("private_secret")

    ran = run("ls")

    assert 2 == ran.code
    assert "private_secret" not in ran.err


@pytest.mark.parametrize("profile", ["a\nb", "\x1b[31m", "\udcff"])
def test_a_profile_that_the_file_cannot_hold(run, monkeypatch, profile):
    """A name with line breaks or control characters is refused, and the other profiles stay."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("private_x\n\n\n" * 2))
    run("configure")
    before = profiles_file().read_text()
    ran = run("--profile", profile, "configure")

    assert (2, before) == (ran.code, profiles_file().read_text())
    assert [profiles_file()] == list(profiles_file().parent.iterdir())


def test_a_profile_that_cannot_be_written(run, monkeypatch):
    """A file that could not be written leaves no part of the key behind."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("private_x\n\n\n"))
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda *_: os.stat("nothing"))
        ran = run("configure")

    assert 1 == ran.code
    assert [] == list(profiles_file().parent.iterdir())


def test_empty_key(run, monkeypatch):
    """An empty key is not stored."""
    assert 2 == configure(run, monkeypatch, "\n\n\n").code
    assert not profiles_file().exists()


def test_bad_setting(run, monkeypatch):
    """A setting that cannot be used is exit code 2."""
    monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", "private_x")

    assert 2 == run("ls", "--base-url", "nonsense").code


def test_unexpected_error(server, run, monkeypatch):
    """An unexpected error is one line that names --debug."""
    monkeypatch.setattr(AsyncImageKit, "assets", property(lambda self: 1 / 0))

    ran = run("ls")

    assert (1, "imagekit: ZeroDivisionError: division by zero; --debug shows where\n") == (ran.code, ran.err)


def test_error_in_a_task(server, run, monkeypatch):
    """An error of a task is shown without the group around it."""

    def fail(self):
        raise ExceptionGroup("tasks", [OSError("disk full")])

    monkeypatch.setattr(AsyncImageKit, "assets", property(fail))

    ran = run("ls")

    assert (1, "imagekit: disk full\n") == (ran.code, ran.err)


def test_common_option_without_a_value(run):
    """A common option that lacks its value is exit code 2."""
    assert 2 == run("--profile").code


@pytest.mark.parametrize("arguments", [("ls",), ("--help",), ("ls", "--help"), ("--version",)])
def test_broken_pipe(server, run, monkeypatch, arguments):
    """When the reader of the output leaves, the command ends quietly."""
    run("mkdir", "/a")
    reader, writer = os.pipe()
    os.close(reader)
    with monkeypatch.context() as patch, os.fdopen(writer, "w") as output:
        patch.setattr(sys, "stdout", output)
        # rich writes no more to a console whose reader has left.
        patch.setattr(app.meta.console, "quiet", False)
        ran = run(*arguments)

    assert (141, "") == (ran.code, ran.err)


@pytest.mark.parametrize("arguments", [("ls",), ("--help",)])
def test_output_that_cannot_be_written(server, run, monkeypatch, arguments):
    """If the disk of the output is full, that is one line of error and exit code 1."""

    class Disk(io.RawIOBase):
        full = True

        def writable(self):
            return True

        def write(self, data):
            if self.full:
                raise OSError("no space")
            return len(data)

    run("mkdir", "/a")
    disk = Disk()
    with monkeypatch.context() as patch, io.TextIOWrapper(io.BufferedWriter(disk)) as output:
        patch.setattr(sys, "stdout", output)
        ran = run(*arguments)
        disk.full = False

    assert (1, "imagekit: no space\n") == (ran.code, ran.err)


def test_broken_pipe_of_errors(server, run, monkeypatch):
    """When the reader of the errors leaves, the command ends quietly."""
    reader, writer = os.pipe()
    os.close(reader)
    with monkeypatch.context() as patch, os.fdopen(writer, "w", buffering=1) as errors:
        patch.setattr(sys, "stderr", errors)
        ran = run("info", "/none.txt")

    assert (141, "") == (ran.code, ran.out)


@pytest.mark.parametrize(
    "arguments",
    [("ls", "/a\x1b[31m"), ("--a\x1b[31m",), ("ls", "--sort", "a\x1b[31m"), ("--profile", "a\x1b[31m", "ls")],
)
def test_errors_cannot_control_the_terminal(server, run, arguments):
    """What an error shows of the arguments has no control characters; with --json it is one object."""
    plain, as_json = run(*arguments), run("--json", *arguments)

    assert "\\x1b[31m" in plain.err
    assert "\x1b" not in plain.err + as_json.err
    assert json.loads(as_json.err)["error"]


def test_json_is_one_line_and_cannot_control_the_terminal(capsys):
    """Control characters and what some take for line breaks are escaped in JSON; other text stays readable."""
    for context in (Context(json=True), Context()):
        context.write({"name": "é\x9b31m\u2028\U000e0001"})
        printed = capsys.readouterr().out

        assert printed.splitlines() == printed.split("\n")[:-1]
        assert "\\u009b31m\\u2028" in printed
        assert "é" in printed
        assert json.loads(printed) == {"name": "é\x9b31m\u2028\U000e0001"}


def test_an_interrupt_while_the_command_begins_or_ends(run, monkeypatch):
    """Ctrl-C before the command runs is exit code 130, and the process then ends at once."""

    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("imagekit_async.cli._app.run", interrupt)
    ran = run()
    exited: list[int] = []
    monkeypatch.setattr(os, "_exit", exited.append)
    main()

    assert (130, "Interrupted.\n") == (ran.code, ran.err)
    assert [130] == exited


def test_names_cannot_control_the_terminal():
    """Control characters are shown as escapes."""
    assert "a\\x1b[2J\tb\n\\u202e" == shown("a\x1b[2J\tb\n\u202e")


def test_the_command_without_the_extra(run, monkeypatch):
    """Without cyclopts the command says which extra it needs."""
    monkeypatch.setitem(sys.modules, "imagekit_async.cli._app", None)

    ran = run("ls")

    assert 2 == ran.code
    assert "imagekit needs the extra `cli`: pip install 'imagekit-async[cli]'" in ran.err


def test_serve_without_the_extra(run, monkeypatch):
    """`imagekit serve` says which extra it needs."""
    monkeypatch.setitem(sys.modules, "imagekit_local.__main__", None)

    ran = run("serve")

    assert 2 == ran.code
    assert "pip install 'imagekit-async[testing]'" in ran.err


def test_serve_refuses_unknown_options(run):
    """An option that imagekit-local does not know ends the command with exit code 2."""
    with pytest.raises(SystemExit, match="2"):
        run("serve", "--no-such-option")


def test_serve_passes_arguments_on(run, monkeypatch):
    """The arguments of `imagekit serve` are those of imagekit-local."""
    passed = []
    monkeypatch.setattr("imagekit_local.__main__.main", passed.append)

    assert 0 == run("serve", "--port", "8080", "--allowed-host", "x").code
    assert [("--port", "8080", "--allowed-host", "x")] == passed


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run, shell, tmp_path, monkeypatch):
    """There is a completion for each shell, and it can be installed."""
    monkeypatch.setenv("HOME", str(tmp_path))

    printed = run("completion", "--shell", shell)
    installed = run("completion", "--shell", shell, "--install")

    assert {"sync", "files.versions.list", "--max-delete"} <= {
        word for word in ("sync", "files.versions.list", "--max-delete", "never") if word.lstrip("-") in printed.out
    }
    file = Path(installed.out.strip())

    assert 0 == installed.code
    assert file.is_relative_to(tmp_path)
    assert file.stem.endswith("imagekit")
    assert not [path for path in tmp_path.rglob(".*rc") if "launch" in path.read_text()]


def test_completion_of_an_unknown_shell(run):
    """Another shell is refused."""
    assert 2 == run("completion", "--shell", "tcsh").code
