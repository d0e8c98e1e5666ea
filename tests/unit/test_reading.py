"""
Content codings are undone in small steps, whatever pieces the body arrives in.
"""

from __future__ import annotations

import gzip
import zlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imagekit_async._http.reading import BodyDecoder, BodyError

STEP = 256 * 1024


def raw_deflate(data: bytes) -> bytes:
    """Deflate data without the header of zlib, as some servers do."""
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush()


CODINGS = {"": bytes, "identity": bytes, "gzip": gzip.compress, " X-GZIP ": gzip.compress, "deflate": zlib.compress}
ENCODERS = [*CODINGS.items(), ("Deflate", raw_deflate), ("identity, gzip", gzip.compress)]


def in_pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    """Cut data at positions."""
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[start:end] for start, end in pairwise(places)]


@given(
    encoder=st.sampled_from(ENCODERS),
    data=st.binary() | st.binary(min_size=1, max_size=4).map(lambda part: part * STEP),
    cuts=st.lists(st.integers(0, 2**40), max_size=5),
)
def test_what_is_encoded_is_decoded(encoder, data, cuts):
    """Decoding undoes each coding, in steps of at most 256 KiB, however the body is cut into pieces."""
    coding, encode = encoder
    decoder = BodyDecoder(coding)
    parts = [part for piece in in_pieces(encode(data), cuts) for part in decoder.decode(piece)]
    decoder.finish()

    assert data == b"".join(parts)
    if encode is not bytes:
        assert all(len(part) <= STEP for part in parts)


@pytest.mark.parametrize(
    ("coding", "data", "problem"),
    [
        ("gzip", b"not gzip", "not valid gzip data"),
        ("deflate", b"\xff\xff\xff", "not valid deflate data"),
        ("gzip", gzip.compress(b"a" * 1000, mtime=0)[:-9], "gzip data that is cut off"),
    ],
)
def test_broken_data(coding, data, problem):
    """Data that cannot be decoded, or stops before its end, is an error."""
    decoder = BodyDecoder(coding)

    def decode() -> None:
        list(decoder.decode(data))
        decoder.finish()

    with pytest.raises(BodyError, match=f"^{problem}$"):
        decode()


@pytest.mark.parametrize("coding", ["gzip, gzip", "deflate,gzip", "br", "zstd", "gzip, br", "x"])
def test_other_codings(coding):
    """Two codings, or one that was not asked for, are refused before anything is decoded."""
    with pytest.raises(BodyError, match=r"only one of gzip and deflate is accepted$"):
        BodyDecoder(coding)


def test_bytes_after_the_end_are_ignored():
    """What follows the encoded data changes nothing."""
    decoder = BodyDecoder("gzip")

    assert [b"abc"] == [*decoder.decode(gzip.compress(b"abc", mtime=0) + b"more"), *decoder.decode(b"and more")]
