"""
The pages of the operations, whose examples run.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import mypy.api
import pytest
from PIL import Image
from ruamel.yaml import YAML

from docs.site import operations, python_api
from docs.site.examples import Example
from docs.site.pages import Site, document, operation_pages
from imagekit_async import AsyncImageKit
from imagekit_async._model import Model
from imagekit_async.testing import LocalImageKit
from openapi.generator.generation import DOCUMENT

ROOT = Path(__file__).parents[2]


def python_blocks(content: Site) -> list[str]:
    """
    Return the Python blocks of all pages of operations.
    """
    pages = [text for path, text in content.pages.items() if path.startswith(operations.FOLDER)]
    return [block for page in pages for block in re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)]


def found(value: Any, path: list[str | int]) -> Any:
    """
    Return a part of a result by its path in the JSON of the response.
    """
    for step in path:
        value = value.to_dict() if isinstance(value, Model) else value
        value = value[step]
    return value


@pytest.mark.anyio
async def test_examples_run(content: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All examples succeed, one after another, and every operation has one."""
    monkeypatch.chdir(tmp_path)
    Image.new("RGB", (8, 8), "navy").save("coat.png")
    async with (
        LocalImageKit(job_delay_seconds=0, rate_limit="off") as server,
        AsyncImageKit(server.private_key, base_url=server.url) as client,
    ):
        variables: dict[str, Any] = {"client": client}
        for example in content.examples:
            program = compile(example.code, example.name, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
            await eval(program, variables)
            for name, path in example.saves.items():
                variables[name] = found(variables[str(example.result)], [*path])
        called = {request.operation for request in server.requests}

    assert {call.id for call in document().calls()} == called


def test_blocks_are_the_examples(content: Site) -> None:
    """The pages show no other Python than the examples that run."""
    blocks = python_blocks(content)

    assert len({example.name for example in content.examples}) == len(blocks)
    assert {example.code for example in content.examples} >= set(blocks)


def typed(example: Example, variables: Mapping[str, str]) -> str:
    """
    Return an example as a function with its variables as arguments.
    """
    given = "".join(f", {name}: {annotation}" for name, annotation in variables.items())
    name = example.name.replace(".", "_")
    return f"async def {name}(client: AsyncImageKit{given}) -> None:\n{textwrap.indent(example.code, '    ')}"


def test_examples_are_typed(content: Site, tmp_path: Path) -> None:
    """mypy finds nothing in the examples."""
    variables = {name: "str" for example in content.examples for name in example.saves}
    shown = {example.name: example for example in reversed(content.examples)}
    functions = "\n\n".join(typed(example, variables) for example in shown.values())
    program = tmp_path / "examples.py"
    program.write_text(f"from imagekit_async import AsyncImageKit\n\n\n{functions}", encoding="utf-8")
    options = ["--strict", f"--cache-dir={ROOT / '.mypy_cache' / 'site'}"]
    out, err, status = mypy.api.run([*options, str(program)])

    assert (0, "") == (status, err), out


def test_every_part_of_an_operation_is_shown(content: Site) -> None:
    """Each operation has its request, retry class, rate limit, arguments, result and errors on its page."""
    for call in document().calls():
        page = content.pages[operations.page_name(call.resource)]
        text = page.partition(f"{{ #{call.id} }}")[2].partition("\n## ")[0]
        named = re.findall(r"^`(\w+)` <code>", text, re.MULTILINE)

        assert f"`{call.endpoint.method.upper()} {call.server}{call.path}`" in text, call.id
        assert operations.repeatability(call).name.lower() in text, call.id
        assert "rate limit" in text, call.id
        assert [argument.name for argument in call.arguments] == named, call.id
        assert "**Returns**" in text, call.id
        assert all(f"[`{error}`]" in text for error in call.raises), call.id


def test_limits_are_shown(content: Site) -> None:
    """An argument's limits and default are on the page."""
    text = re.sub(r"\s+", " ", content.pages["reference/resources/assets.md"])

    assert "Maximum number of items in the page. At least 1, at most 1000, default 1000." in text


def test_new_operation_appears(tmp_path: Path) -> None:
    """An operation that is added to the document gets a page with an example, and a row in the list of all."""
    yaml = YAML(typ="safe")
    added = yaml.load(DOCUMENT)
    added["paths"]["/v1/stickers/{stickerId}"] = {
        "get": {
            "operationId": "stickers.get",
            "tags": ["stickers"],
            "summary": "Get a sticker",
            "x-paced": True,
            "parameters": [
                {
                    "name": "stickerId",
                    "in": "path",
                    "required": True,
                    "description": "Id of the sticker.",
                    "schema": {"type": "string"},
                    "example": "s1",
                }
            ],
            "responses": {"204": {"description": "There is one."}},
        }
    }
    added["tags"].append({"name": "stickers", "description": "Stick."})
    path = tmp_path / "document.yaml"
    yaml.dump(added, path)
    pages = operation_pages(document(path), {"explanation/retries.md": "# Retries"}, python_api.Code()).pages

    assert "await client.stickers.get('s1')" in pages["reference/resources/stickers.md"].replace('"', "'")
    assert "`GET /v1/stickers/{stickerId}`" in pages["reference/resources/index.md"]
