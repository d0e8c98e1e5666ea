"""
Properties of search queries: the search language's grammar reads them as the Python expression means.
"""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imagekit_async.search import Asset, Query
from imagekit_local._search.syntax import fold, parse

TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[()\[\],]|[<>]=?|[=:]|[^\s()\[\],]+)', re.DOTALL)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
Row = dict[str, Any]


def unquoted(token: str) -> str:
    """
    Return the text of a quoted token.
    """
    return re.sub(r"\\(.)", r"\1", token[1:-1], flags=re.DOTALL)


class Reader:
    """
    Evaluates a query against a row; AND binds tighter than OR.
    """

    def __init__(self, query: str, row: Row) -> None:
        self.tokens = TOKEN.findall(query)
        self.row = row

    def either(self) -> bool:
        """
        Read alternatives.
        """
        found = [self.all()]
        while self.taken("OR"):
            found.append(self.all())
        return any(found)

    def all(self) -> bool:
        """
        Read what must hold together.
        """
        found = [self.one()]
        while self.taken("AND"):
            found.append(self.one())
        return all(found)

    def one(self) -> bool:
        """
        Read a clause or parentheses.
        """
        if self.taken("("):
            found = self.either()
            assert self.taken(")")
            return found
        value = self.row[self.tokens.pop(0)]
        negated = self.taken("NOT")
        operator, operands = self.tokens.pop(0), [self.tokens.pop(0)]
        if operands == ["["]:
            while operands[-1] != "]":
                operands.append(self.tokens.pop(0))
        known = [
            unquoted(token) if token[0] == '"' else float(token) for token in operands if token not in {"[", "]", ","}
        ]
        found = {"=": value == known[0], "IN": value in known}
        if isinstance(value, int):
            found |= {"<": value < known[0], "<=": value <= known[0], ">": value > known[0], ">=": value >= known[0]}
        return found[operator] != negated

    def taken(self, token: str) -> bool:
        """
        Whether the next token is this one, which is then read.
        """
        if self.tokens[:1] != [token]:
            return False
        del self.tokens[0]
        return True


def reads_as(query: Query, row: Row) -> bool:
    """
    Return whether a row matches a query, which must be readable to its end.
    """
    reader = Reader(query, row)
    found = reader.either()

    assert [] == reader.tokens
    return found


CLAUSES = st.one_of(
    st.sampled_from(["a", "b"]).map(lambda name: (Asset.name == name, lambda row: row["name"] == name)),
    st.sampled_from(["a", "b"]).map(lambda name: (Asset.name != name, lambda row: row["name"] != name)),
    st.integers(0, 3).map(lambda width: (Asset.width > width, lambda row: row["width"] > width)),
    st.integers(0, 3).map(lambda width: (Asset.width <= width, lambda row: row["width"] <= width)),
    st.just((Asset.width.in_([1, 2]), lambda row: row["width"] in [1, 2])),
)


def combined(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """
    Return combined queries, each with its expected meaning.
    """
    return st.one_of(
        parts.map(lambda a: (~a[0], lambda row: not a[1](row))),
        st.tuples(parts, parts).map(lambda ab: (ab[0][0] & ab[1][0], lambda row: ab[0][1](row) and ab[1][1](row))),
        st.tuples(parts, parts).map(lambda ab: (ab[0][0] | ab[1][0], lambda row: ab[0][1](row) or ab[1][1](row))),
    )


@given(found=st.recursive(CLAUSES, combined, max_leaves=8), name=st.sampled_from("abc"), width=st.integers(0, 3))
def test_combinations_mean_what_they_say(found: Any, name: str, width: int) -> None:
    """`&`, `|` and `~` mean and, or and not, at any nesting."""
    query, matches = found
    row = {"name": name, "width": width}

    assert matches(row) == reads_as(query, row)


@given(text=TEXTS, other=TEXTS)
def test_any_text_is_quoted(text: str, other: str) -> None:
    """Any text is one value, which cannot extend or end the query."""
    query = (Asset.name == text) & Asset.name.in_([text, other])

    assert reads_as(query, {"name": text})
    assert reads_as(~query, {"name": text + "x"}) == (text + "x" != text)


@given(found=st.recursive(CLAUSES, combined, max_leaves=8), name=st.sampled_from("abc"), width=st.integers(0, 3))
def test_the_local_server_reads_the_same(found: Any, name: str, width: int) -> None:
    """The local server's parser understands every query that can be built."""
    query, matches = found
    row = {"name": name, "width": width}

    def clause(read: Any) -> bool:
        one = Query(f"{read.field.text} {read.operator} {written(read)}")
        return reads_as(one, row)

    def written(read: Any) -> str:
        values = [f'"{value.text}"' if value.quote else value.text for value in read.operands]
        return f"[{', '.join(values)}]" if read.operator.endswith("IN") else values[0]

    read = fold(parse(str(query)), clause, lambda joiner, parts: (all if joiner == "AND" else any)(parts))

    assert matches(row) == read


@given(text=TEXTS)
def test_the_local_server_reads_any_text(text: str) -> None:
    """The local server's parser reads any text as one value, unchanged."""
    tree: Any = parse(str(Asset.name == text))

    assert ("name", "=", [text]) == (tree.field.text, tree.operator, [value.text for value in tree.operands])
