"""
An application that signs uploads, which the browser sends directly to ImageKit, lists the files, and collects events
from webhooks. No byte of an image passes through it.

Environment variables configure it, as they configure `AsyncImageKit`.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from imagekit_async import AsyncImageKit, ImageKitError
from imagekit_async.models import File, FileCreatedEvent, FileDeletedEvent
from imagekit_async.webhooks import WebhookEndpoint, WebhookEvent

FOLDER = "/web-upload"
WEBHOOK_PATH = "/webhooks/imagekit"
UPLOAD_SERVER = "https://upload.imagekit.io"
PERMISSION_LIFETIME = timedelta(minutes=10)
MAX_FILES = 12
MAX_EVENTS = 12


def summary(event: WebhookEvent) -> dict[str, str | None]:
    """
    Return what the page shows of an event.
    """
    match event:
        case FileCreatedEvent():
            return {"id": event.id, "type": event.type, "about": event.data.name}
        case FileDeletedEvent():
            return {"id": event.id, "type": event.type, "about": event.data.file_id}
        case _:
            return {"id": event.id, "type": event.type, "about": None}


def build_app() -> Starlette:
    """
    Return the application, for example for `uvicorn --factory examples.web_upload.app:build_app`.

    It receives webhooks only if `IMAGEKIT_WEBHOOK_SECRET` is set.
    """
    # Kept in this process. Several processes would need a database between the webhook and the page.
    events: deque[dict[str, str | None]] = deque(maxlen=MAX_EVENTS)

    async def note(event: WebhookEvent) -> None:
        events.appendleft(summary(event))

    async def list_events(request: Request) -> Response:
        return JSONResponse(list(events))

    routes: list[BaseRoute] = [
        Route("/permissions/{version}", permit_upload, methods=["POST"]),
        Route("/files", list_files),
        Route("/events", list_events),
    ]
    if secret := os.environ.get("IMAGEKIT_WEBHOOK_SECRET"):
        routes.append(Route(WEBHOOK_PATH, WebhookEndpoint(secret, note)))
    routes.append(Mount("/", StaticFiles(directory=Path(__file__).parent / "static", html=True)))
    return Starlette(routes=routes, lifespan=lifespan, exception_handlers={ImageKitError: report})


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[dict[str, AsyncImageKit]]:
    """
    Share one client, with its connections and its knowledge of rate limits, among all requests.
    """
    async with AsyncImageKit() as client:
        yield {"client": client}


async def permit_upload(request: Request) -> Response:
    """
    Sign one upload, and return the URL and the fields for the browser to send.

    A real application checks here who the user is and what they may upload.
    """
    client: AsyncImageKit = request.state.client
    version = request.path_params["version"]
    try:
        fields = {"v1": fields_v1, "v2": fields_v2}[version](client, request.query_params["name"])
    except (KeyError, ValueError):
        return JSONResponse({"message": "Pass a name, and v1 or v2."}, 400)
    server = os.environ.get("IMAGEKIT_BASE_URL", UPLOAD_SERVER)
    return JSONResponse(
        {"url": f"{server}/api/{version}/files/upload", "fields": fields}, headers={"cache-control": "no-store"}
    )


def fields_v1(client: AsyncImageKit, name: str) -> dict[str, str]:
    """
    Return a permission to upload anything once; the browser could change the name and the folder.
    """
    signed = client.helper.get_authentication_parameters(expire=PERMISSION_LIFETIME)
    form = {"fileName": name, "folder": FOLDER, "publicKey": os.environ["IMAGEKIT_PUBLIC_KEY"]}
    return {**form, "token": signed["token"], "expire": str(signed["expire"]), "signature": signed["signature"]}


def fields_v2(client: AsyncImageKit, name: str) -> dict[str, str]:
    """
    Return a permission for exactly these fields.
    """
    return client.helper.sign_upload_form({"file_name": name, "folder": FOLDER}, expires_in=PERMISSION_LIFETIME)


async def list_files(request: Request) -> Response:
    """
    Return the latest images, newest first, with URLs to show them.
    """
    client: AsyncImageKit = request.state.client
    assets = await client.assets.list(path=FOLDER, file_type="image", sort="DESC_CREATED", limit=MAX_FILES)
    return JSONResponse([shown(client, asset) for asset in assets if isinstance(asset, File)])


def shown(client: AsyncImageKit, file: File) -> dict[str, object]:
    """
    Return what the page shows of an image.
    """
    path = file.file_path
    return {
        "name": file.name,
        "width": file.width,
        "height": file.height,
        "size": file.size,
        "url": client.helper.build_url(src=path),
        "thumbnail": client.helper.build_url(src=path, transformation=[{"width": 320, "height": 240}]),
    }


async def report(request: Request, error: Exception) -> Response:
    """
    Return the error of a failed API call to the page.
    """
    return JSONResponse({"message": str(error)}, 502)
