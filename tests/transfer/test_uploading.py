"""
Uploading a folder: what a plan decides, and what a run of it does.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import socket
import time

import anyio
import pytest

from imagekit_async import AuthenticationError, TransferError
from imagekit_async.models import File
from imagekit_async.transfer import Report, plan_download, plan_upload

from .conftest import decisions

pytestmark = pytest.mark.anyio


async def test_a_folder_is_uploaded_once(world):
    """The first run stores all files in their folders, and the second finds nothing to do."""
    world.write("a.txt", "one")
    world.write("sub/deep/b.txt", "two")
    first = await world.upload()
    second = await world.plan_upload()

    assert first.ok
    assert {"a.txt": "one", "sub/deep/b.txt": "two"} == await world.remote()
    assert {"a.txt": "skip", "sub/deep/b.txt": "skip"} == decisions(second)


async def test_a_path_with_a_null_character_is_named(world):
    """No folder has such a name; the error says which argument it is."""
    with pytest.raises(ValueError, match=r"^local must be a path .* no null characters, got 'a\\x00b'$"):
        await plan_upload(world.client, "a\0b", "/site")


async def test_a_plan_writes_nothing(world):
    """A plan leaves both sides and the place of the state file as they are, and can be printed."""
    world.write("a.txt", "one")
    plan = await world.plan_upload()

    assert {} == await world.remote()
    assert ["local"] == [path.name for path in world.folder.iterdir()]
    assert "create    a.txt: it is not in the remote folder\n1 create; 3 bytes to upload" == str(plan)


async def test_an_empty_plan_says_so(world):
    """A plan and a report without items can be printed."""
    plan = await world.plan_upload()

    assert "nothing to do; 0 bytes to upload" == str(plan)
    assert str(await world.run(plan)).startswith("nothing to do; 0 bytes in ")


async def test_planning_leaves_the_state_file_alone(world):
    """A plan does not change a state file that is there."""
    world.write("a.txt", "one")
    await world.upload()
    before = world.state.read_bytes()
    await world.plan_upload()

    assert before == world.state.read_bytes()
    assert ["local", "state.sqlite"] == sorted(path.name for path in world.folder.iterdir())


async def test_changed_files_are_replaced(world):
    """A local change of the same size makes a new version; a touched file does not."""
    os.utime(world.write("a.txt", "one"), ns=(1, 1))
    os.utime(world.write("b.txt", "one"), ns=(1, 1))
    await world.upload()
    os.utime(world.write("a.txt", "two"), ns=(2, 2))
    os.utime(world.write("b.txt", "one"), ns=(2, 2))
    plan = await world.plan_upload()
    report = await world.run(plan)

    assert {"a.txt": "replace", "b.txt": "skip"} == decisions(plan)
    assert report.ok
    assert {"a.txt": "two", "b.txt": "one"} == await world.remote()
    assert ["skip", "skip"] == [item.action for item in (await world.plan_upload()).items]


async def test_a_changed_remote_is_a_conflict(world):
    """What others changed since the last run is not overwritten unless allowed."""
    world.write("a.txt", "one")
    await world.upload()
    await world.put("a.txt", "other")
    plan = await world.plan_upload()
    report = await world.run(plan)
    told = await world.plan_upload(overwrite_changed=True)

    assert {"a.txt": "conflict"} == decisions(plan)
    assert not report.ok
    assert {"a.txt": "other"} == await world.remote()
    assert {"a.txt": "replace"} == decisions(told)


async def test_sizes_decide_without_a_state_file(world):
    """Without a state file the same size means unchanged, and nothing is kept."""
    world.write("same.txt", "one")
    world.write("other.txt", "longer")
    await world.put("same.txt", "two")
    await world.put("other.txt", "one")
    plan = await world.plan_upload(state=None)
    await world.run(plan)

    assert {"same.txt": "skip", "other.txt": "replace"} == decisions(plan)
    assert {"same.txt": "two", "other.txt": "longer"} == await world.remote()
    assert ["local"] == [path.name for path in world.folder.iterdir()]


async def test_originals_are_compared_on_request(world):
    """`verify="download"` finds files of the same size that differ, private ones included; then the state vouches."""
    for name in ("same.txt", "other.txt"):
        os.utime(world.write(name, "one"), ns=(1, 1))
    await world.put("same.txt", "one", is_private_file=True)
    await world.put("other.txt", "two")
    plan = await world.plan_upload(verify="download")
    await world.run(plan)
    delivered = len([request for request in world.server.requests if request.operation is None])
    again = await world.plan_upload(verify="download")

    assert {"same.txt": "skip", "other.txt": "replace"} == decisions(plan)
    assert {"same.txt": "skip", "other.txt": "skip"} == decisions(again)
    assert delivered == len([request for request in world.server.requests if request.operation is None])


async def test_a_file_that_cannot_be_verified_stops_the_plan(world):
    """A draft is not delivered, so comparing it on request fails with the reason."""
    world.write("a.txt", "one")
    await world.put("a.txt", "two", is_published=False)

    with pytest.raises(TransferError, match=r"cannot download a\.txt: the delivery responded with 404"):
        await world.plan_upload(verify="download")


async def test_checksums_in_a_custom_metadata_field(world):
    """`checksum_field` writes the SHA-256 of each file, keeps other fields, and compares by it."""
    for name in ("sha", "color"):
        await world.client.custom_metadata_fields.create(name=name, label=name, schema={"type": "Text"})
    world.write("a.txt", "one")
    world.write("b.txt", "one")
    await world.put("b.txt", "unknown", custom_metadata={"color": "red"})
    await world.upload(state=None, checksum_field="sha")
    world.write("a.txt", "two")
    plan = await world.plan_upload(state=None, checksum_field="sha")
    listed = await world.listed()

    assert {"a.txt": "replace", "b.txt": "skip"} == decisions(plan)
    assert {"red"} == {listed["b.txt"].custom_metadata["color"]}
    assert listed["a.txt"].custom_metadata["sha"] == listed["b.txt"].custom_metadata["sha"]


async def test_options_for_all_and_by_path(world):
    """Options of the uploads are the same for all, or follow from the path."""
    world.write("a.txt", "one")
    await world.upload(upload_options={"tags": ["all"]})
    world.write("b.txt", "one")
    await world.upload(upload_options=lambda path: {"tags": [path], "is_private_file": True})
    listed = await world.listed()

    assert [["all"], ["b.txt"]] == [listed[path].tags for path in ("a.txt", "b.txt")]
    assert [False, True] == [listed[path].is_private_file for path in ("a.txt", "b.txt")]


async def test_unknown_options_are_refused(world):
    """An option that a transfer does not pass on is refused by its name, before anything is sent."""
    with pytest.raises(ValueError, match=r"options must hold only .*; got folder"):
        await world.plan_upload(upload_options={"folder": "/x"})


async def test_replaced_files_keep_what_is_not_set(world):
    """A replaced file stays private and a draft, and keeps its tags and description."""
    world.write("a.txt", "longer")
    await world.put("a.txt", "one", tags=["kept"], description="kept", is_private_file=True, is_published=False)
    await world.upload()
    file = (await world.listed())["a.txt"]

    assert (["kept"], "kept", True, False) == (file.tags, file.description, file.is_private_file, file.is_published)
    assert 6 == file.size


async def test_deletions_need_to_be_asked_for(world):
    """Remote files without a local one stay, unless `delete=True`."""
    world.write("a.txt", "one")
    await world.put("old.txt", "old")
    kept = await world.plan_upload()
    report = await world.upload(delete=True)

    assert {"a.txt": "create", "old.txt": "skip"} == decisions(kept)
    assert {"a.txt": "one"} == await world.remote()
    assert report.ok


async def test_deletions_come_last(world):
    """The first request to delete follows the last upload."""
    for number in range(5):
        world.write(f"{number}.txt", "one")
    await world.put("old.txt", "old")
    await world.upload(delete=True)
    operations = [request.operation for request in world.server.requests]

    assert operations.index("files.bulk.delete") > max(
        place for place, operation in enumerate(operations) if operation == "files.upload"
    )


async def test_failed_uploads_prevent_deletions(world):
    """Nothing is deleted if a file could not be uploaded: it may be a renamed one."""
    world.write("new.txt", "one")
    await world.put("old.txt", "one")
    world.server.faults.add("status", operation="files.upload", status=400)
    report = await world.upload(delete=True)

    assert ["failed", "not run"] == [item.outcome for item in report.items]
    assert "BadRequestError" == report.items[0].error
    assert {"old.txt": "one"} == await world.remote()


async def test_too_many_deletions_are_refused(world):
    """If more files would be deleted than `max_delete`, none is."""
    world.write("a.txt", "one")
    await world.put("b.txt", "one")
    await world.put("c.txt", "one")
    plan = await world.plan_upload(delete=True, max_delete=1)

    assert {"a.txt": "create", "b.txt": "conflict", "c.txt": "conflict"} == decisions(plan)
    assert "2 files would be deleted, and max_delete is 1" == plan.items[1].reason


async def test_an_empty_folder_deletes_nothing(world):
    """An empty local folder is taken for a mistake, unless allowed; a missing one as well."""
    await world.put("a.txt", "one")
    refused = await world.plan_upload(delete=True)
    world.local.rmdir()
    with pytest.raises(FileNotFoundError):
        await world.plan_upload(delete=True)
    report = await world.upload(delete=True, allow_empty=True)

    assert {"a.txt": "conflict"} == decisions(refused)
    assert report.ok
    assert {} == await world.remote()


async def test_a_failed_listing_deletes_nothing(world):
    """Without a complete listing there is no plan."""
    world.write("a.txt", "one")
    world.server.faults.add("status", operation="assets.list", status=401)

    with pytest.raises(AuthenticationError):
        await world.plan_upload(delete=True)


async def test_an_unreadable_folder_stops_the_plan(world, monkeypatch):
    """Files in a folder that cannot be read must not look deleted."""
    world.write("sub/a.txt", "one")
    scandir = os.scandir

    def refusing(path):
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(PermissionError):
        await world.plan_upload(delete=True)


async def test_a_folder_that_vanishes_while_it_is_listed(world, monkeypatch):
    """A folder that is gone before it is read is skipped with its remote files; the next plan sees the deletion."""
    world.write("keep.txt", "one")
    world.write("sub/a.txt", "one")
    await world.upload()
    scandir = os.scandir

    def vanishing(folder):
        if isinstance(folder, str) and folder.endswith("sub"):
            shutil.rmtree(folder)
        return scandir(folder)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", vanishing)
        first = await world.plan_upload(delete=True)
    second = await world.plan_upload(delete=True)

    assert decisions(first) == {"keep.txt": "skip", "sub": "skip"}
    assert decisions(second) == {"keep.txt": "skip", "sub/a.txt": "delete"}

    monkeypatch.setattr(os, "scandir", lambda folder: scandir(f"{folder}/gone"))
    with pytest.raises(FileNotFoundError):
        await world.plan_upload(delete=True)


async def test_changed_files_are_not_deleted(world):
    """A remote file that others changed since the last run is not deleted unless allowed."""
    world.write("a.txt", "one")
    world.write("b.txt", "one")
    await world.upload()
    await world.put("b.txt", "other")
    (world.local / "b.txt").unlink()
    plan = await world.plan_upload(delete=True)

    assert {"a.txt": "skip", "b.txt": "conflict"} == decisions(plan)


async def test_deleting_what_is_gone(world):
    """Files that others deleted since the plan was made count as deleted, and the others are."""
    world.write("a.txt", "one")
    for name in ("b", "c"):
        await world.put(name, "one")
    plan = await world.plan_upload(delete=True)
    await world.client.files.delete((await world.listed())["b"].file_id)
    report = await world.run(plan)
    await world.put("b", "one")
    alone = await world.plan_upload(delete=True)
    await world.client.files.delete((await world.listed())["b"].file_id)
    last = await world.run(alone)

    assert report.ok
    assert last.ok
    assert {"a.txt": "one"} == await world.remote()


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (207, '{"successfullyDeletedFileIds": [], "errors": [{"fileId": "%s", "error": "locked"}]}', "locked"),
        (404, '{"message": "gone"}', "404: gone"),
        (404, '{"message": "gone", "missingFileIds": ["other"]}', "404: gone"),
        (400, '{"message": "no"}', "400: no"),
    ],
)
async def test_refused_deletions_are_reported(world, status, body, reason):
    """A deletion that is refused is a failed item, not an exception."""
    world.write("a.txt", "one")
    await world.put("b.txt", "one")
    plan = await world.plan_upload(delete=True)
    file_id = (await world.listed())["b.txt"].file_id
    world.server.faults.add(
        "status",
        operation="files.bulk.delete",
        status=status,
        body=body.replace("%s", file_id),
        headers={"Content-Type": "application/json"},
    )
    report = await world.run(plan)

    assert "failed" == report.items[1].outcome
    assert report.items[1].reason.startswith(reason)


@pytest.mark.parametrize("fault", ["disconnect-after", "disconnect-before", "truncated-body", "status"])
async def test_unknown_outcomes_are_settled(world, fault, deviations):
    """An upload whose outcome is unknown is looked up, and sent again only if it is not there."""
    world.write("a.txt", "one")
    world.server.faults.add(fault, operation="files.upload")
    report = await world.upload()
    uploads = [request for request in world.server.requests if request.operation == "files.upload"]
    versions = await world.client.files.versions.list((await world.listed())["a.txt"].file_id)

    assert report.ok
    assert (1 if fault in ("disconnect-after", "truncated-body") else 2) == len(uploads)
    assert 1 == len(versions)
    assert {"a.txt": "skip"} == decisions(await world.plan_upload())


async def test_unknown_outcomes_end(world):
    """An upload that keeps failing is reported after three attempts."""
    world.write("a.txt", "one")
    world.server.faults.add("disconnect-before", operation="files.upload", times=None)
    report = await world.upload()

    assert "UploadOutcomeUnknownError" == report.items[0].error
    assert 3 == len([request for request in world.server.requests if request.operation == "files.upload"])


async def test_a_report_is_a_value(world):
    """A report has request ids, bytes and seconds, pickles, and becomes JSON."""
    world.write("a.txt", "one")
    world.write("empty.txt", "")
    report = await world.upload()
    first, second = report.items

    assert first.request_id
    assert first.file_id == first.version_id
    assert (3, 3) == (first.bytes, report.bytes)
    assert first.seconds > 0
    assert ("conflict", "ImageKit stores no empty files") == (second.outcome, second.reason)
    assert report == pickle.loads(pickle.dumps(report))
    assert "a.txt" == json.loads(report.to_json())["items"][0]["path"]
    assert [first] == list(report.items[:1])
    assert isinstance(report, Report)
    assert str(report).startswith(
        "conflict  empty.txt: ImageKit stores no empty files\n1 done, 1 conflict; 3 bytes in "
    )


async def test_results_come_one_by_one(world):
    """on_result gets the result of each file that is transferred or deleted, when it is done."""
    for name in ("a.txt", "b.txt"):
        world.write(name, name)
    seen = []
    report = await world.run(await world.plan_upload(), concurrency=1, on_result=seen.append)
    (world.local / "a.txt").unlink()
    await world.run(await world.plan_upload(delete=True), on_result=seen.append)

    assert list(report.items) == seen[:2]
    assert [("create", "a.txt"), ("create", "b.txt"), ("delete", "a.txt")] == [(one.action, one.path) for one in seen]


async def test_a_callback_for_results_can_end_a_run(world):
    """What on_result raises ends the run, and the next run does the rest."""
    world.write("a.txt", "one")
    with pytest.raises(ExceptionGroup):
        await world.run(await world.plan_upload(), on_result=lambda result: 1 / 0)

    assert (await world.upload()).ok
    assert {"a.txt": "one"} == await world.remote()


async def test_progress(world):
    """The callback gets what a progress bar shows, and ends with everything done."""
    world.write("a.txt", "one")
    world.write("b.txt", "x" * 300_000)
    seen = []
    await world.run(await world.plan_upload(), on_progress=seen.append)

    assert (2, 2, 300_003, 300_003) == (
        seen[-1].files_done,
        seen[-1].files_total,
        seen[-1].bytes_done,
        seen[-1].bytes_total,
    )
    assert {"a.txt", "b.txt"} == {progress.path for progress in seen}
    assert {3, 300_000} == {progress.path_total for progress in seen}


async def test_a_failing_callback_is_dropped(world, caplog):
    """A progress callback that raises is logged once, and the transfer goes on."""
    world.write("a.txt", "one")
    report = await world.run(await world.plan_upload(), on_progress=lambda progress: 1 / 0)

    assert report.ok
    assert ["the progress callback of a transfer failed; the transfer continues without it"] == caplog.messages


async def test_failures_stop(world):
    """`failures="stop"` begins no more files after one that failed."""
    for number in range(5):
        world.write(f"{number}.txt", "one")
    world.server.faults.add("status", operation="files.upload", status=400)
    report = await world.run(await world.plan_upload(), failures="stop", concurrency=1)

    assert {"failed": 1, "not run": 4} == report.counts()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"concurrency": 0}, "concurrency must be an int of at least 1, got 0"),
        ({"concurrency": 1.5}, "concurrency must be an int of at least 1, got 1.5"),
        ({"concurrency": None}, "concurrency must be an int of at least 1, got None"),
        ({"failures": "no"}, "failures must be 'collect' or 'stop', got 'no'"),
        ({"on_progress": 5}, "on_progress must be a function or None, got 5"),
        ({"on_result": 5}, "on_result must be a function or None, got 5"),
    ],
)
async def test_arguments_of_a_run_are_checked(world, options, message):
    """A run refuses arguments that it cannot use."""
    world.write("a.txt", "one")
    plan = await world.plan_upload()

    with pytest.raises(ValueError, match=f"^{message}$"):
        await plan.run(world.client, **options)

    assert {} == await world.remote()


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"max_delete": -1}, ValueError, "max_delete must be an int of at least 0, got -1"),
        ({"max_delete": None}, ValueError, "max_delete must be an int of at least 0, got None"),
        ({"max_delete": 1.5}, ValueError, "max_delete must be an int of at least 0, got 1.5"),
        ({"delete": "no"}, ValueError, "delete must be False or True, got 'no'"),
        ({"hidden": None}, ValueError, "hidden must be False or True, got None"),
        ({"state": 5}, ValueError, "state must be a path or None, got 5"),
        ({"checksum_field": ""}, ValueError, "checksum_field must be the name of a field or None, got ''"),
        ({"http_client": 5}, ValueError, r"http_client must be an httpx\.AsyncClient or None, got 5"),
        ({"symlinks": "no"}, ValueError, "symlinks must be 'skip' or 'follow', got 'no'"),
        ({"collisions": "no"}, ValueError, "collisions must be"),
        ({"verify": "no"}, ValueError, "verify must be"),
        ({"exclude": "*.txt"}, ValueError, r"exclude must be patterns such as \['\*\.txt'\], got '\*\.txt'"),
        ({"include": None}, ValueError, r"include must be patterns such as \['\*\.txt'\], got None"),
        ({"include": [5]}, ValueError, r"include must be patterns such as \['\*\.txt'\], got \(5,\)"),
        ({"upload_options": 5}, TypeError, "upload_options must be a dict, got 5"),
        ({"upload_options": {5: 5}}, ValueError, "upload_options must hold only .*; got 5"),
        ({"upload_options": {"tags": "x"}}, TypeError, "tags must be a list, got str"),
        ({"upload_options": {"timeout": "x"}}, ValueError, "timeout must be a positive number of seconds, .*, got 'x'"),
        ({"colour": True}, TypeError, "colour"),
    ],
)
async def test_arguments_of_a_plan_are_checked(world, options, error, message):
    """A plan refuses arguments that it cannot use, before anything is listed."""
    with pytest.raises(error, match=message):
        await world.plan_upload(**options)

    assert [] == world.server.requests


@pytest.mark.parametrize("local", [None, b"a", ""])
async def test_the_local_folder_is_checked(world, local):
    """A local folder that is not a path is named, before anything is listed."""
    with pytest.raises(ValueError, match=r"^local must be a path that is not empty"):
        await plan_upload(world.client, local, "/site")

    assert [] == world.server.requests


@pytest.mark.parametrize("remote", [None, b"/site"])
async def test_the_remote_folder_is_checked(world, remote):
    """A remote folder that is not a str is named, before anything is listed."""
    with pytest.raises(ValueError, match=r"^remote must be a str such as '/site/images', got "):
        await plan_upload(world.client, world.local, remote)
    with pytest.raises(ValueError, match=r"^remote must be a str such as '/site/images', got "):
        await plan_download(world.client, remote, world.local)

    assert [] == world.server.requests


@pytest.mark.parametrize(
    ("returned", "error", "message"),
    [
        (None, TypeError, r"upload_options\('a\.txt'\) must be a dict, got None"),
        ({"folder": "/x"}, ValueError, r"upload_options\('a\.txt'\) must hold only .*; got folder"),
        ({"tags": "x"}, TypeError, "tags must be a list, got str"),
    ],
)
async def test_what_a_function_of_options_returns_is_checked(world, returned, error, message):
    """What the function of options returns is checked when the plan is made."""
    world.write("a.txt", "one")
    with pytest.raises(error, match=f"^{message}$"):
        await world.plan_upload(upload_options=lambda path: returned)


@pytest.mark.parametrize(
    ("schema", "what"),
    [
        (None, "which does not exist"),
        ({"type": "Number"}, "which has {'type': 'Number'}"),
        ({"type": "Text", "maxLength": 63}, "which has {'type': 'Text', 'maxLength': 63}"),
    ],
)
async def test_an_unusable_checksum_field_is_refused(world, schema, what):
    """The plan refuses a checksum field that the account lacks or that cannot hold a SHA-256."""
    if schema:
        await world.client.custom_metadata_fields.create(name="sha", label="sha", schema=schema)
    text = "checksum_field must be a custom metadata field of type Text for 64 characters, got 'sha', " + what
    for plan in (world.plan_upload, world.plan_download):
        with pytest.raises(TransferError, match=f"^{re.escape(text)}$"):
            await plan(checksum_field="sha")


async def test_a_folder_that_is_too_deep_is_a_conflict(world):
    """A plan shows files below more than 50 levels of folders, which ImageKit refuses, and uploads the others."""
    fits, deep = "d/" * 49 + "a.txt", "d/" * 50 + "b.txt"
    for path in (fits, deep):
        world.write(path, "one")
    plan = await world.plan_upload()
    report = await world.run(plan)

    assert {fits: "create", deep: "conflict"} == decisions(plan)
    assert "ImageKit stores no files below more than 50 levels of folders" in str(plan)
    assert [fits] == list(await world.remote())
    assert {"done": 1, "conflict": 1} == report.counts()


@pytest.mark.parametrize("year", [1950, 2300])
async def test_times_beyond_the_usual(world, year):
    """A file that claims to be from a time long before or after ours is uploaded, and so are the others."""
    seconds = (year - 1970) * 31_556_952
    os.utime(world.write("a.txt", "one"), (seconds, seconds))
    world.write("b.txt", "two")
    report = await world.upload()
    again = await world.plan_upload()
    back = await world.plan_download()

    assert report.ok
    assert [plan.counts() for plan in (again, back)] == [{"skip": 2}, {"skip": 2}]


async def test_a_change_within_one_tick_of_the_clock(world):
    """A change that a coarse clock, or one set back, gives the same time is seen unless that time is long past."""
    # Always less than a tick ago when the test reads it.
    now = (int(time.time()) + 60) * 1_000_000_000
    os.utime(world.write("a.txt", "one"), ns=(now, now))
    os.utime(world.write("b.txt", "one"), ns=(now, now))
    await world.upload()
    unchanged = await world.plan_upload()
    await world.run(unchanged)
    os.utime(world.write("a.txt", "two"), ns=(now, now))
    changed = await world.plan_upload()

    assert decisions(unchanged) == {"a.txt": "skip", "b.txt": "skip"}
    assert decisions(changed) == {"a.txt": "replace", "b.txt": "skip"}


async def test_what_a_coarse_clock_leaves_in_doubt_can_be_deleted(world):
    """A file just uploaded is deleted with its remote one, unless it has changed."""
    now = (int(time.time()) + 60) * 1_000_000_000
    for name in ("a.txt", "b.txt", "c.txt"):
        os.utime(world.write(name, "one"), ns=(now, now))
    await world.upload()
    for name in ("a.txt", "b.txt"):
        await world.client.files.delete((await world.listed())[name].file_id)
    os.utime(world.write("b.txt", "two"), ns=(now, now))
    plan = await world.plan_download(delete=True)

    assert decisions(plan) == {"a.txt": "delete", "b.txt": "conflict", "c.txt": "skip"}


async def test_a_file_that_vanishes(world):
    """A file that is gone or has become something else when its turn comes is a failed item."""
    for name in ("a.txt", "b.txt", "c.txt"):
        world.write(name, "one")
    plan = await world.plan_upload()
    (world.local / "a.txt").unlink()
    (world.local / "b.txt").unlink()
    os.mkfifo(world.local / "b.txt")
    report = await world.run(plan)

    assert ["FileNotFoundError", "OSError", None] == [item.error for item in report.items]


async def test_a_touched_file_that_cannot_be_read(world, monkeypatch):
    """A file that cannot be hashed counts as changed, and its upload reports why."""
    os.utime(world.write("a.txt", "one"), ns=(1, 1))
    await world.upload()
    path = world.write("a.txt", "two")
    plan_of = world.plan_upload
    real = os.open

    def refusing(name, flags, *rest, **more):
        if str(name) == str(path):
            raise PermissionError(13, "Permission denied", name)
        return real(name, flags, *rest, **more)

    monkeypatch.setattr(os, "open", refusing)
    plan = await plan_of()
    report = await world.run(plan)

    assert {"a.txt": "replace"} == decisions(plan)
    assert "PermissionError" == report.items[0].error


async def test_large_files_are_streamed(world):
    """A file beyond a chunk is uploaded from disk."""
    world.write("a.txt", "x" * 600_000)
    report = await world.upload()

    assert report.ok
    assert {"a.txt": "x" * 600_000} == await world.remote()


async def test_special_files_are_skipped(world):
    """Links, pipes and sockets are skipped with a reason, and what is stored under their names is not deleted."""
    world.write("a.txt", "one")
    (world.local / "link").symlink_to(world.local / "a.txt")
    os.mkfifo(world.local / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(world.local / "sock"))
        for name in ("link", "pipe", "sock"):
            await world.put(name, "kept")
        plan = await world.plan_upload(delete=True)
    reasons = {item.path: item.reason for item in plan.items}

    assert {"a.txt": "create", "link": "skip", "pipe": "skip", "sock": "skip"} == decisions(plan)
    assert "it is a symbolic link" == reasons["link"]
    assert {"it is not a regular file"} == {reasons["pipe"], reasons["sock"]}


async def test_links_are_followed_on_request(world):
    """`symlinks="follow"` uploads what links lead to, and ends in loops and at dangling links."""
    world.write("sub/a.txt", "one")
    (world.local / "file").symlink_to("sub/a.txt")
    (world.local / "folder").symlink_to("sub")
    (world.local / "sub" / "loop").symlink_to("..")
    (world.local / "dangling").symlink_to("nothing")
    plan = await world.plan_upload(symlinks="follow")
    reasons = {item.path: item.reason for item in plan.items if item.action == "skip"}

    assert {"file", "folder/a.txt", "sub/a.txt"} == {item.path for item in plan.items if item.action == "create"}
    assert {
        "dangling": "it vanished, or is a symbolic link that cannot be followed",
        "folder/loop": "it is a symbolic link to a folder above it",
        "sub/loop": "it is a symbolic link to a folder above it",
    } == reasons


async def test_a_canceled_run_can_be_resumed(world):
    """A run that is canceled leaves a state from which the next one goes on."""
    for number in range(10):
        world.write(f"{number}.txt", "one")
    plan = await world.plan_upload()
    with anyio.CancelScope() as scope:
        await world.run(plan, concurrency=2, on_progress=lambda p: scope.cancel() if p.files_done == 4 else None)
    report = await world.upload()

    assert scope.cancelled_caught
    assert report.ok
    assert report.counts()["skipped"] >= 4
    assert 10 == len(await world.remote())


async def test_unfinished_drafts_are_recognized_by_size(world):
    """An upload that was cut off after it was stored is recognized even if it cannot be downloaded."""
    world.write("a.txt", "one")
    plan = await world.plan_upload(upload_options={"is_published": False})
    world.server.faults.add("disconnect-after", operation="files.upload")
    world.server.faults.add("status", operation="assets.list", status=400)
    report = await world.run(plan)

    assert not report.ok
    assert {"a.txt": "skip"} == decisions(await world.plan_upload())


async def test_changes_after_a_cut_off_upload(world):
    """A file of the same size that others stored after an upload was cut off is not taken for it."""
    world.write("a.txt", "one")
    await world.upload()
    world.write("a.txt", "two")
    world.server.faults.add("disconnect-before", operation="files.upload", times=3)
    await world.upload()
    await world.put("a.txt", "new")

    assert {"a.txt": "conflict"} == decisions(await world.plan_upload())


async def test_stored_over_another_file(world):
    """A file that the service stores over another one is reported, whatever names were foreseen."""
    world.write("a.txt", "one")
    world.write("b.txt", "two")
    await world.put("a.txt", "one")
    file = (await world.listed())["a.txt"]
    body = {"fileId": file.file_id, "name": "a.txt", "filePath": "/site/a.txt", "versionInfo": {"id": "v2"}}
    world.server.faults.add("status", operation="files.upload", status=200, body=json.dumps(body))
    report = await world.upload()

    assert isinstance(file, File)
    assert "ImageKit stored it as a.txt, over the file of a.txt" == report.items[1].reason


async def test_queued_uploads_are_reported(world):
    """A response that promises a file for later is a failed item."""
    world.write("a.mp4", "one")
    world.server.faults.add("status", operation="files.upload", status=202, body='{"message": "queued"}')
    report = await world.upload()

    assert "ImageKit did not store it yet: queued" == report.items[0].reason


async def test_a_remote_file_replaced_after_the_plan_is_not_deleted(world):
    """A run deletes only the version that the plan saw."""
    for path in ("a.txt", "b.txt", "c.txt"):
        world.write(path, "one")
    await world.upload()
    world.write("a.txt", "mine!")
    (world.local / "b.txt").unlink()
    (world.local / "c.txt").unlink()
    plan = await world.plan_upload(delete=True)
    await world.put("b.txt", "theirs")
    report = await world.run(plan)

    assert ["done", "failed", "done"] == [item.outcome for item in report.items]
    assert "the remote file b.txt has changed since the plan was made; plan again" == report.items[1].reason
    assert {"a.txt": "mine!", "b.txt": "theirs"} == await world.remote()


async def test_a_remote_file_replaced_after_the_plan_is_not_overwritten(world):
    """A run overwrites only the version that the plan saw."""
    world.write("a.txt", "one")
    await world.upload()
    world.write("a.txt", "mine!")
    plan = await world.plan_upload()
    await world.put("a.txt", "theirs")
    report = await world.run(plan)

    assert ["failed"] == [item.outcome for item in report.items]
    assert {"a.txt": "theirs"} == await world.remote()


async def test_a_folder_has_one_state_under_all_its_names(world, tmp_path, monkeypatch):
    """A link to the folder and a path with `..` lead to the same state as the folder itself."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "states"))
    world.write("a.txt", "one")
    (tmp_path / "link").symlink_to(world.local)
    names = [world.local, f"{world.local}/", tmp_path / "link", world.local / ".." / "local"]
    plans = [await plan_upload(world.client, name, "/site") for name in names]

    assert 1 == len({plan.state for plan in plans})
    assert {world.local} == {plan.local for plan in plans}


async def test_an_empty_path_is_no_folder(world):
    """An unset variable must not mean the working directory."""
    with pytest.raises(ValueError, match="local must be a path that is not empty"):
        await plan_upload(world.client, "", "/site")


async def test_a_long_plan_has_a_short_repr(world):
    """The repr of a plan and of a report gives the number of items."""
    world.write("a.txt", "one")
    plan = await world.plan_upload()

    assert "items=Rows(rows=1)" in repr(plan)
    assert "items=Rows(rows=1)" in repr(await world.run(plan))
