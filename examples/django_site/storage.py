"""
A storage for static files whose names contain a hash of their content, so that they can be cached for ever.
"""

from __future__ import annotations

from typing import Any

from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.files.storage import FileSystemStorage

from imagekit_async.integrations.django import ImageKitStorage


class ManifestStorage(ManifestFilesMixin, ImageKitStorage):  # type: ignore[misc]  # Django's own `url`s differ
    """
    Keeps the files in ImageKit, and the list of their names in a local folder.
    """

    def __init__(self, *, manifest_folder: str, **options: Any) -> None:
        super().__init__(manifest_storage=FileSystemStorage(manifest_folder), **options)
