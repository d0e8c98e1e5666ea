"""
What generated API code imports of the SDK, and all that it imports; each name is loaded when it is first imported.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from httpx import Timeout as Timeout

    from ._deprecation import deprecated as deprecated
    from ._http.call import BYTES as BYTES
    from ._http.call import TEXT as TEXT
    from ._http.call import Call as Call
    from ._http.call import CallOptions as CallOptions
    from ._http.call import Form as Form
    from ._http.call import Operation as Operation
    from ._http.encoding import Field as Field
    from ._http.encoding import form_fields as form_fields
    from ._http.encoding import json_body as json_body
    from ._http.encoding import query_texts as query_texts
    from ._json import AnyOf as AnyOf
    from ._json import Array as Array
    from ._json import MapOf as MapOf
    from ._model import MODELS as MODELS
    from ._model import PLAIN as PLAIN
    from ._model import OneOf as OneOf
    from ._model import Reference as Reference
    from ._model import UnknownModel as UnknownModel
    from ._pagination import CursorIterator as CursorIterator
    from ._pagination import PageIterator as PageIterator
    from ._pagination import refuse_paging as refuse_paging
    from ._scalars import BOOLEAN as BOOLEAN
    from ._scalars import DATE as DATE
    from ._scalars import DATE_TIME as DATE_TIME
    from ._scalars import INTEGER as INTEGER
    from ._scalars import NUMBER as NUMBER
    from ._scalars import STRING as STRING
    from ._unset import UNSET as UNSET
    from ._unset import Unset as Unset
    from ._uploads.progress import ProgressCallback as ProgressCallback
    from ._uploads.sources import FileInput as FileInput
    from ._views import BlockingResponseView as BlockingResponseView
    from ._views import BlockingView as BlockingView
    from ._views import Resource as Resource
    from ._views import ResponseView as ResponseView
    from ._views import blocking as blocking
    from ._views import blocking_iterator as blocking_iterator
    from ._views import with_response as with_response
    from ._waiting import wait_until_done as wait_until_done

_NAMES = {
    "._deprecation": ("deprecated",),
    "._http.call": ("BYTES", "TEXT", "Call", "CallOptions", "Form", "Operation"),
    "._http.encoding": ("Field", "form_fields", "json_body", "query_texts"),
    "._json": ("AnyOf", "Array", "MapOf"),
    "._model": ("MODELS", "PLAIN", "OneOf", "Reference"),
    "._pagination": ("CursorIterator", "PageIterator", "refuse_paging"),
    "._scalars": ("BOOLEAN", "DATE", "DATE_TIME", "INTEGER", "NUMBER", "STRING"),
    "._unset": ("UNSET", "Unset"),
    "._views": (
        "BlockingResponseView",
        "BlockingView",
        "Resource",
        "ResponseView",
        "blocking",
        "blocking_iterator",
        "with_response",
    ),
    "._waiting": ("wait_until_done",),
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULES[name], __package__), name)
    globals()[name] = value
    return value
