"""
Delivery of stored files below the URL endpoint: originals, versions by `ik-obj-version`, and transformed images.

Unsupported options are refused, so that no test passes on an image that was never transformed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from email.utils import formatdate
from functools import partial
from typing import Any
from urllib.parse import quote

import anyio.to_thread
import attrs
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from imagekit_local._account import IMAGEKIT_ID, Account
from imagekit_local._accounts.named_transformations import enabled_transformation
from imagekit_local._accounts.traffic import Delivered
from imagekit_local._accounts.url_endpoints import UrlEndpoints
from imagekit_local._delivery_response import Content, respond
from imagekit_local._delivery_target import DeliveryTarget, SignatureError
from imagekit_local._store import Store, Version
from imagekit_local._transformations import (
    Client,
    RenderCache,
    Source,
    Step,
    TransformationError,
    decode_whole,
    expand,
    has_only_names,
    parse,
    paths,
    render,
)
from imagekit_local._values import canonical_path
from imagekit_local._webhooks.outbox import post_event

_VERSION_PARAMETER = "ik-obj-version"
_MAX_REASON = 500
_NO_FILE = "ENOENT - no such file"
_VIDEO_NAMES = {
    "ik-video.mp4": "video-transformation",
    "ik-gif-video.mp4": "gif-to-video",
    "ik-thumbnail.jpg": "video-thumbnail",
    "ik-master.m3u8": "video-transformation",
    "ik-master.mpd": "video-transformation",
}
_PROTOCOLS = {"ik-master.m3u8": "HLS", "ik-master.mpd": "DASH"}
_VIDEO_OPTIONS = {
    "vc": ("video_codec", ("h264", "vp9", "av1")),
    "ac": ("audio_codec", ("aac", "opus")),
    "f": ("format", ("mp4", "webm", "jpg", "png", "webp")),
}


def delivery_route(account: Account) -> Route:
    """
    The route that delivers an account's files.
    """
    cache = RenderCache()

    async def deliver(request: Request) -> Response:
        try:
            order = await account.store.run(_order, account, request)
            request.state.delivered = order.delivered
            client = Client.from_headers(request.headers)
            content = await anyio.to_thread.run_sync(_content, cache, order, client)
            return await respond(request, content)
        except _VideoError as error:
            await account.store.run(_post_failed_video, account, request, error)
            return _refusal(400, "tr: the local ImageKit does not transform videos")
        except _RefusedError as error:
            return _refusal(error.status, error.reason)
        except TransformationError as error:
            return _refusal(404 if error.code == "ENOENT" else 400, str(error))
        except FileNotFoundError:
            # Deleted since it was looked up.
            return _refusal(404, _NO_FILE)

    return Route(f"/{IMAGEKIT_ID}/{{path:path}}", deliver, methods=["GET"])


class _RefusedError(Exception):
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(status, reason)
        self.status = status
        self.reason = reason


class _VideoError(Exception):
    def __init__(self, url: str, made: Mapping[str, Any]) -> None:
        super().__init__(url, made)
        self.url = url
        self.made = made


@attrs.frozen
class _Video:
    """
    A video to be made: of the file at a path, and of what kind it is to webhooks.
    """

    path: str
    kind: str


@attrs.frozen
class _Order:
    """
    What to deliver: a file, what to do to it, and the files that this needs, None where there is none.
    """

    source: Source
    steps: tuple[Step, ...]
    others: tuple[tuple[str, Source | None], ...]
    delivered: Delivered = attrs.field(eq=False)


def _order(account: Account, request: Request) -> _Order:
    endpoint, below = _endpoint_and_rest(account, request.scope["raw_path"])
    target = DeliveryTarget.from_request(below, request.scope["query_string"])
    try:
        is_signed = target.is_signed(account.settings.private_key, account.settings.clock())
    except SignatureError as error:
        raise _RefusedError(401, str(error)) from None
    steps, is_named, problem = _steps(target, partial(enabled_transformation, account.store))
    library = _Library(account.store, sees_private=is_signed or is_named)
    video = library.video(target)
    path = target.path if video is None else video.path
    source = library.asked_for(path, target.parameters.get(_VERSION_PARAMETER), steps)
    url = (endpoint or account.url_endpoint) + quote(canonical_path(path))
    if video is not None:
        raise _VideoError(url, _made(video.kind, target))
    # Only now, or the response would reveal which private files are stored.
    if problem is not None:
        raise problem
    unknown = sorted(target.parameters.keys() - {_VERSION_PARAMETER})
    if unknown:
        raise _RefusedError(400, f"the local ImageKit does not apply {unknown[0]} yet")
    transformation = f"tr:{target.transformations[0]}" if steps else ""
    delivered = Delivered(url, endpoint or "Default", source.mime, transformation)
    return _Order(source, steps, tuple((path, library.source(path)) for path in paths(steps)), delivered)


def _endpoint_and_rest(account: Account, raw_path: bytes) -> tuple[str | None, bytes]:
    """
    The URL of the endpoint that a path lies below, None for the default one, and what follows it.
    """
    below = raw_path.split(b"/", 2)[2]
    prefix, slash, rest = below.partition(b"/")
    known = (endpoint["urlPrefix"].encode() for endpoint in account.store.collection(UrlEndpoints.kind).all())
    if slash and prefix and prefix in known:
        return f"{account.url_endpoint}/{prefix.decode()}", rest
    return None, below


def _steps(
    target: DeliveryTarget, named: Callable[[str], str | None]
) -> tuple[tuple[Step, ...], bool, TransformationError | None]:
    try:
        if len(target.transformations) > 1:
            raise TransformationError("tr", "it appears twice in the URL")
        parsed = parse("".join(target.transformations))
        return expand(parsed, named), has_only_names(parsed), None
    except TransformationError as error:
        return (), False, error


@attrs.frozen
class _Library:
    store: Store
    sees_private: bool

    def asked_for(self, path: str, delivery_id: str | None, steps: tuple[Step, ...]) -> Source:
        """
        The file a URL is about, or the default image in its place.
        """
        version = self._version(path, delivery_id)
        if version is not None and version.is_private and not self.sees_private:
            raise _RefusedError(401, "the file is private and the URL is not signed")
        if version is not None and version.is_published:
            return self._as_source(version)
        for step in steps:
            fallback = None if step.default_image is None else self.source(step.default_image)
            if fallback is not None:
                return fallback
        raise _RefusedError(404, _NO_FILE if version is None else "ENOENT - the file is not published")

    def video(self, target: DeliveryTarget) -> _Video | None:
        """
        The video that has to be made for a URL, None if it needs none.
        """
        folder, _, name = target.path.rpartition("/")
        video = _Video(target.path, "video-transformation") if target.transformations else None
        if name in _VIDEO_NAMES and self._version(target.path, None) is None:
            video = _Video(folder, _VIDEO_NAMES[name])
        version = None if video is None else self._version(video.path, target.parameters.get(_VERSION_PARAMETER))
        if video is None or version is None or not version.is_published:
            return None
        origin = "image/gif" if video.kind == "gif-to-video" else "video/"
        return video if version.media.mime.startswith(origin) else None

    def source(self, path: str) -> Source | None:
        """
        Return the file at a path, or None if the caller may not see one.
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


