"""
Takes the figures and writes RESULTS.md: `python -m benchmarks.run` for all, with names such as `small` for some.

Figures that are not taken keep their values of the last run, in results.json.
"""

from __future__ import annotations

import inspect
import json
import os
import platform
import sys
from importlib import metadata
from pathlib import Path

import anyio
import attrs

from benchmarks import calls, decoding, growth, limits, scaling, sync, uploads, weight
from benchmarks.measure import Row

FOLDER = Path(__file__).parent
FIGURES = {
    "import": weight.importing,
    "construct": weight.constructing,
    "start": weight.starting,
    "lists": calls.lists,
    "decoding": decoding.decoding,
    "small": calls.small,
    "overhead": calls.overhead,
    "upload": uploads.uploading,
    "uploads": uploads.many,
    "files": uploads.small_files,
    "sync": sync.sync,
    "limited": limits.limited,
    "scaling": scaling.scaling,
    "growth": growth.growth,
}


def main() -> None:
    """
    Take the figures named on the command line, or all, and write the report.
    """
    stored = FOLDER / "results.json"
    results = json.loads(stored.read_text()) if stored.exists() else {}
    for name in sys.argv[1:] or FIGURES:
        take = FIGURES[name]
        rows = anyio.run(take) if inspect.iscoroutinefunction(take) else take()
        results[name] = [attrs.asdict(row) for row in rows]
        print(name, *rows, sep="\n  ", flush=True)
    stored.write_text(json.dumps(results, indent=1) + "\n")
    rows = [Row(**row) for name in FIGURES for row in results.get(name, [])]
    (FOLDER / "RESULTS.md").write_text(report(rows, (FOLDER / "notes.md").read_text()))


def report(rows: list[Row], notes: str) -> str:
    """
    Return the report in Markdown.
    """
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("imagekitio", "httpx", "aiohttp", "pydantic"))
    lines = [
        "# Beside the vendor's SDK",
        "",
        f"Written by `make bench`: CPython {platform.python_version()}, {os.cpu_count()} cores, {versions}.",
        "Both in one run, alternating, medians; the server is a process of its own that responds from memory.",
        "Times in ms and us are CPU time, rates are of wall-clock time.",
        "",
        "| figure | ours | theirs | ratio | bar | met |",
        "|---|---:|---:|---:|---|---|",
    ]
    for row in rows:
        met = "" if row.met is None else "yes" if row.met else "**no**"
        lines.append(f"| {row.figure} | {row.ours} | {row.theirs} | {row.ratio} | {row.bar} | {met} |")
    return "\n".join(
        [
            *lines,
            "",
            "![Cost against size](scaling.png)",
            "",
            "![Cost of an item](growth.png)",
            "",
            "![A long life](long_life.png)",
            "",
            notes,
        ]
    )


if __name__ == "__main__":
    main()
