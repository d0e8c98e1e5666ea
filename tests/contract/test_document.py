"""
The contract stated by hand and the OpenAPI document agree on which operations there are and how they respond.
"""

from __future__ import annotations


def test_operations_are_those_of_the_document(operations, document):
    """Every operation with a contract is in the document, with the same method and path."""
    stated = {operation.call: f"{operation.method} {operation.template}" for operation in operations}

    assert stated == {call: where for call, (where, _) in document.operations.items()}


def test_operations_are_those_of_the_tree(operations, tree):
    """Every call of the resource tree has a contract, with the same method and path."""
    stated = {operation.call: f"{operation.method} {operation.template}" for operation in operations}

    assert {call: entry["operation"] for call, entry in tree.items()} == stated


def test_statuses_are_those_of_the_document(operation, document):
    """The document lists exactly the statuses that the operation is known to return."""
    responses = document.operations[operation.call][1]["responses"]

    assert operation.statuses == sorted(int(status) for status in responses)


def test_server_is_that_of_the_document(operation, document):
    """The document places the operation on the host that serves it."""
    described = document.operations[operation.call][1]
    servers = described.get("servers", document.content["servers"])

    assert [f"https://{operation.host}"] == [server["url"] for server in servers]


def test_every_body_has_an_example(operation, document):
    """Every documented success with a body shows one, so that the responses below leave no status out."""
    replies = [document.documented(operation.call, status) for status in operation.statuses if status < 300]

    assert not [schema for schema, examples in replies if schema is not None and not examples]


def test_requests_leave_no_keyword_out(operation, tree):
    """The requests of an operation give every keyword at least once, and the minimal one only what is required."""
    parameters = [entry for entry in tree[operation.call]["parameters"] if entry["kind"] == "keyword"]
    given = {keyword for request in operation.requests.values() for keyword in request.keywords}

    assert {entry["name"] for entry in parameters} == given
    assert {entry["name"] for entry in parameters if entry["required"]} == set(operation.minimal.keywords)
