"""
Check the responses of a local ImageKit against the OpenAPI document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from imagekit_local._account import Account
from imagekit_local._document.reading import packaged_document

_NAME = "urn:imagekit"
_ONLY_SLOW = {"delay", "slow-reader"}
_LIMITS = {"x-ratelimit-limit", "x-ratelimit-interval", "x-ratelimit-reset"}


class Judge:
    """
    Finds deviations of responses from the document.
    """

    def __init__(self) -> None:
        self._content = packaged_document().content
        resource: Resource[Any] = Resource(contents=self._content, specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(_NAME, resource)
        self._operations = dict(self._patterns())
        self._validators: dict[str, Draft202012Validator] = {}

    def deviations(self, method: str, path: str, status: int, headers: Headers, body: bytes) -> Iterator[str]:
        """
        Yield the deviations of a response; none for a path or method that is not in the document.
        """
        where = self._operations.get((method, next((key for key in self._paths if key.fullmatch(path)), None)))
        if where is None:
            return
        responded = f"{method} {path} responded {status}"
        response = self._at(where).get(str(status))
        if response is None:
            yield f"{responded}, which is not documented: {body[:200]!r}"
            return
        place = response.get("$ref", f"#{where}/{status}").removeprefix("#")
        response = self._at(place)
        yield from (f"{responded}: {found}" for found in self._in_headers(response, headers))
        yield from (f"{responded}: {found}" for found in self._in_body(place, response, headers, body))

    def event_deviations(self, event: dict[str, Any]) -> Iterator[str]:
        """
        Yield the deviations of the body of a webhook.
        """
        place = f"/webhooks/{event['type']}/post/requestBody"
        for error in self._validator(place).iter_errors(event):
            yield f"{event['type']}: {error.json_path}: {error.message}"

    def _in_headers(self, response: dict[str, Any], headers: Headers) -> Iterator[str]:
        documented = {name.lower() for name in response["headers"]}
        told = _LIMITS & set(headers)
        # Only a server that limits the operation reports its limits, and then all of them.
        expected = documented - _LIMITS | (_LIMITS if told else set())
        yield from (f"header {name} is missing" for name in sorted(expected - set(headers)))
        yield from (f"header {name} is not documented" for name in sorted(told - documented))

    def _in_body(self, place: str, response: dict[str, Any], headers: Headers, body: bytes) -> Iterator[str]:
        if "content" not in response:
            if body:
                yield f"a body, {body[:200]!r}, where there is none"
        elif headers.get("content-type") != "application/json":
            yield f"content type {headers.get('content-type')}"
        else:
            for error in self._validator(place).iter_errors(json.loads(body)):
                yield f"{error.json_path}: {error.message}"

    def _validator(self, place: str) -> Draft202012Validator:
        if place not in self._validators:
            schema = {"$ref": f"{_NAME}#{place}/content/application~1json/schema"}
            checker = Draft202012Validator.FORMAT_CHECKER
            self._validators[place] = Draft202012Validator(schema, registry=self._registry, format_checker=checker)
        return self._validators[place]

    def _patterns(self) -> Iterator[tuple[tuple[str, re.Pattern[str] | None], str]]:
        paths = sorted(self._content["paths"], key=lambda path: [part.startswith("{") for part in path.split("/")])
        self._paths = [re.compile(re.sub(r"\{\w+\}", "[^/]+", path)) for path in paths]
        for path, pattern in zip(paths, self._paths, strict=True):
            for method in self._content["paths"][path]:
                yield (method.upper(), pattern), f"/paths/{path.replace('/', '~1')}/{method}/responses"

    def _at(self, pointer: str) -> dict[str, Any]:
        node: Any = self._content
        for step in pointer.split("/")[1:]:
            node = node[step.replace("~1", "/")]
        found: dict[str, Any] = node
        return found


class JudgingMiddleware:
    """
    Serve requests, and note how responses deviate from the document, except those that a fault disturbs.

    Args:
        app: The application that responds.
        account: The account of the server.
        judge: Returns the judge, which reads the document when it is first needed.
        deviations: The list to add deviations to.
    """

    def __init__(self, app: ASGIApp, account: Account, judge: Callable[[], Judge], deviations: list[str]) -> None:
        self._app = app
        self._account = account
        self._judge = judge
        self._deviations = deviations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """
        Serve one request.
        """
        spoiled = self._spoiled(scope)
        start: Message = {}
        body = bytearray()

        async def send_noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            body.extend(message.get("body", b""))
            is_last = message["type"] == "http.response.body" and not message.get("more_body", False)
            if is_last and self._spoiled(scope) <= spoiled:
                self._note(scope, start, bytes(body))
            await send(message)

        await self._app(scope, receive, send_noting)

    def _note(self, scope: Scope, start: Message, body: bytes) -> None:
        headers = Headers(raw=start["headers"])
        self._deviations += self._judge().deviations(scope["method"], scope["path"], start["status"], headers, body)

    def _spoiled(self, scope: Scope) -> int:
        request = scope["method"], scope["path"]
        operation = self._account.settings.document.operation_name(*request)
        faults = (fault for fault in self._account.faults.all() if fault.kind not in _ONLY_SLOW)
        return sum(fault.fired for fault in faults if fault.fits(operation, *request))
