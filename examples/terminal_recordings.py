"""
Write docs/images/*.svg: what the command `imagekit` shows on a terminal, run against a local ImageKit.
"""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

from rich.console import Console
from rich.text import Text

from imagekit_async.testing import LocalImageKit

IMAGES = Path(__file__).parents[1] / "docs" / "images"
COLUMNS = 96
RECORDINGS = {
    "sync": [
        ("sync", "photos", "ik:/site/photos", "--dry-run"),
        ("sync", "photos", "ik:/site/photos"),
        ("ls", "/site/photos"),
        ("url", "/site/photos/cat.jpg", "-t", "w=400"),
    ],
    "api": [("api", "files.versions.restore", "--help")],
}


def shown(arguments: tuple[str, ...], folder: Path) -> str:
    """
    Return what the command shows on a terminal of `COLUMNS` columns, with its colors.
    """
    own, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
    code = "import sys; from imagekit_async.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, *arguments]
    text = b""
    with subprocess.Popen(command, cwd=folder, stdin=other, stdout=other, stderr=other) as process:
        os.close(other)
        while True:
            try:
                text += os.read(own, 65536)
            except OSError:
                # Linux's way to say that the other end is closed.
                break
    os.close(own)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}:\n{text.decode()}")
    # A line of progress is drawn over itself; it is recorded as it was drawn last.
    lines = [
        line.rpartition("\x1b[2K")[2].rpartition("\r")[2] for line in text.decode().replace("\r\n", "\n").split("\n")
    ]
    return "\n".join(lines)


def record(name: str, folder: Path) -> None:
    """
    Run the commands of one recording, and write it as SVG.
    """
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    for arguments in RECORDINGS[name]:
        console.print(Text(f"$ imagekit {' '.join(arguments)}", style="bold"))
        console.print(Text.from_ansi(shown(arguments, folder)))
    IMAGES.mkdir(exist_ok=True)
    svg = console.export_svg(title="imagekit", unique_id=f"imagekit-{name}")
    (IMAGES / f"{name}.svg").write_text(with_local_fonts(svg), encoding="utf-8")


def with_local_fonts(svg: str) -> str:
    """
    Return an image that is written in the reader's own font, instead of one that is loaded from another host.
    """
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    return svg.replace("Fira Code, monospace", "ui-monospace, Menlo, Consolas, monospace")


def main() -> None:
    """
    Write all recordings.
    """
    with tempfile.TemporaryDirectory() as directory, LocalImageKit(rate_limit="off") as server:
        folder = Path(directory)
        for path, size in (("cat.jpg", 48_211), ("dog.jpg", 51_870), ("sub/owl.png", 20_133)):
            (folder / "photos" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "photos" / path).write_bytes(bytes(size))
        os.environ |= {
            "IMAGEKIT_PRIVATE_KEY": server.private_key,
            "IMAGEKIT_BASE_URL": server.url,
            "IMAGEKIT_URL_ENDPOINT": "https://ik.imagekit.io/demo",
            "XDG_STATE_HOME": str(folder / "state"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "TERM": "xterm-256color",
        }
        for name in RECORDINGS:
            record(name, folder)


if __name__ == "__main__":
    main()
