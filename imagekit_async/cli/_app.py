"""
The commands, the options that all of them have, and what errors become.
"""

from __future__ import annotations

import inspect
import json
import os
import sys
import traceback
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from io import UnsupportedOperation
from typing import Annotated, Any, Final, cast

from cyclopts import App, CycloptsError, Parameter

from .._version import __version__
from ._context import STDIO, CliError, Context, Exit, shown
from ._profiles import ProfileError

_WAKE_SECONDS: Final = 0.2
_QUERIES: Final = """Search files and folders.

A query is made of clauses such as `name : "summer"` (begins with), `tags IN ["sale", "new"]`, `size >= "1mb"`,
`width > 800`, `format = "png"`, `createdAt > "7d"`, `private = true`, `type = "folder"`, `path : "/site"` (the folder
and all below it), `"customMetadata.brand" = "x"`, joined by AND, OR and parentheses.
Operators: `=`, `:`, `IN`, `NOT =`, `NOT IN`, `<`, `<=`, `>`, `>=`, `EXISTS`, `NOT EXISTS`.
"""
_CONFIGURE: Final = """Store a private key and addresses as a profile.

Asks for the values; the key is not shown. If standard input is not a terminal, its lines are the values: private key,
public key, URL endpoint. `--profile` names another profile than `default`, and `--base-url` is stored with it.
"""
# The texts are here, so that showing them imports no command.
_COMMANDS: Final = {
    "upload": ("_transfers", "Upload files, or standard input."),
    "sync": ("_transfers", "Make a folder like another one; one of them is remote, such as ik:/site/images."),
    "download": ("_transfers", "Download a file or a folder, as originals."),
    "ls": ("_library", "List a remote folder."),
    "find": ("_library", _QUERIES),
    "info": ("_library", "Show all that is known about a file or folder."),
    "cp": ("_library", "Copy a file or folder into a folder."),
    "mv": ("_library", "Move a file or folder into a folder, or rename it."),
    "rm": ("_library", "Delete files and folders; it cannot be undone."),
    "mkdir": ("_library", "Create a folder and the folders above it."),
    "tag": ("_library", "Add tags to files, and remove tags from them."),
    "purge": ("_account", "Remove a delivery URL from the CDN cache."),
    "url": ("_account", "Print the delivery URL of a file."),
    "usage": ("_account", "Show bandwidth, storage and processing units used."),
    "serve": ("_account", "Serve a local ImageKit to test against."),
    "configure": ("_account", _CONFIGURE),
    "doctor": ("_doctor", "Check key, hosts, proxy, certificates and clock."),
    "completion": ("_app", "Print or install the shell completion."),
}

app = App(
    name="imagekit",
    help="Work with the media library of ImageKit.io.",
    version=__version__,
    suppress_keyboard_interrupt=False,
    help_format="markdown",
)
for _name, (_module, _help) in _COMMANDS.items():
    app.command(f"imagekit_async.cli.{_module}:{_name}", name=_name, help=_help)
app.command("imagekit_async.cli._api:app", name="api", help="Call any operation of the API.")

Flag: Final = Parameter(negative="", show_default=False)
Injected = Annotated[Context, Parameter(parse=False)]


@app.meta.default
def launch(
    *tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
    profile: str | None = None,
    base_url: str | None = None,
    url_endpoint: str | None = None,
    json: Annotated[bool, Flag] = False,
    quiet: Annotated[bool, Flag] = False,
    debug: Annotated[bool, Flag] = False,
) -> int:
    """
    Run a command.

    Args:
        profile: Profile to use, as stored by `imagekit configure`.
        base_url: URL of the API, for a local or private server.
        url_endpoint: Base of delivery URLs.
        json: Print JSON, one object a line.
        quiet: Print results and errors only.
        debug: Print tracebacks.
    """
    context = Context(profile, base_url, url_endpoint, json, quiet, debug)
    try:
        command, bound, ignored = app.parse_args(tokens, exit_on_error=False, print_error=False)
        injected = {"context": context} if "context" in ignored else {}
        call: partial[Any] = partial(command, *bound.args, **bound.kwargs, **injected)
        if inspect.iscoroutinefunction(command):
            import anyio

            anyio.run(_awake, call)
        else:
            call()
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt, BaseExceptionGroup) as error:
        return _reported(_innermost(error), context)
    return Exit.FAILED if context.failed else Exit.DONE


