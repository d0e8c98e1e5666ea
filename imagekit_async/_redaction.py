"""
Remove credentials from texts that others wrote: responses, exceptions of libraries, values that cannot be used.

What looks like a credential is replaced with `***`, and so are the credentials that a call is known to use, however
they are escaped. The time grows with the length of the text, and what enters a message is cut.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, cast
from urllib.parse import quote

from ._json import is_mapping

MASK = "***"
# Shorter values of a call, such as the `1` of `ik-t=1`, occur in any text.
_SHORTEST_SENT = 6
# A shorter key is looked for as a word of its own only.
_SHORTEST_PART = 8

# Each name is read once and never given back (`++`, and lookaheads keep no choices), so that the time stays linear.
_NAME = r"""
    (?: (?=[\w-]*? (?:secret|passw|token|credential|signature|authorization|access_?key) ) [\w-]++
      | [\w-]++ (?<!public.key) (?<!publickey)
        (?: (?<=[\w-]key) | (?<=ik-s) | (?<=ik-t) | (?<=sig) | (?<=pwd) | (?<=jwt) | (?<=cookie) )
    )
"""
_QUOTE = r"""(?: \\++["'] | &(?:quot|\#3[49]|\#x2[27]); )"""
_VALUE = rf"""
    (?: (?:basic|bearer) \s++ )?+
    (?: (?P<quote>["']) (?: \\. | (?!(?P=quote)) . )*+ (?P=quote)?+
      | (?P<escaped>{_QUOTE}) (?: (?!(?P=escaped)) . )*+ (?P=escaped)?+
      | \[ [^\]]*+ \]?+
      | \{{ [^}}]*+ \}}?+
      | [^&\s"'<>,;]
    )
    (?: [^&\s"'<>,;\\] | \\(?![nrt]) )*+
"""
# Of the header of a part of a form, which ends with an empty line, also where line ends are escaped.
_END_OF_PART_HEADER = r"""(?<=["']) (?: (?:\r|\\++r)?+ (?:\n|\\++n) ){2}"""
_CREDENTIAL = rf"""(?ixs)
    (?P<name>
        (?<![\w-]) (?<!</)
        (?: {_NAME} (?: ["'\]] | {_QUOTE} )*+
            (?: {_END_OF_PART_HEADER} | \s*+ (?: [=:]>? | > | %(?:25)?3[ad] | \\u003[ad] ) \s*+ )
          | key (?: = | %(?:25)?3d )
        )
        (?: b(?=["']) )?+
        | \b(?:basic|bearer)\s++
    )
    (?P<value> {_VALUE} )
    | (?P<scheme> (?: : | %3a ) (?: / | %2f ){{2}} ) (?P<user> (?: (?!%2f) [^/?\#\s"'<>] )+ ) (?P<at> @ | %40 )
    | \b (?P<token> (?:private|whsec)_[\w+/=-]{{12,}}+ | eyJ[\w-]++\.[\w-]++\.[\w-]*+ )
"""
_SCHEME = re.compile(r"(?i)\A(?:basic|bearer)\s+")


# Compiled when used, because that takes milliseconds.
@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def is_secret_name(name: object) -> bool:
    """
    Return whether a field of this name holds a credential.
    """
    return isinstance(name, str) and _compiled(f"(?ix) {_NAME}").fullmatch(name) is not None


def redacted(text: str) -> str:
    """
    Return the text with what looks like a credential replaced.
    """
    return _compiled(_CREDENTIAL).sub(_masked, text)


def shown(value: Any) -> Any:
    """
    Return a JSON value for a `repr`: what looks like a credential is replaced.
    """
    return Redactor().value(value)


def show(value: Any) -> str:
    """
    Return the `repr` of a JSON value with what looks like a credential replaced.
    """
    return repr(shown(value))


def sent_secrets(value: Any) -> Iterator[str]:
    """
    Yield the credentials in what a call sends: values of fields with such names, and what looks like one in texts.
    """
    if isinstance(value, str):
        for match in _compiled(_CREDENTIAL).finditer(value):
            found = match["value"] or match["user"] or match["token"]
            yield from _SCHEME.sub("", found).strip("\"'").split(":")
    elif is_mapping(value):
        for name, item in value.items():
            if is_secret_name(name) and isinstance(item, str):
                yield _SCHEME.sub("", item)
            yield from sent_secrets(item)
    elif isinstance(value, list | tuple):
        for item in cast("Any", value):
            yield from sent_secrets(item)


class Redactor:
    """
    Replaces what looks like a credential, and credentials that are known.

    Args:
        keys: The client's own keys.
        sent: What else the call sends, to look for credentials in.
    """

    def __init__(self, *keys: str | None, sent: Any = None) -> None:
        known = {key for key in keys if key} | {text for text in sent_secrets(sent) if len(text) >= _SHORTEST_SENT}
        self._known = sorted(known, key=len, reverse=True)
        # The longest spelling of a character is `\\\\u0000`; credentials that are not known are as long as a key.
        self._longest = 9 * max(map(len, known), default=20)

    def __call__(self, text: str) -> str:
        """
        Return the text without credentials.
        """
        for secret in self._known:
            text = _pattern(secret).sub(MASK, text)
        return redacted(text)

    def cut(self, text: str, length: int) -> str:
        """
        Return the text without credentials, with at most `length` characters and `...` after them.
        """
        clean = self(text[: length + self._longest])
        if len(text) > length + self._longest:
            # The last one may be only a part of a credential, which is not recognized.
            clean = clean[: max(0, len(clean) - self._longest)]
        elif len(clean) <= length:
            return clean
        return f"{clean[:length]}..."

    def value(self, value: Any) -> Any:
        """
        Return a JSON value without credentials; fields named like one that holds a credential are replaced.
        """
        if isinstance(value, str):
            return self(value)
        if is_mapping(value):
            return {
                self.value(name): MASK if is_secret_name(name) and item not in (None, "") else self.value(item)
                for name, item in value.items()
            }
        if isinstance(value, list):
            return [self.value(item) for item in cast("Any", value)]
        return value


def _masked(match: re.Match[str]) -> str:
    if match["token"]:
        return MASK
    return f"{match['name'] or match['scheme']}{MASK}{match['at'] or ''}"


@lru_cache(maxsize=64)
def _pattern(secret: str) -> re.Pattern[str]:
    written = "".join(map(_escapes, secret))
    if len(secret) < _SHORTEST_PART:
        return re.compile(rf"(?<!\w){written}(?!\w)")
    encoded = ("".join(map(_escapes, part)) for part in _base64_parts(secret.encode(errors="replace")))
    return re.compile("|".join([written, *encoded]))


def _base64_parts(secret: bytes) -> Iterator[str]:
    # No matter where the secret starts in the encoded data, the characters in the middle depend on nothing else.
    for before in range(3):
        encoded = b64encode(bytes(before) + secret).decode()
        part = encoded[(before * 8 + 5) // 6 : (before + len(secret)) * 8 // 6]
        yield part
        yield part.replace("+", "-").replace("/", "_")


@lru_cache(maxsize=256)
def _escapes(character: str) -> str:
    if character.isascii() and character.isalnum():
        return character
    # Imported when used: its table of entities takes a while.
    import html

    code = ord(character)
    spellings = {
        character,
        quote(character, safe="", errors="replace"),
        quote(quote(character, safe="", errors="replace"), safe=""),
        f"%{code:02X}",
        f"%25{code:02X}",
        html.escape(character),
        json.dumps(character)[1:-1],
        repr(character.encode(errors="replace"))[2:-1],
        f"\\u{code:04x}",
        f"\\x{code:02x}",
        f"\\{character}",
        f"&#{code};",
        f"&#x{code:x};",
    }
    escaped = (re.escape(spelling).replace(r"\\", r"\\{1,4}") for spelling in sorted(spellings, key=len, reverse=True))
    return f"(?i:{'|'.join(escaped)})"
