"""Read the shape of an input in pasted code."""

from __future__ import annotations

import ast
import re

from scaffold.catalogue.foreign_names import INPUTS
from scaffold.foreign_code.parsing import expression
from scaffold.spec.document import Items, Node, Scalar

_BATCH = ("batch_shape", "batch_input_shape")
_NAMES = ("shape", "input_shape", *_BATCH)


def sizes(text: str) -> list[int | None] | None:
    """Return the sizes without the batch axis; `None` if there is no shape.

    Args:
        text: `keras.Input(shape=(3,))`, `(28, 28)`, `Input((3,))`, `28, 28`.
    """
    tree = expression(text.strip().rstrip(";"))
    if tree is None:
        return None
    if not isinstance(tree, ast.Call):
        return _listed(tree)
    if not re.search(f"({'|'.join(INPUTS)})$", ast.unparse(tree.func)):
        return None
    for keyword in tree.keywords:
        if keyword.arg in _NAMES:
            shape = _listed(keyword.value)
            return shape[1:] if shape and keyword.arg in _BATCH else shape
    return _listed(tree.args[0]) if tree.args else None


def listed(node: Scalar) -> Node:
    """Return the list of sizes for a shape written as text."""
    shape = sizes(str(node.value))
    if shape is None:
        return node
    return Items(tuple(Scalar(size, node.span) for size in shape), node.span)


def _listed(tree: ast.expr) -> list[int | None] | None:
    items = tree.elts if isinstance(tree, ast.Tuple | ast.List) else [tree]
    shape: list[int | None] = []
    for item in items:
        if not isinstance(item, ast.Constant) or isinstance(item.value, bool):
            return None
        if item.value is not None and not isinstance(item.value, int):
            return None
        shape.append(item.value)
    return shape
