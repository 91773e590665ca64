"""The types of params in docstrings, from their defaults and their uses."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scaffold.catalogue import Argument
from scaffold.ir.types import (
    Collection,
    Constant,
    Graph,
    Object,
    Operation,
    ParamRef,
    Value,
)
from scaffold.ir.walk import within
from scaffold.styles.types import FunctionParameter

_TYPES = {
    "integer": "int",
    "float": "float",
    "boolean": "bool",
    "string": "str",
    "choice": "str",
    "dtype": "str",
    "activation": "str",
    "shape": "tuple",
    "tuple": "tuple",
    "list": "list",
    "dict": "dict",
}
"""The type in a docstring for each kind of argument."""

_KEEPS_TYPE = ("+", "-", "*", "//", "%", "**")
"""The operators whose result has the type of their operands."""


def type_of(param: FunctionParameter, graph: Graph) -> str:
    """Return the type of a param for a docstring.

    It is the type of its default. Without a default, it is the type of the first
    argument that the param is passed to.

    Returns:
        A type such as "int" or "str or None"; `""` if it is not known.
    """
    if param.default is None:
        return _by_use(param.name, graph)
    try:
        default = ast.literal_eval(param.default)
    except ValueError:
        return "number"
    if default is None:
        used_as = _by_use(param.name, graph)
        return f"{used_as} or None" if used_as else ""
    kind = _kind(default)
    is_float = kind == "int" and _by_use(param.name, graph) == "float"
    return "float" if is_float else kind


def _kind(value: object) -> str:
    """Return the name of a value's type; that of a `Numeral` is `int` or `float`."""
    numbers = (kind for kind in (bool, int, float) if isinstance(value, kind))
    return next(numbers, type(value)).__name__


def _by_use(param: str, graph: Graph) -> str:
    return next(filter(None, _by_uses(param, graph, set())), "")


def _by_uses(param: str, graph: Graph, seen: set[tuple[str, str]]) -> Iterator[str]:
    """Yield the types of the arguments that a param is passed to.

    Args:
        param: The param.
        graph: Its graph.
        seen: The params of blocks that were searched.
    """
    for node in graph.nodes:
        if node.repeat is not None and _uses(param, node.repeat):
            yield "int"
        for layer in node.layers:
            for value in within(layer):
                if isinstance(value, Object):
                    yield from _by_arguments(param, value, seen)


def _by_arguments(
    param: str, holder: Object, seen: set[tuple[str, str]]
) -> Iterator[str]:
    for bound in holder.arguments:
        if not _uses(param, bound.value):
            continue
        if isinstance(holder.target, Graph):
            yield from _in_block(bound.name, holder.target, seen)
        elif bound.argument is not None:
            yield _of_argument(bound.argument)


def _of_argument(argument: Argument) -> str:
    """Return the type that an argument takes; it may take another one, too."""
    return _TYPES.get(argument.kinds[0], "") if argument.kinds else ""


def _in_block(param: str, block: Graph, seen: set[tuple[str, str]]) -> Iterator[str]:
    """Yield the types of a param of a block."""
    if (block.name, param) in seen:
        return
    seen.add((block.name, param))
    default = block.defaults.get(param)
    if isinstance(default, Collection):
        yield "tuple"
    elif isinstance(default, Constant) and default.value is not None:
        yield type(default.value).__name__
    else:
        yield from _by_uses(param, block, seen)


def _uses(param: str, value: Value) -> bool:
    """Return whether a value is a param, or a number computed from it."""
    if isinstance(value, ParamRef):
        return value.name == param
    if not isinstance(value, Operation) or value.operator not in _KEEPS_TYPE:
        return False
    return any(_uses(param, operand) for operand in value.operands)
