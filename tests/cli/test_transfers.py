"""
`imagekit upload`, `sync` and `download`.
"""

from __future__ import annotations

import io
import json
import sys

import pytest

from imagekit_async.cli import main


def put(folder, **files):
    """
    Write files; two underscores stand for a slash, one for a dot.
    """
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_upload(server, run, folder):
    """Files are uploaded with the options, and each is printed with its URL."""
    put(folder, a_txt="one", b_txt="two")

    ran = run("upload", "a.txt", "b.txt", "--folder", "/up", "--tag", "x", "--tag", "y", "--overwrite", "--private")

    assert 0 == ran.code
    assert ["/up/a.txt", "/up/b.txt"] == sorted(line.split()[0] for line in ran.out.splitlines())
    assert ran.err.startswith("upload: 2 done; 6 bytes in ")
    [found] = run("api", "assets.list", "--search-query", 'name = "a.txt"', "--json").objects
    assert ["x", "y"] == found["tags"]
    assert found["isPrivateFile"]


def test_upload_names_are_unique(server, run, folder):
    """Without --overwrite no file is overwritten."""
    put(folder, a_txt="one")
    run("upload", "a.txt", "--description", "text")

    names = {run("upload", "a.txt", "--json").objects[0]["name"] for _ in range(2)}

    assert 2 == len(names)


def test_a_refused_key_ends_an_upload(server, run, folder, monkeypatch):
    """What each file would meet is reported once, with exit code 3."""
    monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", "private_wrong")
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("x")
    ran = run("upload", "a.txt", "b.txt")

    assert (3, 1) == (ran.code, len(ran.err.splitlines()))


def test_a_path_that_the_system_refuses(server, run, folder):
    """A name that no file can have is one failed item."""
    (folder / "a.txt").write_text("x")
    ran = run("upload", "a" * 5000, "a.txt", "--json")

    assert (1, 1) == (ran.code, len(ran.objects))


def test_one_failed_upload(server, run, folder):
    """A missing file is reported with exit code 1, and the others are uploaded."""
    put(folder, a_txt="one")

    ran = run("upload", "missing.txt", "a.txt", "--json")

    assert 1 == ran.code
    assert 1 == len(ran.objects)
    assert {"item": "missing.txt", "request_id": None}.items() <= json.loads(ran.err.splitlines()[0]).items()


def test_standard_input(server, run, monkeypatch):
    """`-` uploads standard input under --name, and downloads to standard output."""
    output = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"piped")))

    ran = run("upload", "-", "--name", "in.txt", "--overwrite", "--quiet")

    assert (0, "") == (ran.code, ran.err)
    assert "/in.txt" == ran.out.split()[0]

    monkeypatch.setattr(sys, "stdout", output)
    assert 0 == main(["download", "ik:/in.txt", "-"])
    assert b"piped" == output.buffer.getvalue()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["upload", "-"], "standard input needs --name"),
        (["upload", "."], "is a folder; use `imagekit sync"),
        (["upload", "a", "b", "--name", "c"], "--name needs a single file, got 2"),
        (["upload", "a", "--concurrency", "0"], "Must be >= 1"),
        (["upload"], "requires an argument"),
        (["sync", "a", "b"], "one of source and target must be remote"),
        (["sync", "ik:/a", "ik:/b"], "one of source and target must be remote"),
        (["sync", "ik:/a", "b", "--watch"], "--watch uploads changes"),
        (["sync", "a", "ik:/b", "--watch", "--dry-run"], "--watch uploads changes"),
        (["sync", "a", "ik:/b", "--watch"], "a is not a folder"),
        (["sync", "ik:/a", "b", "--tag", "x"], "--tag is for uploads"),
    ],
)
def test_usage(server, run, arguments, message):
    """Bad usage is refused with exit code 2, before anything is sent."""
    ran = run(*arguments)

    assert 2 == ran.code
    assert message in " ".join(ran.err.replace("│", " ").split())
    assert [] == server.requests


