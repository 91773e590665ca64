"""Detect output shapes that do not depend on the arguments."""

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
"""Sizes that differ from each other, and from all sizes in examples."""

PAIRS: tuple[tuple[Shape, Shape], ...] = (
    ((2, 3, 4), (2, 3, 4)),
    ((2, 3, 1), (2, 1, 4)),
    ((2, 1, 4), (2, 3, 1)),
)
"""Shapes of two tensors that broadcast to (2, 3, 4)."""

EAGER: tuple[Shape, ...] = ((5, 9), (5, 9, 11), (5, 9, 11, 3))
"""Shapes of real tensors, as symbolic output shapes may be wrong."""

_HOLDERS = ("layer", "layers")

Make = Callable[[Shape, str], Any]
"""Creates a tensor of a shape and a dtype."""

Run = Callable[[Mapping[str, Any], Sequence[Shape], Make], Any]
"""Calls a callable with more arguments on tensors of some shapes."""


def shape_of_layer(
    target: Any, values: Mapping[str, Any], wiring: Wiring, own: Sequence[Argument]
) -> str:
    """Return how the output shape of a layer depends on the input shapes.

    Args:
        target: The class of the layer.
        values: Arguments, as plain data, with which it works.
        wiring: How it is called.
        own: Its arguments.

    Returns:
        `same` if the shape does not change, whatever arguments are set; `broadcast` if
        two shapes are broadcast; otherwise `""`.
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
    """Return how the output shape of a function depends on the input shapes.

    Args:
        target: The function.
        known: Arguments with which it works.
        tensors: The names of those that are tensors.
        own: Its arguments.

    Returns:
        `same` and `broadcast` as for layers; `reduced` if it takes one tensor and drops
        all axes, or those in `axis`, or keeps them with size 1; otherwise `""`.
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
    """Return whether every call that works returns the shape of its input."""
    tried: list[tuple[Mapping[str, Any], Shape, Make]]
    tried = [({}, shape, _symbolic) for shape in (example, *_shapes(example))]
    tried += [(more, example, _symbolic) for more in others]
    tried += [({}, shape, filled) for shape in EAGER]
    seen = set()
    for more, shape, make in tried:
        for output_shapes in _output_shapes(run, more, shape, make=make):
            if output_shapes != [shape]:
                return False
            seen.add(shape)
    return len(seen) > 1


def _shapes(example: Shape) -> Iterator[Shape]:
    """Yield shapes of each rank, and that of the example with other sizes."""
    for rank in range(2, len(SIZES) + 1):
        yield SIZES[:rank]
        yield (*SIZES[: rank - 1], 1)
    for axis in range(1, len(example)):
        size = example[axis] or 1
        for other in (9, 2 * size):
            yield (*example[:axis], other, *example[axis + 1 :])


def _values(argument: Argument) -> Iterator[Any]:
    """Yield values of an argument that may change the output shape."""
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
    return all([(2, 3, 4)] in list(_output_shapes(run, {}, *pair)) for pair in PAIRS)


def _reduces(run: Run) -> bool:
    shape = (2, 3, 4)
    expected: list[tuple[dict[str, Any], Shape]] = [
        ({}, ()),
        ({"axis": 1}, (2, 4)),
        ({"axis": -1, "keepdims": True}, (2, 3, 1)),
    ]
    return all(
        [output_shape] in list(_output_shapes(run, more, shape))
        for more, output_shape in expected
    )


def _symbolic(shape: Shape, dtype: str) -> Any:
    return keras().KerasTensor(shape, dtype=dtype)


def _output_shapes(
    run: Run, more: Mapping[str, Any], *shapes: Shape, make: Make = _symbolic
) -> Iterator[list[Shape]]:
    """Yield the output shapes of a call; nothing if it fails."""
    output_shapes: list[Shape] = []

    def note() -> None:
        tensors = flat(run(more, shapes, make))
        output_shapes.extend(tuple(tensor.shape) for tensor in tensors)

    if works(note):
        yield output_shapes
