"""
The pages that the local ImageKit is asked for, by name: every kind of filter and of clause, frequent and rare.
"""

from __future__ import annotations

FIELDS = {"price": "Number", "label": "Text", "flag": "Boolean", "sizes": "MultiSelect"}
_FILTERS = {
    "plain": {},
    "folders too": {"includeFolder": "true"},
    "folders too, newest first": {"includeFolder": "true", "sort": "DESC_CREATED"},
    "images": {"fileType": "image"},
    "images of a folder by name": {"fileType": "image", "path": "/deep/folder-7", "sort": "ASC_NAME"},
    "other files": {"fileType": "non-image"},
    "folder of a tenth by size": {"path": "/big", "sort": "DESC_SIZE"},
    "frequent tag by name": {"tags": "frequent", "sort": "DESC_NAME"},
    "rare tag": {"tags": "rare-7"},
    "two tags": {"tags": "frequent, rare-7", "sort": "DESC_UPDATED"},
    "images by width": {"fileType": "image", "sort": "ASC_WIDTH"},
    "the page in the middle": {"fileType": "image", "skip": "{half}"},
    "a name": {"name": "file-77_Blue_winter.jpg"},
}
_QUERIES = (
    'name = "file-77_Blue_winter.jpg"',
    'name : "file-7"',
    'name NOT IN ["a", "b"]',
    'name HAS "blue win"',
    'name HAS "blue red"',
    'tags IN ["rare-7"]',
    'tags NOT IN ["frequent"]',
    "tags NOT EXISTS",
    'type IN ["file", "folder"]',
    'createdAt > "2030-01-01T00:30:00"',
    'updatedAt > "2030-01-01T00:30:00"',
    "width > 2000 AND width < 2010",
    'size > "1mb"',
    'format = "png"',
    "private = true",
    "transparency = true",
    'path : "/deep"',
    'path : "/deep/folder-7"',
    'path NOT = "/big"',
    '(path : "/deep/folder-7" OR path = "/big") AND size >= "3mb"',
    '"embeddedMetadata.Keywords" IN ["word-7"]',
    '"embeddedMetadata.Keywords" NOT EXISTS',
    '"embeddedMetadata.DateTimeOriginal" > "2029-12-01"',
    '"embeddedMetadata.LocationTaken" = "47,8 500km"',
    '"embeddedMetadata.LocationTaken" = "40,0|40,10|50,10|50,0"',
    '"customMetadata.label" = "lot 7"',
    '"customMetadata.label" : "lot"',
    '"customMetadata.price" = 777',
    '"customMetadata.price" > 9',
    '"customMetadata.price" > {half}',
    '"customMetadata.price" >= 500 AND "customMetadata.price" < 600',
    '"customMetadata.price" NOT EXISTS',
    '"customMetadata.flag" = true',
    '"customMetadata.sizes" NOT IN ["S", "M"]',
)
PAGES: dict[str, dict[str, str]] = {
    **_FILTERS,
    **{
        f"`{query}`".replace("|", "\\|").replace("{half}", "(assets / 2)"): {"searchQuery": query} for query in _QUERIES
    },
    **{
        f"`{query}`, by relevance": {"searchQuery": query, "sort": "DESC_RELEVANCE"}
        for query in ('name HAS "777"', 'name HAS "winter"', '"customMetadata.label" HAS "lot 7"')
    },
}
