"""
URLs in parts: what an endpoint is, where a file lies, how queries are joined. Nothing is decoded that needs not be.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from urllib.parse import quote, unquote_plus

import attrs

from ._kinds import decimal_text, is_number, refused

_URL = re.compile(r"(https?://[^\s/?#]+)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.DOTALL)
_PATH_SAFE = "!$&'()*+,;=:@/"
_PATH_CODES = [quote(character, safe=_PATH_SAFE) for character in map(chr, range(128))]
_PAIR_CODES = [quote(character, safe="") for character in map(chr, range(128))]
# What an encoded URL may hold: the visible ASCII characters but those that HTML and headers break on.
_URL_SAFE = "!#$%&'()*+,-./:;=?@[\\]^_`{|}~"


@attrs.frozen
class Endpoint:
    """
    Base of delivery URLs.

    Attributes:
        origin: Scheme, credentials if any, host and port.
        path: Path without slashes at its ends.
        query: Query as given, perhaps empty.
        base: Origin and path, with no slash at the end.
    """

    origin: str
    path: str
    query: str
    base: str

    def below(self, url: str) -> str | None:
        """
        Return what follows the endpoint and its slash in a URL, None when the URL lies elsewhere.
        """
        if not url.startswith(self.base):
            return None
        end = len(self.base)
        follows = url[end : end + 1]
        if follows == "/":
            return url[end + 1 :]
        return url[end:] if follows in ("", "?") else None


def is_absolute(src: str) -> bool:
    """
    Whether a source is a whole URL rather than a path below the endpoint.

    Raises:
        ValueError: It is empty or no text.
    """
    if not src or not isinstance(src, str):  # pyright: ignore[reportUnnecessaryIsInstance] - checks untyped callers
        raise ValueError(f"src {refused('a path or URL', src)}")
    return src.startswith(("https://", "http://"))


def split_url(url: str, name: str) -> tuple[str, str, str]:
    """
    Return a URL's origin, path and query as they are written; a fragment is dropped.

    Raises:
        ValueError: It is no absolute http or https URL; the message calls it by the name given.
    """
    match = _URL.fullmatch(url) if isinstance(url, str) else None  # pyright: ignore[reportUnnecessaryIsInstance] - checks untyped callers
    if match is None:
        raise ValueError(f"{name} {refused('an absolute http or https URL', url)}")
    return match[1], match[2], match[3] or ""


@lru_cache(maxsize=64)
def parse_endpoint(url: str) -> Endpoint:
    """
    Return an endpoint in parts.

    Raises:
        ValueError: It is no absolute http or https URL.
    """
    origin, path, query = split_url(url, "url_endpoint")
    path = path.strip("/")
    return Endpoint(origin, path, query, base=f"{origin}/{path}" if path else origin)


def encoded_path(src: str) -> str:
    """
    Percent-encode a raw path.
    """
    return src.translate(_PATH_CODES) if src.isascii() else quote(src, safe=_PATH_SAFE)


def absolute_url(src: str) -> tuple[str, str]:
    """
    Return a whole URL without its query, and the query; only what no URL may hold is percent-encoded.

    Raises:
        ValueError: It has no host.
    """
    origin, path, query = split_url(src, "src")
    return f"{origin}{quote(path, safe=_URL_SAFE) or '/'}", quote(query, safe=_URL_SAFE)


def with_parameters(query: str, parameters: Mapping[str, object], reserved: Collection[str]) -> list[str]:
    """
    Return the pairs of a query and those added to it; a name that is there already gets the new value in its place.

    Args:
        query: What is there, left as it is.
        parameters: What to add, by name: text, numbers or booleans; None values are left out.
        reserved: Names that must not occur.

    Raises:
        ValueError: A name is reserved, or a value of another type.
    """
    pairs = query.split("&") if query else []
    names = [unquote_plus(pair.partition("=")[0]) for pair in pairs]
    for name in reserved:
        if name in names or name in parameters:
            raise ValueError(f"The query must not have {name!r}, which is added to it: see src and query_parameters")
    for name, value in parameters.items():
        if value is None:
            continue
        pair = f"{_encoded(name)}={_encoded(value if isinstance(value, str) else _text(name, value))}"
        if name in names:
            first = names.index(name)
            kept = [place for place, known in enumerate(names) if known != name or place == first]
            pairs = [pair if place == first else pairs[place] for place in kept]
            names = [names[place] for place in kept]
        else:
            pairs.append(pair)
    return pairs


def _encoded(text: str) -> str:
    return text.translate(_PAIR_CODES) if text.isascii() else quote(text, safe="")


def _text(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)) and is_number(value):
        return decimal_text(value)
    raise ValueError(f"query_parameters: {name} {refused('text, a number or a boolean', value)}")
