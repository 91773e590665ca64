"""A small fixed batch for a model's inputs.

Every example differs from the others and every input from the other inputs, so that a
swap shows. Where there are masks, sequences end in padding of several lengths.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle
from math import inf
from typing import Any, NamedTuple

import keras
import numpy as np

_EXAMPLES = 4
_EXAMPLES_OF_LARGE = 2
_LARGE = 50_000
"""The numbers in an example from which on a batch has fewer of them."""
_INTEGERS = 8
_WORDS = ("it's", "größer", '"""', "else")
_FREE = ((5, 7, 6, 8), (6,), (8,), (16,), (32,), (64,))
"""Sizes to try for free axes: unlike ones first, in which a swap shows."""
_UNITS = (6, 8, 16, 32, 4, 12, 24, 64, 48, 10, 9, 7, 60, 96, 128, 224, 3, 2, 1)
"""What the sizes of free axes are multiples of, where the first do not fit."""
_RATIOS = ((1, 2), (1, 4), (4, 1), (1, 1, 2, 2), (2, 2, 1, 1), (3, 1), (1, 3))
"""How the sizes of free axes go together, where neither (2, 1) nor (1, 1) fits."""
_MOST_NUMBERS = 1_000_000
"""The numbers in an input from which on no sizes are tried."""


class BatchInput(NamedTuple):
    """An input.

    Attributes:
        name: Its name.
        shape: Its shape, with the batch axis.
        dtype: Its dtype.
    """

    name: str
    shape: tuple[int | None, ...]
    dtype: str


class Limits(NamedTuple):
    """What a model can take.

    Attributes:
        integers: Integers are from 0 to the one before this.
        is_padded: Whether integer sequences end in zeros.
        padding: With what float sequences end, if they are to be padded.
        is_positive: Whether floats are positive: nothing less has a logarithm, or is a
            row of a table.
    """

    integers: int = _INTEGERS
    is_padded: bool = False
    padding: float | None = None
    is_positive: bool = False


def limits_of(layers: Iterable[Any]) -> Limits:
    """Find what the layers of a model can take, inner ones included."""
    limits = Limits()
    for layer in (inner for outer in layers for inner in outer._flatten_layers()):
        if isinstance(layer, keras.layers.Embedding):
            limits = _at_most(limits, layer.input_dim)
            limits = limits._replace(is_padded=limits.is_padded or layer.mask_zero)
        elif isinstance(layer, keras.layers.CategoryEncoding):
            limits = _at_most(limits, layer.num_tokens)
        elif isinstance(layer, keras.layers.Masking):
            limits = limits._replace(padding=float(layer.mask_value))
    return limits


def _at_most(limits: Limits, most: int | None) -> Limits:
    return limits._replace(integers=min(limits.integers, most or limits.integers))


def batches(inputs: Sequence[BatchInput], limits: Limits) -> Iterator[Any]:
    """Make batches, one for each choice of sizes for free axes.

    Args:
        inputs: The inputs.
        limits: What the model can take.

    Yields:
        A tensor; of several inputs a dictionary.
    """
    for sizes in _FREE if _is_free(inputs) else _FREE[:1]:
        yield from _batch(inputs, limits, sizes)


def more_batches(inputs: Sequence[BatchInput], limits: Limits) -> Iterator[Any]:
    """Make batches for models that take few things: to be tried one after another.

    Args:
        inputs: The inputs.
        limits: What the model can take, as far as its layers say.

    Yields:
        A tensor; of several inputs a dictionary. The usual one comes first, then other
        numbers, then other sizes for free axes.
    """
    several = [limits, limits._replace(is_positive=True)]
    several += [limits._replace(integers=most) for most in (3, 2, 1)]
    for variant in several:
        yield from _batch(inputs, variant, _FREE[0])
    if not _is_free(inputs):
        return
    for sizes in _sizes():
        for variant in several[:2]:
            yield from _batch(inputs, variant, sizes, _MOST_NUMBERS)


def _sizes() -> Iterator[tuple[int, ...]]:
    for unit in _UNITS:
        yield 2 * unit, unit
        yield (unit,)
    for ratio in _RATIOS:
        for unit in _UNITS:
            yield tuple(unit * each for each in ratio)


def _is_free(inputs: Sequence[BatchInput]) -> bool:
    return any(None in model_input.shape[1:] for model_input in inputs)


def _batch(
    inputs: Sequence[BatchInput],
    limits: Limits,
    sizes: tuple[int, ...],
    most: float = inf,
) -> Iterator[Any]:
    """Make a batch, unless an input has more than so many numbers."""
    next_size = cycle(sizes)
    random = np.random.default_rng(0)
    shapes = [
        [axis or next(next_size) for axis in model_input.shape[1:]]
        for model_input in inputs
    ]
    largest = max((math.prod(shape) for shape in shapes), default=0)
    if largest > most:
        return
    count = _EXAMPLES if largest < _LARGE else _EXAMPLES_OF_LARGE
    batch = {
        model_input.name: _tensor(
            model_input, [model_input.shape[0] or count, *shape], limits, random
        )
        for model_input, shape in zip(inputs, shapes, strict=True)
    }
    yield batch if len(batch) > 1 else batch[inputs[0].name]


def _tensor(wanted: BatchInput, shape: list[int], limits: Limits, random: Any) -> Any:
    dtype = wanted.dtype
    if dtype == "string":
        return keras.ops.convert_to_tensor(random.choice(_WORDS, size=shape))
    if dtype == "bool":
        return keras.ops.convert_to_tensor(random.integers(0, 2, size=shape) > 0)
    if "int" in dtype:
        # Zero is left for padding, where there is more.
        least = min(1, limits.integers - 1)
        array = random.integers(least, limits.integers, size=shape)
        if limits.is_padded:
            _pad(array, 0)
    else:
        array = random.normal(size=shape)
        if limits.is_positive:
            array = random.uniform(0.05, max(limits.integers, 1), size=shape)
        if limits.padding is not None and len(shape) > 2:
            _pad(array, limits.padding)
    return keras.ops.convert_to_tensor(array, dtype=dtype)


def _pad(array: Any, padding: float) -> None:
    """Let each example end in padding, the first apart, one in two or more steps."""
    if array.ndim < 2 or array.shape[1] < 2:
        return
    for number, example in enumerate(array):
        steps = min(number % 4, len(example) - 1)
        example[len(example) - steps :] = padding
