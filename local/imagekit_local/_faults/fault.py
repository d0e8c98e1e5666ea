"""
The faults of a local ImageKit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import count
from typing import Any, Literal, TypeAlias, get_args

import attrs
from attrs.validators import deep_mapping, ge, instance_of, optional

from imagekit_local._document.document import Document
from imagekit_local._predicates import is_number

FaultKind: TypeAlias = Literal[
    "status",
    "rate-limit",
    "delay",
    "slow-reader",
    "disconnect-before",
    "disconnect-after",
    "truncated-body",
    "garbage-body",
]
KINDS: tuple[str, ...] = get_args(FaultKind)


def _is_status(fault: Fault, attribute: attrs.Attribute[int], value: int) -> None:
    if value not in range(200, 600):
        raise ValueError(f"{attribute.name} must be between 200 and 599, got {value!r}")


def _one_of(choices: Sequence[str]) -> Callable[[Fault, attrs.Attribute[Any], Any], None]:
    # The error of attrs's own validator repeats its arguments.
    def check(fault: Fault, attribute: attrs.Attribute[Any], value: Any) -> None:
        if value not in choices:
            raise ValueError(f"{attribute.name} must be one of {', '.join(choices)}, got {value!r}")

    return check


def _is_duration(fault: Fault, attribute: attrs.Attribute[float], value: float) -> None:
    if not is_number(value) or value < 0:
        raise ValueError(f"{attribute.name} must be a number of at least 0, got {value!r}")


def _upper(method: str | None) -> str | None:
    return None if method is None else str(method).upper()


@attrs.define(eq=False, kw_only=True)
class Fault:
    """
    A failure on purpose. `Faults.add` creates it and explains its attributes.
    """

    id: str
    kind: FaultKind = attrs.field(validator=_one_of(KINDS))
    operation: str | None
    method: str | None = attrs.field(converter=_upper)
    path: str | None = attrs.field(validator=optional(instance_of(str)))
    times: int | None = attrs.field(validator=optional([instance_of(int), ge(1)]))
    status: int = attrs.field(validator=_is_status)
    headers: Mapping[str, str] = attrs.field(validator=deep_mapping(instance_of(str), instance_of(str)))
    body: str | None = attrs.field(validator=optional(instance_of(str)))
    seconds: float = attrs.field(validator=_is_duration)
    fired: int = 0

    @property
    def is_spent(self) -> bool:
        """
        Whether it has fired as often as it can.
        """
        return self.times is not None and self.fired >= self.times

    def fits(self, operation: str | None, method: str, path: str) -> bool:
        """
        Return whether it matches a request.

        Args:
            operation: Name of the operation that the request is for, or None.
            method: Method of the request.
            path: Path of its URL, decoded.
        """
        return (
            (self.operation is None or self.operation == operation)
            and (self.method is None or self.method == method)
            and (self.path is None or fnmatchcase(path, self.path))
        )


class Faults:
    """
    Faults in the order in which they were added. For each request, the first one fires that matches and is not spent.

    Args:
        document: The document that names the operations.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._faults: list[Fault] = []
        self._numbers = count(1)
        self._lock = threading.Lock()

    def add(
        self,
        kind: FaultKind,
        *,
        operation: str | None = None,
        method: str | None = None,
        path: str | None = None,
        times: int | None = 1,
        status: int = 503,
        headers: Mapping[str, str] | None = None,
        body: str | None = None,
        seconds: float = 1.0,
    ) -> Fault:
        """
        Add a fault.

        Args:
            kind: `status` and `rate-limit` respond instead of the API, and nothing changes. `delay` waits before the
                request is served, `slow-reader` before each chunk of its body is read. `disconnect-before` resets the
                connection before the request is served, `disconnect-after` once its changes are stored.
                `truncated-body` closes the connection in the middle of the response, and `garbage-body` responds with
                invalid JSON; in both cases the changes are stored.
            operation: Name of the operation to disturb, such as `files.get`, or None for any.
            method: Method of the requests to disturb, or None for any.
            path: Path of the requests to disturb, with `*` as a wildcard, or None for any.
            times: How often it fires, or None for always.
            status: Status of the response of `status`.
            headers: Headers that `status` and `rate-limit` add to the response.
            body: Body of `status`, or None for an error as JSON.
            seconds: How long `delay` and `slow-reader` wait, and how long `rate-limit` asks clients to wait.

        Returns:
            The fault; `fired` counts how often it has fired.

        Raises:
            TypeError: An argument has the wrong type.
            ValueError: The kind or operation is unknown, or a number is out of range.
        """
        self._check_operation(operation)
        fault = Fault(
            id=str(next(self._numbers)),
            kind=kind,
            operation=operation,
            method=method,
            path=path,
            times=times,
            status=status,
            headers=headers or {},
            body=body,
            seconds=seconds,
        )
        with self._lock:
            self._faults.append(fault)
        return fault

    def all(self) -> list[Fault]:
        """
        Return the faults, oldest first, including spent ones.
        """
        with self._lock:
            return list(self._faults)

    def clear(self) -> None:
        """
        Remove all faults.
        """
        with self._lock:
            self._faults.clear()

    def fire(self, method: str, path: str) -> Fault | None:
        """
        Return the fault that a request meets, and count it; None if there is none.
        """
        operation = self._document.operation_name(method, path)
        with self._lock:
            for fault in self._faults:
                if not fault.is_spent and fault.fits(operation, method, path):
                    fault.fired += 1
                    return fault
        return None

    def _check_operation(self, name: str | None) -> None:
        names = sorted(self._document.names)
        if name is not None and name not in names:
            raise ValueError(f"operation must be one of {', '.join(names)}, got {name!r}")
