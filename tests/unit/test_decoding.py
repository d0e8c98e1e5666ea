"""
Responses decode to the same values whether or not msgspec is installed.
"""

from __future__ import annotations

import json
import struct
import sys
from typing import Any

import attrs
import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from imagekit_async._http import decoding
from imagekit_async._http.decoding import decode, loads
from imagekit_async._http.preparation import undocumented_call
from imagekit_async._http.reading import UnreadableBodyError
from imagekit_async._json import Array
from imagekit_async._model import PLAIN
from imagekit_async._scalars import STRING

ODD = [
    # numbers
    *[b"0", b"-0", b"-0.0", b"0e0", b"1E5", b"-1E+2", b"1.0E-2", b"1e23", b"5e-324", b"1.7976931348623159e308"],
    *[b"9007199254740993", b"-9223372036854775808", b"-9223372036854775809"],
    *[b"18446744073709551615", b"18446744073709551616", b"1" * 400, b"-" + b"1" * 25, b"1" * 5000],
    *[
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b"1e400",
        b"-1e400",
        b"1e-400",
        b"0.1" + b"1" * 800,
        b"1" + b"0" * 400 + b".5",
    ],
    *[b"01", b"1.", b".5", b"+1", b"-", b"1e", b"0x1"],
    # text
    *[b'"\\ud83d\\ude00"', b'"\\ud800"', b'"\\udc00\\ud800"', b'"\\ud800\\u0041"', b'"a\\u0000b"', b'"\\/"'],
    *[b'"\x01"', b'"\t"', b'"\x7f"', b'"\x00"', b'"\\x"', b'"\\u12"', b'"\\u12G4"', b'"abc'],
    *[b'"\xed\xa0\x80"', b'"\xff"', b'"\xc0\x80"', b'{"\xff":1}'],
    # objects and arrays
    *[b'{"a":1,"b":2,"a":3}', b'{"\\u0061":1,"a":2}', b'{"":1}', b"{a:1}", b"{'a':1}", b'{"a" 1}', b"{1:2}"],
    *[b"[1,]", b'{"a":1,}', b"[1 2]", b"[" * 400 + b"]" * 400, b"[" * 100_000],
    # encodings and what is around the value
    *[b"\xef\xbb\xbf1", b"\xef\xbb\xbf{}", *('{"a":1}'.encode(name) for name in ("utf-16", "utf-16-le", "utf-32"))],
    *["1".encode("utf-16-le"), "12".encode("utf-16-be"), b"1\x00", b"\x001", b" 1 \r\n", b"\x0c1", b"1 2", b"//x\n1"],
    *[b"", b" ", b"nul", b"null", b"tru", b"true"],
]


def exact(value: Any) -> Any:
    """Return what distinguishes values that are equal to Python: types, the sign of zero, the order of keys."""
    match value:
        case dict():
            return [(key, exact(item)) for key, item in value.items()]
        case list():
            return [exact(item) for item in value]
        case float():
            return "float", "NaN" if value != value else struct.pack("d", value)
        case _:
            return type(value), value


def outcome(read: Any, content: bytes) -> Any:
    """Return the value, or that there is none."""
    try:
        return exact(read(content))
    except (ValueError, RecursionError):
        return ValueError


def mutated(draw: Any) -> bytes:
    """Return JSON with a few bytes added, removed or changed."""
    value = draw(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), grown, max_leaves=8))
    content = bytearray(json.dumps(value, ensure_ascii=draw(st.booleans())).encode(errors="surrogatepass"))
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(content)))
        alphabet = st.sampled_from(b'{}[]",:\\u0123456789eE+-. \n\x00\x1f\xff\xed\xa0\x80aln')
        content[start : start + draw(st.integers(0, 1))] = bytes(draw(st.lists(alphabet, max_size=2)))
    return bytes(content)


def grown(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return arrays and objects of values."""
    return st.lists(values, max_size=4) | st.dictionaries(st.text(max_size=3), values, max_size=4)


@pytest.fixture
def without_msgspec(monkeypatch: pytest.MonkeyPatch) -> Any:
    """As if the extra were not installed."""
    monkeypatch.setitem(sys.modules, "msgspec.json", None)
    decoding._fast_loads.cache_clear()
    yield
    decoding._fast_loads.cache_clear()


@pytest.mark.parametrize("content", ODD, ids=lambda content: repr(content[:20]))
def test_odd_json_reads_as_the_standard_library_reads_it(content: bytes) -> None:
    """What JSON leaves open is decided as `json.loads` decides it: large integers stay exact, and NaN is read."""
    assert outcome(json.loads, content) == outcome(loads, content)


@given(st.composite(mutated)())
@example(b"[1.5, -0, 123456789012345678901234567890]")
def test_any_json_reads_as_the_standard_library_reads_it(content: bytes) -> None:
    """Valid or not, content means the same to both."""
    assert outcome(json.loads, content) == outcome(loads, content)


@given(st.floats(allow_nan=False), st.integers(0, 25))
def test_floats_are_read_to_the_last_bit(number: float, digits: int) -> None:
    """Rounding is the standard library's, however many digits a number has."""
    content = f"{number:.{digits}e}".encode()

    assert outcome(json.loads, content) == outcome(loads, content)


@pytest.mark.parametrize("offset", range(31))
def test_a_long_number_is_found_anywhere_in_a_large_body(offset: int) -> None:
    """Wherever it begins, a number of 311 digits is refused, and one of 310 is read."""
    rest = b",0" * 200_000 + b"]"

    with pytest.raises(ValueError, match="too long"):
        loads(b"[" + b" " * offset + b"1234567890" * 31 + b"1" + rest)
    assert loads(b"[" + b" " * offset + b"1234567890" * 31 + rest)[0] == int("1234567890" * 31)


def test_msgspec_is_used_if_it_is_there() -> None:
    """The tests above compare two decoders."""
    assert decoding._fast_loads().__module__.startswith("msgspec")


@pytest.mark.usefixtures("without_msgspec")
def test_the_extra_is_optional() -> None:
    """Without the extra, the standard library decodes."""
    assert decoding._fast_loads() is json.loads
    assert {"a": [1, 2.5]} == loads(b'{"a": [1, 2.5]}')


def test_the_status_chooses_the_documented_type() -> None:
    """A success is read as what its status documents, and one with another status as the first that is documented."""
    call = undocumented_call("GET", "/v1/x", query=None, json=None)
    call = attrs.evolve(call, operation=attrs.evolve(call.operation, responses={200: Array(STRING), 202: PLAIN}))

    assert ["a"] == decode(call, httpx.Response(200, json=["a"]))
    assert {"b": 1} == decode(call, httpx.Response(202, json={"b": 1}))
    with pytest.raises(UnreadableBodyError, match="not of the documented type"):
        decode(call, httpx.Response(203, json={"b": 1}))
