"""
The `transformation` of an upload: steps before the image is stored, and transformations to prepare afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anyio.to_thread
import attrs

from imagekit_local._account import Account
from imagekit_local._accounts.named_transformations import enabled_transformation
from imagekit_local._bodies import as_array, as_object
from imagekit_local._errors import ApiError
from imagekit_local._media import Media
from imagekit_local._predicates import is_text
from imagekit_local._store import Store
from imagekit_local._transformations import (
    Client,
    Source,
    Step,
    TransformationError,
    expand,
    parse,
    paths,
    render,
)
from imagekit_local._values import canonical_path

_MAX_POST = 5
_PROTOCOLS = ("hls", "dash")
_NO_MEDIA = "The file could not be uploaded because transformations are supported only for image and video files."
_INCOMPATIBLE = "The file could not be uploaded because the detected file type & post-transformation are incompatible."


@attrs.frozen
class UploadTransformation:
    """
    A transformation before storing, or None, and those afterwards.
    """

    pre: str | None = None
    post: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def from_json(cls, value: Any) -> UploadTransformation:
        """
        Read a parsed field.

        Raises:
            ApiError: 400 if it is not in the documented form.
        """
        parts = as_object(value, _invalid())
        pre = parts.get("pre")
        if not parts.keys() <= {"pre", "post"} or ("pre" in parts and not is_text(pre)):
            raise _invalid()
        items = [as_object(item, _invalid()) for item in as_array(parts.get("post", []), _invalid())]
        if len(items) > _MAX_POST or not all(map(_is_post, items)):
            raise _invalid()
        return cls(pre, tuple(items))

    def check_media(self, media: Media) -> None:
        """
        Raise an ApiError with 400 if the transformation cannot be applied to a type of file.
        """
        if self == UploadTransformation():
            return
        if not media.is_image and not media.is_video:
            raise ApiError(400, _NO_MEDIA)
        if not all(_POST_FITS[item["type"]](media) for item in self.post):
            raise ApiError(400, _INCOMPATIBLE)


async def transform_part(account: Account, path: Path, media: Media, text: str) -> int:
    """
    Replace an uploaded image with its transformation.

    Returns:
        Its size in bytes.

    Raises:
        ApiError: 400 if the transformation is malformed or cannot be applied.
    """
    try:
        steps, others = await account.store.run(_plan, account.store, text)
        rendered = await anyio.to_thread.run_sync(render, Source(path, media.mime), steps, Client(), others.get)
    except TransformationError as error:
        raise _invalid(errors={"pre": str(error)}) from error
    return await anyio.to_thread.run_sync(path.write_bytes, rendered.content)


def _plan(store: Store, text: str) -> tuple[tuple[Step, ...], dict[str, Source | None]]:
    steps = expand(parse(text.removeprefix("tr:")), lambda name: enabled_transformation(store, name))
    return steps, {path: _stored(store, path) for path in paths(steps)}


def _stored(store: Store, path: str) -> Source | None:
    file = store.assets.file_at(canonical_path(path))
    if file is None:
        return None
    version = file.current
    return Source(store.blobs.path(version.id), version.media.mime, version.custom_coordinates)


def _invalid(**extras: object) -> ApiError:
    message = "The file could not be uploaded because the transformation field is invalid."
    return ApiError(400, message, **extras)


def _is_post(item: Mapping[str, Any]) -> bool:
    kind = item.get("type")
    if not isinstance(kind, str) or kind not in _POST_FITS:
        return False
    if kind in {"transformation", "abs"} and "value" not in item:
        return False
    if kind == "abs" and item.get("protocol") not in _PROTOCOLS:
        return False
    return is_text(item.get("value", "-"))


_POST_FITS: dict[str, Callable[[Media], bool]] = {
    "transformation": lambda media: True,
    "gif-to-video": lambda media: media.mime == "image/gif",
    "thumbnail": lambda media: media.is_video,
    "abs": lambda media: media.is_video,
}
