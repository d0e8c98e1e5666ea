"""
What a process makes up to its first response; see "What paid" in benchmarks/notes.md.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

FIRST_RESPONSE = """
import json, sys
import anyio, httpx
from imagekit_async import AsyncImageKit

async def main():
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"fileId": "1"}))
    async with AsyncImageKit("key", transport=transport) as client:
        await client.files.get("1")

anyio.run(main)

def is_generated(method):
    code = getattr(method, "__code__", None)
    return code is not None and code.co_filename.startswith("<attrs generated")

ours = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "imagekit_async"}
classes = {value for module in ours.values() for value in vars(module).values() if isinstance(value, type)}
generated = {
    f"{kind.__name__}.{name}"
    for kind in classes
    if kind.__module__ in ours
    for name in ("__eq__", "__hash__", "__repr__")
    if is_generated(vars(kind).get(name))
}
print(json.dumps([sorted(ours), sorted(generated)]))
"""
PUBLIC = {"ApiResponse", "Hooks", "Pacing", "RateLimit"}


@pytest.fixture(scope="module")
def first_response():
    """
    Return the modules that a fresh interpreter has loaded after a call, and the methods that attrs wrote for them.
    """
    done = subprocess.run([sys.executable, "-I", "-c", FIRST_RESPONSE], capture_output=True, text=True, check=True)
    modules, generated = json.loads(done.stdout)
    return set(modules), set(generated)


def test_internal_values_have_no_needless_methods(first_response):
    """attrs writes comparison and repr for public values only: each takes as long as the rest of a class."""
    _, generated = first_response

    assert PUBLIC == {name.partition(".")[0] for name in generated}


@pytest.mark.parametrize(
    ("needed", "other"),
    [
        ("_http.hooks", "_http.events"),
        ("_http.pacer", "_http.queue"),
        ("_http.in_process_store", "_http.rate_limit_store"),
        ("_generated.api.files.get", "_generated.api.files.update"),
    ],
)
def test_a_first_call_loads_what_it_needs(first_response, needed, other):
    """Events are loaded for observers, the queue for calls that wait, and the module of an endpoint for its calls."""
    modules, _ = first_response

    assert f"imagekit_async.{needed}" in modules
    assert f"imagekit_async.{other}" not in modules
