"""Write syntax trees as Python text.

The standard library's `ast.unparse` writes `1e-05`, and does not break long strings.
This writer supports only the expressions that the styles create, and writes them as a
person would. `ast.parse` of its text returns the same tree.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import cached_property
from keyword import iskeyword

from scaffold.render.width import columns
from scaffold.spec.operators import ATOM, BY_TREE, COMPARISON, CONDITION, SIGN
from scaffold.styles.syntax import Numeral

_WIDEST = 88 - len("            ,")
"""The width for an expression at the deepest indentation, which is in a list."""

_NARROWEST = 24
_INDENT = 4


def source(tree: ast.expr, used: int = 0) -> str:
    """Write an expression on one line; Black breaks it if it is too long.

    Args:
        tree: The expression.
        used: The columns before it on its line.

    Raises:
        TypeError: The styles do not create such an expression.
        ValueError: It contains an invalid name, which the checks should report.
    """
    return _Line(_WIDEST).text(tree, used)


def arguments(keywords: Sequence[ast.keyword]) -> str:
    """Write keyword arguments, as in a call."""
    return ", ".join(map(_Line(_WIDEST).keyword, keywords))


def targets(tree: ast.expr) -> str:
    """Write what is between `for` and `in`, without parentheses."""
    if isinstance(tree, ast.Tuple):
        return ", ".join(source(item) for item in tree.elts)
    return source(tree)


def identifier(text: str) -> str:
    """Return a name after checking that it is valid.

    Raises:
        ValueError: It is not a valid name, which the checks should report.
    """
    if not text.isidentifier() or iskeyword(text):
        raise ValueError(f"{text!r} is not a valid name")
    return text


class _Line:
    """Writes expressions that Black may have to put on separate lines.

    Black breaks lines at brackets, but never inside a string. So a string that may not
    fit on its line is written in pieces.
    """

    def __init__(self, width: int) -> None:
        self.width = max(width, _NARROWEST)

    @cached_property
    def inner(self) -> _Line:
        """A writer for the lines inside brackets."""
        return _Line(self.width - _INDENT)

    def text(self, tree: ast.expr, used: int = 0) -> str:
        return self.write(tree, used)[0]

    def keyword(self, keyword: ast.keyword) -> str:
        name = identifier(keyword.arg or "")
        return f"{name}={self.text(keyword.value, len(name) + 1)}"

    def write(self, tree: ast.expr, used: int = 0) -> tuple[str, int]:
        """Write an expression, and return its precedence as well."""
        match tree:
            case ast.Constant(value=str() as value):
                return self.string(value, used), ATOM
            case ast.Constant(value=value):
                text = repr(value)
                if isinstance(value, float) and not isinstance(value, Numeral):
                    text = _float(value)
                return text, SIGN if text[0] in "+-" else ATOM
            case ast.Name():
                return identifier(tree.id), ATOM
            case ast.Attribute():
                return f"{self.tight(tree.value)}.{identifier(tree.attr)}", ATOM
            case ast.Call():
                return self.call(tree), ATOM
            case ast.Subscript():
                return f"{self.tight(tree.value)}[{self.index(tree.slice)}]", ATOM
            case ast.Tuple() | ast.List():
                return self.items(tree), ATOM
            case ast.Dict():
                return self.mapping(tree), ATOM
            case ast.JoinedStr():
                return self.f_string(tree), ATOM
            case ast.ListComp():
                return self.comprehension(tree), ATOM
            case ast.Starred():
                return f"*{self.tight(tree.value)}", ATOM
            case _:
                return self.operation(tree)

    def tight(self, tree: ast.expr, level: int = ATOM) -> str:
        """Write an operand, in parentheses if its precedence is below a level."""
        text, precedence = self.write(tree)
        return text if precedence >= level else f"({text})"

    def call(self, tree: ast.Call) -> str:
        match tree:
            case ast.Call(args=[ast.Constant(value=str() as value)], keywords=[]):
                # The call's own parentheses hold the pieces together.
                inner = " ".join(self.inner.pieces(value))
            case _:
                parts = [self.inner.text(argument) for argument in tree.args]
                parts += map(self.inner.keyword, tree.keywords)
                inner = ", ".join(parts)
        return f"{self.tight(tree.func)}({inner})"

    def items(self, tree: ast.Tuple | ast.List) -> str:
        inner = ", ".join(self.inner.text(item) for item in tree.elts)
        if isinstance(tree, ast.List):
            return f"[{inner}]"
        return f"({inner},)" if len(tree.elts) == 1 else f"({inner})"

    def mapping(self, tree: ast.Dict) -> str:
        line, shown = self.inner, []
        for key, value in zip(tree.keys, tree.values, strict=True):
            if key is None:
                raise TypeError("no style creates `**` in a dictionary")
            # The value gets half of the line, or all of it after a key in pieces.
            half = line.width // 2
            text = line.text(key, line.width - half)
            used = columns(text) if columns(text) <= half else len(")")
            shown.append(f"{text}: {line.text(value, used + len(': '))}")
        return f"{{{', '.join(shown)}}}"

    def f_string(self, tree: ast.JoinedStr) -> str:
        """Write an f-string of names and of characters valid in names."""
        text = ""
        for part in tree.values:
            match part:
                case ast.FormattedValue(value=ast.Name(id=name)):
                    text += f"{{{identifier(name)}}}"
                case ast.Constant(value=str() as value) if f"_{value}".isidentifier():
                    text += value
                case _:
                    raise TypeError("no style creates such an f-string")
        return f'f"{text}"'

    def comprehension(self, tree: ast.ListComp) -> str:
        (loop,) = tree.generators
        item, values = self.inner.text(tree.elt), self.inner.text(loop.iter)
        return f"[{item} for {targets(loop.target)} in {values}]"

    def index(self, tree: ast.expr) -> str:
        if isinstance(tree, ast.Tuple) and len(tree.elts) > 1:
            return ", ".join(self.index(item) for item in tree.elts)
        if isinstance(tree, ast.Slice) and tree.step is None:
            ends = (tree.lower, tree.upper)
            return ":".join(self.inner.text(end) if end else "" for end in ends)
        return self.inner.text(tree)

    def operation(self, tree: ast.expr) -> tuple[str, int]:
        """Write arithmetic, a comparison or logic."""
        match tree:
            case ast.BinOp():
                sign, level = _sign(tree.op)
                is_power = sign == "**"
                left = self.tight(tree.left, level + is_power)
                # The right side of a power may have a sign: 2 ** -1.
                right = self.tight(tree.right, SIGN if is_power else level + 1)
                return f"{left} {sign} {right}", level
            case ast.UnaryOp():
                sign, level = _sign(tree.op)
                space = " " if sign.isalpha() else ""
                return f"{sign}{space}{self.tight(tree.operand, level)}", level
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                first, last = (
                    self.tight(operand, COMPARISON + 1) for operand in (left, right)
                )
                return f"{first} {_sign(op)[0]} {last}", COMPARISON
            case ast.IfExp():
                then, test = (
                    self.tight(operand, CONDITION + 1)
                    for operand in (tree.body, tree.test)
                )
                return f"{then} if {test} else {self.text(tree.orelse)}", CONDITION
            case ast.BoolOp():
                sign, level = _sign(tree.op)
                parts = [self.tight(value, level + 1) for value in tree.values]
                return f" {sign} ".join(parts), level
        raise TypeError(f"no style creates {type(tree).__name__}")

    def string(self, value: str, used: int) -> str:
        text = repr(value)
        width = columns(text)
        if width <= self.width - used:
            return text
        # Black would remove the parentheses around a single piece.
        return f"({' '.join(self.inner.pieces(value, width * 2 // 3))})"

    def pieces(self, value: str, width: int = _WIDEST) -> list[str]:
        """Write a string in pieces that fit on this line, split after spaces."""
        width = min(width, self.width)
        pieces, piece = [], ""
        for character in value:
            while piece and columns(repr(piece + character)) > width:
                cut = piece.rfind(" ") + 1 or len(piece)
                pieces.append(piece[:cut])
                piece = piece[cut:]
            piece += character
        return [repr(part) for part in (*pieces, piece)]


def _float(value: float) -> str:
    """Write a float as usual: `0.01` and `100.0`, but `1e-3`, `2.5e-4`, `1e6`."""
    decimal = repr(value)
    if decimal.lstrip("-") in ("inf", "nan"):
        raise TypeError(f"{decimal} has no literal")
    digits, sign, exponent = decimal.partition("e")
    if sign:
        return f"{digits}e{int(exponent)}"
    if 0.01 <= abs(value) < 1e5 or value == 0:
        return decimal
    whole, _, part = decimal.lstrip("-").partition(".")
    figures = (whole + part).strip("0")
    power = len(whole) - 1 if whole != "0" else len(part.lstrip("0")) - len(part) - 1
    point = f".{figures[1:]}" if figures[1:] else ""
    scientific = f"{'-' * (value < 0)}{figures[0]}{point}e{power}"
    return min(decimal, scientific, key=len)


def _sign(tree: ast.AST) -> tuple[str, int]:
    """Return the text of an operator, and its precedence."""
    operator = BY_TREE[type(tree)]
    return operator.symbol, operator.precedence
