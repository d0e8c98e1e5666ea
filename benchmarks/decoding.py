"""
From the bytes of a list of 1,000 assets to what a program reads of it, each contestant in an interpreter of its own.

In one interpreter, the objects of one contestant make the garbage collections of the other longer.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx

from benchmarks.contestants import KEY, read_five
from benchmarks.measure import Row, alternate, compared, cpu_seconds, fresh
from benchmarks.payloads import page

ROUNDS = 5
MAIN = "import sys; from benchmarks.decoding import main; main(sys.argv[1])"
# Without the extra `speed`.
BARE = f"import sys; sys.modules['msgspec.json'] = None; {MAIN}"
FIELDS = (
    *("type", "file_id", "name", "file_path", "url", "thumbnail", "file_type", "mime", "size", "width", "height"),
    *("has_alpha", "bit_rate", "duration", "audio_codec", "video_codec", "description", "tags", "ai_tags"),
    *("custom_coordinates", "custom_metadata", "embedded_metadata", "selected_fields_schema", "is_private_file"),
    *("is_published", "version_info", "created_at", "updated_at"),
)


async def decoding() -> list[Row]:
    """
    Compare the way from bytes to models, with five attributes of each read, with all, and with none.
    """
    contestants = {"ours": partial(fresh, MAIN, "ours"), "bare": partial(fresh, BARE, "ours")}
    runs = await alternate({**contestants, "theirs": partial(fresh, MAIN, "theirs")}, ROUNDS)
    taken = {
        name: {what: statistics.median(run[what] for run in figures) for what in figures[0]}
        for name, figures in runs.items()
    }
    ours, bare, theirs = taken["ours"], taken["bare"], taken["theirs"]
    what = "decode 1,000 assets"
    five = ours["five"]
    read = {"none": "none read", "five": "five attributes of each read", "all": f"all {len(FIELDS)} attributes read"}
    bars = {"none": 0.35, "five": 0.35, "all": 0.45}
    return [
        *(compared(f"{what}, {read[key]}", ours[key], theirs[key], "ms", at_most=bars[key]) for key in read),
        Row(f"{what}, five attributes of each read", f"{five:.2f} ms", bar="at most 5 ms", met=five <= 5),
        *(compared(f"{what}, {read[key]}, without the extra `speed`", bare[key], theirs[key], "ms") for key in read),
        Row(f"{what}: the part of `json.loads`", f"{ours['json']:.2f} ms"),
    ]


def main(name: str) -> None:
    """
    Decode with one client and print its milliseconds as JSON.
    """
    text = page(1000)
    decoded = _decoder(name, text)

    def read_all() -> None:
        for asset in decoded():
            for field in FIELDS:
                getattr(asset, field)

    actions: dict[str, Callable[[], object]] = {
        "none": decoded,
        "five": lambda: read_five(decoded()),
        "all": read_all,
        "json": lambda: json.loads(text),
    }
    # The median, as the garbage collector runs in some rounds and not in others.
    print(json.dumps({key: 1000 * statistics.median(_costs(action)) for key, action in actions.items()}))


def _costs(action: Callable[[], object]) -> list[float]:
    action()
    return [cpu_seconds(action) for _ in range(25)]


def _decoder(name: str, text: bytes) -> Callable[[], list[Any]]:
    # Imported here, so that the objects of one are not those of the other.
    response = httpx.Response(200, content=text)
    if name == "ours":
        from imagekit_async._generated.api.assets import list as assets_list
        from imagekit_async._http.decoding import decode

        call = assets_list.call(limit=1000)
        return lambda: decode(call, response)
    from imagekitio import AsyncImageKit
    from imagekitio.types import AssetListResponse

    client: Any = AsyncImageKit(private_key=KEY)
    return lambda: client._process_response_data(data=json.loads(text), cast_to=AssetListResponse, response=response)
