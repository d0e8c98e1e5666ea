"""
Makes calls with the vendor's Python package, for a process that cannot import it.

Each line of standard input is a call, and each line of standard output is what it returned or raised, as JSON.
"""

from __future__ import annotations

import asyncio
import base64
import inspect
import json
import re
import sys
from operator import attrgetter
from pathlib import Path
from typing import Any

import imagekitio
from pydantic import BaseModel


def snake_case(name: str) -> str:
    """
    The Python name of a JSON name.
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def argument(value: Any) -> Any:
    """
    The value that a call gets: files are made of their descriptions.
    """
    if not isinstance(value, dict):
        return value
    if "$bytes" in value:
        content = base64.b64decode(value["$bytes"])
        described = (value.get("name"), content, value.get("type"))
        return tuple(part for part in described if part is not None) if "name" in value else content
    if "$open" in value:
        # Closed with the process; the client reads it later.
        return open(value["$open"], "rb")
    return Path(value["$path"]) if "$path" in value else value


def plain(value: Any) -> Any:
    """
    A returned value as JSON, checked against the package's own types, which parsing does not do.
    """
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, BaseModel):
        return value
    content = value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    type(value).model_validate_json(json.dumps(content))
    return content


async def outcome(client: Any, call: dict[str, Any]) -> dict[str, Any]:
    """
    Make a call and return its outcome.
    """
    if call["private_key"] is not None:
        client = client.with_options(private_key=call["private_key"])
    keywords = {snake_case(name): argument(value) for name, value in call["keywords"].items()}
    if isinstance(keywords.get("file"), str):
        # The package refuses a string; a part without a file name is how a URL or base64 gets through.
        keywords["file"] = (None, keywords["file"])
    if call["anonymous"]:
        keywords["extra_headers"] = {"Authorization": imagekitio.Omit()}
    try:
        result = attrgetter(call["method"])(client)(*call["arguments"], **keywords)
        return {"result": plain(await result if inspect.isawaitable(result) else result)}
    # The caller judges what may be raised, a defect of this program included.
    except Exception as error:
        status, body = getattr(error, "status_code", None), getattr(error, "body", None)
        return {"error": type(error).__name__, "status": status, "body": body or {"message": str(error)}}


async def main(kind: str, url: str, key: str) -> None:
    """
    Make calls until the input ends.
    """
    client = getattr(imagekitio, kind)(base_url=url, private_key=key, max_retries=0)
    for line in sys.stdin:
        print(json.dumps(await outcome(client, json.loads(line))), flush=True)


asyncio.run(main(*sys.argv[1:]))
