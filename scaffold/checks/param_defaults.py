"""The defaults of params in parts of a model that are not built by default.

With `params: {units: 0}`, the layer of `Dense(units) if units > 0` is not built by
default: in that layer, `units` has any value for which the condition is true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from scaffold.ir.fold import ArithmeticFailure, NotConstant, fold
from scaffold.ir.types import Graph, Operation, ParamRef, Value
from scaffold.ir.walk import within

Defaults = Mapping[str, Value]


class DefaultsExcept(Mapping[str, Value]):
    """Defaults without those of some params."""

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


def special_defaults(
    graph: Graph, values: Iterable[Value], defaults: Defaults
) -> dict[int, Defaults]:
    """Find the values that are not evaluated with the defaults.

    Args:
        graph: A graph.
        values: All its values.
        defaults: The defaults of its params.

    Returns:
        For the `id` of each such value, the defaults that are valid there.
    """
    hidden: dict[int, frozenset[str]] = {}
    for left_out, condition in _left_out(graph, values, defaults):
        uses = (part for part in within(condition) if isinstance(part, ParamRef))
        names = frozenset(use.name for use in uses)
        for part in within(left_out):
            hidden[id(part)] = hidden.get(id(part), frozenset()) | names
    return {number: DefaultsExcept(defaults, names) for number, names in hidden.items()}


def _left_out(
    graph: Graph, values: Iterable[Value], defaults: Defaults
) -> Iterator[tuple[Value, Value]]:
    """Return the values that are left out by default, each with its condition."""
    for node in graph.nodes:
        if node.choice is not None:
            holds = _is_true(node.choice.condition, defaults)
            if holds is not None:
                other = node.choice.otherwise if holds else node.layer
                yield other, node.choice.condition
        if node.repeat is not None and _is_true(node.repeat, defaults) is False:
            yield node.layer, node.repeat
    for value in values:
        match value:
            case Operation(operator="and" | "or" as sign, operands=(first, second)):
                if _is_true(first, defaults) == (sign == "or"):
                    yield second, first


def _is_true(value: Value, defaults: Defaults) -> bool | None:
    """Return whether a value is true in Python, `None` if that is unknown."""
    try:
        return bool(fold(value, defaults))
    except (NotConstant, ArithmeticFailure):
        return None
