"""
The pages of the project.
"""

from __future__ import annotations

from django.contrib import admin
from django.urls import path

from examples.django_site.gallery import views

urlpatterns = [
    path("", views.index, name="index"),
    path("documents/<int:number>", views.document, name="document"),
    path("photos", views.photos, name="photos"),
    path("photos/add", views.add_photo, name="add-photo"),
    path("admin/", admin.site.urls),
]
