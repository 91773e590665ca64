"""Build Python syntax trees concisely."""

from __future__ import annotations

import ast


def name(identifier: str) -> ast.Name:
    """Return a name."""
    return ast.Name(identifier, ast.Load())


def dotted(path: str) -> ast.expr:
    """Return the tree of `a.b.c`."""
    first, *attributes = path.split(".")
    tree: ast.expr = name(first)
    for attribute in attributes:
        tree = ast.Attribute(tree, attribute, ast.Load())
    return tree


def call(
    function: ast.expr | str, *args: ast.expr, **kwargs: ast.expr | None
) -> ast.Call:
    """Return a call, without the keyword arguments that are `None`."""
    keywords = [
        ast.keyword(keyword, value)
        for keyword, value in kwargs.items()
        if value is not None
    ]
    target = dotted(function) if isinstance(function, str) else function
    return ast.Call(target, list(args), keywords)


class Numeral:
    """A number of a syntax tree that is written as in the spec."""

    text = ""

    def __repr__(self) -> str:
        """Return the text, which `ast.unparse` writes as well."""
        return self.text


class IntegerNumeral(Numeral, int):
    """An integer, such as `10_000`."""


class FloatNumeral(Numeral, float):
    """A float, such as `0.001`."""


def number(value: float, text: str) -> ast.Constant:
    """Return a number that is written as a text."""
    numeral = FloatNumeral(value) if isinstance(value, float) else IntegerNumeral(value)
    numeral.text = text
    return ast.Constant(numeral)


def constant(value: str | float | bool | None) -> ast.expr:
    """Return a literal, or a call of `float` for infinities and NaN."""
    if isinstance(value, float) and (
        value != value or value in (_INFINITY, -_INFINITY)
    ):
        return call("float", ast.Constant(str(value)))
    return ast.Constant(value)


def f_string(*parts: str | ast.expr) -> ast.expr:
    """Return `f"{name}_0"` for names, and text without braces."""
    values: list[ast.expr] = []
    text = ""
    for part in (*parts, None):
        if isinstance(part, str):
            text += part
            continue
        if text:
            values.append(ast.Constant(text))
            text = ""
        if part is not None:
            values.append(ast.FormattedValue(part, -1, None))
    return ast.JoinedStr(values)


def conditional(condition: ast.expr, then: ast.expr, otherwise: ast.expr) -> ast.expr:
    """Return `then if condition else otherwise`."""
    return ast.IfExp(condition, then, otherwise)


def listed(item: ast.expr, target: ast.expr, values: ast.expr) -> ast.expr:
    """Return `[item for target in values]`."""
    return ast.ListComp(item, [ast.comprehension(target, values, [], 0)])


def sequence(items: list[ast.expr], *, as_tuple: bool) -> ast.expr:
    """Return a tuple or a list."""
    if as_tuple:
        return ast.Tuple(items, ast.Load())
    return ast.List(items, ast.Load())


_INFINITY = float("inf")
