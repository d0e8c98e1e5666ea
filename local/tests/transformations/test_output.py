"""
Formats and other options that change the encoding.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from imagekit_local._transformations import RenderCache, Rendered, Source

Pixels = Callable[..., Image.Image]
Render = Callable[..., Rendered]
Stored = Callable[..., Source]
MAGIC = {
    "image/avif": (4, b"ftypavif"),
    "image/bmp": (0, b"BM"),
    "image/gif": (0, b"GIF8"),
    "image/jpeg": (0, b"\xff\xd8\xff"),
    "image/png": (0, b"\x89PNG"),
    "image/tiff": (0, b"II*\x00"),
    "image/webp": (8, b"WEBP"),
}
ALL = "image/avif,image/webp,image/png,*/*;q=0.8"


@pytest.fixture
def noise() -> Image.Image:
    """
    An image that no lossy format can keep.
    """
    return Image.merge("RGBA", [Image.effect_noise((40, 30), sigma) for sigma in (20, 60, 100, 120)])


def opened(rendered: Rendered) -> Image.Image:
    """
    What was rendered, as an image.
    """
    return Image.open(io.BytesIO(rendered.content))


@pytest.mark.parametrize(
    ("stored_as", "text", "mime"),
    [
        ("PNG", "w-10", "image/png"),
        ("PNG", "f-orig", "image/png"),
        ("PNG", "f-jpg", "image/jpeg"),
        ("PNG", "f-jpeg", "image/jpeg"),
        ("PNG", "f-webp", "image/webp"),
        ("PNG", "f-avif", "image/avif"),
        ("JPEG", "f-png", "image/png"),
        ("JPEG", "r-5", "image/jpeg"),
        ("MPO", "w-10", "image/jpeg"),
        ("GIF", "w-10", "image/gif"),
        ("GIF", "f-gif", "image/gif"),
        ("WEBP", "w-10", "image/webp"),
        ("TIFF", "w-10", "image/tiff"),
        ("BMP", "w-10", "image/bmp"),
        ("ICO", "w-10", "image/png"),
        ("PNG", "f-png:f-jpg", "image/jpeg"),
    ],
)
def test_formats(
    rendered: Render, quarters: Callable[..., Image.Image], stored: Stored, stored_as: str, text: str, mime: str
) -> None:
    """The format is the last one requested, or else the stored one."""
    result = rendered(text, stored(quarters(), stored_as))
    offset, magic = MAGIC[mime]

    assert mime == result.mime
    assert magic == result.content[offset : offset + len(magic)]


@pytest.mark.parametrize(
    ("stored_as", "text", "accept", "mime"),
    [
        ("JPEG", "f-auto", ALL, "image/avif"),
        ("JPEG", "f-auto", "image/webp;q=1,IMAGE/AVIF;q=0", "image/webp"),
        ("JPEG", "f-auto", "*/*", "image/jpeg"),
        ("JPEG", "f-auto,r-5", "*/*", "image/png"),
        ("PNG", "f-auto", "", "image/png"),
        ("GIF", "f-auto", "", "image/gif"),
        ("TIFF", "f-auto", "", "image/png"),
        ("JPEG", "f-auto,lo-true", ALL, "image/webp"),
        ("JPEG", "f-auto,lo-true", "", "image/png"),
    ],
)
def test_automatic_format(
    rendered: Render,
    quarters: Callable[..., Image.Image],
    stored: Stored,
    stored_as: str,
    text: str,
    accept: str,
    mime: str,
) -> None:
    """`auto` uses the best format that the client accepts, and never JPEG for transparent images."""
    result = rendered(text, stored(quarters(), stored_as), accept=accept)

    assert (mime, {"vary": "Accept"}) == (result.mime, result.headers)


def test_clear_parts_in_jpeg(pixels: Pixels) -> None:
    """Transparent pixels are white in a format without alpha."""
    image = pixels("r-max,f-jpg,q-100")

    assert all(level > 250 for level in image.getpixel((0, 0)))


def test_quality(rendered: Render, noise: Image.Image) -> None:
    """Quality changes the size of the file, defaults to 80, and does not apply to PNG."""
    by_quality = {q: rendered(f"f-jpg{q}", noise).content for q in ("", ",q-10", ",q-80", ",q-90")}

    assert len(by_quality[",q-10"]) < len(by_quality[",q-80"]) < len(by_quality[",q-90"])
    assert by_quality[",q-80"] == by_quality[""]
    assert rendered("q-10", noise).content == rendered("q-90", noise).content


@pytest.mark.parametrize(
    ("text", "marker"), [("pr-true", b"\xff\xc2"), ("pr-false", b"\xff\xc0"), ("q-80", b"\xff\xc0")]
)
def test_progressive(rendered: Render, text: str, marker: bytes) -> None:
    """A progressive JPEG has the frame that says so."""
    assert marker in rendered(f"f-jpg,{text}").content


@pytest.mark.parametrize("format", ["png", "webp"])
def test_lossless(pixels: Pixels, noise: Image.Image, format: str) -> None:
    """A lossless image decodes to the same pixels, including transparent ones."""
    image = pixels(f"f-{format},lo-true", noise)

    assert ImageChops.difference(noise, image).getbbox(alpha_only=False) is None


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_metadata(rendered: Render, quarters: Callable[..., Image.Image], stored: Stored, format: str) -> None:
    """EXIF data and color profile are removed unless requested, and the profile can be kept alone."""
    exif = Image.Exif()
    exif[0x010E] = "described"
    source = stored(quarters(), format, exif=exif, icc_profile=b"profile" * 20)
    kept = {text: opened(rendered(text, source)) for text in ("w-10", "md-true", "cp-true", "md-false")}

    assert {"w-10": None, "md-true": "described", "cp-true": None, "md-false": None} == {
        text: image.getexif().get(0x010E) for text, image in kept.items()
    }
    assert {"w-10": False, "md-true": True, "cp-true": True, "md-false": False} == {
        text: bool(image.info.get("icc_profile")) for text, image in kept.items()
    }


def test_nothing_to_keep(rendered: Render) -> None:
    """A file without metadata has none to keep."""
    assert rendered("w-10").content == rendered("w-10,md-true,cp-true").content


def test_density(
    rendered: Render, quarters: Callable[..., Image.Image], stored: Stored, refused: Callable[..., str]
) -> None:
    """The density is the requested one, and can depend on the original one."""
    source = stored(quarters(), "JPEG", dpi=(150, 150))

    assert (72, 72) == opened(rendered("dn-72", source)).info["dpi"]
    assert (300, 300) == opened(rendered("dn-idn_mul_2:w-10", source)).info["dpi"]
    assert "dpi" not in opened(rendered("w-10,f-png", source)).info
    assert "dn: 1201 is not between 1 and 1200" == refused("dn-1201", source)


def test_original(rendered: Render, stored: Stored, noise: Image.Image) -> None:
    """The original is delivered byte for byte, whatever else is requested."""
    source = stored(noise, mime="image/x-any")
    result = rendered("w-10,orig-true,f-jpg", source)

    assert (source.path.read_bytes(), "image/x-any", {}) == (result.content, result.mime, result.headers)
    assert (10, 8) == opened(rendered("w-10,orig-false", stored(noise))).size


@pytest.mark.parametrize("text", ["f-auto", "f-svg", "f-orig"])
def test_svg(rendered: Render, tmp_path: Path, text: str) -> None:
    """An SVG that stays one is delivered as it is."""
    path = tmp_path / "a.svg"
    path.write_bytes(b"<svg/>")

    assert b"<svg/>" == rendered(text, Source(path, "image/svg+xml")).content


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK", "PA"])
def test_modes(pixels: Pixels, stored: Stored, mode: str) -> None:
    """Pixels of all modes keep their color."""
    image = Image.new("L", (3, 3), 255).convert("RGBA" if mode == "PA" else mode)
    if mode == "I;16":
        image = Image.new(mode, (3, 3), 65_535)
    image = image.convert(mode) if mode != "PA" else image.quantize()
    source = stored(image, "TIFF" if mode == "CMYK" else "PNG")

    assert (255, 255, 255) == pixels("w-2,f-png", source).convert("RGB").getpixel((0, 0))


@pytest.mark.parametrize(
    ("content", "mime", "text", "reason"),
    [
        (b"text", "text/plain", "w-1", "tr: the local ImageKit does not transform text/plain"),
        (b"<svg/>", "image/svg+xml", "w-1", "tr: the local ImageKit does not transform image/svg+xml"),
        (b"video", "video/mp4", "w-1", "tr: the local ImageKit does not transform videos"),
        (b"no picture", "image/png", "w-1", "tr: the image cannot be read"),
        (None, "image/png", "w-1", "ENOENT - tr: no such file"),
    ],
)
def test_what_is_no_picture(
    refused: Callable[..., str], tmp_path: Path, content: bytes | None, mime: str, text: str, reason: str
) -> None:
    """A file that Pillow cannot read is refused instead of delivered unchanged."""
    path = tmp_path / "file"
    if content is not None:
        path.write_bytes(content)

    assert reason == refused(text, Source(path, mime))


def test_broken_pictures(refused: Callable[..., str], stored: Stored, noise: Image.Image) -> None:
    """A truncated image is refused."""
    source = stored(noise)
    source.path.write_bytes(source.path.read_bytes()[:200])

    assert "tr: the image cannot be read" == refused("w-1", source)


def test_animations(refused: Callable[..., str], stored: Stored, noise: Image.Image) -> None:
    """An animated image is refused, because all frames but the first would be lost silently."""
    source = stored(noise, "GIF", save_all=True, append_images=[noise.rotate(90)])

    assert "tr: the local ImageKit does not transform animated images" == refused("w-1", source)


def test_unusual_modes(refused: Callable[..., str], stored: Stored) -> None:
    """Color modes that Pillow cannot convert are refused."""
    source = stored(Image.new("LAB", (1, 1)), "TIFF")

    assert "tr: images of mode LAB cannot be transformed" == refused("w-1", source)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(
    ("size", "reason"),
    [
        ((9_000, 12_000), "ELIMIT - tr: 9000x12000 is too large"),
        ((65_000,) * 2, "ELIMIT - tr: the image is too large"),
    ],
)
def test_declared_size(refused: Callable[..., str], stored: Stored, size: tuple[int, int], reason: str) -> None:
    """An image with a header that is too large is refused before its pixels are read."""
    source = stored(Image.new("1", (1, 1)), "BMP")
    content = bytearray(source.path.read_bytes())
    struct.pack_into("<ii", content, 18, *size)
    source.path.write_bytes(content)

    assert reason == refused("w-1", source)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("f-gif", "f: an image stored as PNG cannot become gif"),
        ("f-svg", "f: an image stored as PNG cannot become svg"),
        ("f-jpg,lo-true", "lo: JPEG images are not lossless"),
        ("w-17000,h-1,c-force,f-webp", "ELIMIT - f: WEBP images have at most 16383 pixels per side"),
        ("w-65000,h-1,c-force,b-300_red", "ELIMIT - f: PNG images have at most 65535 pixels per side"),
    ],
)
def test_impossible_formats(refused: Callable[..., str], text: str, reason: str) -> None:
    """A format that cannot represent the image is refused."""
    assert reason == refused(text)


def test_unwritable(refused: Callable[..., str], stored: Stored, quarters: Callable[..., Image.Image]) -> None:
    """An image that Pillow cannot write is refused."""
    exif = Image.Exif()
    exif[0x010E] = "too long for JPEG" * 5_000

    assert "f: the image cannot be written as JPEG" == refused("f-jpg,md-true", stored(quarters(), exif=exif))


def result(size: int) -> Rendered:
    """
    An image of some bytes.
    """
    return Rendered(bytes(size), "image/png", {})


def test_cache() -> None:
    """An image is rendered once, and the least recently used one is evicted."""
    made: list[str] = []

    def ask(cache: RenderCache, key: str, size: int = 10) -> int:
        def render() -> Rendered:
            made.append(key)
            return result(size)

        return len(cache.rendered(key, render).content)

    by_number, by_bytes = RenderCache(max_results=2), RenderCache(max_bytes=25)
    for key in "abacab":
        ask(by_number, key)

    assert ["a", "b", "c", "b"] == made
    made.clear()
    sizes = [ask(by_bytes, key, size) for key, size in [("a", 10), ("b", 10), ("a", 0), ("c", 26), ("c", 26), ("a", 9)]]

    assert ["a", "b", "c", "c", "a"] == made
    assert [10, 10, 10, 26, 26, 9] == sizes


def test_cache_of_what_was_made_meanwhile() -> None:
    """Two threads that render the same image at once cache it once."""
    cache = RenderCache(max_bytes=15)
    cache.rendered("a", lambda: cache.rendered("a", lambda: result(10)))

    assert 10 == len(cache.rendered("a", lambda: result(99)).content)
