"""
Names of the vendor's SDK that do not exist here say what to write instead.
"""

from __future__ import annotations

import copy
import pickle
from datetime import timedelta

import pytest

from imagekit_async import ApiResponse, AsyncImageKit, ImageKit, NotFoundError
from imagekit_async._migration import INSTEAD
from imagekit_async.models import File

ERROR = NotFoundError("No such file", status_code=404, method="GET", path="/v1/files/1")
RESPONSE = ApiResponse(
    value=None, request_id=None, status_code=204, headers={}, rate_limit=None, attempts=1, elapsed=timedelta(0)
)
OBJECTS = {
    "client": AsyncImageKit("key"),
    "resource": ImageKit("key").files,
    "model": File.from_dict({"fileId": "1"}),
    "response": RESPONSE,
    "error": ERROR,
}
CASES = [
    (ImageKit("key") if name == "aclose" else OBJECTS[kind], name, advice)
    for kind, table in INSTEAD.items()
    for name, advice in table.items()
]


@pytest.mark.parametrize(("owner", "name", "advice"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_advice(owner, name, advice):
    """Reading a name of the vendor's SDK raises an AttributeError that names what to write."""
    with pytest.raises(AttributeError) as raised:
        getattr(owner, name)

    assert f"{type(owner).__name__!r} object has no attribute {name!r}; {advice}" == str(raised.value)
    assert (name, owner) == (raised.value.name, raised.value.obj)


@pytest.mark.parametrize("owner", OBJECTS.values(), ids=OBJECTS)
def test_unknown_names(owner):
    """Any other name fails as on every object."""
    with pytest.raises(AttributeError, match=r"^'\w+' object has no attribute 'nothing'$"):
        owner.nothing  # noqa: B018 - reading it is the point


def test_raw_response():
    """`with_raw_response` of both clients is `with_response`."""
    for client in (AsyncImageKit("key"), ImageKit("key")):
        assert client.with_response is client.with_raw_response


def test_values_are_copied():
    """Looking for names changes nothing for copies and pickles."""
    for value in (ERROR, RESPONSE, OBJECTS["model"]):
        assert value == copy.copy(value) == copy.deepcopy(value) == pickle.loads(pickle.dumps(value))
