"""
EXIF, IPTC and XMP data of uploaded images, merged into one object.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import anyio
import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational, ImageFileDirectory_v2

from imagekit_local import LocalImageKit
from local.tests.metadata.pictures import IPTC_TAG, dataset, jpeg, packet, png

Upload: TypeAlias = Callable[..., Awaitable[dict[str, Any]]]
Made: TypeAlias = Callable[..., bytes]
# Pillow warns of some broken data, and the suite forbids warnings.
QUIET = pytest.mark.filterwarnings("ignore::UserWarning")
BOMB = """<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>"""


def camera() -> Image.Exif:
    """
    EXIF data of a camera in the alps.
    """
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Größe & Söhne".encode()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.ResolutionUnit] = 2
    exif[ExifTags.Base.XResolution] = IFDRational(72, 1)
    exif[ExifTags.Base.YResolution] = IFDRational(1, 0)
    exif[ExifTags.Base.XPKeywords] = "alps;Größe\x00".encode("utf-16-le")
    exif[ExifTags.Base.DateTime] = "0000:00:00 00:00:00"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = "2029:07:08 12:30:00"
    details[ExifTags.Base.OffsetTimeOriginal] = "+02:00"
    details[ExifTags.Base.ExposureTime] = IFDRational(1, 4)
    details[ExifTags.Base.ColorSpace] = 1
    details[ExifTags.Base.MakerNote] = b"printable" * 100
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = (47.0, 22.0, 12.0)
    gps[ExifTags.GPS.GPSLongitudeRef] = "W"
    gps[ExifTags.GPS.GPSLongitude] = (8.0, 30.0, 36.0)
    return exif


async def asked(upload: Upload, content: bytes, name: str = "a.jpg") -> dict[str, Any]:
    """
    Return the embedded metadata in the response of an upload.
    """
    body = await upload(name, content, responseFields="embeddedMetadata")
    embedded: dict[str, Any] = body["embeddedMetadata"]
    return embedded


async def found(client: httpx.AsyncClient, query: str) -> list[str]:
    """
    Names of the files that a search finds.
    """
    response = await client.get("/v1/files", params={"searchQuery": query})
    response.raise_for_status()
    return [file["name"] for file in response.json()]


def roomy(server: LocalImageKit) -> httpx.AsyncClient:
    """
    A client of a server that takes files of usual sizes.
    """
    return httpx.AsyncClient(base_url=server.url, auth=(server.private_key, ""))


async def posted(client: httpx.AsyncClient, content: bytes) -> dict[str, Any]:
    """
    Return the response of an upload that asks for metadata.
    """
    fields = {"fileName": "a", "responseFields": "embeddedMetadata"}
    body: dict[str, Any] = (await client.post("/api/v1/files/upload", data=fields, files={"file": content})).json()
    return body


@pytest.mark.anyio
async def test_exif(upload: Upload) -> None:
    """All sections of EXIF are in one object: words for codes, ISO 8601 for moments, a place as one text."""
    embedded = await asked(upload, jpeg(exif=camera()))

    assert {
        "Make": "Größe & Söhne",
        "Orientation": "Rotate 90 CW",
        "ResolutionUnit": "inches",
        "XResolution": 72.0,
        "XPKeywords": "alps;Größe",
        "DateTimeOriginal": "2029-07-08T10:30:00.000Z",
        "OffsetTimeOriginal": "+02:00",
        "ExposureTime": 0.25,
        "ColorSpace": "sRGB",
        "GPSLatitudeRef": "N",
        "GPSLatitude": [47.0, 22.0, 12.0],
        "GPSLongitudeRef": "W",
        "GPSLongitude": [8.0, 30.0, 36.0],
        "LocationTaken": "47.370000,-8.510000",
    } == embedded


@pytest.mark.anyio
@pytest.mark.parametrize(
    "position",
    [{}, {ExifTags.GPS.GPSLongitude: (181.0, 0.0, 0.0)}, {ExifTags.GPS.GPSLongitude: (IFDRational(8, 0), 0.0, 0.0)}],
)
async def test_no_place(upload: Upload, position: dict[int, Any]) -> None:
    """An incomplete or impossible position is ignored."""
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({ExifTags.GPS.GPSLatitude: (1.0, 0.0, 0.0), **position})

    assert "LocationTaken" not in await asked(upload, jpeg(exif=exif))


@pytest.mark.anyio
async def test_iptc(upload: Upload) -> None:
    """IPTC data have names: keywords are always a list, other values only if there are several."""
    iptc = b"".join(
        [
            dataset(90, b"\x1b%G", record=1),
            dataset(0, b"\x00\x04"),
            dataset(25, "Größe".encode()),
            dataset(5, b"Title"),
            dataset(80, b"One"),
            dataset(80, b"Gr\xf6\xdfe"),
            dataset(40, b""),
            dataset(55, b"20290708"),
            dataset(200, b"unknown"),
        ]
    )

    assert {
        "ApplicationRecordVersion": 4,
        "Keywords": ["Größe"],
        "ObjectName": "Title",
        "Byline": ["One", "Größe"],
        "DateCreated": "2029-07-08T00:00:00.000Z",
    } == await asked(upload, jpeg(iptc))


@pytest.mark.anyio
async def test_iptc_of_tiff(upload: Upload) -> None:
    """IPTC data of a TIFF are read, and its blobs are not shown."""
    tags = ImageFileDirectory_v2()
    tags[IPTC_TAG] = dataset(25, b"one") + dataset(25, b"two") + dataset(0, b"")
    tags.tagtype[IPTC_TAG] = 7
    tags[700] = packet("<dc:title>Title</dc:title>").encode()
    buffer = io.BytesIO()
    Image.new("RGB", (4, 3)).save(buffer, "TIFF", tiffinfo=tags)
    embedded = await asked(upload, buffer.getvalue(), "a.tiff")

    assert (["one", "two"], "Title", 4) == (embedded["Keywords"], embedded["Title"], embedded["ImageWidth"])
    assert set() == {"IPTCNAA", "XMLPacket", "StripOffsets", "ApplicationRecordVersion"} & embedded.keys()


@pytest.mark.anyio
async def test_xmp(upload: Upload) -> None:
    """XMP data are flat: bags are lists, default translations count, and structures prefix their fields."""
    elements = """
        <dc:subject><rdf:Bag><rdf:li>alps</rdf:li></rdf:Bag></dc:subject>
        <dc:creator><rdf:Seq><rdf:li>One</rdf:li></rdf:Seq></dc:creator>
        <dc:contributor><rdf:Seq><rdf:li>One</rdf:li><rdf:li>Two</rdf:li></rdf:Seq></dc:contributor>
        <dc:language><rdf:Bag/></dc:language>
        <dc:title><rdf:Alt>
          <rdf:li xml:lang="de">Berge</rdf:li><rdf:li xml:lang="x-default">Hills</rdf:li>
        </rdf:Alt></dc:title>
        <dc:rights xml:lang="en">Mine</dc:rights>
        <dc:CreatorContactInfo rdf:parseType="Resource"><dc:CiAdrCity>Bern</dc:CiAdrCity></dc:CreatorContactInfo>
        <dc:AboutCvTerm><rdf:Description><dc:CvTermName>Name</dc:CvTermName></rdf:Description></dc:AboutCvTerm>
        <dc:LocationShown><rdf:Bag>
          <rdf:li dc:City="Bern"/><rdf:li rdf:parseType="Resource"><dc:City>Thun</dc:City></rdf:li>
        </rdf:Bag></dc:LocationShown>"""
    attributes = 'xmp:Rating="5" exif:FNumber="28/10" exif:ISO="1/0" exif:DateTimeOriginal="2029-07-08T12:30:00+02:00"'
    xmp = packet(elements, attributes)
    expected = {
        "Rating": 5,
        "FNumber": 2.8,
        "ISO": "1/0",
        "DateTimeOriginal": "2029-07-08T10:30:00.000Z",
        "Subject": ["alps"],
        "Keywords": ["alps"],
        "Creator": "One",
        "Contributor": ["One", "Two"],
        "Title": "Hills",
        "Rights": "Mine",
        "CreatorCity": "Bern",
        "AboutCvTermName": "Name",
        "LocationShownCity": ["Bern", "Thun"],
    }

    assert expected == await asked(upload, png(xmp), "a.png")
    assert expected == await asked(upload, jpeg(xmp=xmp.encode()))


@pytest.mark.anyio
async def test_precedence(upload: Upload) -> None:
    """EXIF takes precedence over IPTC, and IPTC over XMP."""
    xmp = packet("<dc:subject><rdf:Bag><rdf:li>no</rdf:li></rdf:Bag></dc:subject><dc:City>no</dc:City>", 'dc:Make="no"')
    embedded = await asked(upload, jpeg(dataset(90, b"Bern") + dataset(25, b"yes"), exif=camera(), xmp=xmp.encode()))

    assert ("Größe & Söhne", "Bern", ["yes"]) == tuple(embedded[name] for name in ("Make", "City", "Keywords"))


@pytest.mark.anyio
async def test_shown_and_found(upload: Upload, client: httpx.AsyncClient) -> None:
    """Embedded metadata are in the details of the file and its version, and searches find them."""
    file = await upload("a.jpg", jpeg(dataset(25, b"alps") + dataset(25, b"lake"), exif=camera()))
    await upload("b.jpg", jpeg())
    path = f"/v1/files/{file['fileId']}"
    details = (await client.get(f"{path}/details")).json()
    version = (await client.get(f"{path}/versions/{file['versionInfo']['id']}")).json()
    queries = [
        '"embeddedMetadata.Keywords" IN ["lake"]',
        '"embeddedMetadata.Keywords" EXISTS',
        '"embeddedMetadata.DateTimeOriginal" >= "2029-07-08T10:30:00"',
        '"embeddedMetadata.DateTimeOriginal" = "2029-07-08T10:30:00Z"',
        '"embeddedMetadata.LocationTaken" = "47.37,-8.51 1km"',
    ]

    assert ["alps", "lake"] == details["embeddedMetadata"]["Keywords"]
    assert details["embeddedMetadata"] == version["embeddedMetadata"]
    assert [["a.jpg"]] * len(queries) == [await found(client, query) for query in queries]
    assert ["b.jpg"] == await found(client, '"embeddedMetadata.Keywords" NOT IN ["alps"]')


@pytest.mark.anyio
async def test_overwriting(upload: Upload, client: httpx.AsyncClient) -> None:
    """A search finds a new version by its own metadata, not by that of the previous one."""
    await upload("a.jpg", jpeg(dataset(25, b"alps")))
    await upload("a.jpg", jpeg(dataset(25, b"lake")))

    assert [] == await found(client, '"embeddedMetadata.Keywords" IN ["alps"]')
    assert ["a.jpg"] == await found(client, '"embeddedMetadata.Keywords" IN ["lake"]')


@QUIET
@pytest.mark.anyio
@pytest.mark.parametrize(
    "options",
    [
        {"exif": b"Exif\x00\x00nonsense"},
        {"exif": b"Exif\x00\x00II*\x00\x08\x00\x00\x00" + b"\xff" * 4000},
        {"iptc": b"nonsense"},
        {"iptc": dataset(25, b"x")[:-3]},
        {"xmp": b"<nonsense"},
        {"xmp": b"\xff\xfe<"},
        {"xmp": b"<a/>"},
        {"xmp": b"<a>" * 1200},
        {"xmp": b"<a>" * 1200 + b"</a>" * 1200},
        {"xmp": f"{BOMB}{packet('<dc:title>&c;</dc:title>')}".encode()},
    ],
)
async def test_broken_data(client: httpx.AsyncClient, upload: Upload, options: dict[str, Any]) -> None:
    """An image with broken metadata is a valid image."""
    file = await upload("a.jpg", jpeg(**options), responseFields="embeddedMetadata,metadata")
    metadata = await client.get(f"/v1/files/{file['fileId']}/metadata")

    assert (200, 4, {}) == (metadata.status_code, metadata.json()["width"], file["embeddedMetadata"])


@pytest.mark.anyio
async def test_broken_exif(client: httpx.AsyncClient, upload: Upload, picture: Made) -> None:
    """It is valid even if the EXIF data are read only after the header."""
    file = await upload("a.png", picture(exif=b"Exif\x00\x00nonsense"), responseFields="embeddedMetadata")
    metadata = (await client.get(f"/v1/files/{file['fileId']}/metadata")).json()

    assert ({}, [{}] * 6) == (file["embeddedMetadata"], list(metadata["exif"].values()))


@pytest.mark.anyio
async def test_bounds(upload: Upload) -> None:
    """Texts, lists, names and whole packets that are too long are cut or left out."""
    iptc = dataset(105, b"x" * 3000) + b"".join(dataset(25, b"%d" % number) for number in range(251))
    names = "".join(f"<dc:n{number}>x</dc:n{number}>" for number in range(600)) + f"<dc:{'n' * 101}>x</dc:{'n' * 101}>"
    large = packet(f"<dc:title>{'x' * 1_100_000}</dc:title>")
    buffer = io.BytesIO()
    Image.new("RGB", (4, 3)).save(buffer, "WEBP", xmp=large.encode(), exif=b"Exif\x00\x00" + b"x" * 1_100_000)
    async with LocalImageKit() as server, roomy(server) as large:
        huge = await posted(large, buffer.getvalue())
        many = await posted(large, png(packet(names)))

    assert {"Headline": "x" * 2000} == await asked(upload, jpeg(iptc))
    assert [f"N{number}" for number in range(500)] == list(many["embeddedMetadata"])
    assert (4, {}) == (huge["width"], huge["embeddedMetadata"])


def chunk(name: bytes, content: bytes) -> bytes:
    """
    A chunk of a PNG.
    """
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def icon(size: int) -> bytes:
    """
    An icon that holds a PNG of some width and height.
    """
    buffer = io.BytesIO()
    Image.new("RGBA", (size, size)).save(buffer, "PNG")
    header = struct.pack("<HHH", 0, 1, 1) + struct.pack("<BBBBHHII", 0, 0, 0, 0, 1, 32, buffer.tell(), 22)
    return header + buffer.getvalue()


@pytest.mark.anyio
async def test_costly_headers(upload: Upload, picture: Made) -> None:
    """An image with a header that is too costly to read is a plain file; an icon of valid size is not."""
    small, photo = picture("PNG"), picture("JPEG")
    costly = [
        small[:33] + chunk(b"tEXt", b"k\x00v") * 60_000 + small[33:],
        photo[:2] + (b"\xff\xe3\xff\xff" + b"x" * 65_533) * 33 + photo[2:],
        icon(257),
    ]
    async with LocalImageKit() as server, roomy(server) as large:
        files = [await posted(large, content) for content in costly]

    assert ["non-image"] * 3 == [file["fileType"] for file in files]
    assert 256 == (await upload("a.ico", icon(256)))["width"]


@QUIET
@given(
    exif=st.binary(max_size=200)
    | st.binary(max_size=200).map(lambda tail: b"Exif\x00\x00II*\x00\x08\x00\x00\x00" + tail),
    iptc=st.binary(max_size=200)
    | st.lists(st.tuples(st.integers(0, 255), st.binary(max_size=20))).map(
        lambda sets: b"".join(dataset(number, value) for number, value in sets)
    ),
    xmp=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: packet(text).encode(errors="replace")),
)
@settings(deadline=None, max_examples=60)
def test_any_data(exif: bytes, iptc: bytes, xmp: bytes) -> None:
    """With any bytes in place of metadata, the image is stored, shown and searched."""

    replies = anyio.run(_responses, jpeg(iptc, exif=exif, xmp=xmp))

    assert [200, 200, 200] == [reply.status_code for reply in replies]


async def _responses(content: bytes) -> list[httpx.Response]:
    server = LocalImageKit()
    async with httpx.AsyncClient(
        transport=server.transport(), base_url=server.url, auth=(server.private_key, "")
    ) as http:
        upload = await http.post("/api/v1/files/upload", data={"fileName": "a.jpg"}, files={"file": content})
        query = '"embeddedMetadata.Keywords" NOT EXISTS OR "embeddedMetadata.DateTimeOriginal" > "1d"'
        metadata = await http.get(f"/v1/files/{upload.json()['fileId']}/metadata")
        listed = await http.get("/v1/files", params={"searchQuery": query})
    server.stop()
    return [upload, metadata, listed]
