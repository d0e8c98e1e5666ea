"""
The FastAPI integration as type checkers see it: read by mypy and pyright in strict mode, never run.

An `ignore` marks what must be refused; a checker that accepts it fails on the needless comment.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, assert_type

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.applications import Starlette
from starlette.requests import HTTPConnection

from imagekit_async import AsyncImageKit
from imagekit_async.integrations.fastapi import (
    ImageKitClient,
    client_lifespan,
    get_client,
    map_errors,
    request_body,
    upload_permissions,
)
from imagekit_async.models import File, FileUploadResponse

app = FastAPI(lifespan=client_lifespan())
APIRouter(lifespan=client_lifespan(lambda: AsyncImageKit(timeout=10)))
map_errors(app)
map_errors(Starlette(lifespan=client_lifespan()))
client_lifespan(AsyncImageKit())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
app.dependency_overrides[get_client] = AsyncImageKit


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[dict[str, Any]]:
    """
    Enter the lifespan of the client in another one.
    """
    async with client_lifespan()(app) as state:
        yield {**state, "database": None}


@app.get("/{file_id}", response_model=list[File])
async def show(file_id: str, client: ImageKitClient) -> File:
    """
    Respond with a model.
    """
    assert_type(client, AsyncImageKit)
    return await client.files.get(file_id)


@app.put("/{name}")
async def upload(name: str, request: Request, client: ImageKitClient) -> FileUploadResponse:
    """
    Pass a body on.
    """
    request_body(request)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    return await client.files.upload(file=request_body(request, max_bytes=1_000_000), file_name=name)


def form(name: str) -> dict[str, object]:
    """
    Return what a browser may upload.
    """
    return {"file_name": name}


def login() -> None:
    """
    Refuse strangers.
    """


upload_permissions(form, dependencies=[Depends(login)], expires_in=timedelta(minutes=5))
upload_permissions(dependencies=[])
upload_permissions(form)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def of_a_scope(scope: dict[str, Any]) -> None:
    """
    Find the client of a webhook's request.
    """
    assert_type(await get_client(HTTPConnection(scope)), AsyncImageKit)


def shown(file: File) -> None:
    """
    A misspelt field stays an error.
    """
    file.file_idd  # type: ignore[attr-defined]  # noqa: B018  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
