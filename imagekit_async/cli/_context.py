"""
What each command gets: the options that all commands have, the client they lead to, and the way to print.
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

import attrs

from ._profiles import settings

if TYPE_CHECKING:
    from .. import AsyncImageKit

REMOTE: Final = "ik:"
# Stands for the argument `-`, which the parser takes for an option.
STDIO: Final = "stdio:"


class Exit(IntEnum):
    """
    The exit codes.
    """

    DONE = 0
    FAILED = 1
    USAGE = 2
    AUTHENTICATION = 3
    INTERRUPTED = 130
    # As a shell reports SIGPIPE.
    BROKEN_PIPE = 141


class CliError(Exception):
    """
    Ends the command with a message and an exit code.
    """

    def __init__(self, message: str, code: Exit = Exit.USAGE) -> None:
        super().__init__(message)
        self.code = code


@attrs.define
class Context:
    """
    The options of all commands, and what the command has come to.

    Attributes:
        profile: Name of the profile; None if none was given.
        base_url: URL of the API; None for the profile's, the environment's or the public one.
        url_endpoint: Base of delivery URLs; None for the profile's or the environment's.
        json: Whether to print JSON, one object a line.
        quiet: Whether to print results and errors only.
        debug: Whether to print tracebacks.
        failed: Whether an item has failed.
        interrupted: What to print on Ctrl-C.
    """

    profile: str | None = None
    base_url: str | None = None
    url_endpoint: str | None = None
    json: bool = False
    quiet: bool = False
    debug: bool = False
    failed: bool = False
    interrupted: str = "Interrupted."

    def settings(self) -> dict[str, str]:
        """
        Return the settings of the client: flags before the profile before the environment.
        """
        flags = {"base_url": self.base_url, "url_endpoint": self.url_endpoint}
        return settings(self.profile) | {name: value for name, value in flags.items() if value}

    @asynccontextmanager
    async def client(self) -> AsyncGenerator[AsyncImageKit]:
        """
        Enter the client of the command.
        """
        from .. import AsyncImageKit

        found = self.settings()
        if "private_key" not in found:
            message = "no private key: run `imagekit configure`, or set the environment variable IMAGEKIT_PRIVATE_KEY"
            raise CliError(message, Exit.AUTHENTICATION)
        private_key = found.pop("private_key")
        public_key, url_endpoint, base_url = map(found.get, ("public_key", "url_endpoint", "base_url"))
        async with AsyncImageKit(
            private_key, public_key=public_key, url_endpoint=url_endpoint, base_url=base_url
        ) as client:
            yield client

    def write(self, value: Any, text: str | None = None) -> None:
        """
        Print one result to standard output.

        Args:
            value: The result, for `--json`: a model, or anything that JSON has.
            text: The result for people. Default: indented JSON.
        """
        line = shown(text or "")
        if self.json or text is None:
            line = json.dumps(plain(value), ensure_ascii=False, default=str, indent=None if self.json else 2)
            line = shown(line, json.dumps)
        print(line, flush=True)

    def note(self, text: str) -> None:
        """
        Print something for people to standard error, unless `--quiet` is given.
        """
        if not self.quiet:
            print(shown(text), file=sys.stderr)

    def fail(self, subject: str, reason: object) -> None:
        """
        Print that an item failed, and go on.
        """
        self.failed = True
        if self.json:
            details = {"item": subject, "error": str(reason), "request_id": getattr(reason, "request_id", None)}
            print(json.dumps(details), file=sys.stderr)
        else:
            print(shown(f"{subject}: {reason}"), file=sys.stderr)


def plain(value: Any) -> Any:
    """
    Return a value as JSON has it.
    """
    from .._model import Model

    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - anything JSON has
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value  # pyright: ignore[reportUnknownVariableType] - anything JSON has


def shown(text: str, escape: Callable[[str], str] = ascii) -> str:
    """
    Return a text without what could control a terminal; line breaks and tabs stay.
    """
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign in "\n\t" else escape(sign)[1:-1] for sign in text)


def remote_path(text: str) -> str:
    """
    Return a remote path from its leading slash on; the prefix `ik:` is optional.
    """
    return "/" + text.removeprefix(REMOTE).strip("/")
