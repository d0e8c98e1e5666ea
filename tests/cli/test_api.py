"""
`imagekit api`: every operation, from its signature and docstring.
"""

from __future__ import annotations

import inspect
import io
import json
import sys
from pathlib import Path

import pytest

from imagekit_async import AsyncImageKit
from imagekit_async._generated.api.root.resource import Resources
from imagekit_async.cli._api import app, operations

TREE = json.loads((Path(__file__).parents[1] / "data" / "resource-tree.json").read_text(encoding="utf-8"))
FOUND = dict(operations(Resources(None)))


def test_every_operation_is_a_command(run):
    """Each operation of the resource tree has a command, and `imagekit api` lists it with its summary."""
    commands = {name for name in app if not name.startswith("-")}

    assert FOUND.keys() == commands
    assert {one["call"] for one in TREE} <= commands
    assert 58 <= len(commands)
    assert "List the versions of a file." in run("api", "--help").out


@pytest.mark.parametrize("name", FOUND)
def test_every_command_has_the_parameters(run, name):
    """The help of a command shows every argument of the method but callbacks, and what the docstring says of it."""
    shown = run("api", name, "--help")

    assert 0 == shown.code
    for parameter in list(inspect.signature(FOUND[name]).parameters.values())[1:]:
        if parameter.name in ("progress", "on_progress"):
            assert f"--{parameter.name.replace('_', '-')}" not in shown.out
        elif parameter.kind is parameter.KEYWORD_ONLY:
            assert f"--{parameter.name.replace('_', '-')}" in shown.out
        else:
            assert parameter.name.upper() in shown.out


def test_structures_are_json(server, run, folder):
    """Nested arguments are JSON, lists are repeated, files are paths, null and empty are flags."""
    (folder / "a.txt").write_text("one")
    schema = '{"type": "Text"}'
    created = run("api", "custom_metadata_fields.create", "--name", "brand", "--label", "Brand", "--schema", schema)
    uploaded = run(
        *("api", "files.upload", "--file", "a.txt", "--file-name", "a.txt", "--no-use-unique-file-name"),
        *("--tags", "x", "--tags", "y", "--custom-metadata", '{"brand": "b"}', "--json"),
    )
    file_id = uploaded.objects[0]["fileId"]
    [file] = run("api", "files.get", file_id, "--json").objects
    changed = run("api", "files.update", file_id, "--null-tags", "--description=-text")

    assert "Brand" == json.loads(created.out)["label"]
    assert (["x", "y"], {"brand": "b"}) == (file["tags"], file["customMetadata"])
    assert "/a.txt" == file["filePath"]
    assert (None, "-text") == (json.loads(changed.out)["tags"], json.loads(changed.out)["description"])


def test_positional_and_keyword(server, run, folder):
    """Path parameters are positional where the method's are; an operation without a result prints nothing."""
    (folder / "a.txt").write_text("one")
    for _ in range(2):
        file = run("upload", "a.txt", "--overwrite", "--json").objects[0]
    versions = run("api", "files.versions.list", file["fileId"], "--json").objects
    old = next(one for one in versions if one["type"] == "file-version")

    got = run("api", "files.versions.get", old["versionInfo"]["id"], "--file-id", file["fileId"])
    deleted = run("api", "files.delete", file["fileId"])

    assert 2 == len(versions)
    assert old["versionInfo"] == json.loads(got.out)["versionInfo"]
    assert (0, "") == (deleted.code, deleted.out)


def test_lists_are_streamed(server, run, folder):
    """A list reads page after page, unless the caller asks for one."""
    for number in range(5):
        (folder / f"{number}.txt").write_text("text")
    run("upload", *(f"{number}.txt" for number in range(5)))

    assert 5 == len(run("api", "assets.list", "--json").objects)
    assert 5 == len(run("api", "assets.iterate", "--page-size", "2", "--json").objects)
    assert 2 == len(run("api", "assets.list", "--limit", "2", "--json").objects)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["files.get"], "requires an argument"),
        (["files.nothing"], "Unknown command"),
        (["assets.list", "--sort", "UP"], "Invalid value"),
        (["files.update", "id", "--publish", "{"], "not JSON"),
        (["files.update", "id", "--unknown", "1"], "Unknown option"),
    ],
)
def test_usage(server, run, arguments, message):
    """Bad usage is refused with exit code 2, before anything is sent."""
    ran = run("api", *arguments)

    assert 2 == ran.code
    assert message in " ".join(ran.err.replace("│", " ").split())
    assert [] == server.requests


def test_the_name_of_a_common_option(server, run):
    """An argument of an operation comes before the common option of the same name."""
    keywords = ("--type", "WEB_FOLDER", "--name", "web", "--base-url", "https://example.com", "--json")

    assert "https://example.com" == run("api", "accounts.origins.create", *keywords).objects[0]["baseUrl"]


def test_sources(server, run, monkeypatch):
    """A file can be standard input, or text that ImageKit reads itself: a URL or a data URI."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"piped")))
    piped = run("api", "files.upload", "--file", "-", "--file-name", "b.txt", "--json")
    ran = run("api", "files.upload", "--file", "data:text/plain;base64,b25l", "--file-name", "a.txt", "--json")

    assert (5, 3) == (piped.objects[0]["size"], ran.objects[0]["size"])


def test_tree_of_client():
    """The tree that the commands are made from is the client's."""
    assert issubclass(AsyncImageKit, Resources)
