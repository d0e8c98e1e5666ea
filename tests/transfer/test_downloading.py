"""
Downloading a folder: what a plan decides, and what a run of it does.
"""

from __future__ import annotations

import os

import anyio
import httpx
import pytest

from imagekit_async import AsyncImageKit, TransferError
from imagekit_async.testing import LocalImageKit
from imagekit_async.transfer import plan_download

from .conftest import decisions

pytestmark = pytest.mark.anyio


async def test_a_folder_is_downloaded_once(world):
    """The first run writes all originals, private ones included, and the second finds nothing to do."""
    await world.put("a.txt", "one")
    await world.put("sub/deep/b.txt", "two", is_private_file=True)
    first = await world.download()
    second = await world.plan_download()

    assert first.ok
    assert {"a.txt": "one", "sub/deep/b.txt": "two"} == world.files()
    assert {"a.txt": "skip", "sub/deep/b.txt": "skip"} == decisions(second)


async def test_originals_are_downloaded(world):
    """The bytes of an image arrive as they were uploaded, and a missing folder is made."""
    picture = b"\x89PNG\r\n\x1a\n" + bytes(100)
    await world.client.files.upload(file=picture, file_name="a.png", folder="/site", use_unique_file_name=False)
    world.local.rmdir()
    report = await world.download()

    assert report.ok
    assert picture == (world.local / "a.png").read_bytes()
    assert [["orig-true"]] == [
        [request.query["tr"]] for request in world.server.requests if request.path.endswith("a.png")
    ]


async def test_both_directions_share_a_state_file(world):
    """What was downloaded need not be uploaded, and the other way round."""
    await world.put("a.txt", "one")
    await world.download()
    world.write("b c.txt", "two")
    up = await world.plan_upload()
    await world.run(up)

    assert {"a.txt": "skip", "b c.txt": "create"} == decisions(up)
    assert {"a.txt": "skip", "b c.txt": "skip"} == decisions(await world.plan_download())


async def test_changed_files_are_replaced(world):
    """A new remote version is downloaded; a local change is a conflict, unless allowed."""
    await world.put("a.txt", "one")
    await world.put("b.txt", "one")
    await world.download()
    await world.put("a.txt", "two")
    world.write("b.txt", "mine")
    plan = await world.plan_download()
    report = await world.run(plan)
    told = await world.download(overwrite_changed=True)

    assert {"a.txt": "replace", "b.txt": "conflict"} == decisions(plan)
    assert {"done": 1, "conflict": 1} == report.counts()
    assert told.ok
    assert {"a.txt": "two", "b.txt": "one"} == world.files()


async def test_a_file_that_changes_meanwhile_stays(world):
    """A local file that appeared or changed since the plan was made is neither overwritten nor deleted."""
    await world.put("a.txt", "one")
    os.utime(world.write("b.txt", "old"), ns=(1, 1))
    plan = await world.plan_download(delete=True)
    world.write("a.txt", "mine")
    report = await world.run(plan)
    second = await world.plan_download(delete=True, overwrite_changed=True)
    world.write("b.txt", "mine")
    last = await world.run(second)

    assert ["failed", "not run"] == [item.outcome for item in report.items]
    assert "the local file a.txt has changed since the plan was made; plan again" == report.items[0].reason
    assert ["done", "failed"] == [item.outcome for item in last.items]
    assert {"a.txt": "one", "b.txt": "mine"} == world.files()


async def test_local_files_are_deleted_on_request(world):
    """Local files without a remote one stay unless `delete=True`."""
    await world.put("a.txt", "one")
    world.write("old.txt", "old")
    kept = await world.plan_download()
    report = await world.download(delete=True)

    assert {"a.txt": "create", "old.txt": "skip"} == decisions(kept)
    assert report.ok
    assert {"a.txt": "one"} == world.files()


async def test_an_empty_remote_folder_deletes_nothing(world):
    """An empty remote folder is taken for a mistake, unless allowed."""
    await world.client.folders.create(folder_name="site", parent_folder_path="/")
    world.write("a.txt", "one")
    plan = await world.plan_download(delete=True)
    report = await world.download(delete=True, allow_empty=True)

    assert {"a.txt": "conflict"} == decisions(plan)
    assert report.ok
    assert {} == world.files()


@pytest.mark.parametrize("fault", ["disconnect-before", "truncated-body", "status"])
async def test_passing_errors_are_retried(world, fault):
    """A delivery that breaks off is tried again, and leaves no temporary file."""
    await world.put("a.txt", "one")
    world.server.faults.add(fault, path="/local/*", times=2)
    report = await world.download()

    assert report.ok
    assert ["a.txt"] == [path.name for path in world.local.iterdir()]
    assert {"a.txt": "one"} == world.files()


@pytest.mark.parametrize("fault", ["disconnect-before", "truncated-body", "status"])
async def test_errors_that_last_are_reported(world, fault):
    """A file that is not delivered is a failed item, without a trace on the disk or of a signature."""
    await world.put("a.txt", "one", is_private_file=True)
    world.server.faults.add(fault, path="/local/*", times=None)
    report = await world.download()

    assert "TransferError" == report.items[0].error
    assert report.items[0].reason.startswith("cannot download a.txt: ")
    assert "ik-s" not in report.items[0].reason
    assert [] == list(world.local.iterdir())


async def test_a_delivery_of_another_size_is_refused(world):
    """A body that is not as long as the listing says does not become the file."""
    await world.put("a.txt", "one")
    plan = await world.plan_download()
    async with httpx.AsyncClient(
        transport=httpx.MockTransport(lambda request: httpx.Response(200, text="other"))
    ) as http:
        report = await plan.run(world.client, http_client=http)

    assert "cannot download a.txt: the delivery sent 5 of 3 bytes" == report.items[0].reason


