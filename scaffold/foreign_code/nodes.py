"""Convert expressions to values of keyed notation."""

from __future__ import annotations

import ast
from collections.abc import Collection

from scaffold.diagnostics import Span
from scaffold.foreign_code.parsing import expression
from scaffold.foreign_code.steps import Untranslatable
from scaffold.spec.document import Items, Node, Scalar, Table


def node_of(text: str, span: Span, params: Collection[str]) -> Node:
    """Return an expression of line notation as a value of keyed notation.

    Args:
        text: The expression.
        span: The span of the new nodes.
        params: Names of params, which get a `$` in keyed notation.

    Raises:
        Untranslatable: Keyed notation has no such value.
    """
    tree = expression(text)
    if tree is None:
        raise Untranslatable
    return _node(tree, text, span, params)


def _node(tree: ast.expr, text: str, span: Span, params: Collection[str]) -> Node:
    match tree:
        case ast.Constant(value=str() | int() | float() | None as constant):
            return Scalar(constant, span)
        case ast.List(elts=items) | ast.Tuple(elts=items):
            nodes = tuple(_node(item, text, span, params) for item in items)
            return Items(nodes, span)
        case ast.Dict(keys=keys, values=values):
            pairs = []
            for key, value in zip(keys, values, strict=True):
                if not isinstance(key, ast.Constant):
                    raise Untranslatable
                pairs.append(
                    (Scalar(str(key.value), span), _node(value, text, span, params))
                )
            return Table(tuple(pairs), span)
        case ast.Name(id=name):
            return Scalar(f"${name}" if name in params else name, span)
        case ast.Call():
            return Scalar(ast.get_source_segment(text, tree), span)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant()):
            return Scalar(ast.literal_eval(tree), span)
        case ast.BinOp():
            return Scalar(f"$({ast.get_source_segment(text, tree)})", span)
    raise Untranslatable
