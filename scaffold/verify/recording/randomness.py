"""Makes random layers comparable: equal seeds for equal calls, or distributions.

A layer that draws random numbers in a forward pass (a `Dropout` with `training=True`, a
user's sampling layer) returns a different output each time. To compare two runs of it,
each call starts with the same seeds in both, whatever was drawn before. Layers that
ignore all seeds are compared by the distributions of their outputs.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import keras
import numpy as np

from scaffold.verify.recording.arrays import arrays, is_same

FALSE_ALARM = 1e-6
"""The probability that samples of one distribution are read as two distributions."""

_DRAWS = 64
_PROJECTIONS = 4
_ROUNDING = 1e-4
"""Differences below this share of a number are rounding, not randomness."""


class _RandomSources(NamedTuple):
    """The random generators of a layer: its own, and maybe global ones.

    Attributes:
        states: The generators of the layer, and the initial state of each.
        seed: The seed of the global generators, `None` to leave them alone.
    """

    states: tuple[tuple[Any, tuple[int, int]], ...]
    seed: int | None


@contextmanager
def same_draws(layers: Iterable[tuple[Any, Any]]) -> Iterator[None]:
    """Have layers draw the same random numbers in each of their calls.

    Args:
        layers: Pairs of a key and a layer. Layers with equal keys draw the same
            numbers.
    """
    sources = _sources(list(layers))
    original = keras.layers.Layer.__call__

    def seeded(layer: Any, *args: Any, **kwargs: Any) -> Any:
        if (source := sources.get(id(layer))) is not None:
            _seed(source)
        return original(layer, *args, **kwargs)

    # Most models draw no random numbers, and need no change.
    if sources:
        keras.layers.Layer.__call__ = seeded
    try:
        yield
    finally:
        keras.layers.Layer.__call__ = original


def is_custom(layer: Any) -> bool:
    """Return whether a layer is the user's own, which may use any generator."""
    return not type(layer).__module__.startswith("keras.")


def _sources(layers: list[tuple[Any, Any]]) -> dict[int, _RandomSources]:
    keys = {id(layer): key for key, layer in layers}
    sources = {}
    for _, layer in layers:
        states = tuple(_states(layer, keys))
        has_custom = any(map(is_custom, layer._flatten_layers()))
        if states or has_custom:
            seed = _salt(keys[id(layer)]) if has_custom else None
            sources[id(layer)] = _RandomSources(states, seed)
    return sources


def _states(layer: Any, keys: Mapping[int, Any]) -> Iterator[tuple[Any, Any]]:
    """Yield the generators in a layer and in its inner layers.

    A wrapper may run an inner layer without `__call__`.
    """
    seen: set[int] = set()
    listed = [inner for inner in layer._flatten_layers() if id(inner) in keys]
    # The innermost listed layer is the last one.
    for inner in reversed(listed):
        inside = [
            generator
            for sublayer in inner._flatten_layers()
            for generator in sublayer._seed_generators
        ]
        new = [generator for generator in inside if id(generator) not in seen]
        seen |= set(map(id, new))
        for number, generator in enumerate(new):
            yield generator, (_salt(keys[id(inner)]), number)


def _salt(key: Any) -> int:
    return zlib.crc32(repr(key).encode()) & 0x7FFFFFFF


def _seed(sources: _RandomSources) -> None:
    for generator, state in sources.states:
        generator.state.assign(np.array(state, dtype=str(generator.state.dtype)))
    if sources.seed is not None:
        keras.utils.set_random_seed(sources.seed)


@contextmanager
def preserved_weights(weights: Iterable[Any]) -> Iterator[None]:
    """Restore weights on exit, since a call may change counts and averages.

    Args:
        weights: The weights that are not trained.
    """
    before = [
        (weight, np.array(keras.ops.convert_to_numpy(weight))) for weight in weights
    ]
    try:
        yield
    finally:
        for weight, value in before:
            weight.assign(value)


def is_same_or_random(
    ours: Callable[[], Any], theirs: Callable[[], Any], tolerance: float
) -> bool:
    """Return whether two computations have the same result or distribution.

    Args:
        ours: The first computation.
        theirs: The second computation.
        tolerance: The largest difference; see `is_same`.
    """
    first = ours()
    if is_same(first, theirs(), tolerance):
        return True
    # If the first is deterministic, the difference is not random.
    return not is_same(first, ours(), tolerance) and same_distribution(ours, theirs)


def same_distribution(ours: Callable[[], Any], theirs: Callable[[], Any]) -> bool:
    """Return whether two random computations may have the same distribution.

    Each is run several times. The means, the mean squares and some random projections
    of the results are compared with the Kolmogorov-Smirnov test. Samples of the same
    distribution fail with a probability below `FALSE_ALARM`.
    """
    samples = [[arrays(draw()) for _ in range(_DRAWS)] for draw in (ours, theirs)]
    layouts = {
        tuple((array.shape, array.dtype) for array in draw if array is not None)
        for sample in samples
        for draw in sample
    }
    if len(layouts) > 1:
        return False
    first, second = (_numbers(sample) for sample in samples)
    # The bound of Dvoretzky, Kiefer and Wolfowitz, with Wei and Dudley's constant.
    tests = max(1, first.shape[1])
    bound = np.sqrt(np.log(np.e * tests / FALSE_ALARM) / _DRAWS)
    return all(
        _distance(column, other) <= bound
        for column, other in zip(first.T, second.T, strict=True)
    )


def _numbers(sample: list[list[Any]]) -> Any:
    """Return a matrix with a row of statistics for each draw."""
    random = np.random.default_rng(5)
    columns: list[Any] = []
    for draws in zip(*sample, strict=True):
        if draws[0] is None or draws[0].dtype.kind not in "fiub":
            continue
        flat = np.stack([np.ravel(array).astype("float64") for array in draws])
        weights = random.normal(size=(flat.shape[1], _PROJECTIONS))
        columns += [flat.mean(axis=1), np.square(flat).mean(axis=1)]
        columns += list((flat @ weights).T)
    return np.array(columns).T if columns else np.zeros((len(sample), 0))


def _distance(ours: Any, theirs: Any) -> float:
    """Return the largest distance between two empirical distribution functions."""
    values = np.sort(np.concatenate([ours, theirs]))
    if np.ptp(values) <= _ROUNDING * np.abs(values).max(initial=0.0):
        return 0.0
    distribution, other = (
        np.searchsorted(np.sort(numbers), values, side="right") / len(numbers)
        for numbers in (ours, theirs)
    )
    return float(np.abs(distribution - other).max(initial=0.0))
