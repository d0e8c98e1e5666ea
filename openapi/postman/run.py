"""
Send every request of the collection to a local ImageKit with newman.

Usage: `python -m openapi.postman.run`, with `node` on the path and newman installed in this folder.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from imagekit_local import LocalImageKit
from openapi.postman.complete import COLLECTION, ENVIRONMENT

_NEWMAN = Path(__file__).parent / "node_modules" / "newman" / "bin" / "newman.js"


def main() -> int:
    """
    Return the exit status of newman, which is not 0 if a test failed.
    """
    with LocalImageKit(job_delay_seconds=0) as server:
        variables = {"baseUrl": server.url, "uploadUrl": server.url, "privateKey": server.private_key}
        settings = [part for name, value in variables.items() for part in ("--env-var", f"{name}={value}")]
        command = ["node", str(_NEWMAN), "run", str(COLLECTION), "--environment", str(ENVIRONMENT), *settings]
        quiet = ["--reporter-cli-no-success-assertions", "--reporter-cli-no-banner", "--timeout-request", "10000"]
        return subprocess.run([*command, *quiet], check=False, timeout=120).returncode


if __name__ == "__main__":
    sys.exit(main())
