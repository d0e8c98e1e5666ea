"""
Parse the text of a query into a tree. This module does not know the meaning of fields and values.

Search queries and upload checks share this grammar, which accepts the union of the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

import attrs
from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedToken

_T = TypeVar("_T")
# SQLite limits the depth of expressions, and the limit depends on the build.
_MAX_DEPTH = 12
_MAX_CLAUSES = 100
# Parsing blocks the event loop.
_MAX_LENGTH = 20_000
_GRAMMAR = r"""
start: any
any: all (_OR all)*
all: primary (_AND primary)*
?primary: "(" any ")" | clause
clause: name comparison operand | name membership operands | name existence
name: WORD | QUOTED
comparison: NOT? (EQUAL | HAS) | ORDER
membership: NOT? IN
existence: NOT? EXISTS
operands: "[" operand ("," operand)* "]"
operand: WORD | QUOTED
EQUAL: "="
ORDER: /[<>]=?|:/
QUOTED: /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/s
WORD: /[^\s"'()\[\],=:<>]+/
%declare _AND _OR NOT IN HAS EXISTS
%ignore /\s+/
"""
_KEYWORDS = {"AND": "_AND", "OR": "_OR", "NOT": "NOT", "IN": "IN", "HAS": "HAS", "EXISTS": "EXISTS"}
_ESCAPED = re.compile(r"""\\([\\"'])""")


class QueryError(ValueError):
    """
    An invalid query. The message continues `Invalid search query - `.
    """


@attrs.frozen
class Operand:
    """
    A value as written: its text without quotes, the kind of quotes if any, and its position, counted from 1.
    """

    text: str
    quote: str
    position: int


@attrs.frozen
class Clause:
    """
    A field, an operator such as `=` or `NOT IN`, and any number of values.
    """

    field: Operand
    operator: str
    operator_position: int
    operands: tuple[Operand, ...]


@attrs.frozen
class Group:
    """
    At least two parts, all or any of which must hold.
    """

    joiner: str
    parts: tuple[Node, ...]


Node: TypeAlias = "Clause | Group"


def parse(text: str) -> Node:
    """
    Return the tree of a query.

    Raises:
        QueryError: The text is not a valid query, or is too large.
    """
    if len(text) > _MAX_LENGTH:
        raise QueryError(f"more than {_MAX_LENGTH} characters")
    try:
        return _parse(text)
    except UnexpectedCharacters as error:
        # Anything that is not a quote is a word or a sign.
        raise QueryError(f"the quote is never closed at position {(error.pos_in_stream or 0) + 1}") from None
    except UnexpectedToken as error:
        token: Token = error.token
        if token.type == "$END":
            raise QueryError(f"something is missing at position {len(text) + 1}") from None
        raise QueryError(f"unexpected {token} at position {_position(token)}") from None


def fold(node: Node, clause: Callable[[Clause], _T], group: Callable[[str, list[_T]], _T]) -> _T:
    """
    Evaluate a tree from its clauses to its root.

    Args:
        node: The tree.
        clause: Called with each clause.
        group: Called with `AND` or `OR` and the results of the parts.
    """
    if isinstance(node, Clause):
        return clause(node)
    return group(node.joiner, [fold(part, clause, group) for part in node.parts])


def clauses(node: Node) -> list[Clause]:
    """
    Return all clauses of a tree from left to right.
    """
    return fold(node, lambda clause: [clause], lambda _, parts: [clause for part in parts for clause in part])


if TYPE_CHECKING:
    _Base = Transformer[Token, Node]
else:
    _Base = Transformer


@attrs.frozen
class _Sized:
    node: Node
    depth: int
    clauses: int
    position: int


class _Builder(_Base):
    def start(self, parts: list[_Sized]) -> Node:
        return parts[0].node

    def any(self, parts: list[_Sized]) -> _Sized:
        return _joined("OR", parts)

    def all(self, parts: list[_Sized]) -> _Sized:
        return _joined("AND", parts)

    def clause(self, parts: list[Any]) -> _Sized:
        field, operator, *rest = parts
        operands = (rest[0],) if rest and isinstance(rest[0], Operand) else tuple(*rest)
        clause = Clause(field, " ".join(operator).upper(), _position(operator[0]), operands)
        return _Sized(clause, 0, 1, field.position)

    def name(self, parts: list[Token]) -> Operand:
        return _operand(parts[0])

    def operand(self, parts: list[Token]) -> Operand:
        return _operand(parts[0])

    def operands(self, parts: list[Operand]) -> list[Operand]:
        return parts

    def comparison(self, parts: list[Token]) -> list[Token]:
        return parts

    membership = comparison
    existence = comparison


def _joined(joiner: str, parts: list[_Sized]) -> _Sized:
    if len(parts) == 1:
        return parts[0]
    depth = 1 + max(part.depth for part in parts)
    clauses = sum(part.clauses for part in parts)
    position = parts[0].position
    if depth > _MAX_DEPTH:
        raise QueryError(f"more than {_MAX_DEPTH} levels of AND and OR at position {position}")
    if clauses > _MAX_CLAUSES:
        raise QueryError(f"more than {_MAX_CLAUSES} conditions at position {position}")
    return _Sized(Group(joiner, tuple(part.node for part in parts)), depth, clauses, position)


def _operand(token: Token) -> Operand:
    if token.type == "WORD":
        return Operand(str(token), "", _position(token))
    return Operand(_ESCAPED.sub(r"\1", token[1:-1]), token[0], _position(token))


def _position(token: Token) -> int:
    return (token.start_pos or 0) + 1


def _keyword_or_word(token: Token) -> Token:
    return token.update(type=_KEYWORDS.get(token.upper(), "WORD"))


_PARSER = Lark(
    _GRAMMAR,
    parser="lalr",
    lexer="basic",
    transformer=_Builder(),
    lexer_callbacks={"WORD": _keyword_or_word},
)
# The parser transforms on the fly, so it returns our tree instead of its own.
_parse = cast("Callable[[str], Node]", _PARSER.parse)  # pyright: ignore[reportUnknownMemberType] - of no use here
