"""
What a worker runs: `taskiq worker --workers 1 --max-async-tasks 16 examples.fleet.tasks:broker`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import redis.asyncio
from taskiq import Context, TaskiqDepends, TaskiqEvents, TaskiqScheduler, TaskiqState
from taskiq.schedule_sources import LabelScheduleSource
from taskiq_redis import ListRedisScheduleSource, RedisStreamBroker

from examples.fleet.retry import RetryMiddleware, retry_seconds
from imagekit_async import AsyncImageKit, BadRequestError, Pacing
from imagekit_async.integrations.redis import RedisStore
from imagekit_async.search import Asset

REDIS_URL = os.environ.get("FLEET_REDIS_URL", "redis://127.0.0.1:6379/0")
FOLDER = "/fleet"
STORED_KEY = "fleet:stored"
REFUSED_KEY = "fleet:refused"
MAX_RETRIES = 100
# A task that has not ended after this time belongs to a worker that was killed.
IDLE_SECONDS = 10
# Both calls of a task together end before then, and longer waits are left to the queue.
CALL_SECONDS = 4

delayed = ListRedisScheduleSource(REDIS_URL)
broker = RedisStreamBroker(
    REDIS_URL,
    queue_name="fleet:queue",
    # Tasks that were sent before the first worker started count, too.
    consumer_id="0",
    idle_timeout=IDLE_SECONDS * 1000,
    # What a worker has read but not started waits as long as the worker does.
    xread_count=4,
    unacknowledged_batch_size=16,
    # Or a worker that is killed while it holds the lock would stop all others from taking over.
    unacknowledged_lock_timeout=5,
).with_middlewares(RetryMiddleware(MAX_RETRIES, default_retry_label=True, schedule_source=delayed))
scheduler = TaskiqScheduler(broker, [LabelScheduleSource(broker), delayed])


@broker.on_event(TaskiqEvents.WORKER_STARTUP)
async def open_clients(state: TaskiqState) -> None:
    """
    Open one client a process; all of them share one rate limit.
    """
    state.store = RedisStore(REDIS_URL, prefix="fleet:limits:")
    state.imagekit = AsyncImageKit(pacing=Pacing(store=state.store))
    state.redis = redis.asyncio.Redis.from_url(REDIS_URL)


@broker.on_event(TaskiqEvents.WORKER_SHUTDOWN)
async def close_clients(state: TaskiqState) -> None:
    """
    Close the clients of the process.
    """
    await state.imagekit.aclose()
    await state.store.aclose()
    await state.redis.aclose()


def imagekit(context: Annotated[Context, TaskiqDepends()]) -> AsyncImageKit:
    """
    Return the client of the process.
    """
    client: AsyncImageKit = context.state.imagekit
    return client


def progress(context: Annotated[Context, TaskiqDepends()]) -> redis.asyncio.Redis:
    """
    Return the connections to where progress is kept.
    """
    connections: redis.asyncio.Redis = context.state.redis
    return connections


@broker.task
async def import_item(
    source: str,
    name: str,
    client: Annotated[AsyncImageKit, TaskiqDepends(imagekit)],
    done: Annotated[redis.asyncio.Redis, TaskiqDepends(progress)],
) -> None:
    """
    Store a URL or a local file under a name, once however often this runs.

    Args:
        source: URL or path.
        name: Name that no other item has.
        client: Client of the process.
        done: Where progress is kept.
    """
    try:
        if not await is_stored(client, name):
            await store(client, source, name)
    except Exception as error:
        if retry_seconds(error) is None:
            await done.hset(REFUSED_KEY, name, str(error))
        raise
    await done.sadd(STORED_KEY, name)


async def is_stored(client: AsyncImageKit, name: str) -> bool:
    """
    Return whether an earlier attempt succeeded: one of unknown outcome, or of a worker that was killed.
    """
    query = Asset.name == name
    return bool(await client.assets.list(path=FOLDER, search_query=query, limit=1, deadline=CALL_SECONDS))


async def store(client: AsyncImageKit, source: str, name: str) -> None:
    """
    Upload an item under its fixed name, which ImageKit gives away once.
    """
    file = source if source.startswith(("http://", "https://")) else Path(source)
    try:
        await client.files.upload(
            file=file,
            file_name=name,
            folder=FOLDER,
            use_unique_file_name=False,
            overwrite_file=False,
            deadline=CALL_SECONDS,
        )
    except BadRequestError as error:
        # Another worker took the item over, and was faster.
        if "already exists" not in error.message:
            raise


@broker.task(schedule=[{"interval": 1}])
async def wake() -> None:
    """
    Do nothing. A worker looks for tasks of killed workers only after it has received a task.
    """
