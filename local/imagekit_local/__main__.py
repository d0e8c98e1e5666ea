"""
Command line of the local ImageKit: serve until interrupted.

Standard output gets the URL, on one line, once the server accepts requests. Nothing else is written to it.
"""

from __future__ import annotations

import argparse
import signal
import socket
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from imagekit_local import LocalImageKit, StoreError
from imagekit_local._server import DEFAULT_HOST, DEFAULT_PRIVATE_KEY, DEFAULT_PUBLIC_KEY

# Options that may be repeated, with the arguments of LocalImageKit that they add to.
_LISTS = (
    ("--allowed-host", "allowed_hosts", "NAME", "host name to serve beside loopback and the address listened on"),
    ("--allowed-origin", "allowed_origins", "ORIGIN", "web origin to serve beside those on loopback"),
    ("--reachable", "reachable", "HOST:PORT", "address that uploads by URL, webhooks and callbacks may lead to"),
)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port")
    return int(text)


def parser() -> argparse.ArgumentParser:
    """
    Return the parser of the command line, whose options are arguments of `LocalImageKit`.
    """
    parser = argparse.ArgumentParser(
        prog="imagekit-local",
        description="Serve a local ImageKit until interrupted. Prints its URL when it is ready.",
    )
    parser.add_argument("--host", default=DEFAULT_HOST, help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=0, help="port to listen on; any free one by default")
    for option, key in (("--private-key", DEFAULT_PRIVATE_KEY), ("--public-key", DEFAULT_PUBLIC_KEY)):
        parser.add_argument(option, default=key, metavar="KEY", help="key of the account (default: %(default)s)")
    parser.add_argument(
        "--rate-limit",
        default="realistic",
        metavar="LIMIT",
        help="off, realistic, or requests/seconds per endpoint, e.g. 20/1,300/60 (default: %(default)s)",
    )
    for option, name, metavar, text in _LISTS:
        parser.add_argument(option, dest=name, action="append", default=[], metavar=metavar, help=text)
    parser.add_argument(
        "--document",
        type=Path,
        metavar="FILE",
        help="OpenAPI document to serve, YAML or JSON; the packaged one by default",
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="directory to keep everything in; memory by default")
    return parser


@contextmanager
def _signals() -> Generator[socket.socket]:
    # A signal handler that runs just before the main thread blocks does not end the wait. A byte in a socket does.
    receiver, sender = socket.socketpair()
    with receiver, sender:
        sender.setblocking(False)
        signal.set_wakeup_fd(sender.fileno())
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda _number, _frame: None)
        try:
            yield receiver
        finally:
            signal.set_wakeup_fd(-1)


def main(arguments: Sequence[str] | None = None) -> None:
    """
    Serve until SIGINT or SIGTERM arrives.

    Args:
        arguments: The command line. Default: that of the process.

    Raises:
        SystemExit: An argument is invalid, the address is taken, or the data directory or document cannot be used.
    """
    command_line = parser()
    options = command_line.parse_args(arguments)
    try:
        server = LocalImageKit(**vars(options))
    except (OSError, ValueError) as error:
        command_line.error(str(error))
    try:
        with server, _signals() as stop:
            print(server.url, flush=True)
            stop.recv(1)
    except StoreError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"cannot listen on {options.host}:{options.port}: {error}")


if __name__ == "__main__":
    main()