def test_sync_up(server, run, folder):
    """A sync uploads what is new or changed, deletes only on request, and prints each file."""
    put(folder, photos__a_txt="one", photos__sub__b_txt="two")
    first = run("sync", "photos", "ik:/site", "--tag", "t")
    second = run("sync", "photos", "ik:/site", "--json")
    put(folder, photos__a_txt="changed")
    (folder / "photos" / "sub" / "b.txt").unlink()

    third = run("sync", "photos", "ik:/site", "--delete", "--json")

    assert ["create  a.txt", "create  sub/b.txt"] == sorted(first.out.splitlines())
    assert (0, []) == (second.code, second.objects)
    assert [("replace", "a.txt"), ("delete", "sub/b.txt")] == [(one["action"], one["path"]) for one in third.objects]
    assert ["/site/a.txt"] == [
        line.split()[-1] for line in run("ls", "/site").out.splitlines() if "-" != line.split()[0]
    ]


def test_dry_run(server, run, folder):
    """A dry run shows the plan, for people or as JSON, and changes nothing."""
    put(folder, photos__a_txt="one", photos__empty_txt="")

    text = run("sync", "photos", "ik:/site", "--dry-run")
    data = run("sync", "photos", "ik:/site", "--dry-run", "--json", "--exclude", "empty.txt")

    assert 1 == text.code
    assert "create    a.txt: it is not in the remote folder" == text.out.splitlines()[0]
    assert [{"action": "create", "path": "a.txt", "size": 3}.items()] == [
        {name: one[name] for name in ("action", "path", "size")}.items() for one in data.objects
    ]
    assert "" == run("ls").out


@pytest.mark.parametrize("path", [r"C:\photos", "C:/photos", r".\ik", "ik"])
def test_windows_paths(server, run, path):
    """A path with a drive letter or backslashes is a local one."""
    assert "one of source and target must be remote" in run("sync", path, "copy").err
    assert (1, True) == ((ran := run("sync", path, "ik:/site")).code, "No such file or directory" in ran.err)


def test_conflicts(server, run, folder):
    """A conflict is printed with its reason, and the exit code is 1."""
    put(folder, photos__a_txt="one", photos__empty_txt="")

    ran = run("sync", "photos", "ik:/site")

    assert 1 == ran.code
    assert "empty.txt: conflict: " in ran.err
    assert "upload: 1 done, 1 conflict; 3 bytes" in ran.err


def test_failed_item(server, run, folder):
    """A file that ImageKit refuses is reported with the request id; deletions are not run."""
    put(folder, photos__a_txt="one", photos__b_txt="two")
    run("sync", "photos", "ik:/site")
    put(folder, photos__a_txt="changed")
    (folder / "photos" / "b.txt").unlink()
    server.faults.add("status", operation="files.upload", status=400)

    ran = run("sync", "photos", "ik:/site", "--delete", "--json")

    assert 1 == ran.code
    assert [("a.txt", "failed"), ("b.txt", "not run")] == [(one["path"], one["outcome"]) for one in ran.objects]


def test_sync_down(server, run, folder):
    """The other direction downloads; a state file can be named, and bytes compared."""
    put(folder, photos__a_txt="one", photos__b_jpg="two")
    run("sync", "photos", "ik:/site")

    ran = run(
        "sync", "ik:/site", "copy", "--include", "*.txt", "--verify", "--state", "state.db", "--overwrite-changed"
    )

    assert 0 == ran.code
    assert ["a.txt"] == [path.name for path in (folder / "copy").iterdir()]
    assert (folder / "state.db").exists()


def test_max_delete(server, run, folder):
    """More deletions than --max-delete are refused as a whole."""
    put(folder, photos__a_txt="one", photos__b_txt="two", photos__c_txt="three")
    run("sync", "photos", "ik:/site")
    for name in ("a.txt", "b.txt"):
        (folder / "photos" / name).unlink()

    ran = run("sync", "photos", "ik:/site", "--delete", "--max-delete", "1")

    assert 1 == ran.code
    assert 3 == len(run("ls", "/site").out.splitlines())


