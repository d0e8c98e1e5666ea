"""
The life of one call, from top to bottom: take a turn, make an attempt, classify what came of it, wait or finish.
"""

from __future__ import annotations

import logging
import math
import random
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Generic, TypeVar, cast

import anyio
import attrs
import httpx

from .._response import ApiResponse, RateLimit
from ..errors import ClientClosedError, ConfigurationError
from .bucket import is_too_long, shared_wait
from .decoding import decode
from .error_bodies import REQUEST_ID, checked_request_id
from .exceptions import CallEnded, Facts, HeldBack, Outcome, TooLate, attempt_error, call_error
from .hooks import GuardedSpan, capturing, notify
from .preparation import Prepared, Timeouts, prepare
from .reading import UnreadableBodyError, send_and_read
from .retry import Failure, classify_status, retry_after
from .stage import Stage, classify_exception

if TYPE_CHECKING:
    from .._redaction import Redactor
    from .._settings import Settings
    from .call import Call, CallOptions
    from .connections import Connections, LoopState
    from .deadline import Deadline
    from .events import CallRecord, ResponseEvent
    from .exceptions import Ending
    from .hooks import Hooks, Span
    from .pacer import Permit

T = TypeVar("T")

logger = logging.getLogger("imagekit_async")


@attrs.frozen(eq=False, repr=False)
class Shared:
    """
    What all calls of one client share.
    """

    settings: Settings
    timeouts: Timeouts
    connections: Connections
    http_client: httpx.AsyncClient | None
    auth: httpx.BasicAuth
    hooks: Hooks
    redactor: Redactor


