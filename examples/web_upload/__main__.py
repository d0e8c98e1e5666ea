"""
Serve the application, with a local ImageKit or with the account that the environment names.

Print the URLs of the page and of ImageKit once both are listening.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import anyio
import httpx
import uvicorn

from examples.web_upload.app import WEBHOOK_PATH, build_app
from imagekit_async import AsyncImageKit
from imagekit_async.testing import LocalImageKit

NEEDED = ("IMAGEKIT_PUBLIC_KEY", "IMAGEKIT_URL_ENDPOINT")


@contextmanager
def local_imagekit(page: str) -> Iterator[dict[str, str]]:
    """
    Run a local ImageKit that sends its webhooks to the application, and yield the environment for it.
    """
    with LocalImageKit(reachable=[page]) as server:

        async def subscribe() -> str:
            transport = httpx.AsyncHTTPTransport()
            async with AsyncImageKit(server.private_key, base_url=server.url, transport=transport) as client:
                webhook = await client.accounts.webhooks.create(
                    endpoint=page + WEBHOOK_PATH, events=["file.created", "file.deleted"]
                )
            return webhook.secret or ""

        yield {
            "IMAGEKIT_PRIVATE_KEY": server.private_key,
            "IMAGEKIT_PUBLIC_KEY": server.public_key,
            "IMAGEKIT_URL_ENDPOINT": server.url_endpoint,
            "IMAGEKIT_BASE_URL": server.url,
            "IMAGEKIT_WEBHOOK_SECRET": anyio.run(subscribe),
            # Or a proxy of the environment would get the requests of the application.
            "no_proxy": "127.0.0.1",
        }


def main() -> None:
    """
    Serve until interrupted.

    Raises:
        SystemExit: The environment names an account, but lacks some of its settings.
    """
    parser = argparse.ArgumentParser(prog="python -m examples.web_upload", description="Serve the page.")
    parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1, 0 for any free one")
    # uvicorn raises the signal that stopped it again, which would end the process before ImageKit has cleaned up.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt), ExitStack() as stack:
        # Listen before ImageKit knows the URL, to receive every event.
        listener = stack.enter_context(socket.create_server(("127.0.0.1", parser.parse_args().port)))
        page = f"http://127.0.0.1:{listener.getsockname()[1]}"
        if "IMAGEKIT_PRIVATE_KEY" not in os.environ:
            os.environ.update(stack.enter_context(local_imagekit(page)))
        if missing := [name for name in NEEDED if name not in os.environ]:
            sys.exit(f"set {' and '.join(missing)} as well as IMAGEKIT_PRIVATE_KEY")
        print(f"{page} uploads to {os.environ.get('IMAGEKIT_BASE_URL', 'ImageKit')}", flush=True)
        uvicorn.Server(uvicorn.Config(build_app(), log_level="warning")).run(sockets=[listener])


if __name__ == "__main__":
    main()
