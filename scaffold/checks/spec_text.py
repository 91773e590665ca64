"""Lines of a spec, for use in help."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scaffold.catalogue import KerasCallable
from scaffold.ir.types import (
    Bound,
    Collection,
    Constant,
    Dictionary,
    Object,
    Operation,
    ParamRef,
    Value,
)

_LONGEST = 120
"""The most characters of a line; a longer one is shortened."""


def line(layer: Object, more: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a call in line notation, with other values for some of its arguments.

    Args:
        layer: The layer.
        more: Arguments by name, as text.
    """
    arguments = [
        _argument(layer, position, bound)
        for position, bound in enumerate(layer.arguments)
        if bound.name not in more
    ]
    listed = ", ".join(
        [*arguments, *(f"{name}={value}" for name, value in more.items())]
    )
    text = f"{layer.name}({listed})"
    if len(text) > _LONGEST and more:
        changed = ", ".join(f"{name}={value}" for name, value in more.items())
        return f"{layer.name}(..., {changed})"
    return text if len(text) <= _LONGEST else f"{layer.name}(...)"


def _argument(layer: Object, position: int, bound: Bound) -> str:
    text = written(bound.value)
    target = layer.target
    if isinstance(target, KerasCallable) and position < target.positional:
        leading = [argument.name for argument in target.arguments[: target.positional]]
        if bound.name == leading[position]:
            return text
    return f"{bound.name}={text}"


def written(value: Value) -> str:
    """Return a value in line notation."""
    match value:
        case Constant(value=str(text)):
            return f'"{text}"'
        case Constant():
            return value.numeral or str(value.value)
        case ParamRef(name=name):
            return name
        case Object():
            return line(value)
        case Collection():
            return f"[{', '.join(map(written, value.items))}]"
        case Dictionary():
            pairs = (f"{written(key)}: {written(item)}" for key, item in value.pairs)
            return f"{{{', '.join(pairs)}}}"
        case Operation(operands=(only,)):
            return f"{value.operator} {written(only)}"
        case Operation(operands=(first, second)):
            return f"({written(first)} {value.operator} {written(second)})"
    return "..."
