"""
The client's settings: checked and normalized once, never changed afterwards, secrets never shown.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import attrs
import httpx

from ._redaction import show
from .errors import ConfigurationError

API_SERVER = "https://api.imagekit.io"
UPLOAD_SERVER = "https://upload.imagekit.io"
DEFAULT_TIMEOUT_SECONDS = 60.0
# The largest page has 1,000 assets, so there is room for 32 KiB of metadata in each.
DEFAULT_MAX_RESPONSE_BYTES = 32 * 1024 * 1024

_HEADER_NAME = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)
_HEADER_VALUE = re.compile(r"([!-~]+([ \t]+[!-~]+)*)?")
_LONGEST_HOST = 253
_FRAMING_HEADERS = frozenset({"content-length", "transfer-encoding"})
_KEY = re.compile(r"""[!#-&(-~]+""")


def _text(value: str | None, argument: str, variable: str | None) -> str | None:
    if value is None:
        return None if variable is None else os.environ.get(variable)
    if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance] - checks untyped callers
        raise ConfigurationError(f"{argument} must be a str, got {type(value).__name__}")
    return value


def _key(value: str | None, argument: str, variable: str) -> str | None:
    value = _text(value, argument, variable)
    if value is not None and not _KEY.fullmatch(value):
        raise ConfigurationError(
            f"{argument} (environment variable {variable}) must be printable ASCII without spaces, line breaks or "
            "quotes, and must not be empty"
        )
    return value


def _base_url(value: str | None, argument: str, variable: str | None) -> str | None:
    value = _text(value, argument, variable)
    if value is None:
        return None
    name = argument if variable is None else f"{argument} (environment variable {variable})"
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and parts.port != 0 and value.isprintable()
        url = httpx.URL(value)
        host = url.raw_host.decode("ascii")
        # As the system's resolver demands, no label may be empty or longer than 63 bytes (RFC 1035, section 2.3.4).
        resolvable = all(0 < len(label) <= 63 for label in host.removesuffix(".").split("."))
        usable = usable and resolvable and bool(url.host.strip(".")) and len(host) <= _LONGEST_HOST
    except (ValueError, httpx.InvalidURL):
        # Neither value nor cause is shown: they may contain a password.
        usable = False
    if not usable or any(character in value for character in " \\"):
        raise ConfigurationError(
            f"{name} must be an absolute http or https URL with a valid host and port, such as {API_SERVER}"
        )
    if "?" in value or "#" in value or "@" in value.split("/")[2]:
        raise ConfigurationError(f"{name} must not contain a query, a fragment or credentials")
    return value.rstrip("/")


@attrs.frozen(eq=False, repr=False)
class Settings:
    """
    What a client was configured with.
    """

    private_key: str
    public_key: str | None
    url_endpoint: str | None
    webhook_secret: str | None
    servers: Mapping[str, str]
    max_retries: int
    max_response_bytes: int
    default_headers: Mapping[str, str]

    def server(self, documented: str) -> str:
        """
        Return the base URL to call for a server of the API's document.

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
        max_response_bytes: int,
        default_headers: Mapping[str, str] | None,
        transport: httpx.AsyncBaseTransport | None,
        http_client: httpx.AsyncClient | None,
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
        if ":" in private_key:
            raise ConfigurationError("private_key must not contain a colon, which ends a user name (RFC 7617)")
        _check_connections(transport, http_client)
        api = _base_url(base_url, "base_url", "IMAGEKIT_BASE_URL")
        upload = _base_url(upload_base_url, "upload_base_url", None)
        return cls(
            private_key=private_key,
            public_key=_key(public_key, "public_key", "IMAGEKIT_PUBLIC_KEY"),
            url_endpoint=_base_url(url_endpoint, "url_endpoint", "IMAGEKIT_URL_ENDPOINT"),
            webhook_secret=_key(webhook_secret, "webhook_secret", "IMAGEKIT_WEBHOOK_SECRET"),
            servers={API_SERVER: api or API_SERVER, UPLOAD_SERVER: upload or api or UPLOAD_SERVER},
            max_retries=checked_max_retries(max_retries),
            max_response_bytes=_at_least("max_response_bytes", max_response_bytes, 1),
            default_headers=checked_headers({} if default_headers is None else default_headers, "default_headers"),
        )


def _check_connections(transport: object, http_client: object) -> None:
    if transport is not None and http_client is not None:
        raise ConfigurationError("Pass transport or http_client, not both: an http_client has its own transport")
    for argument, value, kind in (
        ("transport", transport, httpx.AsyncBaseTransport),
        ("http_client", http_client, httpx.AsyncClient),
    ):
        if value is not None and not isinstance(value, kind):
            raise ConfigurationError(f"{argument} must be an httpx.{kind.__name__}, got {type(value).__name__}")


def checked_headers(headers: Mapping[str, str], argument: str = "extra_headers") -> dict[str, str]:
    """
    Return a copy of the headers if all of them can be sent.

    Args:
        headers: The headers.
        argument: Name of the argument, for messages.

    Raises:
        ConfigurationError: One cannot be sent; the message does not show its value, which may be a token.
    """
    if not isinstance(headers, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance] - checks untyped callers
        raise ConfigurationError(f"{argument} must be a mapping of str to str, got {type(headers).__name__}")
    for name, value in headers.items():
        if not isinstance(name, str) or not _HEADER_NAME.fullmatch(name):  # pyright: ignore[reportUnnecessaryIsInstance] - the same
            raise ConfigurationError(f"{argument}: a header name must be one word, such as X-Tenant, got {show(name)}")
        if not isinstance(value, str) or not _HEADER_VALUE.fullmatch(value):  # pyright: ignore[reportUnnecessaryIsInstance] - the same
            raise ConfigurationError(
                f"{argument}: the value of {name} must be a str of printable ASCII without surrounding spaces"
            )
        if name.lower() in _FRAMING_HEADERS:
            raise ConfigurationError(f"{argument} must not contain {name}, which follows from the body")
    return dict(headers)


def checked_max_retries(value: int) -> int:
    """
    Return the value if it is an int of at least 0.

    Raises:
        ConfigurationError: It is not.
    """
    return _at_least("max_retries", value, 0)


def _at_least(argument: str, value: int, minimum: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < minimum:  # pyright: ignore[reportUnnecessaryIsInstance] - checks untyped callers
        raise ConfigurationError(f"{argument} must be an int of at least {minimum}, got {value!r}")
    return value


def checked_timeout(value: float | None) -> float | None:
    """
    Return the timeout in seconds if it is positive and finite, or None for no timeout.

    Raises:
        ConfigurationError: It is neither.
    """
    if value is None:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)  # pyright: ignore[reportUnnecessaryIsInstance] - checks untyped callers
    if not (is_number and math.isfinite(value) and value > 0):
        raise ConfigurationError(
            f"timeout must be a positive number of seconds, an httpx.Timeout, or None for no limit, got {value!r}"
        )
    return value
