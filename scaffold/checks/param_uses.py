"""The arguments that the params of a block are used for; their values must fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from scaffold.catalogue import Argument, KerasCallable
from scaffold.ir.types import (
    Bound,
    Graph,
    Node,
    Object,
    ParamRef,
    TensorRef,
    TensorRefs,
    Value,
)
from scaffold.ir.walk import within

COUNT = Argument("repeat", required=True, kinds=("integer",))
"""The count of a repeat, in the form of the catalogue."""

_TRAINING = Argument("training", kinds=("boolean",), nullable=True)

_MOST = 16
"""The most uses of a param that are checked: blocks in blocks multiply them."""


class ParamUse(NamedTuple):
    """An argument that a param is used for.

    Attributes:
        target: The callable that takes it; `None` for the count of a repeat.
        argument: The argument in the catalogue.
    """

    target: KerasCallable | None
    argument: Argument


Uses = Mapping[str, tuple[ParamUse, ...]]
"""The uses of each param of a block."""


def uses_of(blocks: Iterable[Graph]) -> dict[str, Uses]:
    """Find the uses of the params of each block.

    Args:
        blocks: The blocks, each after those that it uses.
    """
    by_block: dict[str, Uses] = {}
    for block in blocks:
        of_block: dict[str, dict[tuple[str, str], ParamUse]] = {}
        for node in block.nodes:
            for param, use in _of_node(node, by_block):
                uses = of_block.setdefault(param, {})
                if len(uses) < _MOST:
                    uses.setdefault(_key(use), use)
        by_block[block.name] = {
            param: tuple(uses.values()) for param, uses in of_block.items()
        }
    return by_block


def uses_at(
    target: KerasCallable | Graph, bound: Bound, known: Mapping[str, Uses]
) -> tuple[ParamUse, ...]:
    """Return the uses of an argument of a call, in a layer or inside a block."""
    if isinstance(target, Graph):
        return known.get(target.name, {}).get(bound.name, ())
    return () if bound.argument is None else (ParamUse(target, bound.argument),)


def constants_of_calls(node: Node) -> Iterator[tuple[KerasCallable, Bound]]:
    """Return the arguments of a layer's call that are not tensors."""
    for layer in node.layers:
        target = layer.target
        if not isinstance(target, KerasCallable):
            continue
        known = target.arguments if target.registry == "ops" else target.call
        by_name = {argument.name: argument for argument in (*known, _TRAINING)}
        for passed in node.passed:
            if not isinstance(passed.value, TensorRef | TensorRefs):
                argument = by_name.get(passed.keyword)
                yield target, Bound(passed.keyword, passed.value, passed.span, argument)


def _key(use: ParamUse) -> tuple[str, str]:
    target = use.target
    return f"{target.registry}.{target.name}" if target else "", use.argument.name


def _of_node(node: Node, known: Mapping[str, Uses]) -> Iterator[tuple[str, ParamUse]]:
    """Return the params that an entry uses, each with its use."""
    if isinstance(node.repeat, ParamRef):
        yield node.repeat.name, ParamUse(None, COUNT)
    by_variable: dict[str, list[Value]] = {}
    if node.loop is not None:
        columns = zip(*node.loop.iterations, strict=True)
        by_variable = {
            name: list(values)
            for name, values in zip(node.loop.names, columns, strict=False)
        }
    for name, use in _of_layers(node, known):
        # A loop variable has the values of all iterations.
        for value in by_variable.get(name, ()):
            if isinstance(value, ParamRef):
                yield value.name, use
        if name not in by_variable:
            yield name, use


def _of_layers(node: Node, known: Mapping[str, Uses]) -> Iterator[tuple[str, ParamUse]]:
    for layer in node.layers if node.reused is None else ():
        for part in within(layer):
            if not isinstance(part, Object) or not isinstance(
                part.target, KerasCallable | Graph
            ):
                continue
            for bound in part.arguments:
                if isinstance(bound.value, ParamRef):
                    for use in uses_at(part.target, bound, known):
                        yield bound.value.name, use
