"""
One rate limit for many processes: `Pacing(store=RedisStore("redis://..."))`; needs the extra `redis` and asyncio.

Valkey works as well. `redis.lua` decides; this module asks it rarely, and carries on when it does not respond.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import secrets
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

import attrs

from .._http.bucket import window_of
from .._http.loops import PerLoop, current_loop
from .._http.pacer import Pacing
from .._http.rate_limit_store import RateLimitWait
from ..errors import ConfigurationError, RateLimitStoreError
from ._redis_endpoint import RedisEndpoint

try:
    import redis.asyncio
    from redis.exceptions import NoScriptError, ReadOnlyError, RedisClusterException, RedisError
except ModuleNotFoundError as _error:
    _hint = "RedisStore needs the extra `redis`: pip install 'imagekit-async[redis]'"
    raise ModuleNotFoundError(f"{_error}; {_hint}", name=_error.name) from _error

if TYPE_CHECKING:
    from .._http.loops import Loop
    from .._http.rate_limit_store import Budgets
    from .._response import RateLimit

__all__ = ["RedisStore"]

_logger = logging.getLogger("imagekit_async")

SCRIPT = Path(__file__).with_suffix(".lua").read_text(encoding="utf-8")
_DECISION_SECONDS = _RETRY_SECONDS = 1.0
_RENEWAL_SECONDS = 2.0
_REPORT_SECONDS = 0.25
# What fails in a cluster is no RedisError, and a connection may be used whose transport was closed (RuntimeError).
_FAILURES = (RedisError, RedisClusterException, OSError, TimeoutError, RuntimeError)


class RedisStore:
    """
    Keeps the rate limits of an account in Redis or Valkey, so that all its processes together stay within them.

    Each decision is one call of a script, by the server's clock. A process gets up to 8 permits at once, up to half a
    second ahead. What a process that died held is free again after 6 seconds and one interval.

    Args:
        server: A URL like `redis://localhost:6379/0`, or a `redis.asyncio` client of one event loop; close it yourself.
        prefix: What the names of the keys start with; each account needs its own.
        fallback: (requests, interval) that each process may send to each endpoint while Redis does not respond within a
            second; None to raise `RateLimitStoreError` instead.

    Raises:
        ValueError: `fallback` is not a positive int and a positive timedelta, or the URL is not one of Redis.
    """

    def __init__(
        self,
        server: redis.asyncio.Redis | str,
        *,
        prefix: str = "imagekit:",
        fallback: tuple[int, timedelta] | None = (1, timedelta(seconds=1)),
    ) -> None:
        if fallback is not None:
            try:
                Pacing(budgets=(fallback,))
            except ValueError:
                raise ValueError(f"fallback must be (positive int, positive timedelta), got {fallback!r}") from None
        if isinstance(server, str):
            _check_url(server)
        self._new_member = partial(_Member, server, prefix, fallback)
        self._loop: Loop | None = None
        self._members: PerLoop[_Member] = PerLoop(_Member.aclose, lambda loop, member: None)

    async def acquire(self, key: str, *, waiting: int, budgets: Budgets) -> int | RateLimitWait:
        """
        Take a permit that was granted before, or ask for some.

        Raises:
            RateLimitStoreError: Redis does not respond, and there is no `fallback`.
            ConfigurationError: The event loop is not asyncio's.
        """
        return await (await self._member()).acquire(key, waiting, budgets)

    async def complete(
        self, key: str, permit: int, *, reported: RateLimit | None, refused_for: timedelta | None
    ) -> tuple[RateLimit, ...]:
        """
        Note that a request is over: a 429 or a new window at once, the rest with the next decision.
        """
        return await (await self._member()).complete(key, permit, reported, refused_for)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """
        Report what is left to report, and close the connections that were made from a URL.
        """
        loop = await current_loop()
        if member := self._members.get(loop):
            await member.report()
            await self._members.close(loop)

    async def _member(self) -> _Member:
        loop = await current_loop()
        member = self._members.get(loop)
        if member is None:
            try:
                asyncio.get_running_loop()
            except RuntimeError:
                raise ConfigurationError("RedisStore needs asyncio, because redis-py does") from None
            self._loop = self._loop or loop
            member = self._new_member()
            if self._loop is not loop and not member.owned:
                raise ConfigurationError("The client given to RedisStore belongs to another event loop; pass a URL")
            self._members.setdefault(loop, member)
        return member


def _check_url(url: str) -> None:
    try:
        # Makes a connection without opening it, because options of the URL are arguments of its constructor.
        pool: Any = redis.asyncio.ConnectionPool
        pool.from_url(url).make_connection()
    except (TypeError, ValueError, RedisError):
        # The text of the cause may have a part of the password.
        raise ValueError(
            "server must be the URL of a Redis server, such as redis://host:6379/0, with special characters of a "
            "password percent-encoded and options that redis-py knows"
        ) from None


class _Member:
    """
    The part of a store that belongs to one event loop; the script takes it for a process.
    """

    # Shared by all members, because a request may end after its member was closed.
    _numbers: ClassVar = count()

    def __init__(self, server: redis.asyncio.Redis | str, prefix: str, fallback: tuple[int, timedelta] | None) -> None:
        self.owned = isinstance(server, str)
        # How far redis-py's methods are typed differs between its releases.
        client: Any = redis.asyncio.Redis
        # After a failover, the address of a primary that has become a replica may lead to another server.
        self._redis: Any = client.from_url(server, retry_on_error=[ReadOnlyError]) if self.owned else server
        self._prefix, self._fallback = prefix, fallback
        self._process = secrets.token_hex(8)
        self._digest = hashlib.sha1(SCRIPT.encode(), usedforsecurity=False).hexdigest()
        self._now = asyncio.get_running_loop().time
        self._endpoints: dict[str, RedisEndpoint] = {}
        self._failure: Exception | None = None
        self._failed_at = 0.0
        self._upkeep: asyncio.Task[None] | None = None

    async def acquire(self, key: str, waiting: int, budgets: Budgets) -> int | RateLimitWait:
        endpoint = self._endpoints.get(key)
        if endpoint is None:
            endpoint = self._endpoints[key] = RedisEndpoint(self._prefix + key, budgets)
        async with endpoint.lock:
            endpoint.drop_stale_permits(self._now())
            if not endpoint.permits and self._now() >= endpoint.ask_again and not await self._ask(endpoint, waiting):
                return self._acquire_locally(endpoint)
            now, number = self._now(), next(self._numbers)
            if not endpoint.permits or endpoint.permits[0] > now:
                return endpoint.decision(now)
            endpoint.permits.popleft()
            endpoint.in_flight[number] = None
            return number

    async def complete(
        self, key: str, permit: int, reported: RateLimit | None, refused_for: timedelta | None
    ) -> tuple[RateLimit, ...]:
        endpoint = self._endpoints.get(key)
        if endpoint is None or permit not in endpoint.in_flight:
            # The store was closed in the meantime.
            return ()
        local = endpoint.in_flight.pop(permit)
        if local is not None:
            endpoint.complete_locally(self._now(), local, refused_for)
        urgent = endpoint.note(self._now(), window_of(reported), refused_for)
        self._start_upkeep()
        if urgent:
            async with endpoint.lock:
                # A decision for another request may have changed it in the meantime.
                if endpoint.has_news:
                    endpoint.permits.clear()
                    await self._ask(endpoint, 0)
        return endpoint.bucket.limits

    async def report(self) -> None:
        for endpoint in self._endpoints.values():
            if endpoint.has_news or endpoint.permits:
                endpoint.permits.clear()
                async with endpoint.lock:
                    await self._ask(endpoint, 0)

    async def aclose(self) -> None:
        if self.owned:
            # At the end of an event loop, the caller's client may be closed.
            await self.report()
        if self._upkeep is not None:
            self._upkeep.cancel()
            await asyncio.wait([self._upkeep])
        if self.owned:
            await self._redis.aclose()

    async def _ask(self, endpoint: RedisEndpoint, waiting: int) -> bool:
        asked = self._now()
        if self._failure is not None and asked - self._failed_at < _RETRY_SECONDS:
            return False
        question = endpoint.question(self._process, waiting, asked)
        try:
            async with asyncio.timeout(_DECISION_SECONDS):
                reply = await self._run(endpoint.key, json.dumps(question))
        except _FAILURES as error:
            if self._failure is None:
                _logger.warning("the rate limit store failed: %s: %s", type(error).__name__, error)
            self._failure, self._failed_at = error, self._now()
            return False
        if self._failure is not None:
            self._failure = None
            _logger.info("the rate limit store responds again")
        endpoint.learn(reply, question, asked, self._now())
        self._start_upkeep()
        return True

    async def _run(self, key: str, question: str) -> Any:
        try:
            return await self._redis.evalsha(self._digest, 1, key, question)
        except NoScriptError:
            return await self._redis.eval(SCRIPT, 1, key, question)

    def _acquire_locally(self, endpoint: RedisEndpoint) -> int | RateLimitWait:
        if self._fallback is None:
            failure = self._failure
            raise RateLimitStoreError(f"Redis did not respond: {type(failure).__name__}: {failure}") from failure
        decision = endpoint.acquire_locally(self._now(), self._fallback)
        if isinstance(decision, int):
            number = next(self._numbers)
            endpoint.in_flight[number] = decision
            return number
        # Redis may respond again before the fallback allows the next request.
        return attrs.evolve(decision, delay=min(decision.delay or _RETRY_SECONDS, _RETRY_SECONDS))

    def _start_upkeep(self) -> None:
        if self._upkeep is None or self._upkeep.done():
            self._upkeep = asyncio.create_task(self._keep_up())

    async def _keep_up(self) -> None:
        while any(e.has_news or e.permits or e.in_flight for e in self._endpoints.values()):
            await asyncio.sleep(_REPORT_SECONDS)
            for endpoint in list(self._endpoints.values()):
                now = self._now()
                due = endpoint.drop_stale_permits(now) or endpoint.has_news
                if due or (endpoint.in_flight and now - endpoint.stamp[2] > _RENEWAL_SECONDS):
                    async with endpoint.lock:
                        await self._ask(endpoint, 0)
