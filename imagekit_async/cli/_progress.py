"""
Shows how far a transfer is.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.progress import Progress as Display

if TYPE_CHECKING:
    from ..transfer import Progress
    from ._context import Context


@contextmanager
def shown_progress(context: Context, label: str, total: int | None = None) -> Generator[Callable[[Progress], None]]:
    """
    Show a bar with bytes, files, rate and time left while the block runs, if standard error is a terminal.

    Args:
        context: Of the command; `--quiet` shows none.
        label: What is done.
        total: Bytes in all, where the transfer does not know them; None if unknown.

    Yields:
        What to pass as `on_progress`.
    """
    console = Console(stderr=True)
    with Display(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[files]} files"),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=context.quiet or not console.is_terminal,
    ) as display:
        task = display.add_task(label, total=None, files="0")

        def show(progress: Progress) -> None:
            files = f"{progress.files_done}/{progress.files_total}"
            display.update(task, completed=progress.bytes_done, total=progress.bytes_total or total, files=files)

        yield show


def summary(verb: str, counts: Iterable[tuple[str, int]], size: int, seconds: float) -> str:
    """
    Return the line that ends a transfer.
    """
    files = ", ".join(f"{count} {outcome}" for outcome, count in counts) or "nothing to do"
    return f"{verb}: {files}; {decimal(size)} in {seconds:.1f} s"
