"""Sets weights of a reference with which signals neither fade nor explode.

With the initial weights of Keras, the signal of a deep model shrinks from layer to
layer, and a branch that is scaled by 1e-6 adds almost nothing: an error there would not
change the output. Therefore the weights of each layer are scaled so that its output has
a standard deviation of about one on the batch (layer-sequential unit-variance
initialization), in the order of the calls. Normalizations get statistics near those of
the batch.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np

from scaffold.verify.recording.arrays import arrays, has_numbers, is_finite
from scaffold.verify.recording.leaves import finalize_normalizations
from scaffold.verify.reference.model import ReferenceModel

_SAMPLE = 4096
"""How many numbers of a weight are checked for a single value."""

_RANDOM_NUMBERS = 1_000_003
"""How many numbers are drawn for a large weight, which repeats them."""

_ROUNDS = 4
_LARGEST_FACTOR = 2.0
"""Weights stay if the standard deviation is within this factor of one."""

_MOST_SHIFT = 4.0
"""The largest root mean square, in standard deviations."""

_SHIFTS = ("bias", "beta")


def tune_weights(reference: ReferenceModel, batch: Any) -> None:
    """Set weights of a reference with which every layer influences the output.

    Args:
        reference: The reference, which has no findings.
        batch: A batch that it accepts.
    """
    layers = list(_layers(reference))
    weights = [weight for layer in layers for weight in _own_weights(layer)]
    before = [keras.ops.copy(weight) for weight in weights]
    random = np.random.default_rng(3)
    for layer in layers:
        _vary(layer, random)
    finalize_normalizations(layers)
    try:
        with _Tuning(layers, random).running():
            outputs = reference.run(batch)
        is_finite_output = all(map(is_finite, arrays(outputs)))
    except MemoryError:
        raise
    # A user's layer may accept only its initial weights.
    except Exception:
        is_finite_output = False
    if not is_finite_output:
        for weight, value in zip(weights, before, strict=True):
            weight.assign(value)
    finalize_normalizations(layers)


def _layers(reference: ReferenceModel) -> Iterator[Any]:
    """Yield every layer once, inner layers included."""
    seen: set[int] = set()
    for top in reference.layers.values():
        for layer in top._flatten_layers():
            if id(layer) not in seen:
                seen.add(id(layer))
                yield layer


def _own_weights(layer: Any) -> list[Any]:
    """Return the float weights of a layer itself that are not empty."""
    weights = [*layer._trainable_variables, *layer._non_trainable_variables]
    return [
        weight
        for weight in weights
        if "float" in str(weight.dtype) and np.prod(weight.shape, dtype="int64") > 0
    ]


def _vary(layer: Any, random: Any) -> None:
    """Vary the weights of a layer that have a single value, such as a bias of zeros.

    With zeros, ones, or 1e-6 everywhere, many errors would not change the output.
    """
    trainable = {id(variable) for variable in layer._trainable_variables}
    for weight in _own_weights(layer):
        value = _only_value(weight)
        if value is None:
            continue
        if id(weight) not in trainable:
            drawn = value + _draw(random, -0.1, 0.1, weight.shape)
        elif value == 0:
            drawn = _draw(random, -0.5, 0.5, weight.shape)
        else:
            drawn = np.sign(value) * _draw(random, 0.5, 2.0, weight.shape)
        weight.assign(drawn.astype("float32"))


def _only_value(weight: Any) -> float | None:
    """Return the value that all numbers of a sample of a weight have, if any."""
    flat = keras.ops.reshape(weight, (-1,))
    step = max(1, flat.shape[0] // _SAMPLE)
    sample = keras.ops.convert_to_numpy(keras.ops.cast(flat[::step], "float32"))
    is_gate_bias = weight.name == "bias" and len(np.unique(sample)) == 2
    return float(sample[0]) if np.ptp(sample) == 0 or is_gate_bias else None


def _draw(random: Any, least: float, most: float, shape: Any) -> Any:
    count = int(np.prod(shape, dtype="int64"))
    drawn = random.uniform(least, most, min(count, _RANDOM_NUMBERS))
    return np.resize(drawn, tuple(shape))


class _Tuning:
    """Tunes each layer at its first call, while the model runs."""

    def __init__(self, layers: list[Any], random: Any) -> None:
        # A recurrent layer calls its cell in a loop, first on states of zeros.
        self._untuned = {
            id(layer)
            for layer in layers
            if _own_weights(layer)
            and not _is_recurrent(layer)
            and not hasattr(layer, "state_size")
        }
        self._random = random

    @contextmanager
    def running(self) -> Iterator[None]:
        """Tune while the model runs, and restore Keras on exit."""
        original = keras.layers.Layer.__call__

        def tuning(layer: Any, *args: Any, **kwargs: Any) -> Any:
            result = original(layer, *args, **kwargs)
            if id(layer) not in self._untuned or not has_numbers(
                [args, kwargs, result]
            ):
                return result
            self._untuned.remove(id(layer))
            keras.layers.Layer.__call__ = original
            try:
                self._tune(layer, args, kwargs)
            finally:
                keras.layers.Layer.__call__ = tuning
            return original(layer, *args, **kwargs)

        keras.layers.Layer.__call__ = tuning
        try:
            yield
        finally:
            keras.layers.Layer.__call__ = original

    def _tune(self, layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        if isinstance(layer, keras.layers.BatchNormalization):
            self._normalize(layer, args[0] if args else next(iter(kwargs.values())))
            return
        kernels = [
            variable
            for variable in layer._trainable_variables
            if len(variable.shape) > 1 and "float" in str(variable.dtype)
        ]
        if kernels:
            with _without_shift(layer):
                _scale(kernels, lambda: layer(*args, **kwargs))

    def _normalize(self, layer: Any, inputs: Any) -> None:
        """Set statistics of a batch normalization near those of the batch."""
        array = np.moveaxis(arrays(inputs)[0].astype("float64"), layer.axis, -1)
        flat = array.reshape(-1, array.shape[-1])
        mean, variance = flat.mean(axis=0), flat.var(axis=0)
        # A channel may be constant, for example after a ReLU.
        variance = np.maximum(variance, max(float(variance.mean()) * 0.1, 1e-6))
        noise = self._random.uniform(-0.1, 0.1, mean.shape)
        layer.moving_mean.assign((mean + noise * np.sqrt(variance)).astype("float32"))
        variance = variance * self._random.uniform(0.7, 1.4, mean.shape)
        layer.moving_variance.assign(variance.astype("float32"))


@contextmanager
def _without_shift(layer: Any) -> Iterator[None]:
    """Remove the activation and the shifts of a layer, so that only kernels count."""
    attributes = vars(layer)
    activation = attributes.get("activation")
    is_of_keras = type(layer).__module__.startswith("keras.")
    shifts = [weight for weight in _own_weights(layer) if weight.name in _SHIFTS]
    before = [keras.ops.copy(shift) for shift in shifts]
    for shift in shifts:
        shift.assign(keras.ops.zeros_like(shift))
    if activation is not None and is_of_keras:
        attributes["activation"] = keras.activations.linear
    try:
        yield
    finally:
        if activation is not None:
            attributes["activation"] = activation
        for shift, value in zip(shifts, before, strict=True):
            shift.assign(value)


def _scale(kernels: list[Any], call: Any) -> None:
    """Scale kernels until the output has a standard deviation of about one."""
    for _ in range(_ROUNDS):
        array = arrays(call())[0]
        if array is None or array.dtype.kind != "f":
            return
        # A large mean must neither hide the differences nor explode.
        size = float(np.sqrt(np.mean(np.square(array, dtype="float64"))))
        spread = float(np.std(array, dtype="float64"))
        spread = max(spread, size / _MOST_SHIFT) if spread else 0.0
        if (
            not np.isfinite(spread)
            or spread == 0
            or 1 / _LARGEST_FACTOR < spread < _LARGEST_FACTOR
        ):
            return
        factor = spread ** (-1 / len(kernels))
        for kernel in kernels:
            kernel.assign(kernel * keras.ops.cast(factor, kernel.dtype))


def _is_recurrent(layer: Any) -> bool:
    return isinstance(layer, keras.layers.RNN | keras.layers.Bidirectional)
