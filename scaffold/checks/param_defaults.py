"""What params count as where the code does not get to by default.

With `params: {units: 0}`, the layer of `Dense(units) if units > 0` is not made by
default: there, `units` is whatever makes the condition hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from scaffold.ir.fold import ArithmeticFailure, NotConstant, fold
from scaffold.ir.types import Graph, Operation, ParamRef, Value
from scaffold.ir.walk import within

Defaults = Mapping[str, Value]


class DefaultsExcept(Mapping[str, Value]):
    """Defaults, some of which do not count."""

    def __init__(self, defaults: Defaults, names: frozenset[str]) -> None:
        """Leave the params in `names` out."""
        self._defaults = defaults
        self._names = names

    def __getitem__(self, name: str) -> Value:
        """Return the default of a param."""
        if name in self._names:
            raise KeyError(name)
        return self._defaults[name]

    def __iter__(self) -> Iterator[str]:
        """Return the names of the params that are left."""
        return (name for name in self._defaults if name not in self._names)

    def __len__(self) -> int:
        """Count the params that are left."""
        return sum(1 for _ in self)


def elsewhere(
    graph: Graph, values: Iterable[Value], defaults: Defaults
) -> dict[int, Defaults]:
    """Find the values that are not worked out by default.

    Args:
        graph: A graph.
        values: All its values.
        defaults: The defaults of its params.

    Returns:
        For the `id` of each such value, the defaults that hold there all the same.
    """
    hidden: dict[int, frozenset[str]] = {}
    for left_out, settling in _left_out(graph, values, defaults):
        uses = (part for part in within(settling) if isinstance(part, ParamRef))
        names = frozenset(use.name for use in uses)
        for part in within(left_out):
            hidden[id(part)] = hidden.get(id(part), frozenset()) | names
    return {number: DefaultsExcept(defaults, names) for number, names in hidden.items()}


def _left_out(
    graph: Graph, values: Iterable[Value], defaults: Defaults
) -> Iterator[tuple[Value, Value]]:
    """Return what is left out by default, and what settles that."""
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
    """Return whether a value counts as true, `None` where that is not known."""
    try:
        return bool(fold(value, defaults))
    except (NotConstant, ArithmeticFailure):
        return None
