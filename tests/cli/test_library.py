"""
`imagekit ls`, `find`, `info`, `cp`, `mv`, `rm`, `mkdir`, `tag`, `purge`, `url`, `usage`.
"""

from __future__ import annotations

import io
import json
import sys

import pytest


@pytest.fixture
def library(server, run, folder):
    """
    Store /site/a.txt and /site/sub/b.txt.
    """
    (folder / "site" / "sub").mkdir(parents=True)
    (folder / "site" / "a.txt").write_text("one")
    (folder / "site" / "sub" / "b.txt").write_text("two!")
    assert 0 == run("sync", "site", "ik:/site").code
    return server


def paths(run, folder="/"):
    """
    Return the paths of all files below a folder.
    """
    return sorted(one["filePath"] for one in run("find", f'path : "{folder}"', "--json").objects)


def test_ls(library, run):
    """A folder is listed with sizes; --json prints one object a line."""
    text = run("ls", "ik:/site", "--sort", "ASC_NAME")
    data = run("ls", "/site/", "--json")

    assert [["3", "/site/a.txt"], ["-", "/site/sub/"]] == [
        [line.split()[0], line.split()[-1]] for line in text.out.splitlines()
    ]
    assert {"a.txt", "sub"} == {one["name"] for one in data.objects}
    assert ["/site/"] == run("ls").out.split()[-1:]


def test_find(library, run):
    """A query finds assets; path and limit narrow it, and the help shows the language."""
    assert ["/site/sub/b.txt"] == [one["filePath"] for one in run("find", 'name = "b.txt"', "--json").objects]
    assert 1 == len(run("find", "size > 1", "--limit", "1", "--sort", "ASC_SIZE").out.splitlines())
    assert "/site/a.txt" == run("find", "size > 1", "--path", "ik:/site").out.split()[-1]
    assert "EXISTS" in run("find", "--help").out


def test_unknown_kind(server, run, deviations):
    """An asset of a kind that this version does not know is shown as JSON."""
    server.faults.add("status", operation="assets.list", status=200, body='[{"type": "cube", "name": "x"}]')

    ran = run("ls")
    deviations.clear()

    assert {"type": "cube", "name": "x"} == json.loads(ran.out)


def test_bad_query(library, run):
    """A refused request is one line with the request id, and no traceback; --debug adds it; --json makes it JSON."""
    ran, debug, data = (run("find", "nonsense", *more) for more in ((), ("--debug",), ("--json",)))

    assert (1, 1) == (ran.code, len(ran.err.splitlines()))
    assert "request id " in ran.err
    assert "Traceback" in debug.err
    assert json.loads(data.err)["request_id"]


def test_info(library, run):
    """Details of a file and of a folder are JSON."""
    assert 3 == json.loads(run("info", "/site/a.txt").out)["size"]
    assert ["folder"] == [one["type"] for one in run("info", "/site/sub", "--json").objects]
    assert 1 == run("info", "/site/b").code


def test_cp(library, run):
    """Files and folders are copied into a folder."""
    assert "/site/a.txt -> /new/a.txt\n" == run("cp", "/site/a.txt", "/new").out
    assert [{"source": "/site/sub", "target": "/new/sub"}] == run("cp", "/site/sub", "/new/", "--json").objects

    assert ["/new/a.txt", "/new/sub/b.txt", "/site/a.txt", "/site/sub/b.txt"] == paths(run)


def test_mv(library, run):
    """Files and folders are moved into a folder, or renamed if the name is new in their own folder."""
    for source, target, moved in [
        ("/site/a.txt", "/site/c.txt", "/site/c.txt"),
        ("/site/c.txt", "/site/sub", "/site/sub/c.txt"),
        ("/site/sub", "/site/new", "/site/new"),
        ("/site/new", "/other", "/other/new"),
        ("/other/new/c.txt", "/", "/c.txt"),
        ("/other", "/top", "/top"),
        ("/c.txt", "/d.txt", "/d.txt"),
    ]:
        ran = run("mv", source, target)
        assert (0, f"{source} -> {moved}\n") == (ran.code, ran.out), (source, target, ran.err)

    assert ["/d.txt", "/top/new/b.txt"] == paths(run)


