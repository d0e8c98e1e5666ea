"""
Translate search queries for the store.
"""

from __future__ import annotations

from functools import partial

import attrs

from imagekit_local._account import Account
from imagekit_local._custom_fields.values import schemas_by_name
from imagekit_local._errors import ApiError
from imagekit_local._search.binding import Bound, bind, merged
from imagekit_local._search.fields import CUSTOM_PREFIX, search_fields
from imagekit_local._search.sql import clause_lists, list_condition, relevance, row_condition
from imagekit_local._search.syntax import Clause, Node, QueryError, clauses, fold, parse
from imagekit_local._store import Condition

_QUOTED_PREFIXES = (CUSTOM_PREFIX, "embeddedMetadata.")


@attrs.frozen
class Search:
    """
    The assets that a query finds, and their relevance, which is None for a query without HAS.

    The two conditions and `among` are equivalent; see `Assets.page`.
    """

    condition: Condition
    by_list: Condition | None = None
    among: Condition | None = None
    relevance: Condition | None = None


@attrs.frozen
class _Compiled:
    condition: Condition
    by_list: Condition
    among: Condition | None


def parse_search(text: str) -> Node:
    """
    Return a search query as a tree.

    Raises:
        ApiError: 400 if the text is not a valid query.
    """
    try:
        query = parse(text)
        for clause in clauses(query):
            _check_quotes(clause)
    except QueryError as error:
        raise _refused(error) from None
    return query


def search(account: Account, query: Node, further: Condition) -> Search:
    """
    Translate a query. Needs a transaction.

    Args:
        account: The account that holds the assets.
        query: The query.
        further: A condition that must hold as well.

    Raises:
        ApiError: 400 if a clause is invalid.
    """
    fields = search_fields(schemas_by_name(account))
    now = account.settings.clock()
    kinds = [] if any(clause.field.text == "type" for clause in clauses(query)) else [Condition("type = 'file'")]
    try:
        bound = {clause: bind(clause, fields, now) for clause in clauses(query)}
    except QueryError as error:
        raise _refused(error) from None
    full_text = [clause for clause in bound.values() if clause.operator == "HAS"]
    compiled = _compiled(account, fold(query, bound.__getitem__, partial(_joined, account)))
    by_row, by_list = (
        Condition.all_of([*kinds, further, condition]) for condition in (compiled.condition, compiled.by_list)
    )
    return Search(by_row, by_list, compiled.among, relevance(full_text) if full_text else None)


def _check_quotes(clause: Clause) -> None:
    for operand in (clause.field, *clause.operands):
        if operand.quote == "'":
            raise QueryError(f"text must be in double quotes at position {operand.position}")
    name = clause.field
    if not name.quote and name.text.startswith(_QUOTED_PREFIXES):
        raise QueryError(f"{name.text} must be in quotes at position {name.position}")


def _refused(error: QueryError) -> ApiError:
    help = "Please refer to the documentation for syntax specification."
    return ApiError(400, f"Invalid search query - {error}. {help}")


def _compiled(account: Account, part: Bound | _Compiled) -> _Compiled:
    if isinstance(part, _Compiled):
        return part
    lists = [] if part.is_negated else clause_lists(part)
    among = next((keys for keys in lists if account.store.assets.are_few(keys)), None)
    return _Compiled(row_condition(part), list_condition(part), among)


def _joined(account: Account, joiner: str, parts: list[Bound | _Compiled]) -> _Compiled:
    if joiner == "AND":
        clauses = merged(part for part in parts if isinstance(part, Bound))
        parts = [*clauses, *(part for part in parts if isinstance(part, _Compiled))]
    compiled = [_compiled(account, part) for part in parts]
    among = [part.among for part in compiled if part.among is not None]
    if joiner == "AND":
        few = next(iter(among), None)
    else:
        few = _joined_sql("UNION", among) if len(among) == len(compiled) else None
    by_row, by_list = (
        _joined_sql(joiner, [Condition(f"({condition.sql})", condition.parameters) for condition in conditions])
        for conditions in ([part.condition for part in compiled], [part.by_list for part in compiled])
    )
    return _Compiled(by_row, by_list, few)


def _joined_sql(joiner: str, conditions: list[Condition]) -> Condition:
    sql = f" {joiner} ".join(condition.sql for condition in conditions)
    return Condition(sql, tuple(value for condition in conditions for value in condition.parameters))
