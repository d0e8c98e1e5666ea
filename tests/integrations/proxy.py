"""
A process of its own that passes uploads on: prints its port, and reports the peak of its memory with each response.
"""

from __future__ import annotations

import socket
import tracemalloc

import uvicorn
from fastapi import FastAPI, Request

from imagekit_async.integrations.fastapi import ImageKitClient, client_lifespan, request_body

app = FastAPI(lifespan=client_lifespan())


@app.put("/{name}")
async def upload(name: str, request: Request, client: ImageKitClient) -> dict[str, int]:
    """
    Pass a body on to ImageKit.
    """
    stored = await client.files.upload(file=request_body(request, max_bytes=2 * 1024**3), file_name=name)
    return {"size": stored.size, "peak": tracemalloc.get_traced_memory()[1]}


if __name__ == "__main__":
    tracemalloc.start()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(listening.getsockname()[1], flush=True)
        uvicorn.Server(uvicorn.Config(app, loop="asyncio", log_config=None)).run(sockets=[listening])