@attrs.define(eq=False, repr=False)
class Run(Generic[T]):
    """
    One call on its way.

    Attributes:
        shared: What it shares with the other calls of its client.
        call: The call, complete with the caller's extra fields.
        options: The caller's options.
        deadline: When it must be over.
        started: The event loop's time at its start.
        since: The clock's time at its start.
        loop: The connections and the pacer of the event loop that it runs in.
        prepared: What to send.
        names: Operation, method and path, as observers see them; None before the first one asks.
        span: The span around it, if any.
        attempts: Attempts made.
        refusals: How many of them were refused with 429.
        uncertain: Whether an attempt that failed may have been executed anyway.
        stage: How far the attempt in flight got; None between attempts.
        response: The last response, if any came.
        request_id: Its request id, if it had one.
        rate_limit: The limits that it reported, if it reported any.
    """

    shared: Shared
    call: Call[T]
    options: CallOptions
    deadline: Deadline
    started: float = attrs.field(factory=anyio.current_time)
    since: datetime = attrs.field(factory=lambda: datetime.now(UTC))
    loop: LoopState = attrs.field(init=False)
    prepared: Prepared = attrs.field(init=False)
    names: tuple[str, str, str] | None = None
    span: Span | None = None
    attempts: int = 0
    refusals: int = 0
    uncertain: bool = False
    stage: Stage | None = None
    response: httpx.Response | None = None
    request_id: str | None = None
    rate_limit: RateLimit | None = None

    async def finish(self) -> ApiResponse[T]:
        """
        Carry out the call, observed by the span and the blocks around it.
        """
        hook = self.shared.hooks.span
        try:
            with nullcontext() if hook is None else GuardedSpan(hook, self._names()) as self.span:
                value = await self._in_time()
        finally:
            for calls in capturing():
                calls.append(self._record())
        response = cast("httpx.Response", self.response)
        return ApiResponse(
            value=value,
            request_id=self.request_id,
            status_code=response.status_code,
            headers=response.headers,
            rate_limit=self.rate_limit,
            attempts=self.attempts,
            elapsed=self._elapsed(self.started),
        )

    async def _in_time(self) -> T:
        ending: Ending
        try:
            if self.deadline.own == math.inf:
                return await self._attempts()
            with anyio.CancelScope(deadline=self.deadline.own):
                return await self._attempts()
            ending = TooLate("waiting to send the request" if self.stage is None else "waiting for a response")
        except CallEnded as ended:
            ending = ended.ending
        except Exception as raised:
            ending = raised
        # A cancellation from outside is no `Exception`: it propagates as it is.
        raise call_error(ending, self._facts(in_flight=self.stage is not None and self.stage.maybe_sent))

    async def _attempts(self) -> T:
        self.loop = await self.shared.connections.state()
        self.prepared = await prepare(self.call, self.options, self.shared.settings, self.shared.timeouts)
        try:
            return await self._repeated()
        finally:
            self.prepared.close()

    async def _repeated(self) -> T:
        while True:
            permit = await self._turn()
            outcome = await self._attempt(permit)
            if outcome.failure is None:
                try:
                    return cast("T", decode(self.call, cast("httpx.Response", outcome.response)))
                except UnreadableBodyError as broken:
                    outcome = Outcome(Failure.BROKEN_BODY, outcome.response, cause=broken)
            elif self._deleted_earlier(outcome):
                return cast("T", None)
            self.stage = None
            await anyio.sleep(self._delay(outcome))

    async def _turn(self) -> Permit | None:
        pacer, operation = self.loop.pacer, self.call.operation
        if pacer is None or not operation.paced:
            return None

        def check(wait: float, held_back: float) -> None:
            self.shared.connections.check_open()
            if is_too_long(held_back):
                raise CallEnded(HeldBack(timedelta(seconds=held_back)))
            if wait > self.deadline.left:
                raise CallEnded(TooLate("waiting for a rate-limit slot", timedelta(seconds=wait)))

        return await pacer.acquire(operation.name, check, ends=self.deadline.at, first=self.refusals > 0)

    async def _attempt(self, permit: Permit | None) -> Outcome:
        outcome: Outcome | None = None
        try:
            outcome = await self._exchange()
            return outcome
        finally:
            if permit is not None and self.loop.pacer is not None:
                limit = self.rate_limit if outcome is not None and outcome.response is not None else None
                if outcome is not None and outcome.failure is Failure.RATE_LIMITED_429:
                    await self.loop.pacer.refuse(permit, limit, shared_wait(outcome.retry_after))
                else:
                    await self.loop.pacer.complete(permit, limit)

    def _deleted_earlier(self, outcome: Outcome) -> bool:
        """
        Return whether a retried DELETE finds nothing because an earlier attempt deleted it.
        """
        missing = outcome.response is not None and outcome.response.status_code == 404
        return missing and self.uncertain and self.call.operation.method == "DELETE"

    def _delay(self, failed: Outcome) -> float:
        """
        Return the seconds to sleep before the next attempt, or end the call.
        """
        failure = cast("Failure", failed.failure)
        self.refusals += failure.is_refusal
        delay = self.prepared.policy.delay(
            failure,
            attempts=self.attempts,
            refusals=self.refusals,
            retry_after=failed.retry_after,
            jitter=random.random,
        )
        if delay is None or not self.prepared.replayable:
            raise CallEnded(attrs.evolve(failed, spent=delay is not None))
        self.uncertain = self.uncertain or failure.maybe_executed
        # The pacer makes all callers of this endpoint wait, and lets those that were refused go first.
        paced = self.loop.pacer is not None and self.call.operation.paced and failure.is_refusal
        delay = shared_wait(failed.retry_after) if paced else delay
        seconds = delay.total_seconds()
        if seconds > self.deadline.left:
            raise CallEnded(TooLate("waiting to retry", delay, failed))
        from .events import RequestEvent, RetryEvent

        event = RetryEvent(RequestEvent(*self._names(), self.attempts), delay, failure.value)
        logger.debug("%s %s retry in %.3f s: %s", event.request.method, event.request.path, seconds, event.reason)
        notify(self.shared.hooks.on_retry, event)
        return 0.0 if paced else seconds

    async def _exchange(self) -> Outcome:
        slots, clients = self.loop.slots, self.loop.clients
        try:
            slots.acquire_nowait()
        except anyio.WouldBlock:
            await slots.acquire()
        try:
            client = await clients.take()
            try:
                self.shared.connections.check_open()
                outcome = await self._observed(client)
            except BaseException:
                await clients.discard(client)
                raise
            if outcome.response is None:
                await clients.discard(client)
            else:
                clients.give_back(client)
            return outcome
        finally:
            slots.release()

    async def _observed(self, client: httpx.AsyncClient) -> Outcome:
        self.attempts += 1
        hooks = self.shared.hooks
        if not (hooks.observe_attempts or self.span or logger.isEnabledFor(logging.DEBUG)):
            return await self._send(client)
        # Imported for observers only: making the events takes a fiftieth of the time to the first response.
        from .events import RequestEvent, ResponseEvent

        event = RequestEvent(*self._names(), self.attempts)
        notify(hooks.on_request, event)
        started = anyio.current_time()
        try:
            outcome = await self._send(client)
        except BaseException as raised:
            self._report(ResponseEvent(event, None, None, self._elapsed(started), None, raised))
            raise
        if outcome.response is None:
            error = attempt_error(outcome, self._facts())
            self._report(ResponseEvent(event, None, None, self._elapsed(started), None, error))
        else:
            status = outcome.response.status_code
            self._report(ResponseEvent(event, status, self.request_id, self._elapsed(started), self.rate_limit, None))
        return outcome

    def _report(self, ended: ResponseEvent) -> None:
        logger.debug(
            "%s %s %s request_id=%s attempt=%d elapsed=%.3f s",
            ended.request.method,
            ended.request.path,
            "no response" if ended.status_code is None else ended.status_code,
            ended.request_id,
            ended.request.attempt,
            ended.elapsed.total_seconds(),
        )
        notify(self.shared.hooks.on_response, ended)
        if self.span is not None:
            notify(self.span.attempted, ended)

    async def _send(self, client: httpx.AsyncClient) -> Outcome:
        if client.is_closed:
            raise ClientClosedError("The http_client given to this client is closed")
        body = self.prepared.body()
        request = self.prepared.request(body, self.shared.http_client)
        self.stage = stage = self._new_stage(request)
        response: httpx.Response | None = None
        try:
            with stage.in_time():
                auth = self.shared.auth if self.call.authorized else None
                response = await send_and_read(client, request, auth, self.shared.settings.max_response_bytes)
            if response is None:
                raise httpx.ReadTimeout(stage.too_late, request=request)
        except UnreadableBodyError as broken:
            return Outcome(Failure.BROKEN_BODY, cause=broken)
        except Exception as raised:
            error = body.error or raised
        else:
            return self._received(response)
        finally:
            body.close()
        if body.error is not None or isinstance(error, ConfigurationError | ClientClosedError):
            # Nothing was executed: the request never ended, or never began.
            self.stage = None
            raise error
        return Outcome(classify_exception(error, stage), request=request, cause=error)

    def _new_stage(self, request: httpx.Request) -> Stage:
        stage = Stage(self.prepared.whole_seconds, request.extensions.get("timeout", {}).get("read"))
        # Tracing costs a few percent of a call.
        if self.prepared.is_traced or request.url.scheme == "https":
            request.extensions["trace"] = stage
        return stage

    def _received(self, response: httpx.Response) -> Outcome:
        self.response = response
        self.request_id = checked_request_id(response.headers.get(REQUEST_ID), self.shared.settings.private_key)
        self.rate_limit = RateLimit.from_headers(response.headers)
        if response.is_success:
            return Outcome(None, response)
        asked = retry_after(response.status_code, response.headers)
        return Outcome(classify_status(response.status_code), response, retry_after=asked)

    def _elapsed(self, since: float) -> timedelta:
        return timedelta(seconds=anyio.current_time() - since)

    def _facts(self, *, in_flight: bool = False) -> Facts:
        return Facts(self.call, self.shared, self.options, self.attempts, self.since, self.uncertain, in_flight)

    def _names(self) -> tuple[str, str, str]:
        self.names = self.names or self.call.names(self.shared.redactor)
        return self.names

    def _record(self) -> CallRecord:
        from .events import CallRecord

        return CallRecord(
            *self._names(),
            status_code=None if self.response is None else self.response.status_code,
            request_id=self.request_id,
            attempts=self.attempts,
            elapsed=self._elapsed(self.started),
            rate_limit=self.rate_limit,
        )
