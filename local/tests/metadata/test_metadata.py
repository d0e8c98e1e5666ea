"""
Technical metadata of stored and delivered images.
"""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import httpx
import pytest
from PIL import ExifTags, Image, ImageDraw
from PIL.TiffImagePlugin import IFDRational

from imagekit_local import LocalImageKit
from imagekit_local._metadata.reading import picture_metadata

pytestmark = pytest.mark.anyio
Upload: TypeAlias = Callable[..., Awaitable[dict[str, Any]]]
Picture: TypeAlias = Callable[..., bytes]
CORRUPT = "The requested file is corrupt or invalid."
FOREIGN = "The url should be accessible using your ImageKit.io account."
INACCESSIBLE = "The requested file does not exist or is inaccessible at this time."
NO_EXIF: dict[str, dict[str, Any]] = {
    name: {} for name in ("image", "thumbnail", "exif", "gps", "interoperability", "makernote")
}


def drawn(size: tuple[int, int], *, mirrored: bool = False) -> Image.Image:
    """
    A scene that looks different from each side.
    """
    image = Image.linear_gradient("L").resize((256, 256))
    ImageDraw.Draw(image).ellipse((20, 60, 150, 130), fill=255)
    return (image.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if mirrored else image).resize(size)


def encoded(image: Image.Image, format: str, **options: Any) -> bytes:
    """
    Return the bytes of an image.
    """
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


async def stored(client: httpx.AsyncClient, file: dict[str, Any]) -> dict[str, Any]:
    """
    The metadata of a stored file.
    """
    response = await client.get(f"/v1/files/{file['fileId']}/metadata")
    assert 200 == response.status_code
    body: dict[str, Any] = response.json()
    return body


async def refused(client: httpx.AsyncClient, url: str | None) -> tuple[int, str]:
    """
    Status and message of a refused request for the metadata of a URL.
    """
    response = await client.get("/v1/metadata", params={} if url is None else {"url": url})
    return response.status_code, response.json()["message"]


async def test_stored_picture(client: httpx.AsyncClient, upload: Upload, picture: Picture) -> None:
    """The metadata of an image without EXIF data are read from its bytes."""
    content = picture(mode="RGBA", dpi=(300, 300), icc_profile=b"profile")
    metadata = await stored(client, await upload("a.png", content))

    assert {
        "height": 3,
        "width": 4,
        "size": len(content),
        "format": "png",
        "hasColorProfile": True,
        "quality": 0,
        "density": 300,
        "hasTransparency": True,
        "pHash": "0" * 16,
        "exif": NO_EXIF,
    } == metadata


