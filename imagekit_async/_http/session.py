"""
Sends calls: waits for their turn, tries, retries by policy, keeps the deadline, and tells observers.
"""

from __future__ import annotations

import logging
import math
import random
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar, cast

import anyio
import attrs
import httpx

from .._model import PLAIN
from .._response import ApiResponse, RateLimit
from .._settings import API_SERVER
from .._unset import Unset
from ..errors import APIConnectionError, APIResponseValidationError, APIStatusError, APITimeoutError
from .call import Call, CallOptions, Operation
from .connections import Connections
from .deadline import Deadline
from .decoding import decode
from .encoding import free_texts, json_value
from .events import Hooks, RetryEvent, capturing, notify
from .exceptions import Stage, body_error, classify_exception, connection_error, response_error
from .preparation import Prepared, Timeouts, prepare, with_extra_fields
from .reading import UnreadableBodyError, read_body
from .retry import Attempt, Failure, Repeatability, classify_status, is_too_long, shared_wait
from .state import AttemptFailedError, CallState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._settings import Settings
    from ..errors import APIError
    from .connections import LoopState
    from .events import ResponseEvent
    from .pacer import Pacing, Permit

T = TypeVar("T")

logger = logging.getLogger("imagekit_async")

_IDEMPOTENT_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})


