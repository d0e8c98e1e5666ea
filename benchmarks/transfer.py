"""
Measures `imagekit_async.transfer` and writes TRANSFER.md: `python -m benchmarks.transfer [ROW ...]`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import anyio
import httpx

from benchmarks.measure import Row, fresh
from benchmarks.payloads import asset
from benchmarks.server import running
from benchmarks.transfer_contestants import CONCURRENCY, KEY, observed
from imagekit_async import AsyncImageKit
from imagekit_async.testing import LocalImageKit
from imagekit_async.transfer import plan_upload

REPORT = Path(__file__).parent / "TRANSFER.md"
FILE_BYTES, ROUNDS, MEMORY_SECONDS, DELAY_SECONDS = 4_000, 2, 3600, 0.05
RESUMED_SHARE, KNOWN_SHARE, LAZY_SHARE = 0.2, 10, 100
MAIN = "import sys; from benchmarks.transfer_contestants import contest; contest(*sys.argv[1:])"
REPORT_HEAD = """\
# Transfers

Written by `make bench-transfer`.

| figure | bar | measured | met | server |
|---|---|---|---|---|
"""
REPORT_FOOT = """
`ours` is `upload_many` over HTTPX, and `ours_aiohttp` the same over `AiohttpTransport`.
`theirs` is the vendor's client with `asyncio.gather` and a semaphore, and `bare_aiohttp` a loop that checks nothing.
Each figure is the median of alternating runs, each in an interpreter of its own.
Rates are of wall-clock time and fall with the load of the machine; CPU time depends on it less.
The list calls include the one for the empty page that ends a list of full pages.
Imports, the listing of the folder and the construction of the client are not part of a run.
The lag while nothing changes is that of a page of 1,000 files, which is decoded in one go, and of the garbage
collector, which then walks what the program has imported and that page.
Debian's rclone 1.60 has no ImageKit backend.
`rclone copy` uploads to the same server through its S3 backend instead, without listing or checking the target.
It is a compiled program that uses all cores, and CPython uses one.
On that one core, `bare_aiohttp` spends about as much CPU time on a file as rclone does on all, and checks nothing.
When each response takes as long as over a network, both wait for most of the time.
`ours_aiohttp` also reads the file in a worker thread, encodes and checks the form and decodes the response.
"""
RCLONE_OPTIONS = f"""
--config= --transfers={CONCURRENCY} --no-check-dest --retries=1 --s3-provider=Other --s3-no-head --s3-no-check-bucket
--s3-access-key-id=key --s3-secret-access-key=secret
""".split()
MEMORY_SERVER = "server that responds from memory, a process of its own"


def make_files(folder: Path, count: int) -> Path:
    """
    Write so many files.
    """
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:06d}.jpg").write_bytes(number.to_bytes(4, "big") * (FILE_BYTES // 4))
    return folder


def uploads(files: int) -> Iterator[Row]:
    """
    Compare the rates of uploads, and take the lag of the event loop.
    """
    names = ("ours", "theirs", "ours_aiohttp", "bare_aiohttp")
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as temporary, running() as url:
        folder = make_files(Path(temporary) / "files", files)
        for name in names * ROUNDS:
            runs[name].append(fresh(MAIN, name, url, str(folder)))
    median = {
        name: {key: statistics.median(run[key] for run in taken) for key in taken[0]} for name, taken in runs.items()
    }
    for one, other, bar in (("ours", "theirs", 2.5), ("ours_aiohttp", "bare_aiohttp", 0.35)):
        wall, cpu = (median[other][key] / median[one][key] for key in ("wall", "cpu"))
        measured = f"{files / median[one]['wall']:,.0f}/s to {files / median[other]['wall']:,.0f}/s: {wall:.2f}x"
        measured += f"; {cpu:.2f}x by CPU time"
        figure = f"{files:,} files of 4 kB, concurrency {CONCURRENCY}, `{one}` to `{other}`"
        yield Row(figure, measured, MEMORY_SERVER, bar=f"at least {bar}x", met=wall >= bar)
    lag, lag_cpu = median["ours"]["lag"], median["ours"]["lag_cpu"]
    measured = f"{lag:.0f} ms, of it {lag_cpu:.0f} ms CPU time"
    yield Row("longest event-loop lag meanwhile", measured, MEMORY_SERVER, bar="at most 50 ms", met=lag <= 50)


def memory(files: int) -> Iterator[Row]:
    """
    Compare the peak memory of few and of many items.
    """
    few, many = (
        fresh(MAIN, "lazy", str(count), timeout_seconds=MEMORY_SECONDS)["peak"] for count in (files, files * LAZY_SHARE)
    )
    figure = f"peak memory for {files:,} and for {files * LAZY_SHARE:,} lazy items"
    bar = "the same within 20 MB"
    yield Row(figure, f"{few:.1f} MB and {many:.1f} MB", "transport in the process", bar=bar, met=abs(many - few) <= 20)


def unchanged(files: int) -> Iterator[Row]:
    """
    Take the time of a sync that changes nothing, with every file in the state file.
    """
    total, calls = files * KNOWN_SHARE, list[int]()
    pages: dict[int, str] = {}

    async def respond(request: httpx.Request) -> httpx.Response:
        skip, limit = (int(request.url.params[name]) for name in ("skip", "limit"))
        calls.append(skip)
        if skip not in pages:
            numbers = range(skip, min(skip + limit, total))
            pages[skip] = json.dumps([{**asset(n), "filePath": f"/site/{known_path(n)}", "size": 1} for n in numbers])
        return httpx.Response(200, content=pages[skip], headers={"Content-Type": "application/json"})

    async def sync(root: Path) -> None:
        async with AsyncImageKit(KEY, transport=httpx.MockTransport(respond)) as client:
            plan = await plan_upload(client, root, "/site", state=root.parent / "state.sqlite")
            report = await plan.run(client)
        if {"skip": total} != plan.counts() or not report.ok:
            raise RuntimeError(str(plan.counts()))

    with tempfile.TemporaryDirectory() as temporary:
        for number in range(total):
            path = Path(temporary, "files", known_path(number))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x")
        root = Path(temporary, "files")
        # The first run fills the state file, and the pages.
        anyio.run(sync, root)
        calls.clear()
        taken = anyio.run(observed, lambda: sync(root))
    measured = f"{taken['wall']:.1f} s, of it {taken['cpu']:.1f} s CPU; {len(calls)} list calls"
    measured += f"; longest lag {taken['lag']:.0f} ms, of it {taken['lag_cpu']:.0f} ms CPU time"
    bar = "under 10 s of CPU time, no more list calls than pages"
    met = taken["cpu"] < 10 and len(calls) <= len(pages)
    yield Row(f"nothing changed, {total:,} known files", measured, "transport in the process", bar=bar, met=met)


def known_path(number: int) -> str:
    """
    Return the path of a file that the state file knows.
    """
    return f"{number // 1000:03d}/{number:06d}.jpg"


def resumed(files: int) -> Iterator[Row]:
    """
    Kill a sync at half, and count what the next one sends again.
    """
    count = max(int(files * RESUMED_SHARE), CONCURRENCY)
    with tempfile.TemporaryDirectory() as temporary, LocalImageKit() as server:
        folder = make_files(Path(temporary) / "files", count)
        arguments = ["resumable", server.url, str(folder), f"{temporary}/state.sqlite", str(count // 2)]
        command = [sys.executable, "-c", MAIN, *arguments]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            line = process.stdout.readline() if process.stdout else ""
            process.send_signal(signal.SIGKILL)
        if line != "half\n":
            raise RuntimeError(f"the run ended before half: {line!r}")
        fresh(MAIN, *arguments)
        sent = sum(request.operation == "files.upload" for request in server.requests)
    figure = f"{count:,} files resumed after `kill -9` at half"
    bar = "at most one file a worker sent again"
    yield Row(figure, f"{sent - count} sent again", "local ImageKit", bar=bar, met=sent - count <= CONCURRENCY)


def rclone(files: int) -> Iterator[Row]:
    """
    Compare the wall time with that of `rclone copy` to its S3 backend, at once and as over a network.
    """
    bar = "no worse"
    for delay in (0, DELAY_SECONDS):
        figure = f"{files:,} files of 4 kB beside `rclone copy` (S3 backend)"
        if delay:
            figure += f", responses after {delay * 1000:.0f} ms"
        if shutil.which("rclone") is None:
            yield Row(figure, "rclone is not installed", bar=bar)
            continue
        taken = rclone_runs(files, delay)
        wall, cpu = (
            {name: statistics.median(run[key] for run in runs) for name, runs in taken.items()} for key in (0, 1)
        )
        measured = ", ".join(
            f"{wall[name]:.1f} s and {cpu[name]:.2f} ms of CPU time a file by `{name}`" for name in taken
        )
        yield Row(figure, measured, MEMORY_SERVER, bar=bar, met=wall["ours_aiohttp"] <= wall["rclone"])


def rclone_runs(files: int, delay: float) -> dict[str, list[tuple[float, float]]]:
    """
    Return seconds and milliseconds of CPU time a file of each run, start of the program included.
    """
    # It cannot use a bundle of certificates that the environment names, and needs none.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    taken: dict[str, list[tuple[float, float]]] = {"ours_aiohttp": [], "rclone": [], "bare_aiohttp": []}
    with tempfile.TemporaryDirectory() as temporary, running(delay_seconds=delay) as url:
        folder = make_files(Path(temporary) / "files", files)
        command = ["rclone", "copy", str(folder), ":s3:bucket", f"--s3-endpoint={url}", *RCLONE_OPTIONS]
        for name in tuple(taken) * ROUNDS:
            start, start_cpu = perf_counter(), children_cpu()
            if name == "rclone":
                subprocess.run(command, env=environment, check=True, capture_output=True, timeout=600)
            else:
                fresh(MAIN, name, url, str(folder))
            taken[name].append((perf_counter() - start, (children_cpu() - start_cpu) / files * 1000))
    return taken


def children_cpu() -> float:
    """
    Return the seconds of CPU time of the processes that have ended.
    """
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


ROWS = {function.__name__: function for function in (uploads, memory, unchanged, resumed, rclone)}


def main() -> None:
    """
    Take the rows that are named, or all, which writes the report.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(ROWS))
    parser.add_argument("--files", type=int, default=10_000, help="files to upload; other rows follow from it")
    parser.add_argument("--report", type=Path, help="file to write; TRANSFER.md by default if all rows are taken")
    options = parser.parse_args()
    lines = REPORT_HEAD.splitlines()
    for name in options.rows or ROWS:
        for row in ROWS[name](options.files):
            met = "not measured" if row.met is None else "yes" if row.met else "**no**"
            lines.append(f"| {row.figure} | {row.bar} | {row.ours} | {met} | {row.theirs} |")
            print(lines[-1], flush=True)
    loads = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    lines += ["", f"CPython {platform.python_version()}, {os.cpu_count()} cores; load of the machine {loads}."]
    if report := options.report or (None if options.rows else REPORT):
        report.write_text("\n".join([*lines, REPORT_FOOT]))


if __name__ == "__main__":
    main()
