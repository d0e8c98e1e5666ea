"""
The API's operations by name, method and path.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response

Handler: TypeAlias = Callable[[Request], Awaitable[Response]]

# Method and path template of every operation that the API documents, by its name as clients call it.
OPERATIONS = {
    "files.upload": ("POST", "/api/v1/files/upload"),
    "beta.v2.files.upload": ("POST", "/api/v2/files/upload"),
    "assets.list": ("GET", "/v1/files"),
    "files.get": ("GET", "/v1/files/{fileId}/details"),
    "files.update": ("PATCH", "/v1/files/{fileId}/details"),
    "files.versions.list": ("GET", "/v1/files/{fileId}/versions"),
    "files.versions.get": ("GET", "/v1/files/{fileId}/versions/{versionId}"),
    "files.versions.delete": ("DELETE", "/v1/files/{fileId}/versions/{versionId}"),
    "files.versions.restore": ("PUT", "/v1/files/{fileId}/versions/{versionId}/restore"),
    "files.delete": ("DELETE", "/v1/files/{fileId}"),
    "files.bulk.delete": ("POST", "/v1/files/batch/deleteByFileIds"),
    "files.bulk.add_tags": ("POST", "/v1/files/addTags"),
    "files.bulk.remove_tags": ("POST", "/v1/files/removeTags"),
    "files.bulk.remove_ai_tags": ("POST", "/v1/files/removeAITags"),
    "files.copy": ("POST", "/v1/files/copy"),
    "files.move": ("POST", "/v1/files/move"),
    "files.rename": ("PUT", "/v1/files/rename"),
    "folders.create": ("POST", "/v1/folder"),
    "folders.delete": ("DELETE", "/v1/folder"),
    "folders.copy": ("POST", "/v1/bulkJobs/copyFolder"),
    "folders.move": ("POST", "/v1/bulkJobs/moveFolder"),
    "folders.rename": ("POST", "/v1/bulkJobs/renameFolder"),
    "folders.job.get": ("GET", "/v1/bulkJobs/{jobId}"),
    "cache.invalidation.create": ("POST", "/v1/files/purge"),
    "cache.invalidation.get": ("GET", "/v1/files/purge/{requestId}"),
    "files.metadata.get": ("GET", "/v1/files/{fileId}/metadata"),
    "files.metadata.get_from_url": ("GET", "/v1/metadata"),
    "custom_metadata_fields.list": ("GET", "/v1/customMetadataFields"),
    "custom_metadata_fields.create": ("POST", "/v1/customMetadataFields"),
    "custom_metadata_fields.update": ("PATCH", "/v1/customMetadataFields/{id}"),
    "custom_metadata_fields.delete": ("DELETE", "/v1/customMetadataFields/{id}"),
    "saved_extensions.list": ("GET", "/v1/saved-extensions"),
    "saved_extensions.create": ("POST", "/v1/saved-extensions"),
    "saved_extensions.get": ("GET", "/v1/saved-extensions/{id}"),
    "saved_extensions.update": ("PATCH", "/v1/saved-extensions/{id}"),
    "saved_extensions.delete": ("DELETE", "/v1/saved-extensions/{id}"),
    "named_transformations.list": ("GET", "/v1/named-transformations"),
    "named_transformations.create": ("POST", "/v1/named-transformations"),
    "named_transformations.get": ("GET", "/v1/named-transformations/{id}"),
    "named_transformations.update": ("PATCH", "/v1/named-transformations/{id}"),
    "named_transformations.delete": ("DELETE", "/v1/named-transformations/{id}"),
    "accounts.usage.get": ("GET", "/v1/accounts/usage"),
    "accounts.usage_analytics.get": ("GET", "/v1/accounts/usage-analytics"),
    "accounts.origins.list": ("GET", "/v1/accounts/origins"),
    "accounts.origins.create": ("POST", "/v1/accounts/origins"),
    "accounts.origins.get": ("GET", "/v1/accounts/origins/{id}"),
    "accounts.origins.update": ("PUT", "/v1/accounts/origins/{id}"),
    "accounts.origins.delete": ("DELETE", "/v1/accounts/origins/{id}"),
    "accounts.url_endpoints.list": ("GET", "/v1/accounts/url-endpoints"),
    "accounts.url_endpoints.create": ("POST", "/v1/accounts/url-endpoints"),
    "accounts.url_endpoints.get": ("GET", "/v1/accounts/url-endpoints/{id}"),
    "accounts.url_endpoints.update": ("PUT", "/v1/accounts/url-endpoints/{id}"),
    "accounts.url_endpoints.delete": ("DELETE", "/v1/accounts/url-endpoints/{id}"),
    "accounts.webhooks.list": ("GET", "/v1/accounts/webhooks"),
    "accounts.webhooks.create": ("POST", "/v1/accounts/webhooks"),
    "accounts.webhooks.get": ("GET", "/v1/accounts/webhooks/{id}"),
    "accounts.webhooks.update": ("PATCH", "/v1/accounts/webhooks/{id}"),
    "accounts.webhooks.delete": ("DELETE", "/v1/accounts/webhooks/{id}"),
}
_PARAMETER = re.compile(r"\{\w+\}")


def operation_name(method: str, path: str) -> str | None:
    """
    The name of the operation that a request is for, None if it is for none.

    Args:
        method: Method of the request; HEAD counts as GET.
        path: Path of its URL.
    """
    wanted = "GET" if method == "HEAD" else method
    return next((name for name, verb, pattern in _PATTERNS if verb == wanted and pattern.fullmatch(path)), None)


def rank(path: str) -> list[bool]:
    """
    What to sort path templates by, so that a literal part comes before a parameter in the same place.
    """
    return [part.startswith("{") for part in path.split("/")]


def _patterns() -> Iterator[tuple[str, str, re.Pattern[str]]]:
    for name, (method, path) in sorted(OPERATIONS.items(), key=lambda item: rank(item[1][1])):
        yield name, method, re.compile("[^/]+".join(map(re.escape, _PARAMETER.split(path))))


_PATTERNS = tuple(_patterns())