class Session:
    """
    What every resource sends its calls through.

    Args:
        settings: The client's settings.
        timeout: Seconds, an `httpx.Timeout`, None for no limit, UNSET for the default.
        transport: The caller's httpx transport, if any.
        http_client: The caller's httpx client, if any.
        pacing: How to keep inside the rate limits; None for not at all.
        hooks: Whom to tell what happens.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        timeout: float | httpx.Timeout | Unset | None,
        transport: httpx.AsyncBaseTransport | None,
        http_client: httpx.AsyncClient | None,
        pacing: Pacing | None,
        hooks: Hooks,
    ) -> None:
        self._settings = settings
        self._learnt: dict[str, tuple[RateLimit, ...]] = {}
        self._connections = Connections(
            transport, http_client, servers=settings.servers.values(), pacing=pacing, learned=self._learnt
        )
        self._http_client = http_client
        self._auth = httpx.BasicAuth(settings.private_key, "")
        self._hooks = hooks
        if not isinstance(timeout, Unset):
            self._timeouts = Timeouts.of(timeout)
        else:
            self._timeouts = Timeouts.default() if http_client is None else Timeouts(None, None, None)

    @property
    def closed(self) -> bool:
        """
        True once `aclose` was called.
        """
        return self._connections.closed

    @property
    def rate_limits(self) -> dict[str, tuple[RateLimit, ...]]:
        """
        The limits learnt so far, by endpoint.
        """
        return {key: limits for key, limits in self._learnt.copy().items() if limits}

    async def aclose(self) -> None:
        """
        Close the connections; a second call does nothing.
        """
        await self._connections.aclose()

    async def send(self, call: Call[T], options: CallOptions) -> ApiResponse[T]:
        """
        Send a call and return its parsed value with what is known about the exchange.

        Raises:
            APIConnectionError: No complete answer came; `APITimeoutError` if not in time, `DeadlineExceededError` if
                not before the deadline, `UploadOutcomeUnknownError` if an upload may have been stored all the same,
                even if it was answered.
            APIStatusError: The answer's status is not 2xx.
            APIResponseValidationError: The answer's body is not what the API documents.
            ClientClosedError: The client is closed.
        """
        call, operation = with_extra_fields(call, options), call.operation
        deadline = Deadline.after(options.deadline, method=operation.method, path=call.path)
        state = CallState(call, anyio.current_time(), datetime.now(UTC), deadline)
        opened = self._hooks.span and self._hooks.span(operation.name, operation.method, call.path)
        try:
            with opened or nullcontext() as state.span:
                value = await self._in_time(state, options)
        finally:
            for records in capturing():
                records.append(state.record())
        response = cast("httpx.Response", state.response)
        return ApiResponse(
            value=cast("T", value),
            request_id=state.request_id,
            status_code=response.status_code,
            headers=response.headers,
            rate_limit=state.rate_limit,
            attempts=state.attempts,
            elapsed=timedelta(seconds=anyio.current_time() - state.started),
        )

    async def request(
        self, method: str, path: str, *, query: Mapping[str, object] | None, json: Any, options: CallOptions
    ) -> ApiResponse[Any]:
        """
        Send a call that the API's document does not know, and return its JSON.

        Raises:
            ValueError: The path does not start with a slash, or holds a query.
        """
        if not path.startswith("/") or "?" in path or "#" in path:
            raise ValueError("path must start with a slash and hold no query or fragment (pass query=...)")
        method = method.upper()
        operation = Operation(
            # Paths hold ids: with a name for each of them, the pacer would learn nothing and forget nothing.
            name=f"{method} {'/'.join(path.split('/')[:3])}",
            method=method,
            path=path,
            server=API_SERVER,
            idempotent=method in _IDEMPOTENT_METHODS,
            paced=True,
            responses={200: PLAIN},
        )
        call: Call[Any] = Call(operation, path, query=free_texts("query", query), json=json_value("json", json))
        return await self.send(call, options)

    async def _in_time(self, state: CallState, options: CallOptions) -> Any:
        try:
            if state.deadline.own == math.inf:
                return await self._attempts(state, options)
            with anyio.CancelScope(deadline=state.deadline.own):
                return await self._attempts(state, options)
            raise state.time_is_up()
        except APIConnectionError as error:
            raise state.unanswered(error) from error.__cause__
        except APIStatusError as error:
            if state.maybe_executed and state.call.form is not None:
                # It was this attempt, or one before it, of which a later refusal says nothing.
                raise state.unknown_outcome(error) from error
            if state.done_before(error):
                return None
            raise state.refused(error) from error.__cause__

    async def _attempts(self, state: CallState, options: CallOptions) -> Any:
        loop = await self._connections.state()
        prepared = await prepare(state.call, options, self._settings, self._timeouts)
        while True:
            try:
                return await self._attempt(loop, prepared, state)
            except AttemptFailedError as failed:
                wait = self._wait_before_next(loop, prepared, state, failed)
            await anyio.sleep(wait)

    def _wait_before_next(
        self, loop: LoopState, prepared: Prepared, state: CallState, failed: AttemptFailedError
    ) -> float:
        state.failed(failed.failure)
        asked = failed.error.retry_after if isinstance(failed.error, APIStatusError) else None
        attempt = Attempt(state.attempts, failed.failure, asked, state.refusals)
        delay = prepared.policy.delay(attempt, random.random)
        if delay is None:
            raise _final(prepared, attempt, failed.error) from failed.__cause__
        # The pacer makes everybody wait who wants this endpoint, and lets those who were refused go first.
        paced = loop.pacer is not None and state.call.operation.paced and failed.failure.is_refusal
        delay = shared_wait(asked) if paced else delay
        event = RetryEvent(state.event(), delay, failed.failure.value)
        seconds = delay.total_seconds()
        try:
            state.deadline.check(seconds, attempts=state.attempts, why="another attempt")
        except APITimeoutError as late:
            raise late from failed.error
        logger.debug("%s %s retry in %.3f s: %s", event.request.method, event.request.path, seconds, event.reason)
        notify(self._hooks.on_retry, event)
        return 0.0 if paced else seconds

    async def _attempt(self, loop: LoopState, prepared: Prepared, state: CallState) -> Any:
        call = prepared.call
        permit = await self._permit(loop, state)
        told: RateLimit | None = None
        error: APIStatusError | None = None
        try:
            response = await self._exchange(loop, prepared, state)
            told = state.rate_limit
            if not response.is_success:
                error = response_error(response, method=call.operation.method, path=call.path, attempts=state.attempts)
        finally:
            if permit is not None and loop.pacer is not None:
                if error is not None and error.status_code == 429:
                    await loop.pacer.refuse(permit, told, shared_wait(error.retry_after))
                else:
                    await loop.pacer.complete(permit, told)
        if error is not None:
            raise AttemptFailedError(classify_status(error.status_code), error)
        try:
            return decode(call, response, state.attempts)
        except APIResponseValidationError as broken:
            raise AttemptFailedError(Failure.BROKEN_BODY, broken) from None

    async def _permit(self, loop: LoopState, state: CallState) -> Permit | None:
        operation = state.call.operation
        if loop.pacer is None or not operation.paced:
            return None

        def give_up(wait: float, held_back: float) -> None:
            self._connections.check_open()
            if is_too_long(held_back):
                raise state.held_back(timedelta(seconds=held_back))
            state.deadline.check(wait, attempts=state.attempts, why="the rate limit")

        return await loop.pacer.acquire(operation.name, give_up, ends=state.deadline.at, first=state.refusals > 0)

    async def _exchange(self, loop: LoopState, prepared: Prepared, state: CallState) -> httpx.Response:
        try:
            loop.slots.acquire_nowait()
        except anyio.WouldBlock:
            await loop.slots.acquire()
        try:
            client = await loop.clients.take()
            try:
                self._connections.check_open()
                response = await self._observed(client, prepared, state)
            except BaseException:
                await loop.clients.discard(client)
                raise
            loop.clients.give_back(client)
            return response
        finally:
            loop.slots.release()

    async def _observed(self, client: httpx.AsyncClient, prepared: Prepared, state: CallState) -> httpx.Response:
        state.attempts += 1
        if not (self._hooks.observe_attempts or state.span or logger.isEnabledFor(logging.DEBUG)):
            return state.answered(await self._send(client, prepared, state))
        event = state.event()
        notify(self._hooks.on_request, event)
        started = anyio.current_time()
        error: BaseException | None = None
        try:
            return state.answered(await self._send(client, prepared, state))
        except BaseException as raised:
            error = raised
            raise
        finally:
            self._tell(state, state.ended(event, started, error))

    def _tell(self, state: CallState, done: ResponseEvent) -> None:
        logger.debug(
            "%s %s %s request_id=%s attempt=%d duration=%.3f s",
            done.request.method,
            done.request.path,
            "no answer" if done.status_code is None else done.status_code,
            done.request_id,
            done.request.attempt,
            done.duration.total_seconds(),
        )
        notify(self._hooks.on_response, done)
        if state.span is not None:
            notify(state.span.attempted, done)

    async def _send(self, client: httpx.AsyncClient, prepared: Prepared, state: CallState) -> httpx.Response:
        request = prepared.request(self._http_client)
        state.stage = stage = Stage()
        # Tracing costs a few percent of a call.
        if prepared.policy.repeatability is Repeatability.HARMFUL or request.url.scheme == "https":
            request.extensions["trace"] = stage
        auth = self._auth if prepared.call.authorized else None
        try:
            with anyio.move_on_after(prepared.whole_seconds):
                response = await client.send(request, auth=auth, follow_redirects=False, stream=True)
                await read_body(response, self._settings.max_response_bytes)
                state.stage = None
                return response
            raise httpx.ReadTimeout(f"the attempt took more than {prepared.whole_seconds:g} s", request=request)
        except httpx.RequestError as raised:
            state.stage = None
            failure = classify_exception(raised, stage)
            error = connection_error(raised, failure, request=request, path=prepared.call.path, attempts=state.attempts)
            raise AttemptFailedError(failure, error) from raised
        except UnreadableBodyError as unreadable:
            state.stage = None
            broken = body_error(
                unreadable.response,
                str(unreadable),
                method=request.method,
                path=prepared.call.path,
                attempts=state.attempts,
            )
            raise AttemptFailedError(Failure.BROKEN_BODY, broken) from None


def _final(prepared: Prepared, attempt: Attempt, error: APIError) -> APIError:
    if attrs.evolve(prepared.policy, replayable=True).delay(attempt, random.random) is not None:
        error.message += "; not retried, as the source cannot be read again from its start"
        error.args = (error.message,)
    return error
