"""A small fixed batch for a model's inputs.

All examples and all inputs differ from each other, so that a swap is detected. With
masks, sequences end in padding of different lengths.
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
"""Batches have fewer examples if an example has at least this many numbers."""
_INTEGERS = 8
_WORDS = ("it's", "größer", '"""', "else")
_FREE = ((5, 7, 6, 8), (6,), (8,), (16,), (32,), (64,))
"""Sizes to try for free axes: different ones first, so that a swap is detected."""
_UNITS = (6, 8, 16, 32, 4, 12, 24, 64, 48, 10, 9, 7, 60, 96, 128, 224, 3, 2, 1)
"""Factors of the sizes of free axes, used if none of the first sizes fits."""
_RATIOS = ((1, 2), (1, 4), (4, 1), (1, 1, 2, 2), (2, 2, 1, 1), (3, 1), (1, 3))
"""Ratios of the sizes of free axes, used if neither (2, 1) nor (1, 1) fits."""
_MOST_NUMBERS = 1_000_000
"""Sizes are not tried if an input would have more numbers than this."""


class BatchInput(NamedTuple):
    """An input of a model.

    Attributes:
        name: Its name.
        shape: Its shape, with the batch axis.
        dtype: Its dtype.
    """

    name: str
    shape: tuple[int | None, ...]
    dtype: str


class Limits(NamedTuple):
    """The values that a model accepts.

    Attributes:
        integers: Integers are below this number, and not negative.
        is_padded: Whether integer sequences end in zeros.
        padding: The padding value of float sequences, `None` for no padding.
        is_positive: Whether floats are positive, as logarithms and indices of tables
            need them.
    """

    integers: int = _INTEGERS
    is_padded: bool = False
    padding: float | None = None
    is_positive: bool = False


def limits_of(layers: Iterable[Any]) -> Limits:
    """Return the values that the layers of a model accept, inner layers included."""
    limits = Limits()
    for layer in (inner for outer in layers for inner in outer._flatten_layers()):
        if isinstance(layer, keras.layers.Embedding):
            limits = _limit_integers(limits, layer.input_dim)
            limits = limits._replace(is_padded=limits.is_padded or layer.mask_zero)
        elif isinstance(layer, keras.layers.CategoryEncoding):
            limits = _limit_integers(limits, layer.num_tokens)
        elif isinstance(layer, keras.layers.Masking):
            limits = limits._replace(padding=float(layer.mask_value))
    return limits


def _limit_integers(limits: Limits, most: int | None) -> Limits:
    return limits._replace(integers=min(limits.integers, most or limits.integers))


def batches(inputs: Sequence[BatchInput], limits: Limits) -> Iterator[Any]:
    """Create batches, one for each choice of sizes for free axes.

    Args:
        inputs: The inputs.
        limits: The values that the model accepts.

    Yields:
        A tensor, or a dictionary for several inputs.
    """
    for sizes in _FREE if _is_free(inputs) else _FREE[:1]:
        yield from _batch(inputs, limits, sizes)


def candidate_batches(inputs: Sequence[BatchInput], limits: Limits) -> Iterator[Any]:
    """Create batches to try in order, for models that accept few values.

    Args:
        inputs: The inputs.
        limits: The values that the model accepts, as far as its layers show.

    Yields:
        A tensor, or a dictionary for several inputs: first the default batch, then
        other numbers, then other sizes for free axes.
    """
    variants = [limits, limits._replace(is_positive=True)]
    variants += [limits._replace(integers=most) for most in (3, 2, 1)]
    for variant in variants:
        yield from _batch(inputs, variant, _FREE[0])
    if not _is_free(inputs):
        return
    for sizes in _sizes():
        for variant in variants[:2]:
            yield from _batch(inputs, variant, sizes, _MOST_NUMBERS)


def _sizes() -> Iterator[tuple[int, ...]]:
    for unit in _UNITS:
        yield 2 * unit, unit
        yield (unit,)
    for ratio in _RATIOS:
        for unit in _UNITS:
            yield tuple(unit * factor for factor in ratio)


def _is_free(inputs: Sequence[BatchInput]) -> bool:
    return any(None in model_input.shape[1:] for model_input in inputs)


def _batch(
    inputs: Sequence[BatchInput],
    limits: Limits,
    sizes: tuple[int, ...],
    most: float = inf,
) -> Iterator[Any]:
    """Create a batch, unless an input has more than `most` numbers."""
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


def _tensor(
    model_input: BatchInput, shape: list[int], limits: Limits, random: Any
) -> Any:
    dtype = model_input.dtype
    if dtype == "string":
        return keras.ops.convert_to_tensor(random.choice(_WORDS, size=shape))
    if dtype == "bool":
        return keras.ops.convert_to_tensor(random.integers(0, 2, size=shape) > 0)
    if "int" in dtype:
        # Zero is reserved for padding, if there are other values.
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
    """Pad the ends of all examples but the first, each in a different length."""
    if array.ndim < 2 or array.shape[1] < 2:
        return
    for number, example in enumerate(array):
        steps = min(number % 4, len(example) - 1)
        example[len(example) - steps :] = padding