async def _awake(call: Callable[[], Awaitable[None]]) -> None:
    import anyio

    async def wake() -> None:
        while True:
            await anyio.sleep(_WAKE_SECONDS)

    # Ctrl-C just before the event loop waits is noticed only when it goes on.
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(wake)
        await call()
        tasks.cancel_scope.cancel()


def run(arguments: Sequence[str] | None) -> int:
    """
    Parse the arguments, run the command and return its exit code.
    """
    # A console that cannot show a name must not end the command.
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - a text file
    tokens = [STDIO if token == "-" else token for token in (sys.argv[1:] if arguments is None else arguments)]
    try:
        code = _run(tokens)
    except (OSError, SystemExit) as error:
        # rich turns a broken pipe into the other.
        cause = error if isinstance(error, OSError) else error.__context__
        if not isinstance(cause, OSError):
            raise
        code = Exit.BROKEN_PIPE
        if not isinstance(cause, BrokenPipeError):
            code = Exit.FAILED
            with suppress(OSError):
                print(f"imagekit: {cause}", file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            # The interpreter flushes again when it ends. A stream of a notebook or a test has no descriptor.
            with suppress(UnsupportedOperation):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return code


def _run(tokens: Sequence[str]) -> int:
    try:
        return int(app.meta(tokens, exit_on_error=False, print_error=False, result_action="return_value") or Exit.DONE)
    except CycloptsError as error:
        return _reported(error, Context(json="--json" in tokens))


def _innermost(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = cast("BaseExceptionGroup[BaseException]", error).exceptions[0]
    return error


def _reported(error: BaseException, context: Context) -> int:
    """
    Print an error, and return the exit code that it stands for.
    """
    if isinstance(error, BrokenPipeError):
        raise error
    code = _code(error)
    if context.debug:
        traceback.print_exception(error)
    message = context.interrupted if code == Exit.INTERRUPTED else _message(error)
    if context.json:
        details = {"error": message, "type": type(error).__name__, "request_id": getattr(error, "request_id", None)}
        print(json.dumps(details), file=sys.stderr)
    else:
        print(shown(message if code == Exit.INTERRUPTED else f"imagekit: {message}"), file=sys.stderr)
    return code


def _code(error: BaseException) -> Exit:
    from ..errors import AuthenticationError, ConfigurationError, PermissionDeniedError

    match error:
        case CliError():
            return error.code
        case KeyboardInterrupt():
            return Exit.INTERRUPTED
        case AuthenticationError() | PermissionDeniedError():
            return Exit.AUTHENTICATION
        case CycloptsError() | ConfigurationError() | ProfileError() | ValueError() | TypeError():
            return Exit.USAGE
        case _:
            return Exit.FAILED


def _message(error: BaseException) -> str:
    from ..errors import ImageKitError

    if isinstance(error, CycloptsError | ImageKitError | CliError | ProfileError | OSError | ValueError):
        return str(error) or type(error).__name__
    return f"{type(error).__name__}: {error}; --debug shows where"


def completion(*, shell: str | None = None, install: Annotated[bool, Flag] = False) -> None:
    """
    Print or install the completion script of a shell.

    Args:
        shell: bash, zsh or fish. Default: the one that runs the command.
        install: Write the script to where the shell looks for it, instead of printing it.
    """
    chosen: Any = shell
    print(app.install_completion(shell=chosen) if install else app.generate_completion(shell=chosen))
