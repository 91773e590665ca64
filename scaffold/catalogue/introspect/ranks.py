"""Detect the ranks of tensors that a layer accepts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from scaffold.catalogue.introspect.trials import (
    Shape,
    Wiring,
    instantiated_arguments,
    run_symbolic,
    works,
)
from scaffold.catalogue.types import Argument

MOST_RANK = 7
"""The maximum rank to try, with the batch axis."""

SIZES = (32, 1, None)
"""The sizes to try for all axes except those of the example."""

_HOLDERS = ("layer", "layers")


def ranks_of_layer(
    target: Any, values: Mapping[str, Any], wiring: Wiring, own: Sequence[Argument]
) -> tuple[int, ...]:
    """Return the ranks that a layer of one tensor accepts.

    Layers with an argument about shapes (`equation`, `target_shape`), or with another
    layer inside, are skipped, as the ranks depend on these.

    Args:
        target: The class of the layer.
        values: Arguments, as plain data, with which it works.
        wiring: How it is called.
        own: Its arguments.

    Returns:
        The ranks, with the batch axis, with which it builds; empty if every rank works.
    """
    if not _decides(wiring, own):
        return ()
    tried = [
        {},
        *({argument.name: value} for argument in own for value in _values(argument)),
    ]
    ranks = tuple(
        rank
        for rank in range(1, MOST_RANK + 1)
        if any(_builds(target, {**values, **more}, wiring, rank) for more in tried)
    )
    return () if len(ranks) == MOST_RANK else ranks


def _decides(wiring: Wiring, own: Sequence[Argument]) -> bool:
    """Return whether the accepted shapes depend only on the layer."""
    kinds = {kind for argument in own if argument.required for kind in argument.kinds}
    holds = any(kind in _HOLDERS for argument in own for kind in argument.kinds)
    return wiring.takes == "one" and not holds and not kinds & {"shape", "string"}


def needs_size(
    target: Any, values: Mapping[str, Any], wiring: Wiring, own: Sequence[Argument]
) -> bool:
    """Return whether a layer of one tensor needs a known last axis to build."""
    if not _decides(wiring, own):
        return False
    shape = wiring.shapes[0]
    known = (None,) * (len(shape) - 1) + shape[-1:]

    def build(shape: Shape) -> None:
        layer = target(**instantiated_arguments(values))
        run_symbolic(layer, wiring._replace(shapes=(shape,)), None)

    return works(partial(build, known)) and not works(
        partial(build, (*known[:-1], None))
    )


def _values(argument: Argument) -> Iterator[Any]:
    """Yield values of an argument that may change the accepted ranks."""
    if argument.name == "axis":
        yield from (1, -1)
    yield from argument.choices


def _builds(target: Any, values: Mapping[str, Any], wiring: Wiring, rank: int) -> bool:
    def build(shape: Shape) -> None:
        layer = target(**instantiated_arguments(values))
        run_symbolic(layer, wiring._replace(shapes=(shape,)), None)

    shapes = dict.fromkeys(_shapes(wiring.shapes[0], rank - 1))
    return any(works(partial(build, shape)) for shape in shapes)


def _shapes(example: Shape, axes: int) -> Iterator[Shape]:
    """Yield shapes without the batch axis: of equal sizes, or based on the example."""
    for size in SIZES:
        yield (size,) * axes
    missing = max(0, axes - len(example))
    padded = (8,) * missing + tuple(example)
    yield padded[:axes]
    yield padded[len(padded) - axes :] if axes else ()
