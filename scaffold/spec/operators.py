"""The table of operators, used to read, compute and write expressions."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any, NamedTuple


class Operator(NamedTuple):
    """An operator of expressions.

    Attributes:
        symbol: The text between or before its operands.
        tree: Its class in Python's syntax tree.
        function: The function that computes it.
        precedence: Its precedence in Python; a higher number binds tighter.
        name: The equivalent function of `keras.ops`, `""` if a spec does not need it.
    """

    symbol: str
    tree: type[Any]
    function: Callable[..., Any]
    precedence: int
    name: str = ""


CONDITION, OR, AND, NOT, COMPARISON, SIGN, ATOM = 0, 1, 2, 3, 4, 8, 10
"""The precedences of expressions that are not in the table of arithmetic."""

ARITHMETIC = (
    Operator("+", ast.Add, operator.add, 6, "add"),
    Operator("-", ast.Sub, operator.sub, 6, "subtract"),
    Operator("*", ast.Mult, operator.mul, 7, "multiply"),
    Operator("/", ast.Div, operator.truediv, 7, "divide"),
    Operator("//", ast.FloorDiv, operator.floordiv, 7, "floor_divide"),
    Operator("%", ast.Mod, operator.mod, 7, "mod"),
    Operator("**", ast.Pow, operator.pow, 9, "power"),
)
COMPARISONS = (
    Operator("==", ast.Eq, operator.eq, COMPARISON),
    Operator("!=", ast.NotEq, operator.ne, COMPARISON),
    Operator("<", ast.Lt, operator.lt, COMPARISON),
    Operator("<=", ast.LtE, operator.le, COMPARISON),
    Operator(">", ast.Gt, operator.gt, COMPARISON),
    Operator(">=", ast.GtE, operator.ge, COMPARISON),
    Operator("is", ast.Is, operator.is_, COMPARISON),
    Operator("is not", ast.IsNot, operator.is_not, COMPARISON),
    Operator("in", ast.In, lambda left, right: left in right, COMPARISON),
    Operator("not in", ast.NotIn, lambda left, right: left not in right, COMPARISON),
)
LOGIC = (
    Operator("and", ast.And, lambda left, right: left and right, AND),
    Operator("or", ast.Or, lambda left, right: left or right, OR),
)
UNARY = (
    Operator("-", ast.USub, operator.neg, SIGN),
    Operator("+", ast.UAdd, operator.pos, SIGN),
    Operator("not", ast.Not, operator.not_, NOT),
)

BINARY = {entry.symbol: entry for entry in (*ARITHMETIC, *COMPARISONS, *LOGIC)}
"""The binary operators, by symbol."""

PREFIX = {entry.symbol: entry for entry in UNARY}
"""The unary operators, by symbol."""

BY_TREE = {entry.tree: entry for entry in (*BINARY.values(), *UNARY)}
"""All operators, by class of the syntax tree."""

COMPUTING = frozenset(entry.symbol for entry in ARITHMETIC)
"""The symbols of operators that take only numbers, signs included."""
