"""
Delivery of stored files below the URL endpoint: originals, versions by `ik-obj-version`, and transformed pictures.

What cannot be done is refused aloud, so that no test passes on a picture that was never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import anyio.to_thread
import attrs
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from imagekit_async.testing._account import IMAGEKIT_ID, Account
from imagekit_async.testing._accounts.named_transformations import enabled_transformation
from imagekit_async.testing._delivery_target import SignatureError, Target
from imagekit_async.testing._store import Store, Version
from imagekit_async.testing._transformations import (
    Client,
    RenderCache,
    Rendered,
    Source,
    Step,
    TransformationError,
    expand,
    has_only_names,
    parse,
    paths,
    render,
)
from imagekit_async.testing._values import canonical_path

_VERSION_PARAMETER = "ik-obj-version"
_MAX_REASON = 500


def delivery_route(account: Account) -> Route:
    """
    The route that delivers an account's files.
    """
    cache = RenderCache()

    async def deliver(request: Request) -> Response:
        target = Target.from_request(request.scope["raw_path"], request.scope["query_string"])
        try:
            order = await account.store.run(_order, account, target)
            if not order.steps:
                return FileResponse(order.source.path, media_type=order.source.mime)
            client = Client.from_headers(request.headers)
            rendered = await anyio.to_thread.run_sync(_rendered, cache, order, client)
        except _RefusedError as error:
            return _refusal(error.status, error.reason)
        except TransformationError as error:
            return _refusal(404 if error.code == "ENOENT" else 400, str(error))
        return Response(rendered.content, media_type=rendered.mime, headers=rendered.headers)

    return Route(f"/{IMAGEKIT_ID}/{{path:path}}", deliver, methods=["GET"])


class _RefusedError(Exception):
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(status, reason)
        self.status = status
        self.reason = reason


@attrs.frozen
class _Order:
    """
    What to deliver: a file, what to do to it, and the files that this needs, None where there is none.
    """

    source: Source
    steps: tuple[Step, ...]
    others: tuple[tuple[str, Source | None], ...]


def _order(account: Account, target: Target) -> _Order:
    try:
        is_signed = target.is_signed(account.settings.private_key, account.settings.clock())
    except SignatureError as error:
        raise _RefusedError(401, str(error)) from None
    steps, is_named, problem = _steps(target, partial(enabled_transformation, account.store))
    library = _Library(account.store, sees_private=is_signed or is_named)
    source = library.asked_for(target, steps)
    # Only now, or the answer would tell what is stored and private.
    if problem is not None:
        raise problem
    unknown = sorted(target.parameters.keys() - {_VERSION_PARAMETER})
    if unknown:
        raise _RefusedError(400, f"the local ImageKit does not apply {unknown[0]} yet")
    return _Order(source, steps, tuple((path, library.source(path)) for path in paths(steps)))


def _steps(
    target: Target, named: Callable[[str], str | None]
) -> tuple[tuple[Step, ...], bool, TransformationError | None]:
    try:
        if len(target.transformations) > 1:
            raise TransformationError("tr", "it stands twice in the URL")
        parsed = parse("".join(target.transformations))
        return expand(parsed, named), has_only_names(parsed), None
    except TransformationError as error:
        return (), False, error


@attrs.frozen
class _Library:
    store: Store
    sees_private: bool

    def asked_for(self, target: Target, steps: tuple[Step, ...]) -> Source:
        """
        The file a URL is about, or the default image in its place.
        """
        version = self._version(target.path, target.parameters.get(_VERSION_PARAMETER))
        if version is not None and version.is_private and not self.sees_private:
            raise _RefusedError(401, "the file is private and the URL is not signed")
        if version is not None and version.is_published:
            return self._as_source(version)
        for step in steps:
            fallback = None if step.default_image is None else self.source(step.default_image)
            if fallback is not None:
                return fallback
        reason = "no such file" if version is None else "the file is not published"
        raise _RefusedError(404, f"ENOENT - {reason}")

    def source(self, path: str) -> Source | None:
        """
        The file at a path, None if there is none for whoever asks.
        """
        version = self._version(path, None)
        if version is None or not version.is_published or (version.is_private and not self.sees_private):
            return None
        return self._as_source(version)

    def _version(self, path: str, delivery_id: str | None) -> Version | None:
        file = self.store.assets.file_at(canonical_path(path))
        if file is None or delivery_id is None:
            return None if file is None else file.current
        return next((version for version in file.versions if version.delivery_id == delivery_id), None)

    def _as_source(self, version: Version) -> Source:
        return Source(self.store.blobs.path(version.id), version.media.mime, version.custom_coordinates)


def _rendered(cache: RenderCache, order: _Order, client: Client) -> Rendered:
    others = dict(order.others)
    return cache.rendered((order, client), lambda: render(order.source, order.steps, client, others.get))


def _refusal(status: int, reason: str) -> Response:
    # A header holds no line breaks and Latin-1 only, what a URL says may be anything.
    header = reason.encode("unicode_escape").decode("ascii")
    return PlainTextResponse(_TEXTS[status], status, headers={"ik-error": header[:_MAX_REASON]})


_TEXTS: Mapping[int, str] = {
    400: "Bad Image Transformation Request",
    401: "Unauthorised Image Access",
    404: "Not Found",
}
