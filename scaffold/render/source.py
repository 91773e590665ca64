"""Syntax trees to Python text.

The standard library's `ast.unparse` writes `1e-05` and strings of any length. This
writer knows just the expressions that the styles make, and writes them as an author
would. `ast.parse` of its text gives the tree back.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from keyword import iskeyword

from scaffold.render.width import columns

_LONGEST_STRING = 60
"""The longest string, in columns, that is written in one piece."""

_BINARY: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("+", 6),
    ast.Sub: ("-", 6),
    ast.Mult: ("*", 7),
    ast.Div: ("/", 7),
    ast.FloorDiv: ("//", 7),
    ast.Mod: ("%", 7),
    ast.Pow: ("**", 9),
}
_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}
_OR, _AND, _NOT, _COMPARISON, _SIGN, _ATOM = 1, 2, 3, 4, 8, 10


def source(tree: ast.expr) -> str:
    """Writes an expression on one line; Black breaks it where it is too long.

    Args:
        tree: The expression.

    Raises:
        TypeError: The styles do not make such an expression.
    """
    return _write(tree)[0]


def identifier(text: str) -> str:
    """Lets a name pass: nothing but a name is ever written where one has to be.

    Raises:
        ValueError: It is no name. The checks should have said so.
    """
    if not text.isidentifier() or iskeyword(text):
        raise ValueError(f"{text!r} is no name")
    return text


def arguments(keywords: Sequence[ast.keyword]) -> str:
    """Writes keyword arguments, as they stand inside of a call."""
    return ", ".join(map(_keyword, keywords))


def _keyword(one: ast.keyword) -> str:
    return f"{identifier(one.arg or '')}={source(one.value)}"


def _write(tree: ast.expr) -> tuple[str, int]:
    """Writes an expression, and says how tightly it binds."""
    match tree:
        case ast.Constant():
            text = literal(tree.value)
            return text, _SIGN if text.startswith("-") else _ATOM
        case ast.Name():
            return identifier(tree.id), _ATOM
        case ast.Attribute():
            return f"{_tight(tree.value, _ATOM)}.{identifier(tree.attr)}", _ATOM
        case ast.Call():
            given = [source(one) for one in tree.args]
            given += map(_keyword, tree.keywords)
            return f"{_tight(tree.func, _ATOM)}({', '.join(given)})", _ATOM
        case ast.Subscript():
            return f"{_tight(tree.value, _ATOM)}[{_index(tree.slice)}]", _ATOM
        case ast.Tuple() | ast.List():
            return _items(tree), _ATOM
        case ast.Dict():
            pairs = zip(tree.keys, tree.values, strict=True)
            shown = [f"{source(key)}: {source(one)}" for key, one in pairs if key]
            return f"{{{', '.join(shown)}}}", _ATOM
        case _:
            return _operation(tree)


def _items(tree: ast.Tuple | ast.List) -> str:
    inner = ", ".join(source(item) for item in tree.elts)
    if isinstance(tree, ast.List):
        return f"[{inner}]"
    return f"({inner},)" if len(tree.elts) == 1 else f"({inner})"


def _index(tree: ast.expr) -> str:
    if isinstance(tree, ast.Tuple) and len(tree.elts) > 1:
        return ", ".join(_index(item) for item in tree.elts)
    if isinstance(tree, ast.Slice) and tree.step is None:
        ends = (tree.lower, tree.upper)
        return ":".join(source(end) if end else "" for end in ends)
    return source(tree)


def _operation(tree: ast.expr) -> tuple[str, int]:
    match tree:
        case ast.BinOp():
            sign, level = _BINARY[type(tree.op)]
            is_power = sign == "**"
            left = _tight(tree.left, level + is_power)
            # A power's right side may have a sign of its own: 2 ** -1.
            right = _tight(tree.right, _SIGN if is_power else level + 1)
            return f"{left} {sign} {right}", level
        case ast.UnaryOp(op=ast.Not()):
            return f"not {_tight(tree.operand, _NOT)}", _NOT
        case ast.UnaryOp():
            sign = "-" if isinstance(tree.op, ast.USub) else "+"
            return f"{sign}{_tight(tree.operand, _SIGN)}", _SIGN
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            level = _COMPARISON + 1
            text = f"{_tight(left, level)} {_COMPARE[type(op)]} {_tight(right, level)}"
            return text, _COMPARISON
        case ast.BoolOp():
            sign, level = ("and", _AND) if isinstance(tree.op, ast.And) else ("or", _OR)
            parts = [_tight(value, level + 1) for value in tree.values]
            return f" {sign} ".join(parts), level
    raise TypeError(f"no style makes {type(tree).__name__}")


def _tight(tree: ast.expr, level: int) -> str:
    """Writes an operand, in parentheses where it binds less than is asked."""
    text, own = _write(tree)
    return text if own >= level else f"({text})"


def literal(value: object) -> str:
    """Writes a literal: `1e-4` and not `0.0001`, long strings in pieces."""
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, float):
        return _float(value)
    return repr(value)


def _float(value: float) -> str:
    """Writes a float as authors do: `0.01` and `100.0`, but `1e-3`, `2.5e-4`, `1e6`."""
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


def _string(value: str) -> str:
    text = repr(value)
    if columns(text) <= _LONGEST_STRING:
        return text
    pieces, piece = [], ""
    for character in value:
        if columns(repr(piece + character)) > _LONGEST_STRING:
            pieces.append(piece)
            piece = ""
        piece += character
    return "(" + " ".join(repr(one) for one in (*pieces, piece)) + ")"
