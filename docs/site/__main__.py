"""
Usage: `python -m docs.site [--serve]`.

Writes the pages to `build/docs` and the site to `site`, or serves it and builds it anew whenever a page changes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from argparse import ArgumentParser
from pathlib import Path

from . import check
from .pages import Site, site
from .sources import DOCS, ROOT

STAGED = ROOT / "build" / "docs"
BUILT = ROOT / "site"
CONFIG = ROOT / "zensical.toml"
_ZENSICAL = (sys.executable, "-m", "zensical")
_CONFIG = ("--config-file", str(CONFIG))


def stage(content: Site, folder: Path = STAGED) -> None:
    """
    Write the pages and files that have changed, and remove those that are gone.
    """
    wanted = {**{path: text.encode() for path, text in content.pages.items()}, **content.files}
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in wanted:
            path.unlink()
    for name, data in wanted.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def build() -> int:
    """
    Build and check the site, and return the exit status.
    """
    content = site()
    stage(content)
    shutil.rmtree(BUILT, ignore_errors=True)
    done = subprocess.run([*_ZENSICAL, "build", "--clean", "--strict", *_CONFIG], check=False)
    if done.returncode:
        return done.returncode
    url = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["project"]["site_url"]
    problems = list(check.Site(BUILT, url).problems(content.names))
    print(*problems, f"{len(problems)} problems in the built site", sep="\n")
    return 1 if problems else 0


def serve() -> int:
    """
    Serve the site until interrupted, and return the exit status.
    """
    from watchfiles import watch

    stage(site())
    with subprocess.Popen([*_ZENSICAL, "serve", *_CONFIG]) as server:
        try:
            for _ in watch(DOCS, ROOT / "openapi", ROOT / "CHANGELOG.md"):
                stage(site())
        except KeyboardInterrupt:
            server.terminate()
    return 0


if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m docs.site", description="Build the documentation site.")
    parser.add_argument("--serve", action="store_true", help="serve it, and build it anew when a page changes")
    sys.exit(serve() if parser.parse_args().serve else build())
