"""
The pages, and the blocks of code on them.

A fence with `title="NAME"` is a file that the reader saves: later blocks import it or run it. A comment
`<!-- not run: REASON -->` before a fence excludes the block, in view of everybody who edits the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"))
    if not {"adr", "reference"} & set(path.relative_to(ROOT).parts)
)
FENCE = re.compile(
    r"(?:^<!-- not run: (?P<reason>[^\n]+) -->\n\n)?"
    r"^```(?P<language>\w*)(?: title=\"(?P<title>[^\"\n]+)\")?\n(?P<code>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class Block:
    """
    A block of code: where it stands, what it is, and why it is not run, if so.
    """

    page: str
    number: int
    language: str
    title: str | None
    reason: str | None
    code: str

    @property
    def module(self) -> str:
        """
        Return the name of the module that it is, or would be.
        """
        if self.title is not None and self.language == "python":
            return self.title.removesuffix(".py")
        page = self.page.removesuffix(".md").removeprefix("docs/")
        return f"{re.sub('[^a-z]', '_', page.lower())}_{self.number}"

    @property
    def is_file(self) -> bool:
        """
        Return whether the reader saves it.
        """
        return self.title is not None and "." in self.title


def text_of(page: str) -> str:
    """
    Return the text of a page, named by its path in the repository.
    """
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str, language: str | None = None) -> list[Block]:
    """
    Return the blocks of a page, of all languages or of one.
    """
    found = [
        Block(page, number, match["language"], match["title"], match["reason"], match["code"])
        for number, match in enumerate(FENCE.finditer(text_of(page)))
    ]
    return [block for block in found if language in (None, block.language)]


def code(page: str, language: str = "python") -> list[str]:
    """
    Return the code of the blocks of a page in a language, without those that are not run.
    """
    return [block.code for block in blocks(page, language) if block.reason is None]
