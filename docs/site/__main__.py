"""
Usage: `python -m docs.site [--serve | --publish VERSION [--latest]]`.

Writes the pages to `build/docs` and the site to `site`, or serves it and rebuilds it whenever a page changes, or
commits it to the branch `gh-pages` as a version.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
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


def build(config: Path = CONFIG) -> int:
    """
    Build and check the site, and return the exit status.
    """
    content = site()
    stage(content)
    shutil.rmtree(BUILT, ignore_errors=True)
    command = [*_ZENSICAL, "build", "--clean", "--strict", "--config-file", str(config)]
    done = subprocess.run(command, check=False)
    if done.returncode:
        return done.returncode
    url = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["project"]["site_url"]
    problems = list(check.Site(BUILT, url).problems(content.names))
    print(*problems, f"{len(problems)} problems in the built site", sep="\n")
    return 1 if problems else 0


def publish(version: str, *, latest: bool) -> int:
    """
    Build the site with a list of versions to choose from, commit it to the branch `gh-pages`, and return the status.

    Args:
        version: Name of the version, which is the folder that it is published in.
        latest: Whether the version is the one that readers get who ask for none.
    """
    from mike import commands

    text = CONFIG.read_text(encoding="utf-8")
    versioned = text.replace("[project.extra]\n", '[project.extra]\nversion = { provider = "mike" }\n')
    # A page of a folder could not read the list of versions, so other builds have none.
    with tempfile.NamedTemporaryFile("w", dir=ROOT, prefix=".zensical-", suffix=".toml", encoding="utf-8") as config:
        config.write(versioned)
        config.flush()
        os.environ["MIKE_DOCS_VERSION"] = version
        status = build(Path(config.name))
    if status:
        return status
    aliases = ["latest"] if latest else []
    settings = {"site_dir": str(BUILT), "use_directory_urls": False}
    message = f"Publish the documentation of {version}"
    with commands.deploy(settings, version, aliases=aliases, update_aliases=True, message=message, allow_empty=True):
        pass
    if latest:
        commands.set_default("latest", message="Show the latest version first", allow_empty=True)
    return 0


def serve() -> int:
    """
    Serve the site until interrupted, and return the exit status.
    """
    from watchfiles import watch

    stage(site())
    with subprocess.Popen([*_ZENSICAL, "serve", "--config-file", str(CONFIG)]) as server:
        try:
            for _ in watch(DOCS, ROOT / "openapi", ROOT / "CHANGELOG.md"):
                stage(site())
        except KeyboardInterrupt:
            server.terminate()
    return 0


def main() -> int:
    """
    Do what the command line asks for, and return the exit status.
    """
    parser = ArgumentParser(prog="python -m docs.site", description="Build the documentation site.")
    parser.add_argument("--serve", action="store_true", help="serve it, and rebuild it when a page changes")
    parser.add_argument("--publish", metavar="VERSION", help="commit it to the branch gh-pages as a version")
    parser.add_argument("--latest", action="store_true", help="make the version the one that readers get first")
    given = parser.parse_args()
    if given.publish:
        return publish(given.publish, latest=given.latest)
    return serve() if given.serve else build()


if __name__ == "__main__":
    sys.exit(main())
