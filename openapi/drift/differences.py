"""
What a difference is, and what it means to a client.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

import attrs


class DifferenceKind(Enum):
    """
    What a difference means to a client written for the first document, most serious first.
    """

    BREAKING = "breaking"
    ADDITION = "addition"
    WORDING = "wording"

    @property
    def rank(self) -> int:
        """
        Return the place in a report.
        """
        return list(DifferenceKind).index(self)


class Effect(Enum):
    """
    What the second document does to the values that the first one allows.
    """

    NARROWER = "narrower"
    WIDER = "wider"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"

    def kind(self, sent: bool) -> DifferenceKind:
        """
        Return what the effect means to a client.

        Args:
            sent: Whether the client sends the values, instead of receiving them.
        """
        match self:
            case Effect.REWORDED:
                return DifferenceKind.WORDING
            case Effect.ADDED:
                return DifferenceKind.ADDITION
            case Effect.NARROWER:
                return DifferenceKind.BREAKING if sent else DifferenceKind.ADDITION
            case Effect.WIDER:
                return DifferenceKind.ADDITION if sent else DifferenceKind.BREAKING
            case _:
                return DifferenceKind.BREAKING


@attrs.frozen
class Difference:
    """
    One fact in which two documents differ.

    Attributes:
        kind: What it means to a client.
        where: The place in the API, such as `GET /v1/files, response 200`.
        field: The field below that place, such as `[]<file>.tags`; empty for the place itself.
        fact: What differs, such as `maximum`.
        before: The fact in the first document; None if it has none.
        after: The fact in the second document; None if it has none.
        base: JSON pointer in the first document, to the fact or to what lacks it.
        document: JSON pointer in the second document, to the fact or to what lacks it.
        member: Name of the field of an object, if the fact is about its presence.
        others: Further places in the API that the same lines of both documents stand for.
    """

    kind: DifferenceKind
    where: str
    field: str
    fact: str
    before: Any
    after: Any
    base: str
    document: str
    member: str = ""
    others: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """
        Return where in the API the difference is.
        """
        return f"{self.where}: {self.field}" if self.field else self.where

    def below(self, where: str, prefix: str = "") -> Difference:
        """
        Return the difference as seen from a place above.
        """
        joined = f"{prefix}{self.field}".removeprefix(".")
        return attrs.evolve(self, where=where or self.where, field=joined)


def merged(differences: Iterable[Difference]) -> list[Difference]:
    """
    Return each difference once, however many operations share its lines, sorted by what it means.
    """
    found: dict[Any, list[Difference]] = {}
    for each in differences:
        key = (each.base, each.document, each.fact, each.member, repr(each.before), repr(each.after))
        found.setdefault(key, []).append(each)
    joined = []
    for same in found.values():
        worst = min(same, key=lambda each: each.kind.rank)
        places = dict.fromkeys(each.place for each in same if each.place != worst.place)
        joined.append(attrs.evolve(worst, others=tuple(places)))
    return sorted(joined, key=lambda each: (each.kind.rank, each.where, each.field, each.fact))
