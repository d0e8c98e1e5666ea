"""
The vendor's clients see what a transfer did, and a transfer sees what they did.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anyio

from imagekit_async import AsyncImageKit
from imagekit_async.testing import LocalImageKit
from imagekit_async.transfer import Plan, plan_upload

CONTENTS = {"a b.txt": "one", "sub/c.txt": "three"}


def test_an_uploaded_folder(vendor: Any, server: LocalImageKit, tmp_path: Path) -> None:
    """The vendor's clients list the files of an uploaded folder, and a file that they delete is uploaded again."""
    folder = f"/{vendor.name}-transfer"
    for path, text in CONTENTS.items():
        (tmp_path / "local" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "local" / path).write_text(text)

    async def planned(*, run: bool) -> Plan:
        async with AsyncImageKit(server.private_key, base_url=server.url) as client:
            plan = await plan_upload(client, tmp_path / "local", folder, state=tmp_path / "state.sqlite")
            if run:
                await plan.run(client)
            return plan

    anyio.run(lambda: planned(run=True))
    listed = vendor("assets.list", searchQuery=f'path : "{folder}" AND type = "file"')
    vendor("files.delete", next(file["fileId"] for file in listed if file["name"] == "c.txt"))
    vendor("files.update", next(file["fileId"] for file in listed if file["name"] == "a_b.txt"), tags=["new"])
    later = anyio.run(lambda: planned(run=False))

    assert {f"{folder}/a_b.txt": 3, f"{folder}/sub/c.txt": 5} == {file["filePath"]: file["size"] for file in listed}
    assert {"a b.txt": "skip", "sub/c.txt": "create"} == {item.path: item.action for item in later.items}