def test_rm(library, run):
    """Files are deleted, folders with --recursive; what fails is reported and the others go on."""
    ran = run("rm", "/site/sub", "/site/nothing", "/site/a.txt", "--yes", "--json")

    assert 1 == ran.code
    assert [{"deleted": "/site/a.txt"}] == ran.objects
    assert ["/site/sub", "/site/nothing"] == [json.loads(line)["item"] for line in ran.err.splitlines()]
    assert "deleted /site/sub\n" == run("rm", "-r", "-y", "/site/sub").out
    assert [] == paths(run)


@pytest.mark.parametrize(("reply", "code"), [("y\n", 0), ("n\n", 1), ("", 1)])
def test_rm_asks(library, run, monkeypatch, reply, code):
    """On a terminal rm asks; only yes deletes."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(reply))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)

    ran = run("rm", "/site/a.txt")

    assert code == ran.code
    assert ran.err.startswith("Delete /site/a.txt? [y/N] ")


def test_rm_needs_yes(library, run, monkeypatch):
    """Without a terminal rm needs --yes."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))

    ran = run("rm", "/site/a.txt")

    assert (2, "imagekit: --yes is needed if standard input is not a terminal\n") == (ran.code, ran.err)


def test_mkdir(server, run):
    """A folder is created with the ones above it."""
    assert "created /a/b\n" == run("mkdir", "/a/b").out
    assert 0 == run("mkdir", "/c").code
    assert [{"name": "b"}.items() <= one.items() for one in run("ls", "/a", "--json").objects] == [True]


def test_tag(library, run):
    """Tags are added and removed; folders and no tags are refused."""
    assert "tagged /site/a.txt\n" == run("tag", "/site/a.txt", "--add", "x", "--add", "y").out
    assert 0 == run("tag", "/site/a.txt", "--remove", "x").code

    assert ["y"] == run("info", "/site/a.txt", "--json").objects[0]["tags"]
    assert 2 == run("tag", "/site/a.txt").code
    assert 2 == run("tag", "/site/sub", "--add", "x").code


def test_purge(library, run):
    """A purge is started; --wait waits for its end."""
    url = run("info", "/site/a.txt", "--json").objects[0]["url"]

    assert run("purge", url).out.startswith(f"purging {url}: ")
    assert f"purged {url}\n" == run("purge", url, "--wait").out
    assert "Completed" == run("purge", url, "--wait", "--json").objects[0]["status"]


def test_url(run, monkeypatch):
    """URLs are built without a request, transformed and signed."""
    monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", "private_test")
    endpoint = "https://ik.imagekit.io/demo"

    plain = run("url", "/a.jpg", "-t", "w=400,h=300", "-t", "rt=90", "--url-endpoint", endpoint)
    monkeypatch.setenv("IMAGEKIT_URL_ENDPOINT", endpoint)
    signed = run("url", f"{endpoint}/a.jpg", "--sign")
    expiring = run("url", "ik:/a.jpg", "--expires", "60", "--json")

    assert f"{endpoint}/a.jpg?tr=w-400,h-300:rt-90\n" == plain.out
    assert "ik-s=" in signed.out
    assert "ik-t=" in expiring.objects[0]["url"]


def test_url_needs_an_endpoint(run):
    """Without a URL endpoint there is no URL."""
    ran = run("url", "/a.jpg")

    assert 2 == ran.code
    assert "--url-endpoint" in ran.err


def test_usage(library, run):
    """Usage is shown for the last 30 days, or for the given ones."""
    ran = run("usage", "--start", "2026-01-01", "--end", "2026-01-31")

    assert "2026-01-01 to 2026-01-31" == ran.out.splitlines()[0]
    assert 7 <= run("usage", "--json").objects[0]["mediaLibraryStorageBytes"]


def test_a_missing_folder_is_not_an_empty_one(library, run):
    """`ls` names a folder that does not exist, lists nothing of an empty one, and shows a file as itself."""
    run("mkdir", "/empty")

    typo, empty = run("ls", "/typo"), run("ls", "/empty")

    assert (1, "imagekit: no file or folder /typo\n") == (typo.code, typo.err)
    assert (0, "") == (empty.code, empty.out)
    assert run("ls", "/site/a.txt").out.endswith("/site/a.txt\n")


def test_a_folder_is_reported_as_stored(server, run):
    """`mkdir` prints the name that ImageKit gave the folder."""
    assert "created /new_folder\n" == run("mkdir", "/new folder").out
