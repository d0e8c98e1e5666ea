"""
The commands around the account and its addresses: purge, url, usage, serve, configure.
"""

from __future__ import annotations

import getpass
import sys
from datetime import date, timedelta
from typing import Annotated

from cyclopts import Parameter

from ._app import Flag, Injected
from ._context import CliError, remote_path
from ._profiles import save


async def purge(url: str, /, *, wait: Annotated[bool, Flag] = False, context: Injected) -> None:
    """
    Remove a delivery URL from the CDN cache.

    Args:
        url: Delivery URL of the account; its last character may be `*`.
        wait: Wait until it is removed.
    """
    async with context.client() as client:
        started = await client.cache.invalidation.create(url=url)
        context.interrupted = (
            f"Interrupted; the purge continues: imagekit api cache.invalidation.get {started.request_id}"
        )
        if wait:
            done = await client.cache.invalidation.wait(started.request_id)
            context.write(done, f"purged {url}")
        else:
            context.write(started, f"purging {url}: {started.request_id}")


def url(
    path: str,
    /,
    *,
    transformation: Annotated[list[str] | None, Parameter(alias="-t", negative="")] = None,
    sign: Annotated[bool, Flag] = False,
    expires: Annotated[int | None, Parameter(show_default=False)] = None,
    context: Injected,
) -> None:
    """
    Print the delivery URL of a file; nothing is sent.

    Args:
        path: Remote file, or a whole delivery URL.
        transformation: Options of one step, such as `w=400,h=300`; repeat it for more steps.
        sign: Sign the URL.
        expires: Seconds until the signature expires. Default: never.
    """
    from ..urls import build_url

    settings = context.settings()
    if "url_endpoint" not in settings:
        raise CliError("no URL endpoint: pass --url-endpoint, or set the environment variable IMAGEKIT_URL_ENDPOINT")
    address = build_url(
        src=path if "://" in path else remote_path(path),
        url_endpoint=settings["url_endpoint"],
        transformation=[{"raw": step.replace("=", "-")} for step in transformation or ()],
        signed=sign,
        expires_in=expires,
        private_key=settings.get("private_key"),
    )
    context.write({"url": address}, address)


async def usage(*, start: date | None = None, end: date | None = None, context: Injected) -> None:
    """
    Show bandwidth, storage and processing units used.

    Args:
        start: First day. Default: 30 days before the end.
        end: Day after the last one. Default: tomorrow.
    """
    end = end or date.today() + timedelta(days=1)
    start = start or end - timedelta(days=30)
    async with context.client() as client:
        report = await client.accounts.usage.get(start_date=start, end_date=end)
    lines = [f"{name.removesuffix('Bytes'):32}{value:>20,}" for name, value in report.to_dict().items()]
    context.write(report, "\n".join([f"{start} to {end}", *lines]))


def serve(*arguments: Annotated[str, Parameter(allow_leading_hyphen=True)]) -> None:
    """
    Serve a local ImageKit to test against, until Ctrl-C.

    Args:
        arguments: Options of `imagekit-local`; `imagekit serve -- --help` shows them.
    """
    try:
        from imagekit_local.__main__ import main
    except ModuleNotFoundError as error:
        raise CliError(f"{error}; pip install 'imagekit-async[testing]'") from error
    main(arguments)


def configure(*, context: Injected) -> None:
    """
    Store a private key and addresses as a profile, in a file that only you can read.
    """
    ask = getpass.getpass if sys.stdin.isatty() else _line
    values = {"private_key": ask("Private key (dashboard, Developer options): ").strip()}
    for name, question in (("public_key", "Public key"), ("url_endpoint", "URL endpoint")):
        values[name] = _line(f"{question} (may be empty): ")
    if not values["private_key"]:
        raise CliError("the private key must not be empty")
    if context.base_url:
        values["base_url"] = context.base_url
    path = save(context.profile or "default", {name: value for name, value in values.items() if value})
    context.note(f"Stored in {path}. Run `imagekit doctor` to check it.")


def _line(question: str) -> str:
    if sys.stdin.isatty():
        print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()
