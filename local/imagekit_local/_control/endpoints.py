"""
HTTP side of the control API: `/_imagekit/faults`, `/requests`, `/reset` and `/clock`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import anyio.to_thread
import attrs
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from imagekit_local._account import Account
from imagekit_local._auth import check_authorization
from imagekit_local._bodies import iso_time, json_object
from imagekit_local._errors import ApiError
from imagekit_local._predicates import is_number
from imagekit_local._routing import Handler

PREFIX = "/_imagekit/"


def control_routes(account: Account) -> list[Route]:
    """
    Return the routes that control the server of an account. They need the private key.
    """
    endpoints = _ControlEndpoints(account)
    handlers: dict[tuple[str, str], Handler] = {
        ("GET", "faults"): endpoints.faults,
        ("POST", "faults"): endpoints.add_fault,
        ("DELETE", "faults"): endpoints.clear_faults,
        ("GET", "requests"): endpoints.requests,
        ("DELETE", "requests"): endpoints.clear_requests,
        ("POST", "reset"): endpoints.reset,
        ("GET", "clock"): endpoints.clock,
        ("POST", "clock"): endpoints.change_clock,
    }
    return [
        Route(PREFIX + path, _guarded(account, handler), methods=[method])
        for (method, path), handler in handlers.items()
    ]


def _guarded(account: Account, handler: Handler) -> Handler:
    async def guarded(request: Request) -> Response:
        check_authorization(account, request.headers.get("authorization"))
        return await handler(request)

    return guarded


class _ControlEndpoints:
    def __init__(self, account: Account) -> None:
        self._account = account

    async def faults(self, request: Request) -> Response:
        return JSONResponse([attrs.asdict(fault) for fault in self._account.faults.all()])

    async def add_fault(self, request: Request) -> Response:
        try:
            fault = self._account.faults.add(**await json_object(request))
        except (TypeError, ValueError) as error:
            # attrs appends details of its own classes.
            raise ApiError(400, str(error.args[0])) from None
        return JSONResponse(attrs.asdict(fault), 201)

    async def clear_faults(self, request: Request) -> Response:
        self._account.faults.clear()
        return Response(status_code=204)

    async def requests(self, request: Request) -> Response:
        return JSONResponse([attrs.asdict(recorded) for recorded in self._account.requests.all()])

    async def clear_requests(self, request: Request) -> Response:
        self._account.requests.clear()
        return Response(status_code=204)

    async def reset(self, request: Request) -> Response:
        await anyio.to_thread.run_sync(self._account.reset)
        return Response(status_code=204)

    async def clock(self, request: Request) -> Response:
        return JSONResponse({"now": iso_time(self._account.settings.clock())})

    async def change_clock(self, request: Request) -> Response:
        _change_clock(self._account, await json_object(request))
        return await self.clock(request)


def _change_clock(account: Account, body: dict[str, Any]) -> None:
    error = ApiError(400, "Pass advanceSeconds, a number, or now, an ISO 8601 time with its zone.")
    try:
        if is_number(body.get("advanceSeconds")):
            account.settings.clock.advance(timedelta(seconds=body["advanceSeconds"]))
        elif "now" in body:
            account.settings.clock.set(datetime.fromisoformat(body["now"].replace("Z", "+00:00")))
        else:
            raise error
    except (AttributeError, OverflowError, ValueError):
        raise error from None
