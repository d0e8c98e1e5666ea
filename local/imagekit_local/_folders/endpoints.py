"""
HTTP side of the folders and of the jobs on them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from imagekit_local._account import Account
from imagekit_local._bodies import json_object
from imagekit_local._folders.jobs import job_view, start_copy, start_delete, start_move, start_rename
from imagekit_local._folders.making import create_folder
from imagekit_local._folders.working import PARTIAL_SUCCESS, begin, finish_job
from imagekit_local._routing import Handler


def folder_handlers(account: Account) -> dict[tuple[str, str], Handler]:
    """
    Return the handlers of the operations on folders and jobs, by method and path template.
    """
    run = account.store.run

    async def create(request: Request) -> Response:
        await run(create_folder, account, await json_object(request))
        return JSONResponse({}, 201)

    async def delete(request: Request) -> Response:
        rest = await run(_begin_delete, account, await json_object(request))
        if rest is not None:
            await finish_job(account, rest)
        return Response(status_code=204)

    async def job(request: Request) -> Response:
        view = await run(job_view, account, request.path_params["jobId"])
        return JSONResponse(view, 207 if view["status"] == PARTIAL_SUCCESS else 200)

    return {
        ("POST", "/v1/folder"): create,
        ("DELETE", "/v1/folder"): delete,
        ("POST", "/v1/bulkJobs/copyFolder"): _job_handler(account, start_copy, 200),
        ("POST", "/v1/bulkJobs/moveFolder"): _job_handler(account, start_move, 200),
        ("POST", "/v1/bulkJobs/renameFolder"): _job_handler(account, start_rename, 202),
        ("GET", "/v1/bulkJobs/{jobId}"): job,
    }


def _begin_delete(account: Account, body: Mapping[str, Any]) -> str | None:
    job_id = start_delete(account, body)
    return None if begin(account, job_id) else job_id


def _job_handler(account: Account, start: Callable[[Account, Mapping[str, Any]], str], status: int) -> Handler:
    async def respond(request: Request) -> Response:
        job_id = await account.store.run(start, account, await json_object(request))
        return JSONResponse({"jobId": job_id}, status)

    return respond
