"""
The command: what it prints, and its exit status.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from openapi.drift.__main__ import main

BEFORE = """\
openapi: 3.1.0
paths:
  /a:
    get:
      description: Before.
      responses:
        '200':
          content:
            application/json:
              schema: {type: array, maxItems: 100}
"""
AFTER = BEFORE.replace("100", "200").replace("Before.", "After.")


class Quiet(SimpleHTTPRequestHandler):
    """
    Serves a folder without a log.
    """

    def log_message(self, format: str, *args: object) -> None:
        """
        Log nothing.
        """


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """
    Return a folder with two documents.
    """
    (tmp_path / "before.yaml").write_text(BEFORE, encoding="utf-8")
    (tmp_path / "after.yaml").write_text(AFTER, encoding="utf-8")
    return tmp_path


@pytest.fixture
def url(folder: Path) -> Iterator[str]:
    """
    Return the URL at which the folder is served.
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_one_line_for_each_difference(folder, capsys):
    """Each line has the kind, the place in the API, the fact, and line and pointer in both documents."""
    before, after = str(folder / "before.yaml"), str(folder / "after.yaml")
    at = "/paths/~1a/get/responses/200/content/application~1json/schema/maxItems"

    status = main([after, "--with", before])

    assert 1 == status
    assert [
        f"breaking  GET /a, response 200: maxItems 100 -> 200  [{before}:10#{at}] [{after}:10#{at}]",
        "wording   GET /a: description reworded  "
        f"[{before}:5#/paths/~1a/get/description] [{after}:5#/paths/~1a/get/description]",
        "2 differences: 1 breaking, 1 wording",
    ] == capsys.readouterr().out.splitlines()


def test_json_for_programs(folder, capsys):
    """The JSON report holds the same facts, with lines and pointers apart."""
    before, after = str(folder / "before.yaml"), str(folder / "after.yaml")

    main([after, "--with", before, "--format", "json", "--ignore", "wording"])

    report = json.loads(capsys.readouterr().out)
    assert {"breaking": 1, "addition": 0, "wording": 0} == report["counts"]
    [difference] = report["differences"]
    assert ("GET /a, response 200", "maxItems", 100, 200) == tuple(
        difference[key] for key in ("where", "fact", "before", "after")
    )
    assert 10 == difference["base"]["line"] == difference["document"]["line"]


def test_no_differences(folder, capsys):
    """The exit status is 0 if the documents agree."""
    before = str(folder / "before.yaml")

    assert 0 == main([before, "--with", before])
    assert "0 differences\n" == capsys.readouterr().out


def test_document_at_a_url(folder, url):
    """A document can be fetched."""
    assert 0 == main([f"{url}/after.yaml", "--with", str(folder / "after.yaml")])
    assert 1 == main([f"{url}/after.yaml", "--with", str(folder / "before.yaml")])


def test_json_document(folder, capsys):
    """A document may be JSON."""
    document = {"openapi": "3.0.3", "paths": {"/a": {"get": {"responses": {}}}}}
    (folder / "a.json").write_text(json.dumps(document, indent=2), encoding="utf-8")
    document["paths"]["/a"]["get"]["deprecated"] = True
    (folder / "b.json").write_text(json.dumps(document, indent=2), encoding="utf-8")

    assert 1 == main([str(folder / "b.json"), "--with", str(folder / "a.json")])
    assert "b.json:7#/paths/~1a/get/deprecated]" in capsys.readouterr().out


UNREADABLE = {
    "missing.yaml": (None, "cannot be read"),
    "broken.yaml": ("a: [", "cannot be read"),
    "empty.yaml": ("", "must be an OpenAPI 3.0 or 3.1 document"),
    "swagger.yaml": ("swagger: '2.0'", "must be an OpenAPI 3.0 or 3.1 document, got version None"),
    "nowhere.yaml": (
        AFTER.replace("{type: array, maxItems: 200}", "{$ref: '#/components/schemas/Lost'}"),
        "nowhere.yaml:10#/paths/~1a/get/responses/200/content/application~1json/schema refers to "
        "#/components/schemas/Lost, which does not exist",
    ),
    "elsewhere.yaml": (
        AFTER.replace("{type: array, maxItems: 200}", "{$ref: 'other.yaml#/a'}"),
        "refers to other.yaml#/a; bundle the document into one file first",
    ),
    "circle.yaml": (
        AFTER.replace("{type: array, maxItems: 200}", "{$ref: '#/components/schemas/A'}")
        + "components: {schemas: {A: {$ref: '#/components/schemas/A'}}}",
        "circle.yaml:11#/components/schemas/A refers to itself",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable_document(folder, capsys, name):
    """The exit status is 2, with the reason and the place, if a document cannot be compared."""
    text, message = UNREADABLE[name]
    if text is not None:
        (folder / name).write_text(text, encoding="utf-8")

    assert 2 == main([str(folder / name), "--with", str(folder / "before.yaml")])
    assert message in capsys.readouterr().err


def test_unreachable_url(folder, url, capsys):
    """The exit status is 2 if a document cannot be fetched."""
    assert 2 == main([f"{url}/none.yaml", "--with", str(folder / "before.yaml")])
    assert f"{url}/none.yaml cannot be read: Client error '404" in capsys.readouterr().err