def _content(cache: RenderCache, order: _Order, client: Client) -> Content:
    if not order.steps:
        path = order.source.path
        state = path.stat()
        headers = {"last-modified": formatdate(state.st_mtime, usegmt=True)}
        return Content(path, state.st_size, order.source.mime, f"{path.name}-{state.st_mtime_ns:x}", headers)
    others = dict(order.others)
    rendered = cache.rendered((order, client), lambda: render(order.source, order.steps, client, others.get))
    tag = hashlib.sha256(rendered.content).hexdigest()
    return Content(rendered.content, len(rendered.content), rendered.mime, tag, rendered.headers)


def _made(kind: str, target: DeliveryTarget) -> dict[str, Any]:
    """
    The transformation of a video, as events describe it: with those of its options that they have names for.
    """
    parts = re.split("[,:]", ",".join(map(decode_whole, target.transformations)))
    given = {code: value for code, _, value in (part.partition("-") for part in parts)}
    options: dict[str, Any] = {
        name: given[code] for code, (name, values) in _VIDEO_OPTIONS.items() if given.get(code) in values
    }
    if re.fullmatch("[0-9]{1,3}", given.get("q", "")):
        options["quality"] = int(given["q"])
    protocol = _PROTOCOLS.get(target.path.rpartition("/")[2])
    if protocol is not None:
        options["stream_protocol"] = protocol
    if "sr" in given:
        options["variants"] = given["sr"].split("_")
    return {"type": kind, "options": options} if options else {"type": kind}


def _post_failed_video(account: Account, request: Request, video: _VideoError) -> None:
    scope = request.scope
    query = b"?" + scope["query_string"] if scope["query_string"] else b""
    cause = {
        "x_request_id": request.state.request_id,
        "url": account.base_url + (scope["raw_path"] + query).decode("utf-8", "replace"),
    }
    if "user-agent" in request.headers:
        cause["user_agent"] = request.headers["user-agent"]
    data = {"asset": {"url": video.url}}
    post_event(account, "video.transformation.accepted", {**data, "transformation": video.made}, cause)
    failed = {**video.made, "error": {"reason": "encoding_failed"}}
    post_event(account, "video.transformation.error", {**data, "transformation": failed}, cause)


def _refusal(status: int, reason: str) -> Response:
    # A header holds no line breaks, no spaces around it and Latin-1 only, what a URL says may be anything.
    header = reason.encode("unicode_escape").decode("ascii")[:_MAX_REASON].strip()
    return PlainTextResponse(_TEXTS[status], status, headers={"ik-error": header})


_TEXTS: Mapping[int, str] = {
    400: "Bad Image Transformation Request",
    401: "Unauthorised Image Access",
    404: "Not Found",
}
