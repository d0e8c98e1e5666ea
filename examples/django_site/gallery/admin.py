"""
The pages of the admin.
"""

from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html

from .models import Document, Photo


@admin.register(Photo)
class PhotoAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for type checkers only
    """
    Photos with thumbnails.
    """

    list_display = ("title", "preview", "width", "height")

    @admin.display(description="image")
    def preview(self, photo: Photo) -> str:
        """
        Return a thumbnail.
        """
        return format_html('<img src="{}" alt="" height="60">', photo.thumbnail)


admin.site.register(Document)
