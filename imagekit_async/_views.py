"""
The ways to see one generated method: its value, its `ApiResponse`, and either of them blocking.

A generated method is written once, as a coroutine function that passes its call to `self._send`. A view calls the same
function with a `self` whose `_send` returns the response, or runs it in the background event loop of the sync client.
"""

from __future__ import annotations

import inspect
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar, cast, overload

from ._deprecation import deprecated_like, undeprecated
from ._migration import missing

if TYPE_CHECKING:
    from ._http.call import Call, CallOptions
    from ._http.session import Session  # noqa: F401 - named in strings below
    from ._pagination import Pages
    from ._response import ApiResponse

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
S = TypeVar("S", bound="Sending")


class Sending(Protocol):
    """
    What a view needs of a session.
    """

    async def send(self, call: Call[T], options: CallOptions, /) -> ApiResponse[T]:
        """
        Send a call and return its response.
        """
        ...


class Blocking(Sending, Protocol):
    """
    What a blocking view needs of a session.
    """

    def run(self, function: Callable[[], Awaitable[T]], /) -> T:
        """
        Run an async function in the background event loop and wait for what it returns.
        """
        ...


class _View(Generic[S]):
    _kind = "resource"

    def __init__(self, session: S) -> None:
        self._session = session

    if not TYPE_CHECKING:  # pragma: no branch
        # Hidden from type checkers, to which it would make every misspelt name look right.

        def __getattr__(self, name: str) -> Any:
            raise missing(self._kind, self, name)


class _Values(_View[S]):
    async def _send(self, call: Call[T], options: CallOptions) -> T:
        return (await self._session.send(call, options)).value


class _Responses(_View[S]):
    async def _send(self, call: Call[T], options: CallOptions) -> ApiResponse[T]:
        return await self._session.send(call, options)


class Resource(_Values["Session"]):
    """
    Base of the resources: coroutine functions that return values.
    """


class ResponseView(_Responses["Session"]):
    """
    Base of the views whose methods return an `ApiResponse`.
    """


class BlockingView(_Values[Blocking]):
    """
    Base of the views whose methods block and return values.
    """


class BlockingResponseView(_Responses[Blocking]):
    """
    Base of the views whose methods block and return an `ApiResponse`.
    """


class Method(Protocol[P, T_co]):
    """
    A method of a view, as type checkers see it: the parameters of the method it stands for, and its own result.
    """

    @overload
    def __get__(self, instance: None, owner: type, /) -> Callable[Concatenate[Any, P], T_co]: ...

    @overload
    def __get__(self, instance: object, owner: type, /) -> Callable[P, T_co]: ...


def with_response(
    method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]],
) -> Method[P, Coroutine[Any, Any, ApiResponse[T]]]:
    """
    Return a method of a `ResponseView`.
    """

    plain = undeprecated(method)

    @wraps(plain)
    async def call(view: Any, *args: P.args, **kwargs: P.kwargs) -> Any:
        return await plain(view, *args, **kwargs)

    _show_return(call, method, lambda value: f"ApiResponse[{value}]")
    return cast("Method[P, Coroutine[Any, Any, ApiResponse[T]]]", deprecated_like(method, call))


def blocking(method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]]) -> Method[P, T]:
    """
    Return a method of a blocking view.
    """

    plain = undeprecated(method)

    @wraps(plain)
    def call(view: Any, *args: P.args, **kwargs: P.kwargs) -> T:
        value: T = view._session.run(partial(plain, view, *args, **kwargs))
        return value

    return cast("Method[P, T]", deprecated_like(method, call))


def blocking_iterator(
    method: Callable[Concatenate[Any, P], Pages[T]],
) -> Method[P, Iterator[T]]:
    """
    Return a method of a blocking view that gives a plain iterator.
    """

    @wraps(method)
    def call(view: Any, *args: P.args, **kwargs: P.kwargs) -> Iterator[T]:
        return BlockingIterator(method(view, *args, **kwargs), view._session)

    _show_return(call, method, lambda pages: "Iterator" + pages.partition("Iterator")[2])
    return cast("Method[P, Iterator[T]]", call)


def _show_return(call: Any, method: Callable[..., Any], returned: Callable[[str], str]) -> None:
    """
    Let `inspect.signature` and `help` show what a view's method returns.
    """
    signature = inspect.signature(method)
    call.__signature__ = signature.replace(return_annotation=returned(str(signature.return_annotation)))


class BlockingIterator(Iterator[T]):
    """
    Iterates over all pages of a list, a page at a time in the background event loop.
    """

    def __init__(self, pages: Pages[T], session: Blocking) -> None:
        self._pages = pages
        self._session = session
        self._read: deque[T] = deque()

    def __next__(self) -> T:
        if not self._read:
            self._read.extend(self._session.run(self._pages.batch))
        if not self._read:
            raise StopIteration
        return self._read.popleft()
