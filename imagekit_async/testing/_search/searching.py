"""
Search queries as the store understands them.
"""

from __future__ import annotations

import attrs

from imagekit_async.testing._account import Account
from imagekit_async.testing._custom_fields.values import schemas_by_name
from imagekit_async.testing._errors import ApiError
from imagekit_async.testing._search.binding import bind
from imagekit_async.testing._search.fields import search_fields
from imagekit_async.testing._search.sql import clause_condition, relevance
from imagekit_async.testing._search.syntax import Node, QueryError, clauses, fold, parse
from imagekit_async.testing._store import Condition


@attrs.frozen
class Search:
    """
    Which assets a query finds, and how well each suits it: None for a query without HAS, which they suit alike.
    """

    condition: Condition
    relevance: Condition | None


def parse_search(text: str) -> Node:
    """
    A search query as a tree.

    Raises:
        ApiError: 400, the text is no query.
    """
    try:
        query = parse(text)
        for clause in clauses(query):
            for operand in (clause.field, *clause.operands):
                if operand.quote == "'":
                    raise QueryError(f"text must be in double quotes at position {operand.position}")
    except QueryError as error:
        raise _refused(error) from None
    return query


def search(account: Account, query: Node) -> Search:
    """
    What a query asks for. Needs a transaction.

    Raises:
        ApiError: 400, a clause makes no sense.
    """
    fields = search_fields(schemas_by_name(account))
    now = account.settings.clock()
    kinds = [] if any(clause.field.text == "type" for clause in clauses(query)) else [Condition("type = 'file'")]
    try:
        bound = {clause: bind(clause, fields, now) for clause in clauses(query)}
    except QueryError as error:
        raise _refused(error) from None
    full_text = [clause for clause in bound.values() if clause.operator == "HAS"]
    condition = fold(query, lambda clause: clause_condition(bound[clause]), _joined)
    return Search(Condition.all_of([*kinds, condition]), relevance(full_text) if full_text else None)


def _refused(error: QueryError) -> ApiError:
    help = "Please refer to the documentation for syntax specification."
    return ApiError(400, f"Invalid search query - {error}. {help}")


def _joined(joiner: str, conditions: list[Condition]) -> Condition:
    sql = f" {joiner} ".join(f"({condition.sql})" for condition in conditions)
    return Condition(sql, tuple(value for condition in conditions for value in condition.parameters))
