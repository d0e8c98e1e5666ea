"""
Images with metadata.
"""

from __future__ import annotations

import io
import struct
from typing import Any

from PIL import Image, PngImagePlugin

IPTC_TAG = 33723
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:exif="http://ns.adobe.com/exif/1.0/" {attributes}>{elements}</rdf:Description></rdf:RDF></x:xmpmeta>"""


def dataset(number: int, value: bytes, record: int = 2) -> bytes:
    """
    One value of IPTC data.
    """
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def jpeg(iptc: bytes = b"", **options: Any) -> bytes:
    """
    A JPEG with IPTC data and everything else that Pillow writes.
    """
    buffer = io.BytesIO()
    Image.new("RGB", (4, 3)).save(buffer, "JPEG", **options)
    content = buffer.getvalue()
    block = b"Photoshop 3.0\x00" + b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(iptc)) + iptc
    return content[:2] + b"\xff\xed" + struct.pack(">H", len(block) + 2) + block + content[2:]


def png(xmp: str) -> bytes:
    """
    A PNG with XMP data.
    """
    texts = PngImagePlugin.PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", xmp)
    buffer = io.BytesIO()
    Image.new("RGB", (4, 3)).save(buffer, "PNG", pnginfo=texts)
    return buffer.getvalue()


def packet(elements: str = "", attributes: str = "") -> str:
    """
    XMP data with properties as elements and as attributes.
    """
    return XMP.format(elements=elements, attributes=attributes)
