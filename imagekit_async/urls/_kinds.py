"""
Kinds of option values: how each is checked, written into a URL, and read back.

`write` returns the text behind the option's code: "" for a bare code, None for no option at all. It raises ValueError
with what is accepted; the caller adds the option's name. `read` is the opposite: the caller checks its result by
writing it again.
"""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from typing import Any, Protocol

import attrs

from .._json import is_collection
from .._redaction import show
from ._percent import readable

_NUMBER = r"N?\d+(?:\.\d+)?"
_OPERAND = rf"(?:{_NUMBER}|i[wh]|iar|idn|idu|c[wh]|car|b[wh]|bar|bdu)"
_EXPRESSION = rf"{_OPERAND}(?:_(?:add|sub|mul|div|mod|pow)_{_OPERAND})*"
_CORNER = rf"(?:max|{_EXPRESSION})"
_NUMERIC = re.compile(_NUMBER, re.ASCII)
# In any place, these end an option, a step, the transformation or the URL.
_SEPARATORS = r",?#&\x00-\x1f\x7f\ud800-\udfff"

ABOVE_ZERO = sys.float_info.min
EXPRESSION = (_EXPRESSION, "an expression such as 'iw_div_2'")
EXPRESSION_OR_AUTO = (f"auto|{_EXPRESSION}", "'auto' or an expression such as 'iw_div_2'")
ANGLE = (f"auto|{_NUMBER}", "'auto' or text such as 'N40'")
CORNERS = (f"{_CORNER}(?:_{_CORNER}){{0,3}}", "'max', or up to four values joined with '_'")
SIDES = (f"{_EXPRESSION}(?:_{_EXPRESSION}){{0,3}}", "up to four values joined with '_'")
RATIO = (rf"[\d.]+[-_:][\d.]+|{_EXPRESSION}", "a ratio such as '4-3' or an expression such as 'iar_div_2'")
PAGES = (rf"[^:{_SEPARATORS}]+", "text such as '3-4' or 'name-layer-4'")


class ValueKind(Protocol):
    def write(self, value: Any) -> str | None: ...

    def read(self, text: str) -> Any: ...


def decimal_text(value: float) -> str:
    """
    Return a finite number in plain decimal notation, without a fraction if it is whole.
    """
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    text = repr(float(value))
    return format(Decimal(text), "f") if "e" in text else text


def _signed_text(value: float) -> str:
    return f"N{decimal_text(-value)}" if value < 0 else decimal_text(value)


def is_number(value: object) -> bool:
    """
    Return whether a value is a finite number; booleans are not numbers.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return -sys.float_info.max <= value <= sys.float_info.max


def is_blank(value: object) -> bool:
    return not isinstance(value, str) or not value.strip()


def refused(accepted: str, value: object) -> ValueError:
    return ValueError(f"must be {accepted}, got {show(value)}")


def _number(text: str) -> float:
    text = text.replace("N", "-")
    return float(text) if "." in text else int(text)


def _compiled(text: tuple[str, str] | None) -> re.Pattern[str] | None:
    return None if text is None else re.compile(text[0], re.ASCII)


@attrs.frozen
class Number:
    """
    Numbers in a range, and text that matches a pattern. Negative numbers are written with N.
    """

    low: float = -sys.float_info.max
    high: float = sys.float_info.max
    text: tuple[str, str] | None = None
    whole: bool = attrs.field(default=False, kw_only=True)
    switch: bool = attrs.field(default=False, kw_only=True)
    _pattern: re.Pattern[str] | None = attrs.field(
        init=False, repr=False, default=attrs.Factory(lambda number: _compiled(number.text), takes_self=True)
    )

    def write(self, value: Any) -> str:
        if isinstance(value, bool):
            if self.switch:
                return "true" if value else "false"
        elif isinstance(value, (int, float)):
            if self._fits(value):
                return _signed_text(value)
        elif isinstance(value, str) and self._reads(value):
            return str.__str__(value)
        raise refused(self.accepted, value)

    def read(self, text: str) -> Any:
        if self.switch and text in ("true", "false"):
            return text == "true"
        # Text such as N0 or 1.0 would come back different from the number.
        value = _number(text) if _NUMERIC.fullmatch(text) else None
        return text if value is None or self.write(value) != text else value

    def _reads(self, text: str) -> bool:
        if self._pattern is None or not self._pattern.fullmatch(text):
            return False
        return not _NUMERIC.fullmatch(text) or self._fits(_number(text))

    def _fits(self, value: float) -> bool:
        return self.low <= value <= self.high and (not self.whole or value == int(value))

    @property
    def accepted(self) -> str:
        words = "a whole number" if self.whole else "a number"
        if self.low == ABOVE_ZERO:
            words += " above 0"
        elif self.high < sys.float_info.max:
            words += f" from {decimal_text(self.low)} to {decimal_text(self.high)}"
        elif self.low == 0:
            words += " of at least 0"
        choices = [*(["True", "False"] if self.switch else []), words, *([self.text[1]] if self.text else [])]
        return " or ".join(choices)


@attrs.frozen
class Choice:
    words: tuple[str, ...]

    def write(self, value: Any) -> str:
        if not isinstance(value, str) or value not in self.words:
            raise refused(f"one of {', '.join(self.words)}", value)
        return str.__str__(value)

    def read(self, text: str) -> str:
        return text


@attrs.frozen
class Text:
    pattern: re.Pattern[str] = re.compile(rf"[^:{_SEPARATORS}]+")
    accepted: str = "text without any of , : ? # & and control characters (pass others with raw)"

    def write(self, value: Any) -> str:
        if is_blank(value) or not self.pattern.fullmatch(value):
            raise refused(self.accepted, value)
        # Enum members that are strings have a `str()` of their own.
        return str.__str__(value)

    def read(self, text: str) -> str:
        value = readable(text)
        return value if self.pattern.fullmatch(value) else text


@attrs.frozen
class Path:
    """
    The path of a file. Its slashes are written `@@`; one slash at either end is dropped.
    """

    _text: Text = Text(re.compile(rf"[^{_SEPARATORS}]+"), "a path without any of , ? # & and control characters")

    def write(self, value: Any) -> str:
        path = self._text.write(value).removeprefix("/").removesuffix("/")
        if is_blank(path):
            raise refused("the path of a file", value)
        return path.replace("/", "@@")

    def read(self, text: str) -> str:
        return self._text.read(text).replace("@@", "/")


@attrs.frozen
class Switch:
    def write(self, value: Any) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if value in ("true", "false"):
            return str.__str__(value)
        raise refused("True or False", value)

    def read(self, text: str) -> bool:
        return text == "true"


@attrs.frozen
class Effect:
    """
    True, written as the bare code, or a value of another kind. False leaves the option out.
    """

    value: ValueKind | None = None

    def write(self, value: Any) -> str | None:
        if isinstance(value, bool) or value in ("true", "-"):
            return None if value is False else ""
        if self.value is None:
            raise refused("True or False", value)
        try:
            return self.value.write(value)
        except ValueError as error:
            raise ValueError(str(error).replace("must be ", "must be True, False or ", 1)) from None

    def read(self, text: str) -> Any:
        return True if not text or self.value is None else self.value.read(text)


@attrs.frozen
class Resolutions:
    words: Choice

    def write(self, value: Any) -> str:
        if not is_collection(value):
            raise refused("a list of resolutions", value)
        return "_".join(map(self.words.write, value))

    def read(self, text: str) -> list[str]:
        return text.split("_")
