"""
What to write instead of the vendor SDK's names that do not exist here.
"""

from __future__ import annotations

from typing import Final

_RESPONSE: Final = "call it on the client: client.with_response.files.get(...)"
_OPTIONS: Final = "pass timeout=, max_retries= or extra_headers= to the call, or create a second client"
_STREAMING: Final = "use client.with_response; every response is small JSON"
_REQUEST: Final = 'use client.request("{}", path, ...)'
_JSON: Final = "use to_dict(), which returns the JSON object with the API's names"

INSTEAD: Final = {
    "client": {
        "close": "use `await client.aclose()`",
        "aclose": "use client.close()",
        "copy": _OPTIONS,
        "with_options": _OPTIONS,
        "with_streaming_response": _STREAMING,
        **{method: _REQUEST.format(method.upper()) for method in ("get", "post", "put", "patch", "delete")},
    },
    "resource": {
        "with_raw_response": _RESPONSE,
        "with_response": _RESPONSE,
        "with_streaming_response": _STREAMING,
    },
    "model": {
        "model_dump": _JSON,
        "model_dump_json": "use json.dumps(model.to_dict())",
        "dict": _JSON,
        "json": "use json.dumps(model.to_dict())",
        "to_json": "use json.dumps(model.to_dict())",
        "model_copy": "use attrs.evolve(model, ...)",
        "model_extra": "use additional_properties",
        "model_fields_set": "use to_dict().keys(), with the API's names",
    },
    "response": {
        "parse": "use value",
        "http_response": "use headers, status_code, request_id and rate_limit",
        "http_request": "use an on_request hook",
    },
    "error": {
        "response": "use status_code, body, request_id and retry_after",
        "request": "use method and path",
    },
}
"""
Advice by kind of object and name.
"""


def missing(kind: str, owner: object, name: str) -> AttributeError:
    """
    Return the error of an attribute that does not exist, with what to write instead if that is known.
    """
    text = f"{type(owner).__name__!r} object has no attribute {name!r}"
    advice = INSTEAD[kind].get(name)
    return AttributeError(text if advice is None else f"{text}; {advice}", name=name, obj=owner)
