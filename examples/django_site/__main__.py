"""
Serve the project with a local ImageKit: `make django-site`.

Prints the URL of the page and of ImageKit, and serves until interrupted. The user of the admin is `admin`, with the
password `admin`.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress

from imagekit_async.testing import LocalImageKit

MANAGE = (sys.executable, "-m", "examples.django_site.manage")


def main() -> None:
    """
    Create the database, collect the static files, and serve.
    """
    parser = argparse.ArgumentParser(prog="python -m examples.django_site", description="Serve the project.")
    parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1")
    port = parser.parse_args().port
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt), tempfile.TemporaryDirectory() as folder, LocalImageKit() as server:
        environment = {
            **os.environ,
            "DJANGO_DATABASE": f"{folder}/db.sqlite3",
            "DJANGO_DEBUG": "1",
            "DJANGO_MANIFEST_FOLDER": folder,
            "DJANGO_SUPERUSER_PASSWORD": "admin",
            "IMAGEKIT_BASE_URL": server.url,
            "IMAGEKIT_PRIVATE_KEY": server.private_key,
            "IMAGEKIT_URL_ENDPOINT": server.url_endpoint,
            # Or a proxy of the environment would get the requests.
            "no_proxy": "127.0.0.1",
        }
        for command in ("migrate", "createsuperuser --username admin --email admin@example.test", "collectstatic"):
            subprocess.run([*MANAGE, *command.split(), "--no-input", "--verbosity=0"], env=environment, check=True)
        print(f"http://127.0.0.1:{port} stores in {server.url}", flush=True)
        subprocess.run([*MANAGE, "runserver", "--noreload", f"127.0.0.1:{port}"], env=environment)


if __name__ == "__main__":
    main()
