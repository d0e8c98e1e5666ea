"""
Storage backends for Django's `STORAGES`; needs the extra `django`.

Files are read from the delivery network; everything else is a call of the sync client.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from .._sync import ImageKit
from .._unset import UNSET, Unset
from ..errors import BadRequestError, ConfigurationError, NotFoundError
from ..models import File as StoredFile
from ..models import Folder
from ..search import Asset
from ..transfer._names import stored_folder, stored_path
from ._originals import Original

try:
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured, SuspiciousFileOperation
    from django.core.files.storage import Storage
    from django.utils.deconstruct import deconstructible
    from django.utils.timezone import make_naive

    from ._django_file import Encoded, ImageKitFile
except ModuleNotFoundError as _error:
    _hint = "ImageKitStorage needs the extra `django`: pip install 'imagekit-async[django]'"
    raise ModuleNotFoundError(f"{_error}; {_hint}", name=_error.name) from _error

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.files import File

    from ..urls import Transformation

__all__ = ["ImageKitFile", "ImageKitStorage"]


@deconstructible(path="imagekit_async.integrations.django.ImageKitStorage")
class ImageKitStorage(Storage):
    """
    Store files in ImageKit.

    Creating a storage does no I/O and reads no key. Its client is created when it is first used, and serves all threads
    and, after a fork, each process.

    Args:
        location: Folder for all files, created with the first of them.
        client: Arguments of `ImageKit`, such as `private_key`. They are left out of migrations.
        file_overwrite: Whether saving under a taken name adds a version to that file instead of choosing another name.
        is_private_file: Whether files are stored as private, and URLs signed.
        signed: Whether URLs are signed; by default only those of private files.
        expires_in: Seconds until a signed URL expires; None for never.
        transformation: Transformation of all URLs that name none.
        upload_parameters: More arguments of `client.files.upload`, such as `tags`.
    """

    def __init__(
        self,
        *,
        location: str = "",
        client: Mapping[str, Any] | None = None,
        file_overwrite: bool = False,
        is_private_file: bool = False,
        signed: bool | None = None,
        expires_in: int | None = 3600,
        transformation: Sequence[Transformation] | None = None,
        upload_parameters: Mapping[str, Any] | None = None,
    ) -> None:
        self._root = stored_folder("/" + location.replace("\\", "/").strip("/")).rstrip("/")
        self._client_arguments = dict(client or {})
        self._file_overwrite = file_overwrite
        self._signed = is_private_file if signed is None else signed
        self._expires_in = expires_in
        self._transformation = transformation
        self._upload_parameters = {**(upload_parameters or {}), "is_private_file": is_private_file}
        # Set by `deconstructible`, for migrations.
        vars(self)["_constructor_args"][1].pop("client", None)

    @cached_property
    def client(self) -> ImageKit:
        """
        The sync client; raises `ImproperlyConfigured` if there is no private key or an argument is not valid.
        """
        try:
            return ImageKit(**self._client_arguments)
        except ConfigurationError as error:
            raise ImproperlyConfigured(str(error)) from error

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in vars(self).items() if name != "client"}

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """
        Return the name as ImageKit stores it, changed if it is taken or too long.

        Raises:
            SuspiciousFileOperation: The name leads out of `location`, or cannot be cut to `max_length` characters.
        """
        name = self._path(name)[len(self._root) + 1 :]
        if not self._file_overwrite:
            return super().get_available_name(name, max_length)
        stem, extension = posixpath.splitext(name)
        stem = stem if max_length is None else stem[: max(0, max_length - len(extension))]
        if len(stem) <= name.rfind("/") + 1:
            raise SuspiciousFileOperation(f"name cannot be cut to {max_length} characters: {name!r}")
        return stem + extension

    def get_upload_parameters(self, name: str) -> dict[str, Any]:
        """
        Return arguments of `client.files.upload`; override it to choose them by name.
        """
        return dict(self._upload_parameters)

    def delete(self, name: str) -> None:
        """
        Delete a file with all its versions, or do nothing if there is none.
        """
        if file := self._find(name):
            with suppress(NotFoundError):  # another process was faster
                self.client.files.delete(file.file_id)

    def exists(self, name: str) -> bool:
        """
        Return whether there is a file under the name that ImageKit makes of `name`.
        """
        return self._find(name) is not None

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """
        Return the names of the folders and of the files in a folder, or two empty lists if there is no such folder.
        """
        assets = list(self.client.assets.iterate(path=self._path(path), type="all"))
        folders = [asset.name for asset in assets if isinstance(asset, Folder)]
        return folders, [asset.name for asset in assets if isinstance(asset, StoredFile)]

    def size(self, name: str) -> int:
        """
        Return the size in bytes; raises `FileNotFoundError`, like the methods below that make a request.
        """
        return self._get(name).size

    def get_created_time(self, name: str) -> datetime:
        """
        Return when the file was first uploaded.
        """
        return _local(self._get(name).created_at)

    def get_modified_time(self, name: str) -> datetime:
        """
        Return when anything about the file last changed.
        """
        return _local(self._get(name).updated_at)

    def url(
        self,
        name: str | None,
        *,
        transformation: Sequence[Transformation] | None = None,
        expires_in: int | Unset | None = UNSET,
    ) -> str:
        """
        Return the URL to deliver a file from, without a request.

        Args:
            transformation: Steps in order; by default the storage's.
            expires_in: Seconds until a signed URL expires, None for never; by default the storage's.

        Raises:
            ValueError: There is no name or no URL endpoint, or the transformation is not valid.
        """
        if not name:
            raise ValueError("name must not be empty")
        seconds = self._expires_in if isinstance(expires_in, Unset) else expires_in
        return self.client.helper.build_url(
            src=self._file_path(name),
            transformation=self._transformation if transformation is None else transformation,
            signed=self._signed,
            expires_in=seconds if self._signed else None,
        )

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        return ImageKitFile(name, mode, read=self._original, write=partial(self._upload, overwrite=True))

    def _save(self, name: str, content: File[Any]) -> str:
        while True:
            try:
                return self._upload(name, content, overwrite=self._file_overwrite)
            except BadRequestError as error:
                if self._file_overwrite or "already exists" not in error.message:
                    raise
            # Another process was faster. Like Django's own storage, this cannot know `max_length`.
            name = self.get_available_name(name)

    def _upload(self, name: str, content: Any, *, overwrite: bool) -> str:
        path = self._file_path(name)
        folder, _, file_name = path.rpartition("/")
        if content.seekable():
            content.seek(0)
            if not content.read(1):
                raise ValueError(f"file is empty: {name!r}; ImageKit stores no empty files")
            content.seek(0)
        uploaded = self.client.files.upload(
            file=Encoded(content) if isinstance(content.read(0), str) else content,
            file_name=file_name,
            folder=folder or "/",
            use_unique_file_name=False,
            overwrite_file=overwrite,
            **self.get_upload_parameters(name),
        )
        # There is no path yet for a video with a pre-transformation.
        return (uploaded.file_path if uploaded.message is None else path)[len(self._root) + 1 :]

    def _original(self, name: str) -> Original:
        file = self._get(name)
        url = partial(
            self.client.helper.build_url,
            src=self._path(name),
            transformation=[{"original": True}],
            # Without it, the delivery network could send the content before the last change.
            query_parameters={"updatedAt": file.updated_at.timestamp()},
            expires_in=3600 if self._signed or file.is_private_file else None,
        )
        return Original(name, file.size, url)

    def _path(self, name: str) -> str:
        relative = str(name).replace("\\", "/").lstrip("/")
        path = posixpath.normpath(f"{self._root}/{relative}")
        if not f"{path}/".startswith(f"{self._root}/"):
            raise SuspiciousFileOperation(f"name leads out of {self._root!r}: {name!r}")
        return stored_path(path)

    def _file_path(self, name: str) -> str:
        path = self._path(name)
        if path in (self._root, "/"):
            raise SuspiciousFileOperation(f"name must name a file below {self._root or '/'!r}: {name!r}")
        return path

    def _find(self, name: str) -> StoredFile | None:
        path = self._path(name)
        if path in (self._root, "/"):
            return None
        folder, _, file_name = path.rpartition("/")
        query = (Asset.type == "file") & (Asset.name == file_name)
        found = self.client.assets.list(path=folder or "/", search_query=query, limit=1)
        return next((asset for asset in found if isinstance(asset, StoredFile)), None)

    def _get(self, name: str) -> StoredFile:
        if (file := self._find(name)) is None:
            raise FileNotFoundError(f"file does not exist: {name!r}")
        return file


def _local(moment: Any) -> datetime:
    return moment if settings.USE_TZ else make_naive(moment)
