"""
Finds which alternatives of two unions stand for each other.
"""

from __future__ import annotations

from itertools import product

from .schema import LIMITS, NUMERIC, Variant


def labels(variants: list[Variant]) -> dict[tuple[tuple[str, ...], str], str]:
    """
    Return names for the alternatives of a union: the value of their tag, else their type.
    """
    found: dict[tuple[tuple[str, ...], str], str] = {}
    for variant in variants:
        names = [name for name in ("type", "name", *variant.tags) if name in variant.tags]
        label = str(variant.tags[names[0]]) if names else _component(variant) or variant.type
        taken = sum(known.partition("#")[0] == label for known in found.values())
        found[variant.key, variant.type] = f"{label}#{taken + 1}" if taken else label
    return found


def _component(variant: Variant) -> str | None:
    parent, _, name = variant.own[-1].pointer.rpartition("/") if variant.own else ("", "", "")
    return name if parent == "/components/schemas" and variant.type == "object" else None


def paired(base: list[Variant], document: list[Variant]) -> list[tuple[Variant | None, Variant | None]]:
    """
    Return the alternatives of two unions that stand for each other, and those without a counterpart.
    """
    scores = sorted(
        (
            (score, -abs(i - j), -i, -j)
            for (i, mine), (j, theirs) in product(enumerate(base), enumerate(document))
            if (score := _likeness(mine, theirs)) is not None
        ),
        reverse=True,
    )
    partner: dict[int, int] = {}
    for _, _, i, j in scores:
        if -i not in partner and -j not in partner.values():
            partner[-i] = -j
    rest = [i for i in range(len(base)) if i not in partner]
    new = [j for j in range(len(document)) if j not in partner.values()]
    if len(rest) == len(new) == 1 and base[rest[0]].type != document[new[0]].type:
        partner[rest.pop()] = new.pop()
    pairs: list[tuple[Variant | None, Variant | None]] = [(base[i], document[j]) for i, j in sorted(partner.items())]
    return pairs + [(base[i], None) for i in rest] + [(None, document[j]) for j in new]


def _likeness(base: Variant, document: Variant) -> float | None:
    """
    Return how much two alternatives have in common; None if they cannot stand for each other.
    """
    if base.type != document.type:
        return 0.0 if {base.type, document.type} == NUMERIC else None
    mine, theirs = set(base.properties), set(document.properties)
    if any(base.tags[name] != document.tags[name] for name in base.tags.keys() & document.tags.keys()):
        # Only a new value for the tag explains fields that are all the same.
        is_same = mine == theirs and (len(mine) > 1 or base.key == document.key)
        return 1.0 if is_same else None
    score: float = (
        2 + len(mine & theirs) / (len(mine | theirs) or 1) + 2 * bool(base.tags and base.tags == document.tags)
    )
    score += sum(base.limit(key) == document.limit(key) for key in LIMITS) / len(LIMITS)
    score += (base.choices or []) == (document.choices or [])
    items = [schema.child("items") for schema in (base, document)]
    if items[0] and items[1]:
        score += sorted(each.type for each in items[0].variants) == sorted(each.type for each in items[1].variants)
    return score


def alike(base: Variant, document: Variant) -> bool:
    """
    Return whether limits of one type mean the same for the other.
    """
    return base.type == document.type or {base.type, document.type} == NUMERIC
