"""Find variables that hold layers to be called later, or plain values.

Python code creates a layer in one statement and calls it in others. An entry does both
at once; `reuse` calls the same layer again.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from scaffold.catalogue.facts import layers
from scaffold.catalogue.foreign_names import INPUTS, MODULES

_NO_LAYERS = frozenset((*INPUTS[:2], "Model", "applications"))
_NO_VALUES = _NO_LAYERS | {"ops"}
_OF_SPECS = ("reuse", "recurse", "loop")
"""Functions of a spec that are not functions of Python."""

_ARRAYS = frozenset(("array", "asarray", "constant", "convert_to_tensor", "tensor"))
"""Functions of NumPy, TensorFlow and PyTorch that make an array of a list."""
_COLUMN = ["-1", "1"], ["(-1, 1)"]
"""Arguments of `reshape` that only add a last axis to a list of numbers."""


class CodeVariable(NamedTuple):
    """A variable and its value.

    Attributes:
        place: The index of its definition, and of its item in a list.
        name: The variable, without `self.`.
        tree: The value.
        source: The text that contains the value.
    """

    place: tuple[int, ...]
    name: str
    tree: ast.expr
    source: str


class VariableUse(NamedTuple):
    """A definition of a variable that later statements use.

    Attributes:
        key: The variable, `shared` or `self.shared`.
        first: The index of the first statement that uses it.
        is_layer: Whether it is a layer that is called, not a value.
    """

    key: str
    first: int
    is_layer: bool


def path_of(tree: ast.expr) -> tuple[str, ...]:
    """Return the parts of `tf.keras.layers.Dense`; empty for any other expression."""
    names: list[str] = []
    while isinstance(tree, ast.Attribute):
        names.append(tree.attr)
        tree = tree.value
    if not isinstance(tree, ast.Name):
        return ()
    return (*reversed([*names, tree.id]),)


def is_module(path: Sequence[str]) -> bool:
    """Return whether names are modules of Keras, TensorFlow or PyTorch."""
    return all(name.lower() in MODULES for name in path)


def key_of(tree: ast.expr) -> str:
    """Return the variable `shared` or `self.shared`, `""` for other expressions."""
    path = path_of(tree)
    is_variable = len(path) == 1 or (len(path) == 2 and path[0] == "self")
    return ".".join(path) if is_variable else ""


def definition(tree: ast.stmt | None) -> tuple[str, ast.expr] | None:
    """Return the variable and the value of `shared = layers.Dense(4)`."""
    match tree:
        case ast.Assign(targets=[target], value=value) if key_of(target):
            return key_of(target), value
        case ast.AnnAssign(target=target, value=ast.expr() as value) if key_of(target):
            return key_of(target), value
    return None


def is_layer(value: ast.expr) -> bool:
    """Return whether an expression creates layers without calling them."""
    match value:
        case ast.ListComp(elt=item):
            return is_layer(item)
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return bool(items) and all(map(is_layer, items))
        case ast.Call(func=func):
            path = path_of(func)
            is_class = bool(path) and path[-1][:1].isupper()
            return is_class and not {path[-1], *path[:-1]} & _NO_LAYERS
    return False


def _is_object_call(value: ast.expr, is_object: Callable[[str], bool]) -> bool:
    """Return whether an expression creates an object, not a layer: `SGD(0.01)`."""
    path = path_of(value.func) if isinstance(value, ast.Call) else ()
    return bool(path) and is_module(path[:-1]) and is_object(path[-1])


def array_items(value: ast.expr) -> ast.expr:
    """Return the `[1, 2]` of `np.array([1, 2], dtype=float).reshape(-1, 1)`.

    An expression that does not create an array is returned unchanged. So is one that
    changes the shape otherwise: a spec adds a last axis of size one on its own.
    """
    match value:
        case ast.Call(func=ast.Attribute(value=inner, attr="astype")):
            return array_items(inner)
        case ast.Call(func=ast.Attribute(value=inner, attr="reshape"), args=args):
            sizes = [ast.unparse(size) for size in args]
            return array_items(inner) if sizes in _COLUMN else value
        case ast.Call(func=func, args=[items, *_]):
            path = path_of(func)
            is_array = len(path) > 1 and path[-1] in _ARRAYS and is_module(path[:-1])
            return items if is_array else value
    return value


def _is_value(value: ast.expr, is_object: Callable[[str], bool]) -> bool:
    """Return whether an expression is a constant, or an object of Keras."""
    value = array_items(value)
    match value:
        case ast.Constant():
            return True
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return bool(items) and all(_is_value(item, is_object) for item in items)
        case ast.UnaryOp(operand=operand):
            return _is_value(operand, is_object)
        case ast.Attribute():
            path = path_of(value)
            return len(path) > 1 and is_module(path[:-1])
        case ast.Call(func=func, args=args):
            path = path_of(func)
            if _is_object_call(value, is_object):
                return True
            is_of_module = len(path) > 1 and is_module(path[:-1])
            is_of_module = is_of_module and not {path[-1], *path[:-1]} & _NO_VALUES
            return is_of_module and all(_is_value(arg, is_object) for arg in args)
    return False


def objects(
    trees: Sequence[ast.stmt | None], is_object: Callable[[str], bool]
) -> dict[int, VariableUse]:
    """Find the statements that define what later ones use.

    Args:
        trees: The statements; `None` for an entry that is not a Python statement.
        is_object: Whether a name is a class of Keras that is not a layer.

    Returns:
        The definitions, by the index of the statement.
    """
    used: dict[int, tuple[set[str], set[str]]] = {}
    uses: dict[int, VariableUse] = {}
    for number in reversed(range(len(trees))):
        tree = trees[number]
        assignment = definition(tree)
        if assignment is not None:
            key, value = assignment
            kind: int | None = None
            if _is_object_call(value, is_object):
                kind = 1
            elif is_layer(value):
                kind = 0
            elif _is_value(value, is_object):
                kind = 1
            later = [
                at
                for at, names in used.items()
                if kind is not None and key in names[kind]
            ]
            if later:
                uses[number] = VariableUse(key, min(later), kind == 0)
        if tree is not None:
            used[number] = {*_called(tree)}, {*_arguments(tree)}
    return dict(sorted(uses.items()))


def _called(tree: ast.stmt) -> Iterator[str]:
    """Return the variables that a statement calls, wraps or iterates over."""
    for node in ast.walk(tree):
        if isinstance(node, ast.For):
            yield key_of(node.iter)
        if not isinstance(node, ast.Call):
            continue
        if node.args or node.keywords:
            func = node.func
            yield key_of(func.value if isinstance(func, ast.Subscript) else func)
        if path_of(node.func)[-1:] and path_of(node.func)[-1] in layers.WRAPPERS:
            yield from map(key_of, node.args)
            yield from (key_of(keyword.value) for keyword in node.keywords)


def _arguments(tree: ast.stmt) -> Iterator[str]:
    """Return the variables that a statement passes to layers and functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and key_of(node.func) not in _OF_SPECS:
            for value in (*node.args, *(keyword.value for keyword in node.keywords)):
                for child in ast.walk(value):
                    if isinstance(child, ast.Name | ast.Attribute):
                        yield key_of(child)


def mentions(tree: ast.stmt) -> Iterator[str]:
    """Return the variables in a statement."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            yield key_of(node)