async def test_an_error_of_the_request_is_not_retried(world):
    """An error that a second attempt would meet again ends the download."""
    await world.put("a.txt", "one")
    plan = await world.plan_download()
    requests = []

    def redirect(request):
        requests.append(request)
        return httpx.Response(302, headers={"Location": "http://imagekit.test/again"})

    async with httpx.AsyncClient(
        transport=httpx.MockTransport(redirect), follow_redirects=True, max_redirects=2
    ) as http:
        report = await plan.run(world.client, http_client=http)

    assert "cannot download a.txt: Exceeded maximum allowed redirects." == report.items[0].reason
    assert 3 == len(requests)


async def test_a_canceled_download_leaves_no_temporary_file(world):
    """A download that is canceled half-way leaves neither a part nor the file."""
    await world.put("a.txt", "x" * 1_000_000)
    plan = await world.plan_download()
    with anyio.CancelScope() as scope:
        await world.run(plan, on_progress=lambda progress: scope.cancel())

    assert scope.cancelled_caught
    assert [] == list(world.local.iterdir())


async def test_a_part_left_by_a_killed_run_is_no_file(world):
    """A temporary file of an earlier run is neither uploaded nor in the way."""
    world.write(".imagekit-0123456789abcdef.part", "half")

    assert {} == decisions(await world.plan_upload(hidden=True))


async def test_names_that_lead_elsewhere_are_refused(world):
    """A remote name that would leave the folder or is invalid on some system is a conflict, and nothing is written."""
    listing = [
        {
            "type": "file",
            "fileId": f"id{number}",
            "name": "x",
            "filePath": path,
            "size": 1,
            "url": f"https://x.test{path}",
            "isPrivateFile": False,
            "versionInfo": {"id": f"v{number}"},
        }
        for number, path in enumerate(
            ["/site/../../evil", "/site/a\\b", "/site/c:d", "/site//e", "/site/" + "f" * 300, "/site/nul\0"]
        )
    ]

    def respond(request):
        return httpx.Response(200, json=listing)

    async with AsyncImageKit("key", transport=httpx.MockTransport(respond)) as client:
        plan = await plan_download(client, "/site", world.local, state=None, hidden=True)
        report = await plan.run(client)

    assert ["conflict"] * 6 == [item.action for item in plan.items]
    assert ["conflict"] * 6 == [item.outcome for item in report.items]
    assert [] == list(world.local.iterdir())


async def test_links_do_not_lead_downloads_elsewhere(world, tmp_path):
    """A local link in the place of a folder is a conflict, and one that appears later fails the download."""
    (tmp_path / "outside").mkdir()
    await world.put("link/a.txt", "one")
    await world.put("late/a.txt", "one")
    (world.local / "link").symlink_to(tmp_path / "outside")
    plan = await world.plan_download()
    (world.local / "late").symlink_to(tmp_path / "outside")
    report = await world.run(plan)

    assert {"link/a.txt": "conflict", "late/a.txt": "create"} == decisions(plan)
    assert ["failed", "conflict"] == [item.outcome for item in report.items]
    assert "leads outside" in report.items[0].reason
    assert [] == list((tmp_path / "outside").iterdir())


async def test_things_in_the_way_are_conflicts(world):
    """A local folder, file or pipe in the place of a remote file or folder is a conflict, and is not deleted."""
    for path in ("file/a.txt", "folder", "pipe"):
        await world.put(path, "one")
    world.write("file", "in the way")
    world.write("folder/b.txt", "in the way")
    os.mkfifo(world.local / "pipe")
    plan = await world.plan_download(delete=True)
    reasons = {item.path: item.reason for item in plan.items}

    assert {"conflict"} == set(decisions(plan).values())
    assert "the local file is in its way" == reasons["file/a.txt"]
    assert "it is in the way of a remote file" == reasons["folder/b.txt"]


async def test_originals_are_compared_on_request(world):
    """`verify="download"` finds remote files of the same size that differ."""
    world.write("a.txt", "one")
    world.write("b.txt", "one")
    await world.put("a.txt", "one")
    await world.put("b.txt", "two")

    assert {"a.txt": "skip", "b.txt": "replace"} == decisions(await world.plan_download(verify="download"))


async def test_an_own_client_downloads(world, tmp_path):
    """Without a given client, downloads and comparisons open one of their own."""
    (tmp_path / "seed").mkdir()
    (tmp_path / "seed" / "a.txt").write_text("one")
    world.write("b.txt", "two")
    (tmp_path / "seed" / "b.txt").write_text("owt")
    async with LocalImageKit() as server, AsyncImageKit(server.private_key, base_url=server.url) as client:
        await anyio.to_thread.run_sync(server.seed, tmp_path / "seed")
        plan = await plan_download(client, "/", world.local, state=None, verify="download")
        report = await plan.run(client)

    assert report.ok
    assert {"a.txt": "one", "b.txt": "owt"} == world.files()


async def test_a_missing_remote_folder_is_refused(world):
    """A source that does not exist is an error that names it, and an empty one is not."""
    await world.client.folders.create(folder_name="empty", parent_folder_path="/")
    options = {"state": None, "http_client": world.http}
    with pytest.raises(TransferError, match=r"there is no remote folder /typo"):
        await plan_download(world.client, "/typo", world.local, **options)
    empty = await plan_download(world.client, "/empty", world.local, **options)
    told = await plan_download(world.client, "/typo", world.local, allow_empty=True, **options)

    assert 0 == len(empty.items) == len(told.items)