def test_download(server, run, folder):
    """A file is downloaded into a folder, to a new name or to standard output; a folder like a sync."""
    put(folder, photos__a_txt="one", photos__sub__b_txt="two")
    run("sync", "photos", "ik:/site")

    named = run("download", "ik:/site/a.txt", "new.txt")
    placed = run("download", "/site/sub/b.txt", "--json")
    whole = run("download", "ik:/site", "copy")
    root = run("download", "ik:/", "all")

    assert "new.txt" == named.out.strip()
    assert "one" == (folder / "new.txt").read_text()
    assert [{"path": "b.txt", "size": 3}.items() <= placed.objects[0].items()] == [True]
    assert "two" == (folder / "copy" / "sub" / "b.txt").read_text()
    assert "one" == (folder / "all" / "site" / "a.txt").read_text()
    assert {0} == {ran.code for ran in (named, placed, whole, root)}


def test_download_nothing(server, run):
    """A path that does not exist is an error with exit code 1."""
    ran = run("download", "ik:/site/a.txt")

    assert (1, "imagekit: no file or folder /site/a.txt\n") == (ran.code, ran.err)


def test_watch_in_process(server, run, folder, monkeypatch):
    """A watched folder is synced at once and after each change, but not when nothing has changed."""
    put(folder, photos__a_txt="one")

    async def awatch(path, *, watch_filter, **options):
        assert watch_filter(None, str(folder / "photos" / "b.txt"))
        assert not watch_filter(None, str(folder / "state.db-wal"))
        yield set()
        put(folder, photos__b_txt="two")
        yield set()
        yield {(1, "b.txt")}
        raise KeyboardInterrupt

    monkeypatch.setattr("watchfiles.awatch", awatch)

    ran = run("sync", "photos", "ik:/site", "--watch", "--state", "state.db")

    assert (130, ["create  a.txt", "create  b.txt"]) == (ran.code, ran.out.splitlines())
    assert 2 == ran.err.count("Watching photos; Ctrl-C ends it.")


def test_watch_that_ends(server, run, folder, monkeypatch):
    """A watcher that ends by itself ends the command."""
    put(folder, photos__a_txt="one")

    async def awatch(*_, watch_filter, **__):
        assert watch_filter(None, str(folder / "photos" / "b.txt"))
        yield set()

    monkeypatch.setattr("watchfiles.awatch", awatch)

    assert 0 == run("sync", "photos", "ik:/site", "--watch").code


def test_a_mistyped_remote_folder_is_an_error(server, run, folder):
    """A source that does not exist is named, and the exit code is not 0."""
    ran = run("sync", "ik:/typo", "copy")

    assert (1, "imagekit: there is no remote folder /typo\n") == (ran.code, ran.err)
    assert not (folder / "copy").exists()


def test_a_folder_does_not_fit_standard_output(server, run, folder):
    """`-` stands for standard output, never for a folder."""
    run("mkdir", "/site")
    ran = run("download", "ik:/site", "-")

    assert 2 == ran.code
    assert "only a file" in ran.err
    assert [] == list(folder.iterdir())


def test_a_file_is_downloaded_into_a_folder_that_exists(server, run, folder):
    """A target that ends with a slash is a folder, and a missing one is named."""
    run("mkdir", "/site")
    (folder / "a.txt").write_text("x")
    run("upload", "a.txt", "--overwrite")
    slash, below = run("download", "/a.txt", "none/"), run("download", "/a.txt", "none/b.txt")

    assert (1, "imagekit: there is no folder none\n") == (slash.code, slash.err)
    assert (1, "imagekit: there is no folder none\n") == (below.code, below.err)


def test_a_line_of_results_is_one_file(server, run, folder):
    """A name with a line break takes one line."""
    (folder / "site").mkdir()
    (folder / "site" / "a\nb.txt").write_text("x")
    (folder / "site" / "c\nd.txt").write_text("")
    ran = run("sync", "site", "ik:/site")

    assert "create  a\\nb.txt\n" == ran.out
    assert ran.err.startswith("c\\nd.txt: conflict")
