"""
Delivery of stored files below the URL endpoint: public originals, and versions of them by `ik-obj-version`.

Transformations and signed URLs are refused aloud, so that no test passes on a picture that was never changed.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from imagekit_async.testing._account import IMAGEKIT_ID, Account
from imagekit_async.testing._store import Store, Version
from imagekit_async.testing._values import canonical_path

_VERSION_PARAMETER = "ik-obj-version"
_SIGNATURE_PARAMETERS = {"ik-s", "ik-t"}


def delivery_route(account: Account) -> Route:
    """
    The route that delivers an account's files.
    """

    async def deliver(request: Request) -> Response:
        return await account.store.run(_answer, account.store, request.path_params["path"], request.query_params)

    return Route(f"/{IMAGEKIT_ID}/{{path:path}}", deliver, methods=["GET"])


def _answer(store: Store, path: str, query: Mapping[str, str]) -> Response:
    if not _SIGNATURE_PARAMETERS.isdisjoint(query):
        return _refusal(401, "Unauthorised Image Access", "the local ImageKit does not verify signed URLs yet")
    first, _, rest = path.partition("/")
    transformed = first.startswith("tr:")
    version = _find(store, rest if transformed else path, query.get(_VERSION_PARAMETER))
    if version is None:
        return _refusal(404, "Not Found", "ENOENT - no such file")
    if version.is_private:
        return _refusal(401, "Unauthorised Image Access", "the file is private and the URL is not signed")
    if not version.is_published:
        return _refusal(404, "Not Found", "ENOENT - the file is not published")
    unknown = sorted(name for name in query if name == "tr" or (name.startswith("ik-") and name != _VERSION_PARAMETER))
    if transformed or unknown:
        option = first if transformed else unknown[0]
        return _refusal(400, "Bad Image Transformation Request", f"the local ImageKit does not apply {option} yet")
    return FileResponse(store.blobs.path(version.id), media_type=version.media.mime)


def _find(store: Store, path: str, delivery_id: str | None) -> Version | None:
    file = store.assets.file_at(canonical_path(path))
    if file is None:
        return None
    if delivery_id is None:
        return file.current
    return next((version for version in file.versions if version.delivery_id == delivery_id), None)


def _refusal(status: int, text: str, reason: str) -> Response:
    # A header holds no line breaks and Latin-1 only, a path anything.
    return PlainTextResponse(text, status, headers={"ik-error": reason.encode("ascii", "backslashreplace").decode()})
