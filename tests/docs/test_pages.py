"""
All pages: their blocks run and are typed, and their commands, links and lines are right.
"""

from __future__ import annotations

import ast
import doctest
import re
import textwrap
import tomllib
from collections import Counter
from pathlib import Path

import mypy.api
import pytest

from tests.docs.pages import FENCE, PAGES, ROOT, Block, blocks, code, text_of
from tests.docs.running import NOT_RUN, commands_of, reading

# Pages that other tests run, with more around them.
NAMES = "browser-uploads command-line django fastapi lambda taskiq upload-a-folder web-frameworks webhooks workers"
OTHERS = {"docs/tutorial.md", *(f"docs/how-to/{name}.md" for name in NAMES.split())}
# These libraries know asyncio only.
ASYNCIO = re.compile(r"aiohttp|asyncio|asgiref|redis")
LINK = re.compile(r"(?:\]\(|^\[[^\]]+\]: )([^)#\s]*)(#([^)\s]*))?", re.MULTILINE)
REPOSITORY = "https://github.com/imagekit-async/imagekit-async/blob/main/"


def is_awaiting(source: str) -> bool:
    """
    Return whether a block awaits outside of functions.
    """
    program = compile(source, "block", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    return bool(program.co_flags & 0x80)


def backends(page: str) -> tuple[str, ...]:
    """
    Return the event loops that a page works with.
    """
    both = any(map(is_awaiting, code(page))) and not ASYNCIO.search("".join(code(page)))
    return ("asyncio", "trio") if both else ("asyncio",)


@pytest.mark.parametrize(
    ("page", "backend"), [(page, backend) for page in PAGES if page not in OTHERS for backend in backends(page)]
)
def test_page_runs(tmp_path: Path, page: str, backend: str) -> None:
    """All blocks of a page run as they stand, in its order, and print what the page shows."""
    with reading(tmp_path, backend) as reader:
        reader.follow(page)


GUIDES = [page for page in PAGES if page not in ("README.md", "docs/index.md")]


@pytest.mark.parametrize("page", [page for page in GUIDES if any(map(is_awaiting, code(page)))])
def test_top_level_await_is_explained(page: str) -> None:
    """A page that awaits outside of functions says where that works."""
    assert "`python -m asyncio`" in text_of(page)


def program(block: Block) -> str:
    """
    Return a block as a module that a type checker reads.
    """
    if block.language == "pycon":
        # What raises is there to show the error, which may be one of types.
        examples = doctest.DocTestParser().get_examples(block.code)
        return "".join(example.source for example in examples if example.exc_msg is None)
    if is_awaiting(block.code):
        return f"async def main() -> None:\n{textwrap.indent(block.code, '    ')}"
    return block.code


CONFIGURATION = """
[mypy]
strict = True
explicit_package_bases = True
[mypy-celery.*]
ignore_missing_imports = True
[mypy-celery_tasks]
disallow_untyped_calls = False
disallow_untyped_decorators = False
"""


def test_blocks_are_typed(tmp_path: Path) -> None:
    """All Python blocks can be copied into a program that mypy checks strictly."""
    for page in PAGES:
        sessions = "\n".join(program(block) for block in blocks(page, "pycon"))
        modules = [(f"{block.module}.py", program(block)) for block in blocks(page, "python") if not block.reason]
        for name, source in [*modules, (f"session_{PAGES.index(page)}.py", sessions)]:
            assert not (tmp_path / name).exists(), name
            (tmp_path / name).write_text(source)
    (tmp_path / "mypy.ini").write_text(CONFIGURATION)
    options = [f"--config-file={tmp_path / 'mypy.ini'}", f"--cache-dir={ROOT / '.mypy_cache' / 'docs'}"]
    out, err, status = mypy.api.run([*options, *map(str, tmp_path.glob("*.py"))])

    assert (0, "") == (status, err), out


def test_every_block_is_run_or_has_a_reason() -> None:
    """Each block is code that runs, data or output; those that do not run are known, and each states its reason."""
    found = [block for page in PAGES for block in blocks(page)]
    unrun = [(block.page, block.reason) for block in found if block.reason is not None]

    assert {"console", "javascript", "pycon", "python", "text", "yaml"} >= {block.language for block in found}
    assert [] == unrun
    assert len(found) == sum(text_of(page).count("\n```") for page in PAGES) / 2


def test_extras_and_targets_exist() -> None:
    """Commands that install and build are not run, but they name extras and targets that exist."""
    commands = [
        line[2:]
        for page in PAGES
        for block in blocks(page, "console")
        for line in block.code.splitlines()
        if line.startswith("$ ") and NOT_RUN.match(line[2:])
    ]
    extras = {extra for command in commands for found in re.findall(r"\[(.+)\]", command) for extra in found.split(",")}
    targets = {command.split()[1] for command in commands if command.startswith("make ")}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert extras <= project["optional-dependencies"].keys()
    assert targets <= set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert len(commands) > len(extras) + len(targets)


def anchors(path: Path) -> set[str]:
    """
    Return the fragments of a page that links may name.
    """
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    """Links between pages and into the repository lead to files and headings that exist."""
    dead = []
    for target, _, fragment in LINK.findall(FENCE.sub("", text_of(page))):
        inside = target.removeprefix(REPOSITORY)
        path = ROOT / inside if inside != target else ((ROOT / page).parent / target if target else ROOT / page)
        # Pages of the reference are made when the site is built, which checks the links to them.
        is_made = "/reference/" in f"/{inside}"
        if "://" not in inside and not is_made and (not path.exists() or (fragment and fragment not in anchors(path))):
            dead.append(f"{target}#{fragment}")

    assert [] == dead


def test_links_of_the_readme_are_absolute() -> None:
    """PyPI shows the README without the repository, so its links are whole URLs."""
    assert [] == [target for target, *_ in LINK.findall(text_of("README.md")) if not target.startswith("https://")]


@pytest.mark.parametrize("page", PAGES)
def test_lines_are_short(page: str) -> None:
    """No line of prose or code is longer than 120 columns; rows of tables may be."""
    assert [] == [line for line in text_of(page).splitlines() if len(line) > 120 and not line.startswith("|")]


def test_decisions_are_listed() -> None:
    """The page on decisions links to every record that is not replaced by another one."""
    records = [path for path in (ROOT / "docs" / "adr").glob("*.md") if "\nReplaced by " not in path.read_text()]
    page = text_of("docs/explanation/decisions.md")

    assert [] == [path.name for path in records if f"(../adr/{path.name})" not in page]


def test_tables_render() -> None:
    """Every row of a table has as many cells as its head."""
    broken = [
        f"{page}: {table.splitlines()[0]}"
        for page in PAGES
        for table in re.findall(r"(?:^\|.*\n)+", text_of(page), re.MULTILINE)
        if len(Counter(len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines())) > 1
    ]

    assert [] == broken


def test_no_page_counts_what_the_document_counts() -> None:
    """No page counts operations or webhooks, because a new document would make the count wrong."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "local").glob("*.md"), *(ROOT / "local/docs").glob("*.md")]
    texts = [path.read_text(encoding="utf-8") for path in pages if path.name != "CHANGELOG.md"]

    assert [] == re.findall(r"\d+ (?:operations|webhooks)\b", "\n".join([*texts, *map(text_of, PAGES)]))


def test_output_is_compared() -> None:
    """A block of commands is split into what is run and what it prints."""
    source = "$ pip install x\nnoise\n$ echo a \\\n> b\n..."

    assert ("echo a \\\nb", "...") == commands_of(Block("page.md", 0, "console", None, None, source))
