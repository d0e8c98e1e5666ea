"""
An operation comes from another document, or from an editor, into ours: generating is all that is left to do. It is done
in a copy of the project, in processes of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
ELSEWHERE = """\
openapi: 3.0.3
paths:
  /v1/accounts/quotas/{name}:
    parameters: [{name: name, in: path, required: true, schema: {type: string}}]
    get:
      operationId: get-quota
      parameters: [{name: month, in: query, description: Prose of others., schema: {type: string}}]
      responses:
        '200':
          description: Prose of others.
          headers: {X-RateLimit-Limit: {schema: {type: integer}}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Quota'}}}
components:
  schemas: {Quota: {type: object, properties: {usedBytes: {type: integer}, limit: {type: integer, nullable: true}}}}
"""
CALL = """
import anyio, httpx
from imagekit_async import AsyncImageKit, __api_version__

seen = []

def play(request):
    seen.append(f"{request.method} {request.url.raw_path.decode()} {request.headers['user-agent']}")
    return httpx.Response(200, json={"usedBytes": 7, "limit": None})

async def main():
    async with AsyncImageKit("private_key_of_tests", transport=httpx.MockTransport(play)) as client:
        quota = await client.accounts.%s("storage", month="2026-01")
    print(type(quota).__name__, quota.used_bytes, quota.limit, *seen)

anyio.run(main)
"""


def run(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """
    Run this interpreter in a copy of the project, whose modules come before the installed ones.
    """
    paths = os.pathsep.join([str(folder), str(folder / "local")])
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """
    Return a copy of the project's code, document and contract tests.
    """
    ignored = shutil.ignore_patterns("__pycache__", ".hypothesis")
    for name in ("openapi", "imagekit_async", "local", "tests/contract", "tests/data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    for name in ("generator-config.yaml", "pyproject.toml", "conftest.py"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def test_missing_operation_becomes_a_call(project):
    """An overlay adds what we lack; generated, it can be called, and lint refuses it until it is described."""
    (project / "elsewhere.yaml").write_text(ELSEWHERE, encoding="utf-8")

    drift = run("-m", "openapi.drift", "elsewhere.yaml", "--ignore", "wording", "--write", "new.yaml", folder=project)
    applied = run("-m", "openapi.drift.apply", "new.yaml", folder=project)
    linted = run("-m", "openapi.check_descriptions", folder=project)
    generated = run("-m", "openapi.generator", folder=project)
    called = run("-c", CALL % "usage.get_quota", folder=project)

    assert "addition  GET /v1/accounts/quotas/{name}: operation added" in drift.stdout
    assert (1, 0, 1, 0) == tuple(done.returncode for done in (drift, applied, linted, generated)), generated.stderr
    assert "/paths/~1v1~1accounts~1quotas~1{name}/get/summary is empty; describe it" in linted.stderr
    assert called.stdout.startswith("Quota 7 None GET /v1/accounts/quotas/storage?month=2026-01 "), called.stderr


def add_operation(document: dict[str, Any]) -> None:
    """
    Add an operation with a path parameter, a query parameter, a body and a response of its own.
    """
    model = document["paths"]["/v1/files/{fileId}/metadata"]["get"]
    success = {
        "description": "The quota.",
        "headers": model["responses"]["200"]["headers"],
        "content": {
            "application/json": {
                "schema": {"$ref": "#/components/schemas/Quota"},
                "example": {"usedBytes": 7, "limit": None},
            }
        },
    }
    text = {"type": "string"}
    name = {"name": "name", "in": "path", "required": True, "description": "Name.", "schema": text, "example": "a b"}
    month = {"name": "month", "in": "query", "description": "Month.", "schema": text, "example": "2026-01"}
    operation = {
        "operationId": "accounts.usage.set_quota",
        "tags": ["accounts.usage"],
        "summary": "Set a quota",
        "description": "Sets how much may be used.",
        "x-idempotent": True,
        "parameters": [name, month],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"$ref": "#/components/schemas/QuotaUpdate"},
                    "example": {"maxBytes": 9, "isStrict": True},
                }
            },
        },
        "responses": {**model["responses"], "200": success},
    }
    document["paths"]["/v1/accounts/quotas/{name}"] = {"post": operation}
    number = {"type": "integer", "description": "Bytes."}
    schemas = document["components"]["schemas"]
    schemas["Quota"] = {
        "type": "object",
        "description": "A quota.",
        "properties": {"usedBytes": number, "limit": {"type": ["integer", "null"], "description": "Bytes."}},
    }
    schemas["QuotaUpdate"] = {
        "type": "object",
        "description": "Changes of a quota.",
        "required": ["maxBytes"],
        "properties": {"maxBytes": number, "isStrict": {"type": "boolean", "description": "Whether it holds."}},
    }


def test_adding_an_operation_is_all(project):
    """After one run of the generator the contract tests hold the new operation, with no test data edited."""
    path = project / "openapi" / "imagekit-v1.yaml"
    yaml = YAML(typ="safe")
    document = yaml.load(path)
    add_operation(document)
    yaml.dump(document, path)

    generated = run("-m", "openapi.generator", folder=project)
    options = ("-q", "-p", "no:cacheprovider", "-k", "not trio and (set_quota or of_the)", "-rA")
    tested = run("-m", "pytest", *options, "tests/contract", folder=project)
    shown = run("-c", "import imagekit_async; print(imagekit_async.__api_version__)", folder=project)

    assert 0 == generated.returncode, generated.stderr
    assert 0 == tested.returncode, tested.stdout[-3000:]
    for case in (
        "test_request_body_is_the_documented_one[accounts.usage.set_quota-minimal]",
        "test_documented_response_becomes_its_value[accounts.usage.set_quota-200-example]",
        "test_documented_error_is_raised_as_its_class[accounts.usage.set_quota-404]",
    ):
        assert case in tested.stdout
    operations = sum(len(item) for item in document["paths"].values())
    assert f"; {operations} operations; " in shown.stdout
