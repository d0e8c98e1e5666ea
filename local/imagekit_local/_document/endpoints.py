"""
HTTP side of the document: `/openapi.json` and `/openapi.yaml`, for anyone.
"""

from __future__ import annotations

from functools import lru_cache

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from imagekit_local._document.document import Document
from imagekit_local._document.reading import as_yaml


def document_routes(document: Document) -> list[Route]:
    """
    Return the routes that serve a document. They need no credentials.
    """

    async def json(request: Request) -> Response:
        return JSONResponse(document.content)

    async def yaml(request: Request) -> Response:
        # Seconds of work, so it is kept away from the event loop.
        return Response(await anyio.to_thread.run_sync(_yaml, document), media_type="application/yaml")

    return [Route("/openapi.json", json), Route("/openapi.yaml", yaml)]


@lru_cache(maxsize=2)
def _yaml(document: Document) -> str:
    return as_yaml(document.content)