async def test_exif(client: httpx.AsyncClient, upload: Upload) -> None:
    """EXIF data are grouped by section, with the usual names and positions as arrays of numbers."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Acme\x00"
    exif[ExifTags.Base.DateTime] = "2030:01:02 03:04:05"
    exif[ExifTags.Base.XResolution] = IFDRational(1, 0)
    exif[ExifTags.Base.Orientation] = 6
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.ExposureTime] = IFDRational(1, 4)
    details[ExifTags.Base.ISOSpeedRatings] = 200
    details[ExifTags.Base.ExifVersion] = b"0231"
    details[ExifTags.Base.UserComment] = b"ASCII\x00\x00\x00Studio B"
    details[ExifTags.Base.SceneType] = b"\x01"
    details[ExifTags.Base.FileSource] = b"\x03"
    details[ExifTags.Base.LensSpecification] = (IFDRational(50, 1), IFDRational(0, 0))
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSVersionID] = b"\x02\x03\x00\x00"
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = (47.0, 22.0, 14.5)
    gps[ExifTags.GPS.GPSAltitudeRef] = b"\x00"
    metadata = await stored(client, await upload("a.jpg", encoded(drawn((64, 48)), "JPEG", exif=exif)))
    sections = metadata["exif"]

    assert NO_EXIF.keys() == sections.keys()
    assert {"Make": "Acme", "ModifyDate": "2030:01:02 03:04:05", "Orientation": 6}.items() <= sections["image"].items()
    assert "XResolution" not in sections["image"]
    assert {
        "ExposureTime": 0.25,
        "ISO": 200,
        "ExifVersion": "0231",
        "UserComment": "Studio B",
        "SceneType": "directly photographed",
    } == sections["exif"]
    assert {
        "GPSVersionID": [2, 3, 0, 0],
        "GPSLatitudeRef": "N",
        "GPSLatitude": [47.0, 22.0, 14.5],
        "GPSAltitudeRef": 0,
    } == sections["gps"]


@pytest.mark.parametrize("quality", [1, 10, 25, 50, 75, 90, 95, 100])
async def test_quality(client: httpx.AsyncClient, upload: Upload, quality: int) -> None:
    """The quality of a JPEG is the one it was saved with."""
    file = await upload("a.jpg", encoded(drawn((64, 48)), "JPEG", quality=quality))

    assert quality == (await stored(client, file))["quality"]


async def test_perceptual_hash(client: httpx.AsyncClient, upload: Upload) -> None:
    """Hashes of similar images differ in few bits, others in many."""
    contents = {
        "a.png": encoded(drawn((256, 256)), "PNG"),
        "b.png": encoded(drawn((100, 90)), "JPEG", quality=30),
        "c.png": encoded(drawn((256, 256), mirrored=True), "PNG"),
    }
    hashes = [(await stored(client, await upload(name, content)))["pHash"] for name, content in contents.items()]
    one, alike, other = (int(text, 16) for text in hashes)

    assert [16, 16, 16] == [len(text) for text in hashes]
    assert (one ^ alike).bit_count() <= 6
    assert (one ^ other).bit_count() >= 16


async def test_no_picture(client: httpx.AsyncClient, upload: Upload, picture: Picture) -> None:
    """A video has a size only, other files are refused, and unknown ids differ from malformed ones."""
    video = await stored(client, await upload("a.mp4", b"\x00\x00\x00\x18ftypmp42"))
    broken = await upload("b.png", picture(size=(50, 50))[:-40])
    text = await upload("c.txt")
    ids = (broken["fileId"], text["fileId"], "0" * 24, "abc")
    responses = [await client.get(f"/v1/files/{file_id}/metadata") for file_id in ids]

    assert {"size": 12} == video
    assert [
        (400, CORRUPT),
        (400, CORRUPT),
        (404, INACCESSIBLE),
        (400, "Your request contains invalid fileId parameter."),
    ] == [(response.status_code, response.json()["message"]) for response in responses]


def test_unread_formats_and_sizes() -> None:
    """A file of an unknown format, or with too many pixels to decode, is not an image."""
    unknown = encoded(drawn((8, 8)), "PPM")
    large = encoded(Image.new("1", (10_000, 5_001)), "PNG")

    assert [None, None] == [picture_metadata(content) for content in (unknown, large)]


async def test_delivered(client: httpx.AsyncClient, upload: Upload, picture: Picture) -> None:
    """A URL has the metadata of the image that it delivers, after its transformation."""
    content = picture(size=(40, 30))
    file = await upload("ä b.png", content)
    original = (await client.get("/v1/metadata", params={"url": file["url"]})).json()
    small = (await client.get("/v1/metadata", params={"url": f"{file['url']}?tr=w-20,f-jpg"})).json()

    assert original == await stored(client, file)
    assert (20, 15, "jpg") == (small["width"], small["height"], small["format"])


async def test_delivered_video(client: httpx.AsyncClient, upload: Upload) -> None:
    """A URL of a video has the metadata of its id."""
    video = await upload("a.mp4", b"\x00\x00\x00\x18ftypmp42")
    response = await client.get("/v1/metadata", params={"url": video["url"]})

    assert (200, {"size": 12}) == (response.status_code, response.json())


async def test_urls_that_deliver_nothing(
    client: httpx.AsyncClient, server: LocalImageKit, upload: Upload, picture: Picture
) -> None:
    """Only URLs of public, valid images of the account have metadata."""
    text = await upload("a.txt")
    broken = await upload("c.png", picture(size=(50, 50))[:-40])
    private = await upload("b.txt", isPrivateFile="true")

    assert (400, "Missing url parameter.") == await refused(client, None)
    assert (400, FOREIGN) == await refused(client, "https://example.test/a.png")
    assert (400, FOREIGN) == await refused(client, f"{server.url}/v1/files")
    assert (404, INACCESSIBLE) == await refused(client, f"{server.url_endpoint}/none.png")
    assert (404, INACCESSIBLE) == await refused(client, f"{server.url_endpoint}/\x00")
    assert (404, INACCESSIBLE) == await refused(client, private["url"])
    assert (400, CORRUPT) == await refused(client, text["url"])
    assert (400, CORRUPT) == await refused(client, broken["url"])
