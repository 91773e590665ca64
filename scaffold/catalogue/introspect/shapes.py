"""Finds out what becomes of a shape, where that is the same whatever is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from scaffold.catalogue.introspect.installed import keras
from scaffold.catalogue.introspect.trials import (
    Shape,
    Wiring,
    called,
    filled,
    flat,
    instantiated_arguments,
    works,
)
from scaffold.catalogue.types import Argument

SIZES = (None, 9, 11, 13, 15, 17)
"""Sizes that differ from one another, and from all that examples are made with."""

PAIRS: tuple[tuple[Shape, Shape], ...] = (
    ((2, 3, 4), (2, 3, 4)),
    ((2, 3, 1), (2, 1, 4)),
    ((2, 1, 4), (2, 3, 1)),
)
"""Shapes of two tensors that are of one shape, or can be made so: (2, 3, 4)."""

EAGER: tuple[Shape, ...] = ((5, 9), (5, 9, 11), (5, 9, 11, 3))
"""Shapes of real tensors; what Keras says of symbolic ones is not always so."""

_HOLDERS = ("layer", "layers")

Make = Callable[[Shape, str], Any]
"""Makes a tensor of a shape and a dtype."""

Run = Callable[[Mapping[str, Any], Sequence[Shape], Make], Any]
"""Calls something, with further arguments, on tensors of some shapes."""


def shape_of_layer(
    target: Any, values: Mapping[str, Any], wiring: Wiring, own: Sequence[Argument]
) -> str:
    """Describe what a layer makes of the shapes it is called on.

    Args:
        target: The layer's class.
        values: Arguments, as plain data, with which it works.
        wiring: How it is called.
        own: Its arguments.

    Returns:
        `same` if it gives the shape it takes, whichever of its own arguments is set;
        `broadcast` if two shapes become one by the rules of arithmetic; else `""`.
    """
    if any(kind in _HOLDERS for argument in own for kind in argument.kinds):
        return ""

    def run(more: Mapping[str, Any], shapes: Sequence[Shape], make: Make) -> Any:
        layer = target(**instantiated_arguments({**values, **more}))
        return called(layer, wiring, [make(shape, wiring.dtype) for shape in shapes])

    if wiring.takes == "one":
        example = (None, *wiring.shapes[0])
        others = [
            {argument.name: value} for argument in own for value in _values(argument)
        ]
        return "same" if _keeps(run, example, others) else ""
    if wiring.takes == "list":
        return "broadcast" if _broadcasts(run) else ""
    return ""


def shape_of_function(
    target: Any,
    known: Mapping[str, Any],
    tensors: Sequence[str],
    own: Sequence[Argument],
) -> str:
    """Describe what a function makes of the shapes it is called on.

    Args:
        target: The function.
        known: Arguments with which it works.
        tensors: Those of them that are tensors.
        own: Its arguments.

    Returns:
        `same` and `broadcast` as of layers; `reduced` if it takes one tensor and drops
        all axes, or those of `axis`, or keeps them with one item; else `""`.
    """
    if not tensors or isinstance(known[tensors[0]], list):
        return ""

    def run(more: Mapping[str, Any], shapes: Sequence[Shape], make: Make) -> Any:
        inputs = [make(shape, _dtype(known[tensors[0]])) for shape in shapes]
        return target(**{**known, **dict(zip(tensors, inputs, strict=True)), **more})

    if len(tensors) == 2 and len(known) == 2:
        return "broadcast" if _broadcasts(run) else ""
    if len(tensors) != 1:
        return ""
    if len(known) == 1 and _reduces(run):
        return "reduced"
    more = [argument for argument in own if argument.name not in tensors]
    others = [
        {argument.name: value} for argument in more for value in _values(argument)
    ]
    return "same" if _keeps(run, (2, 8), others) else ""


def _dtype(tensor: Any) -> str:
    return str(keras().backend.standardize_dtype(tensor.dtype))


def _keeps(run: Run, example: Shape, others: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether every call that works gives the shape that it was made on."""
    tried: list[tuple[Mapping[str, Any], Shape, Make]]
    tried = [({}, shape, _symbolic) for shape in (example, *_shapes(example))]
    tried += [(more, example, _symbolic) for more in others]
    tried += [({}, shape, filled) for shape in EAGER]
    seen = set()
    for more, shape, make in tried:
        for gave in _gave(run, more, shape, make=make):
            if gave != [shape]:
                return False
            seen.add(shape)
    return len(seen) > 1


def _shapes(example: Shape) -> Iterator[Shape]:
    """Return shapes of each rank, and the example's with other sizes."""
    for rank in range(2, len(SIZES) + 1):
        yield SIZES[:rank]
        yield (*SIZES[: rank - 1], 1)
    for axis in range(1, len(example)):
        size = example[axis] or 1
        for other in (9, 2 * size):
            yield (*example[:axis], other, *example[axis + 1 :])


def _values(argument: Argument) -> Iterator[Any]:
    """Return values of an argument that may change what becomes of a shape."""
    if argument.nullable and argument.default is not None:
        yield None
    if "boolean" in argument.kinds:
        yield from (True, False)
    if "integer" in argument.kinds:
        yield from (2, 3)
    if "dtype" in argument.kinds:
        yield "float16"
    yield from argument.choices


def _broadcasts(run: Run) -> bool:
    return all([(2, 3, 4)] in list(_gave(run, {}, *pair)) for pair in PAIRS)


def _reduces(run: Run) -> bool:
    shape = (2, 3, 4)
    wanted: list[tuple[dict[str, Any], Shape]] = [
        ({}, ()),
        ({"axis": 1}, (2, 4)),
        ({"axis": -1, "keepdims": True}, (2, 3, 1)),
    ]
    return all([gave] in list(_gave(run, more, shape)) for more, gave in wanted)


def _symbolic(shape: Shape, dtype: str) -> Any:
    return keras().KerasTensor(shape, dtype=dtype)


def _gave(
    run: Run, more: Mapping[str, Any], *shapes: Shape, make: Make = _symbolic
) -> Iterator[list[Shape]]:
    """Return the shapes that a call gives; nothing where it does not work."""
    output_shapes: list[Shape] = []

    def note() -> None:
        gave = flat(run(more, shapes, make))
        output_shapes.extend(tuple(tensor.shape) for tensor in gave)

    if works(note):
        yield output_shapes
