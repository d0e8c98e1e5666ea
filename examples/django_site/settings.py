"""
Settings of the project; keys and URLs of ImageKit come from the environment, as for any client.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent
STORAGE = "imagekit_async.integrations.django.ImageKitStorage"

SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "for this example only")
DEBUG = "DJANGO_DEBUG" in os.environ
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "examples.django_site.urls"
WSGI_APPLICATION = "examples.django_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("DJANGO_DATABASE", FOLDER / "db.sqlite3"),
    }
}
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "examples.django_site.gallery",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
USE_TZ = True
STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": STORAGE, "OPTIONS": {"location": "django-site/media"}},
    "documents": {"BACKEND": STORAGE, "OPTIONS": {"location": "django-site/documents", "is_private_file": True}},
    "staticfiles": {
        "BACKEND": "examples.django_site.storage.ManifestStorage",
        "OPTIONS": {
            "location": "django-site/static",
            # A local file, since each process reads it when it starts.
            "manifest_folder": os.environ.get("DJANGO_MANIFEST_FOLDER", str(FOLDER)),
        },
    },
}
