"""
The command `imagekit` (extra `cli`): transfers, the media library and all operations of the API from a shell.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command and return its exit code; errors are printed.

    Args:
        arguments: The arguments after the command's name. Default: those of the process.

    Returns:
        0 done, 1 some items failed, 2 usage or no extra `cli`, 3 authentication, 130 interrupted, 141 the reader of the
        output left.
    """
    try:
        from ._app import run

        code = run(arguments)
    except ModuleNotFoundError as error:
        print(f"{error}; imagekit needs the extra `cli`: pip install 'imagekit-async[cli]'", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        code = 130
        print("Interrupted.", file=sys.stderr)
    if arguments is None and code == 130:
        # A thread may wait for standard input, and another Ctrl-C must not show where the interpreter ends.
        os._exit(code)
    return code
