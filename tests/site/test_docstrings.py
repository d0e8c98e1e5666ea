"""
The examples in the docstrings that the site shows.
"""

from __future__ import annotations

import ast
import doctest
import inspect
import re
import textwrap
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import mypy.api
import pytest

from docs.site import python_api
from imagekit_async import AsyncImageKit, transfer
from imagekit_async.testing import LocalImageKit

ROOT = Path(__file__).parents[2]


def docstrings() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """
    Yield path, docstring and module of the public names and of what they have.
    """
    for name in python_api.MODULES:
        module = import_module(name)
        yield name, inspect.getdoc(module) or "", vars(module)
        for exported in module.__all__:
            found = getattr(module, exported)
            members = vars(found).items() if inspect.isclass(found) else ()
            for path, part in [(exported, found), *((f"{exported}.{key}", member) for key, member in members)]:
                yield f"{name}.{path}", inspect.getdoc(part) or "", vars(module)


def test_interactive_sessions_print_what_they_show() -> None:
    """Every session in a docstring prints what it shows."""
    runner, parser = doctest.DocTestRunner(verbose=False), doctest.DocTestParser()
    tests = [
        parser.get_doctest(text, dict(names), path, None, 0) for path, text, names in docstrings() if ">>> " in text
    ]
    for test in tests:
        runner.run(test)

    assert 0 == runner.failures
    assert {"imagekit_async.urls.build_url", "imagekit_async.search"} <= {test.name for test in tests}


def blocks() -> list[str]:
    """
    Return the Python blocks of all docstrings.
    """
    texts = {text for _, text, _ in docstrings()}
    return [block for text in texts for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL)]


@pytest.mark.anyio
async def test_blocks_run() -> None:
    """Every block in a docstring runs with a client and items to upload."""
    (block,) = blocks()
    async with LocalImageKit() as server, AsyncImageKit(server.private_key, base_url=server.url) as client:
        names: dict[str, Any] = {**vars(transfer), "client": client}
        names["items"] = [transfer.UploadItem(b"text", "a.txt")]
        await eval(compile(block, "block", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), names)
        called = [request.operation for request in server.requests]

    assert ["files.upload"] == called


def test_blocks_are_typed(tmp_path: Path) -> None:
    """mypy finds nothing in the blocks of docstrings."""
    (block,) = blocks()
    program = tmp_path / "block.py"
    program.write_text(
        "from imagekit_async import AsyncImageKit\nfrom imagekit_async.transfer import UploadItem, upload_many\n\n\n"
        f"async def block(client: AsyncImageKit, items: list[UploadItem]) -> None:\n{textwrap.indent(block, '    ')}"
    )
    out, err, status = mypy.api.run(["--strict", f"--cache-dir={ROOT / '.mypy_cache' / 'site'}", str(program)])

    assert (0, "") == (status, err), out
