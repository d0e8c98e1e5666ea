"""
The client's settings: checked and normalised once, never changed afterwards, secrets never shown.
"""

from __future__ import annotations

import math
import os
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import attrs

from .errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

API_SERVER = "https://api.imagekit.io"
UPLOAD_SERVER = "https://upload.imagekit.io"
DEFAULT_TIMEOUT_SECONDS = 60.0

_HEADER_NAME = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)
_HEADER_VALUE = re.compile(r"([!-~]+([ \t]+[!-~]+)*)?")


def _base_url(url: str, argument: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError as error:
        raise ConfigurationError(f"{argument} is no URL: {error}") from error
    if not usable or not url.isprintable() or " " in url:
        raise ConfigurationError(f"{argument} must be an absolute http or https URL, such as {API_SERVER}")
    if parts.query or parts.fragment or parts.username is not None:
        raise ConfigurationError(f"{argument} must have no query, fragment or credentials")
    return url.rstrip("/")


def _key(value: str | None, argument: str, variable: str) -> str | None:
    value = os.environ.get(variable) if value is None else value
    if value is not None and (not value.strip() or any(character.isspace() for character in value)):
        raise ConfigurationError(
            f"{argument} (environment variable {variable}) must not be blank or contain white space"
        )
    return value


@attrs.frozen
class Settings:
    """
    What a client was configured with.
    """

    private_key: str = attrs.field(repr=False)
    public_key: str | None
    url_endpoint: str | None
    webhook_secret: str | None = attrs.field(repr=False)
    servers: Mapping[str, str]
    max_retries: int
    default_headers: Mapping[str, str] = attrs.field(repr=False)

    def server(self, documented: str) -> str:
        """
        Return the base URL to call where the API's document names a server.

        Args:
            documented: The server of the document, e.g. `https://upload.imagekit.io`.
        """
        return self.servers.get(documented, documented)

    def urls(self) -> dict[str, str]:
        """
        Return the two base URLs by the name of their argument.
        """
        return {"base_url": self.servers[API_SERVER], "upload_base_url": self.servers[UPLOAD_SERVER]}

    @classmethod
    def resolve(
        cls,
        *,
        private_key: str | None,
        public_key: str | None,
        url_endpoint: str | None,
        webhook_secret: str | None,
        base_url: str | None,
        upload_base_url: str | None,
        max_retries: int,
        default_headers: Mapping[str, str] | None,
        has_transport: bool,
        has_http_client: bool,
    ) -> Settings:
        """
        Combine arguments, environment variables and defaults.

        Raises:
            ConfigurationError: A value is missing or unusable; the message names the argument and the variable.
        """
        private_key = _key(private_key, "private_key", "IMAGEKIT_PRIVATE_KEY")
        if private_key is None:
            raise ConfigurationError(
                "No private key: pass private_key=... or set the environment variable IMAGEKIT_PRIVATE_KEY "
                "(dashboard, Developer options)"
            )
        if has_transport and has_http_client:
            raise ConfigurationError("Pass transport or http_client, not both: an http_client has its own transport")
        base_url = _key(base_url, "base_url", "IMAGEKIT_BASE_URL")
        api = API_SERVER if base_url is None else _base_url(base_url, "base_url")
        upload = UPLOAD_SERVER if base_url is None else api
        if upload_base_url is not None:
            upload = _base_url(upload_base_url, "upload_base_url")
        endpoint = _key(url_endpoint, "url_endpoint", "IMAGEKIT_URL_ENDPOINT")
        return cls(
            private_key=private_key,
            public_key=_key(public_key, "public_key", "IMAGEKIT_PUBLIC_KEY"),
            url_endpoint=None if endpoint is None else _base_url(endpoint, "url_endpoint"),
            webhook_secret=_key(webhook_secret, "webhook_secret", "IMAGEKIT_WEBHOOK_SECRET"),
            servers={API_SERVER: api, UPLOAD_SERVER: upload},
            max_retries=checked_max_retries(max_retries),
            default_headers=checked_headers(default_headers or {}),
        )


def checked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """
    Return a copy of the headers if all of them can be sent.

    Raises:
        ConfigurationError: One cannot; the message does not show its value, which may be a token.
    """
    for name, value in headers.items():
        if not _HEADER_NAME.fullmatch(name):
            raise ConfigurationError(f"a header's name must be one word, such as X-Tenant, not {name!r}")
        if not _HEADER_VALUE.fullmatch(value):
            raise ConfigurationError(f"the header {name} must be printable ASCII, without space at its ends")
    return dict(headers)


def checked_max_retries(value: int) -> int:
    """
    Return the value if it is a whole number of at least 0.

    Raises:
        ConfigurationError: It is not.
    """
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:  # pyright: ignore[reportUnnecessaryIsInstance] - checks untyped callers
        raise ConfigurationError(f"max_retries must be a whole number of at least 0, not {value!r}")
    return value


def checked_timeout(value: float | None) -> float | None:
    """
    Return the timeout in seconds if it is positive and finite, or None for no timeout.

    Raises:
        ConfigurationError: It is neither.
    """
    if value is not None and not (math.isfinite(value) and value > 0):
        raise ConfigurationError(f"timeout must be a positive number of seconds, or None for no limit, not {value!r}")
    return value
