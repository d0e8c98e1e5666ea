"""
Reference page of the command `imagekit`, from its help.
"""

from __future__ import annotations

import re

from imagekit_async.cli._app import app

from .markdown import table

PAGE = "reference/command-line.md"
_CODES = (
    ("0", "done"),
    ("1", "some items failed, or the call did"),
    ("2", "wrong arguments or settings"),
    ("3", "the key was refused"),
    ("130", "interrupted"),
    ("141", "the reader of the output left"),
)


def page() -> str:
    """
    Return the page; the commands of `imagekit api` are the operations, which have pages of their own.
    """
    names = [name for name in app if not name.startswith("-") and name != "api"]
    commands = "\n\n".join(_command(name) for name in names)
    options = app.meta.generate_docs(output_format="markdown", recursive=False).partition("**Parameters**:")[2].strip()
    return f"""# The command `imagekit`

The command comes with the extra `cli`: `pip install 'imagekit-async[cli]'`.

## Options of all commands

{options}

## Exit codes

{table(("code", "meaning"), _CODES)}
{commands}

## api

```console
imagekit api OPERATION [ARGUMENTS] [OPTIONS]
```

Call any [operation](resources/index.md) of the API, such as `imagekit api files.get FILE_ID`.
Structures are JSON; lists are printed item by item as their pages arrive.
`imagekit api OPERATION --help` shows the arguments.
"""


def _command(name: str) -> str:
    text = app[name].generate_docs(
        output_format="markdown", recursive=False, heading_level=2, usage_name=f"imagekit {name}"
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip()
