"""Find the smallest use of a layer that builds and runs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scaffold.catalogue.introspect.calls import tensor_names
from scaffold.catalogue.introspect.corrections import EXAMPLES, REASONS
from scaffold.catalogue.introspect.exports import Export
from scaffold.catalogue.introspect.trials import (
    Shape,
    Wiring,
    instantiated_arguments,
    runs,
)
from scaffold.catalogue.types import Argument, Example

FLOATS: tuple[Shape, ...] = (
    (8,),
    (8, 3),
    (8, 8, 3),
    (8, 8, 8, 3),
    (4, 8, 8, 8, 3),
    (32,),
    (512, 1),
    (4096,),
)
"""The shapes tried with float32, smallest rank first; the long ones are for audio."""

WHOLE: tuple[Shape, ...] = ((8,), (1,))
"""The shapes tried with other dtypes."""

SEQUENCES = ("AdditiveAttention", "Attention", "Masking", "Flatten")
"""Layers that also run on one axis, where they have no effect."""

VALUES: dict[str, tuple[Any, ...]] = {
    "activation": ("relu",),
    "axes": (1,),
    "cell": ({"LSTMCell": {"units": 2}},),
    "dims": ([2, 1],),
    "equation": ("ab,bc->ac",),
    "factor": (0.5, 4),
    "height_factor": (0.5,),
    "input_dim": (8,),
    "kernel_size": (3,),
    "layer": ({"Dense": {"units": 2}}, {"LSTM": {"units": 2}}),
    "layers": ([{"RandomFlip": {}}, {"Rescaling": {"scale": 0.5}}],),
    "rate": (0.5,),
    "scale": (0.5,),
    "stddev": (0.5,),
    "target_shape": ([2, 4],),
    "width_factor": (0.5,),
}
"""Values to try for a required argument by name; 2 and 4 for all others."""

WorkingExample = tuple[dict[str, Any], Wiring]


def find_example(
    export: Export, arguments: Sequence[Argument]
) -> WorkingExample | None:
    """Find arguments and a call with which a layer works.

    Args:
        export: The layer class.
        arguments: The arguments of its constructor.

    Returns:
        The arguments as plain data, and the call; `None` if nothing works.
    """
    if export.name in REASONS:
        return None
    for values in _argument_sets(export.name, arguments):
        for wiring in _wirings(export, arguments):
            if _runs(export, values, wiring):
                return dict(values), wiring
    return None


def example_of(example: WorkingExample) -> Example:
    """Convert a working example to that of the catalogue."""
    arguments, wiring = example
    return Example(arguments, wiring.shapes, wiring.dtype)


def _runs(export: Export, values: Mapping[str, Any], wiring: Wiring) -> bool:
    return runs(lambda: export.target(**instantiated_arguments(values)), wiring)


def _argument_sets(
    name: str, arguments: Sequence[Argument]
) -> Iterator[Mapping[str, Any]]:
    if name in EXAMPLES:
        yield EXAMPLES[name]
        return
    required = [argument.name for argument in arguments if argument.required]
    pools = [VALUES.get(key, (2, 4)) for key in required]
    for values in itertools.product(*pools):
        yield dict(zip(required, values, strict=True))


def _wirings(export: Export, arguments: Sequence[Argument]) -> Iterator[Wiring]:
    required, _ = tensor_names(export.target)
    if not required:
        return
    dtypes = _dtypes(arguments)
    for takes, count in _styles(len(required)):
        for dtype in dtypes:
            for shape in FLOATS if dtype == "float32" else WHOLE:
                if len(shape) < _least_rank(export):
                    continue
                names = required if takes == "several" else required[:1]
                yield Wiring(takes, names, (shape,) * count, dtype)
                if "states" in names:  # as wide as the cell, not as its input
                    yield Wiring(takes, names, (shape, (2,)), dtype)


def _styles(required: int) -> Iterator[tuple[str, int]]:
    if required > 1:
        yield "several", required
    else:
        yield from (("one", 1), ("list", 2), ("list", 3))


def _dtypes(arguments: Sequence[Argument]) -> tuple[str, ...]:
    """Return the dtypes to try, the most likely one for such arguments first."""
    names = {argument.name for argument in arguments}
    if names & {"standardize", "encoding"}:
        return ("string",)
    if (
        names & {"num_tokens", "vocabulary", "salt"}
        or {"input_dim", "mask_zero"} <= names
    ):
        return ("int32", "string")
    if {"num_bins", "sparse"} <= names and "bin_boundaries" not in names:
        return ("int32",)
    return ("float32", "int32", "string")


def _least_rank(export: Export) -> int:
    """Return the minimum rank with which a layer is useful.

    Many layers accept less: an image without batch axis, or a single step.
    """
    digits = [int(character) for character in export.name if character.isdigit()]
    if digits:
        return digits[-1] + 1
    if "image_preprocessing" in export.target.__module__ or export.name == "Pipeline":
        return 3
    return 2 if export.name in SEQUENCES else 1
