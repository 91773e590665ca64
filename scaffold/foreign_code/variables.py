"""Variables of code that hold no tensors: layers to be called later, and plain values.

Python makes a layer in one statement and calls it in others. An entry does both at
once, and calls the same layer again with `reuse`.
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
"""What an entry of a spec calls."""


class CodeVariable(NamedTuple):
    """What a variable holds.

    Attributes:
        place: Which definition it is, and which item of a list.
        name: The variable, without `self.`.
        tree: The expression.
        source: The text in which the expression stands.
    """

    place: tuple[int, ...]
    name: str
    tree: ast.expr
    source: str


class VariableUse(NamedTuple):
    """A definition of such a variable.

    Attributes:
        key: The variable, `shared` or `self.shared`.
        first: The number of the statement that uses it first.
        is_layer: Whether it is a layer that is called, and no value.
    """

    key: str
    first: int
    is_layer: bool


def path_of(tree: ast.expr) -> tuple[str, ...]:
    """Return the names of `tf.keras.layers.Dense`; none where it is something else."""
    names: list[str] = []
    while isinstance(tree, ast.Attribute):
        names.append(tree.attr)
        tree = tree.value
    if not isinstance(tree, ast.Name):
        return ()
    return (*reversed([*names, tree.id]),)


def is_module(path: Sequence[str]) -> bool:
    """Return whether names are those of a module of Keras or its like."""
    return all(name.lower() in MODULES for name in path)


def key_of(tree: ast.expr) -> str:
    """Return the variable that an expression is, `shared` or `self.shared`."""
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
    """Return whether an expression makes a layer, or a row of them, and calls none."""
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


def _is_of(value: ast.expr, is_object: Callable[[str], bool]) -> bool:
    """Return whether an expression makes an object that is no layer: `SGD(0.01)`."""
    path = path_of(value.func) if isinstance(value, ast.Call) else ()
    return bool(path) and is_module(path[:-1]) and is_object(path[-1])


def _is_value(value: ast.expr, is_object: Callable[[str], bool]) -> bool:
    """Return whether an expression is a value that stands for itself."""
    match value:
        case ast.Constant():
            return True
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return bool(items) and all(_is_value(each, is_object) for each in items)
        case ast.UnaryOp(operand=operand):
            return _is_value(operand, is_object)
        case ast.Attribute():
            path = path_of(value)
            return len(path) > 1 and is_module(path[:-1])
        case ast.Call(func=func, args=args):
            path = path_of(func)
            if _is_of(value, is_object):
                return True
            is_of_module = len(path) > 1 and is_module(path[:-1])
            is_of_module = is_of_module and not {path[-1], *path[:-1]} & _NO_VALUES
            return is_of_module and all(_is_value(each, is_object) for each in args)
    return False


def objects(
    trees: Sequence[ast.stmt | None], is_object: Callable[[str], bool]
) -> dict[int, VariableUse]:
    """Find the statements that make what later ones use.

    Args:
        trees: The statements; `None` for what is no statement of Python.
        is_object: Whether a name is that of a class of Keras that is no layer.

    Returns:
        The definitions, by their number.
    """
    used: dict[int, tuple[set[str], set[str]]] = {}
    uses: dict[int, VariableUse] = {}
    for number in reversed(range(len(trees))):
        tree = trees[number]
        assignment = definition(tree)
        if assignment is not None:
            key, value = assignment
            kind: int | None = None
            if _is_of(value, is_object):
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
    """Return the variables that a statement calls, wraps or runs over."""
    for node in ast.walk(tree):
        if isinstance(node, ast.For):
            yield key_of(node.iter)
        if not isinstance(node, ast.Call):
            continue
        if node.args or node.keywords:
            func = node.func
            yield key_of(func.value if isinstance(func, ast.Subscript) else func)
        if path_of(node.func)[-1:] and path_of(node.func)[-1] in layers.WRAPPERS:
            yield from (key_of(each) for each in node.args)
            yield from (key_of(each.value) for each in node.keywords)


def _arguments(tree: ast.stmt) -> Iterator[str]:
    """Return the variables that a statement hands to layers and functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and key_of(node.func) not in _OF_SPECS:
            for value in (*node.args, *(each.value for each in node.keywords)):
                for each in ast.walk(value):
                    if isinstance(each, ast.Name | ast.Attribute):
                        yield key_of(each)


def mentions(tree: ast.stmt) -> Iterator[str]:
    """Return the variables that a statement names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            yield key_of(node)
