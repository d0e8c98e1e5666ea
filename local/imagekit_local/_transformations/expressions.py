"""
Arithmetic in values, as in `iw_div_2`: `{value}_{operator}_{value}`, any number of times.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import TypeGuard

import attrs

from imagekit_local._transformations.errors import TransformationError

_NUMBER = re.compile(r"(N?)([0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_VARIABLES = frozenset({"iw", "ih", "iar", "idn", "idu", "cw", "ch", "car", "bw", "bh", "bar", "bdu"})
# The service's precedence, which is unusual: powers come last.
_RANKS: tuple[dict[str, Callable[[float, float], float]], ...] = (
    {"mul": lambda left, right: left * right, "div": lambda left, right: left / right},
    {"add": lambda left, right: left + right, "sub": lambda left, right: left - right},
    {"mod": math.fmod},
    {"pow": math.pow},
)
_OPERATORS = frozenset(name for rank in _RANKS for name in rank)


@attrs.frozen
class Expression:
    """
    A number, or a calculation with numbers and variables.
    """

    operands: tuple[float | str, ...]
    operators: tuple[str, ...] = ()

    @property
    def constant(self) -> float | None:
        """
        The number, if the expression is only a number.
        """
        first = self.operands[0]
        return first if len(self.operands) == 1 and not isinstance(first, str) else None


@attrs.frozen
class Scope:
    """
    The values of the variables in an expression.
    """

    variables: Mapping[str, float]

    def value(self, option: str, expression: Expression) -> float:
        """
        Return the value of an expression.

        Raises:
            TransformationError: It has no finite value, or a variable is unknown here.
        """
        try:
            numbers = [self.variables[part] if isinstance(part, str) else part for part in expression.operands]
            result = _calculated(numbers, list(expression.operators))
        except KeyError as error:
            raise TransformationError(option, f"{error.args[0]} has no value here") from None
        except (ArithmeticError, ValueError):
            result = math.nan
        if not math.isfinite(result):
            raise TransformationError(option, "the expression has no finite value")
        return result


def parse_expression(text: str) -> Expression:
    """
    Read a number or a calculation.

    Raises:
        ValueError: The text is neither.
    """
    operands, operators = text.split("_")[::2], text.split("_")[1::2]
    if len(operands) == len(operators) or not all(map(is_operator, operators)):
        raise ValueError(f"{text!r} is neither a number nor an expression")
    return Expression(tuple(_operand(part) for part in operands), tuple(operators))


def is_operator(text: object) -> TypeGuard[str]:
    """
    Return whether a text names an operator.
    """
    return text in _OPERATORS


def _operand(text: str) -> float | str:
    if text in _VARIABLES:
        return text
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is neither a number nor a variable")
    return -float(match[2]) if match[1] else float(match[2])


def _calculated(numbers: list[float], operators: list[str]) -> float:
    for rank in _RANKS:
        remaining = [numbers[0]]
        kept: list[str] = []
        for name, number in zip(operators, numbers[1:], strict=True):
            if name in rank:
                remaining[-1] = rank[name](remaining[-1], number)
            else:
                remaining.append(number)
                kept.append(name)
        numbers, operators = remaining, kept
    return numbers[0]
