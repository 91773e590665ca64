"""What params count as where the code does not get to by default.

With `params: {units: 0}`, the layer of `Dense(units) if units > 0` is not made by
default: there, `units` is whatever makes the condition hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from scaffold.ir.fold import Impossible, Unknown, fold
from scaffold.ir.types import Graph, Operation, ParamRef, Value
from scaffold.ir.walk import within

Defaults = Mapping[str, Value]


def elsewhere(
    graph: Graph, values: Iterable[Value], defaults: Defaults
) -> dict[int, Defaults]:
    """Finds the values that are not worked out by default.

    Args:
        graph: A graph.
        values: All its values.
        defaults: The defaults of its params.

    Returns:
        For the `id` of each such value, the defaults that hold there all the same.
    """
    found: dict[int, Defaults] = {}
    for left_out, settling in _left_out(graph, values, defaults):
        names = {one.name for one in within(settling) if isinstance(one, ParamRef)}
        for one in within(left_out):
            before = found.get(id(one), defaults)
            found[id(one)] = {
                name: value for name, value in before.items() if name not in names
            }
    return found


def _left_out(
    graph: Graph, values: Iterable[Value], defaults: Defaults
) -> Iterator[tuple[Value, Value]]:
    """Gives what is left out by default, and what settles that."""
    for node in graph.nodes:
        if node.choice is not None:
            holds = _settle(node.choice.condition, defaults)
            if holds is not None:
                other = node.choice.otherwise if holds else node.layer
                yield other, node.choice.condition
        if node.repeat is not None and _settle(node.repeat, defaults) is False:
            yield node.layer, node.repeat
    for value in values:
        match value:
            case Operation(operator="and" | "or" as sign, operands=(first, second)):
                if _settle(first, defaults) == (sign == "or"):
                    yield second, first


def _settle(value: Value, defaults: Defaults) -> bool | None:
    """Tells whether a value counts as true, `None` where that is not known."""
    try:
        return bool(fold(value, defaults))
    except (Unknown, Impossible):
        return None
