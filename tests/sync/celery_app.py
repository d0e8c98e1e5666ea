"""
A Celery application whose client is made, and used, before the pool forks its workers.
"""

from __future__ import annotations

import os
from pathlib import Path

from celery import Celery

from imagekit_async import ImageKit

folder = Path(os.environ["CELERY_FOLDER"])
app = Celery(broker="filesystem://", backend=f"file://{folder}")
app.conf.broker_transport_options = {name: str(folder) for name in ("data_folder_in", "data_folder_out")}
app.conf.broker_transport_options["control_folder"] = str(folder / "control")
client = ImageKit()
FILE_ID = client.files.upload(file=b"x", file_name="a.txt").file_id


@app.task
def read() -> list[int]:
    """
    Return the ids of the process and its parent after a call.
    """
    assert FILE_ID == client.files.get(FILE_ID).file_id
    return [os.getpid(), os.getppid()]
