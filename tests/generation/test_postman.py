"""
The committed Postman collection. `make test-postman` sends it to a local ImageKit.
"""

from __future__ import annotations

import copy
import json
from typing import Any
from uuid import uuid4

import jsonschema
import pytest
from ruamel.yaml import YAML

from imagekit_local._document.reading import packaged_document
from openapi.postman.complete import COLLECTION, ENVIRONMENT, SCENARIO, as_text, completed, environment

COMMITTED = json.loads(COLLECTION.read_text(encoding="utf-8"))
STEPS = YAML(typ="safe").load(SCENARIO)


def converted() -> Any:
    """
    Return the collection as the converter might have made it: with random ids and made-up values.
    """
    collection = copy.deepcopy(COMMITTED)
    collection["info"]["_postman_id"] = str(uuid4())
    for folder in collection["item"]:
        for item in folder["item"]:
            item |= {"id": str(uuid4()), "response": [{"id": str(uuid4())}], "event": []}
            request = item["request"]
            request["auth"] = None
            for value in [*request["url"]["query"], *request["url"]["variable"], *request["body"].get("formdata", ())]:
                value["value"] = str(uuid4())
            if "raw" in request["body"]:
                request["body"]["raw"] = str(uuid4())
    return collection


def known_document() -> dict[str, Any]:
    """
    Return the document with the operations of the scenario only.
    """
    content = copy.deepcopy(dict(packaged_document().content))
    used = {step["operation"] for steps in STEPS.values() for step in steps}
    paths = {
        path: {key: node for key, node in item.items() if not isinstance(node, dict) or node.get("operationId") in used}
        for path, item in content["paths"].items()
    }
    return {**content, "paths": paths}


def test_stable_bytes() -> None:
    """What is random in the converter's output does not reach the collection."""
    texts = {as_text(completed(converted(), known_document(), STEPS)) for _ in range(2)}

    assert 1 == len(texts)
    assert ENVIRONMENT.read_text(encoding="utf-8") == as_text(environment())


def test_operation_without_step() -> None:
    """An operation that the scenario lacks is sent last in the folder of its tag, with example parameters."""
    document = known_document()
    document["paths"]["/v1/files/{fileId}/details"]["get"]["parameters"] = [
        {"name": "fileId", "in": "path", "required": True, "example": "an id"}
    ]
    steps = {folder: [step for step in STEPS[folder] if step["operation"] != "files.get"] for folder in STEPS}
    files = completed(converted(), document, steps)["item"][0]

    assert ("files", "Get the details of a file") == (files["name"], files["item"][-1]["name"])
    assert ["an id"] == [variable["value"] for variable in files["item"][-1]["request"]["url"]["variable"]]


def test_step_without_operation() -> None:
    """A step whose operation is not in the document is an error that names it."""
    with pytest.raises(ValueError, match=r"not in the document: \['files.paint'\]"):
        completed(converted(), known_document(), {**STEPS, "files": [{"operation": "files.paint"}]})


def test_tests_of_each_request() -> None:
    """Each request tests status, request id and the body or its absence."""
    scripts = ["\n".join(item["event"][0]["script"]["exec"]) for folder in COMMITTED["item"] for item in folder["item"]]

    assert {3} == {script.count("pm.test(") for script in scripts}


def test_schemas() -> None:
    """The schemas of the collection are valid JSON schemas, and refuse a file without an id."""
    components = json.loads(COMMITTED["variable"][0]["value"])
    jsonschema.Draft7Validator.check_schema(components["schemas"]["File"])
    validator = jsonschema.Draft7Validator({"$ref": "#/components/schemas/File", "components": components})

    assert not validator.is_valid({"fileId": 1})


def test_no_secret() -> None:
    """The environment holds no key, and the collection names its variables instead of hosts."""
    values = {value["key"]: value["value"] for value in json.loads(ENVIRONMENT.read_text(encoding="utf-8"))["values"]}
    hosts = {item["request"]["url"]["host"][0] for folder in COMMITTED["item"] for item in folder["item"]}

    assert "" == values["privateKey"]
    assert {"{{baseUrl}}", "{{uploadUrl}}"} == hosts
