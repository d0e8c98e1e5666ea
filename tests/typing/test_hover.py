"""
What an editor shows: pyright's language server is asked as an editor asks it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
from imagekit_async import AsyncImageKit, ImageKit

AsyncImageKit().files.get
AsyncImageKit().with_response.files.get
ImageKit().files.get
ImageKit().with_response.files.get
ImageKit().assets.iterate
ImageKit().folders.job.wait
AsyncImageKit().files.upload
"""
DOCSTRINGS = {
    "get": "Get the details of a file.",
    "iterate": "Iterate over everything that `list` finds",
    "upload": "from a path, an open file",
    "wait": "Call `get` until the work is done",
}


class Editor:
    """
    Speaks the language server protocol.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._input: IO[bytes] = process.stdin
        self._output: IO[bytes] = process.stdout
        self._last = 0

    def notify(self, method: str, **params: Any) -> None:
        """
        Send what needs no response.
        """
        self._send({"method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Any:
        """
        Send a request and return its result.
        """
        self._last += 1
        self._send({"id": self._last, "method": method, "params": params})
        while True:
            message = self._read()
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": [{}]})
            elif message.get("id") == self._last:
                return message["result"]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._input.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._input.flush()

    def _read(self) -> dict[str, Any]:
        length = 0
        while line := self._output.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message: dict[str, Any] = json.loads(self._output.read(length))
        return message


@pytest.fixture
def editor() -> Iterator[Editor]:
    """
    An editor that has the project open.
    """
    command = [str(Path(sys.executable).with_name("pyright-langserver")), "--stdio"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        found = Editor(process)
        folders = [{"uri": ROOT.as_uri(), "name": "project"}]
        found.ask("initialize", processId=None, rootUri=ROOT.as_uri(), workspaceFolders=folders, capabilities={})
        found.notify("initialized")
        yield found
        process.kill()


def test_hover(editor: Editor) -> None:
    """Hovering over a call shows its parameters and docstring in every view."""
    uri = (ROOT / "tests" / "typing" / "program.py").as_uri()
    document = {"uri": uri, "languageId": "python", "version": 1, "text": PROGRAM}
    editor.notify("textDocument/didOpen", textDocument=document)
    for number, line in enumerate(PROGRAM.splitlines()):
        name = line.rpartition(".")[2]
        if name in DOCSTRINGS:
            position = {"line": number, "character": len(line) - 1}
            shown = editor.ask("textDocument/hover", textDocument={"uri": uri}, position=position)["contents"]["value"]

            assert f"def {name}(" in shown
            assert "max_retries: int | Unset = UNSET" in shown
            assert DOCSTRINGS[name] in shown.replace("\\", "")
