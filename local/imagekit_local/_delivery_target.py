"""
What a delivery URL asks for, read from the raw request: what is encoded in it separates nothing, and a signature
covers the bytes as they were sent.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import unquote, unquote_plus

import attrs

from imagekit_local._auth import same_secret
from imagekit_local._transformations import decode_whole

_NEVER = b"9999999999"
_SECONDS = re.compile(rb"[0-9]{1,10}")
_SIGNATURE, _EXPIRY = b"ik-s", b"ik-t"


class SignatureError(Exception):
    """
    A URL with a signature that does not fit or has expired.
    """


@attrs.frozen
class DeliveryTarget:
    """
    A delivery URL below its endpoint.

    `path` is decoded, `transformations` are not; `parameters` are those of the service, which begin with `ik-`;
    `signed` is what a signature covers, and `marks` are its digest and its expiry.
    """

    path: str
    transformations: tuple[str, ...]
    parameters: Mapping[str, str]
    signed: bytes
    marks: tuple[tuple[bytes, bytes], ...]

    @classmethod
    def from_request(cls, below: bytes, query: bytes) -> DeliveryTarget:
        """
        What a request asks for.

        Args:
            below: What follows the endpoint and its slash in the path as it was sent.
            query: Query as it was sent, without the question mark.
        """
        pairs = [pair.partition(b"=") for pair in query.split(b"&")]
        unsigned = [pair for pair in pairs if pair[0] in {_SIGNATURE, _EXPIRY}]
        signed = [pair for pair in pairs if pair[0] not in {_SIGNATURE, _EXPIRY}]
        rest = b"&".join(map(b"".join, signed))
        named = [(_text(name), _text(value)) for name, _, value in signed]
        first, _, path = _text(below).partition("/")
        in_path = [first.removeprefix("tr:")] if first.startswith("tr:") else []
        return cls(
            path=unquote(path if in_path else _text(below)),
            transformations=(*in_path, *(_from_query(value) for name, value in named if name == "tr")),
            parameters={name: unquote_plus(value) for name, value in named if name.startswith("ik-")},
            signed=below + (b"?" + rest if rest else b""),
            marks=tuple((name, value) for name, _, value in unsigned),
        )

    def is_signed(self, private_key: str, now: datetime) -> bool:
        """
        Whether the URL bears a signature that holds.

        Raises:
            SignatureError: It bears one that does not.
        """
        if not self.marks:
            return False
        marks = dict(self.marks)
        expiry = marks.get(_EXPIRY, _NEVER)
        digest = hmac.new(private_key.encode(), self.signed + expiry, hashlib.sha1).hexdigest()
        if len(marks) < len(self.marks) or not same_secret(_text(marks.get(_SIGNATURE, b"")), digest):
            raise SignatureError("the signature does not match the URL")
        if not _SECONDS.fullmatch(expiry) or int(expiry) < now.timestamp():
            raise SignatureError("the URL has expired")
        return True


def _from_query(transformation: str) -> str:
    # Encoders that encode every separator write spaces as plus signs; elsewhere a plus sign is one.
    spaced = transformation.replace("+", "%20")
    return transformation if decode_whole(spaced) == spaced else spaced


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
