"""
A local ImageKit in process with a client of it, folders to transfer, and no blocking call of the SDK on the event loop.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
from blockbuster import blockbuster_ctx

from imagekit_async import AsyncImageKit
from imagekit_async.models import File
from imagekit_async.testing import LocalImageKit
from imagekit_async.transfer import Plan, Report, plan_download, plan_upload
from tests.hasty import hasty


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """
    Run each async test on both event loops, with a clock that runs fast, so that pauses cost little.
    """
    return hasty(request.param)


@pytest.fixture(autouse=True)
def _no_blocking_calls() -> Iterator[None]:
    with blockbuster_ctx("imagekit_async"):
        yield


@attrs.define
class World:
    """
    Two sides: a local folder, and a remote folder `/site` of an account.
    """

    server: LocalImageKit
    client: AsyncImageKit
    http: httpx.AsyncClient
    folder: Path

    @property
    def local(self) -> Path:
        """
        The local folder.
        """
        return self.folder / "local"

    @property
    def state(self) -> Path:
        """
        The state file.
        """
        return self.folder / "state.sqlite"

    def write(self, path: str, text: str) -> Path:
        """
        Write a local file.
        """
        file = self.local / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def files(self) -> dict[str, str]:
        """
        Return the local files with their content.
        """
        found = sorted(path for path in self.local.rglob("*") if path.is_file())
        return {path.relative_to(self.local).as_posix(): path.read_text() for path in found}

    async def put(self, path: str, text: str, **options: Any) -> None:
        """
        Store a remote file as another user would.
        """
        folder, _, name = f"/site/{path}".rpartition("/")
        await self.client.files.upload(
            file=text.encode(), file_name=name, folder=folder, use_unique_file_name=False, **options
        )

    async def listed(self) -> Mapping[str, File]:
        """
        Return the remote files by their paths below the folder.
        """
        query = 'type = "file" AND path : "/site"'
        found = [asset async for asset in self.client.assets.iterate(search_query=query)]
        files = {file.file_path.removeprefix("/site/"): file for file in found if isinstance(file, File)}

        assert len(found) == len(files)
        return files

    async def remote(self) -> dict[str, str]:
        """
        Return the remote files with their content.
        """
        content: dict[str, str] = {}
        for path, file in sorted((await self.listed()).items()):
            url = self.client.helper.build_url(src=file.url, url_endpoint=self.server.url_endpoint, signed=True)
            content[path] = (await self.http.get(url)).text
        return content

    async def plan_upload(self, **options: Any) -> Plan:
        """
        Plan to upload the folder.
        """
        options = {"state": self.state, "http_client": self.http, **options}
        return await plan_upload(self.client, self.local, "/site", **options)

    async def plan_download(self, **options: Any) -> Plan:
        """
        Plan to download the folder.
        """
        options = {"state": self.state, "http_client": self.http, **options}
        return await plan_download(self.client, "/site", self.local, **options)

    async def run(self, plan: Plan, **options: Any) -> Report:
        """
        Carry out a plan.
        """
        return await plan.run(self.client, http_client=self.http, **options)

    async def upload(self, **options: Any) -> Report:
        """
        Plan to upload, and do it.
        """
        return await self.run(await self.plan_upload(**options))

    async def download(self, **options: Any) -> Report:
        """
        Plan to download, and do it.
        """
        return await self.run(await self.plan_download(**options))


@asynccontextmanager
async def new_world(folder: Path) -> AsyncIterator[World]:
    """
    Make an empty account and an empty folder.
    """
    server = LocalImageKit()
    (folder / "local").mkdir(parents=True)
    async with (
        AsyncImageKit(server.private_key, base_url=server.url, transport=server.transport()) as client,
        httpx.AsyncClient(transport=server.transport()) as http,
    ):
        yield World(server, client, http, folder)
    server.stop()


@pytest.fixture
async def world(tmp_path: Path, anyio_backend: Any) -> AsyncIterator[World]:
    """
    An empty account and an empty folder.
    """
    async with new_world(tmp_path) as found:
        yield found


def decisions(plan: Plan) -> dict[str, str]:
    """
    Return what a plan decides about each path.
    """
    return {item.path: item.action for item in plan.items}
