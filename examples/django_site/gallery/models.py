"""
What the database keeps: names of files, not their content.
"""

from __future__ import annotations

from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models


def documents() -> Storage:
    """
    Return the storage of private files. Migrations contain this function, not its options.
    """
    return storages["documents"]


class Photo(models.Model):
    """
    An image, with its size in the database so that a page need not ask for it.
    """

    title = models.CharField(max_length=80)
    image = models.ImageField(upload_to="photos", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)

    def __str__(self) -> str:
        return self.title

    @property
    def thumbnail(self) -> str:
        """
        URL of a small image that ImageKit makes of the large one.
        """
        storage: Any = self.image.storage
        url: str = storage.url(self.image.name, transformation=[{"width": 320, "height": 240}])
        return url


class Document(models.Model):
    """
    A file that is delivered to those only who get a signed URL.
    """

    title = models.CharField(max_length=80)
    file = models.FileField(upload_to="%Y", storage=documents)

    def __str__(self) -> str:
        return self.title
