"""
Webhooks as type checkers see them: read by mypy and pyright in strict mode, never run.

An `ignore` marks what must be refused; a checker that accepts it fails on the needless comment.
"""

from __future__ import annotations

import os
from functools import partial
from typing import Any

import anyio
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount, Route

from imagekit_async.webhooks import Scope, WebhookEndpoint, WebhookEvent


async def on_event(event: WebhookEvent) -> None:
    """
    Handle an event in the event loop.
    """


def in_a_thread(event: WebhookEvent) -> None:
    """
    Handle an event in a worker thread.
    """


async def with_request(event: WebhookEvent, scope: Scope) -> None:
    """
    Handle an event with the request that it came in.
    """
    Request(scope)


def with_database(database: str, event: WebhookEvent) -> int:
    """
    Handle an event with a dependency.
    """
    return len(database)


ENDPOINT = WebhookEndpoint("whsec_", on_event)
WebhookEndpoint(lambda: os.environ["IMAGEKIT_WEBHOOK_SECRET"], in_a_thread)
WebhookEndpoint(b"whsec_", with_request)
WebhookEndpoint("whsec_", partial(with_database, "sqlite://"))
WebhookEndpoint("whsec_", anyio.create_memory_object_stream[WebhookEvent](1)[0])
WebhookEndpoint("whsec_", lambda: None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
WebhookEndpoint("whsec_", anyio.create_memory_object_stream[str](1)[0])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

starlette = Starlette(routes=[Route("/hooks", ENDPOINT), Mount("/mounted", ENDPOINT)])
starlette.add_route("/hooks", ENDPOINT)
starlette.mount("/mounted", ENDPOINT)
fastapi = FastAPI(routes=[Route("/hooks", ENDPOINT)])
fastapi.add_route("/hooks", ENDPOINT)
fastapi.mount("/mounted", ENDPOINT)


async def serve(scope: dict[str, Any]) -> None:
    """
    Call the endpoint as a server does.
    """

    async def receive() -> dict[str, Any]:
        return {}

    async def send(message: Any) -> None:
        pass

    await ENDPOINT(scope, receive, send)
