"""
Import 5,000 items with 4 workers, 3 of which are killed on the way: `make fleet`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from examples.fleet.run import run
from imagekit_async.testing import LocalImageKit


def main() -> int:
    """
    Run the fleet, and return 0 if every item was stored exactly once or refused.
    """
    parser = argparse.ArgumentParser(prog="python -m examples.fleet", description="Import items with a fleet.")
    parser.add_argument("--items", type=int, default=5000)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--limit", default="100/1", help="limit of each endpoint, as requests/seconds")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, LocalImageKit(rate_limit=options.limit) as server:
        outcome = run(Path(folder), server, items=options.items, workers=options.workers, kills=options.kills)
    is_once = {1} == set(outcome.stored.values()) and {"Version 1"} == set(outcome.versions)
    total = len(outcome.stored) + len(outcome.refused)
    print(f"{len(outcome.stored)} stored, {len(outcome.refused)} refused in {outcome.seconds:.0f} s")
    return 0 if is_once and total == options.items else 1


if __name__ == "__main__":
    sys.exit(main())
