"""
IPTC data of a JPEG or TIFF.
"""

from __future__ import annotations

from typing import Any, cast

from PIL import Image, ImageFile
from PIL.IptcImagePlugin import getiptcinfo

from imagekit_local._metadata.forms import plain, text

_RECORD = 2
_NAMES = {
    0: "ApplicationRecordVersion",
    4: "ObjectAttributeReference",
    5: "ObjectName",
    7: "EditStatus",
    10: "Urgency",
    12: "SubjectReference",
    15: "Category",
    20: "SupplementalCategories",
    25: "Keywords",
    26: "ContentLocationCode",
    27: "ContentLocationName",
    40: "SpecialInstructions",
    55: "DateCreated",
    60: "TimeCreated",
    62: "DigitalCreationDate",
    63: "DigitalCreationTime",
    65: "OriginatingProgram",
    70: "ProgramVersion",
    80: "Byline",
    85: "BylineTitle",
    90: "City",
    92: "Sublocation",
    95: "ProvinceState",
    100: "CountryPrimaryLocationCode",
    101: "CountryPrimaryLocationName",
    103: "OriginalTransmissionReference",
    105: "Headline",
    110: "Credit",
    115: "Source",
    116: "CopyrightNotice",
    118: "Contact",
    120: "CaptionAbstract",
    122: "WriterEditor",
}
_LISTS = {"Keywords", "SubjectReference", "SupplementalCategories"}


def iptc_values(image: Image.Image) -> dict[str, Any]:
    """
    Return the values of the application record by name.

    Raises:
        Exception: The data are broken.
    """
    found = getiptcinfo(cast("ImageFile.ImageFile", image)) or {}
    values: dict[str, Any] = {}
    for (record, number), raw in found.items():
        name = _NAMES.get(number) if record == _RECORD else None
        if name is None:
            continue
        # An empty value is None, despite Pillow's signature.
        parts = [part for part in cast("list[bytes | None]", raw if isinstance(raw, list) else [raw]) if part]
        if name == "ApplicationRecordVersion":
            values[name] = int.from_bytes(parts[0], "big") if parts else None
        else:
            listed = plain([text(part) for part in parts])
            values[name] = listed if name in _LISTS or len(listed) > 1 else next(iter(listed), None)
    return values
