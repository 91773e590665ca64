"""Training steps with special optimizers, to measure gradients and the loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import keras
import numpy as np

from scaffold.verify.recording.leaves import Key, own_weights
from scaffold.verify.reference.targets import random_targets

NONE = -1.0
"""The value for a missing gradient: no output depends on the weight, or only through
operations without a gradient."""

_SHARE = 0.01
"""The share of the loss, and of the weights, that a step may change."""
_MOST_STEPS = 30


class _GradientProbe(keras.optimizers.Optimizer):  # type: ignore[misc] # Keras has no types
    """Changes no weight, and records the largest gradient of each."""

    def __init__(self) -> None:
        super().__init__(learning_rate=0.0)
        self.largest_gradients: list[Any] = []
        self.weights: list[int] = []

    def build(self, variables: list[Any]) -> None:
        if not self.built:
            super().build(variables)
            self.largest_gradients = [
                self.add_variable(
                    (), keras.initializers.Constant(NONE), name=f"largest_{number}"
                )
                for number in range(len(variables))
            ]
            self.weights = [id(variable) for variable in variables]

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        if type(gradient).__name__ == "IndexedSlices":
            # TensorFlow returns only the rows of an embedding that were looked up.
            gradient = gradient.values
        size = keras.ops.max(keras.ops.abs(gradient), initial=0.0)
        slot = self.largest_gradients[self._get_variable_index(variable)]
        self.assign(slot, keras.ops.cast(size, slot.dtype))


class _GradientSteps(keras.optimizers.Optimizer):  # type: ignore[misc] # Keras has no types
    """Takes short steps of gradient descent.

    A step reduces the loss by a small share of it, and changes the weights by at most a
    small share of them; a fixed step size would be too large for a layer with many
    inputs. It has no state of its own, since large models leave no memory for it.
    """

    def __init__(self) -> None:
        super().__init__(learning_rate=1.0)
        self.loss = 0.0

    def _backend_apply_gradients(self, grads: Any, trainable_variables: Any) -> None:
        slope = _square(map(_values, grads)) + keras.config.epsilon() ** 4
        size = keras.ops.sqrt(_square(trainable_variables) / slope)
        rate = _SHARE * keras.ops.minimum(self.loss / slope, size)
        for gradient, variable in zip(grads, trainable_variables, strict=True):
            step = gradient
            if type(gradient).__name__ == "IndexedSlices":
                step = keras.ops.convert_to_tensor(gradient)
            self.assign_sub(variable, keras.ops.cast(rate, variable.dtype) * step)


def _values(gradient: Any) -> Any:
    """Return the numbers of a gradient: of an embedding, those of the used rows."""
    is_sparse = type(gradient).__name__ == "IndexedSlices"
    return gradient.values if is_sparse else gradient


def _square(tensors: Iterable[Any]) -> Any:
    """Return the sum of the squares of all numbers."""
    sums = [
        keras.ops.sum(keras.ops.square(keras.ops.cast(t, "float32"))) for t in tensors
    ]
    return sum(sums)


def can_train(outputs: Any) -> bool:
    """Return whether a loss can be computed: no output is a string."""
    return all(
        keras.backend.standardize_dtype(output.dtype) != "string"
        for output in keras.tree.flatten(outputs)
    )


def gradients(
    model: Any, layers: Mapping[Key, Any], batch: Any, outputs: Any
) -> dict[Key, list[float]]:
    """Take a step that changes no trainable weight, and return the largest gradients.

    Args:
        model: The model; it is compiled again.
        layers: Its layers.
        batch: The batch to train on.
        outputs: The outputs for the batch.

    Returns:
        A number for each weight of each layer, `NONE` if no gradient reaches the weight
        or it is not trainable.
    """
    optimizer = _GradientProbe()
    expected_outputs = random_targets(outputs)
    _compile(model, optimizer, batch, expected_outputs, outputs)
    try:
        model.train_on_batch(batch, expected_outputs)
    except ValueError as error:
        # No output depends on a trainable weight.
        if "gradients" not in str(error):
            raise
    largest_gradients = {
        weight: float(keras.ops.convert_to_numpy(gradient))
        for weight, gradient in zip(
            optimizer.weights, optimizer.largest_gradients, strict=True
        )
    }
    return {
        key: [largest_gradients.get(id(weight), NONE) for weight in weights]
        for key, weights in own_weights(layers).items()
    }


def reaches_any(largest_gradients: Mapping[Key, list[float]]) -> bool:
    """Return whether any gradient exists and is not zero.

    A gradient that is `nan`, as for infinite outputs, counts as existing.
    """
    return not {0.0, NONE}.issuperset(
        size for sizes in largest_gradients.values() for size in sizes
    )


def losses(model: Any, batch: Any, outputs: Any) -> Iterator[float]:
    """Train a model on one batch, and yield the loss before each step.

    Args:
        model: The model; it is compiled again.
        batch: The batch to train on.
        outputs: The outputs for the batch.
    """
    expected_outputs = random_targets(outputs)
    optimizer = _GradientSteps()
    optimizer.loss = _compile(model, optimizer, batch, expected_outputs, outputs)
    for _ in range(_MOST_STEPS):
        loss = model.train_on_batch(batch, expected_outputs)
        yield float(np.sum(loss))


def decreases(loss_values: Iterator[float]) -> bool:
    """Return whether a loss gets lower than the first one; `nan` never does.

    With noise, such as that of dropout, the first loss may be low at random. So if none
    is lower, the mean of the last third is compared with the mean of the first third.
    """
    seen_losses = [next(loss_values)]
    for loss in loss_values:
        if loss < seen_losses[0]:
            return True
        seen_losses.append(loss)
    third_count = len(seen_losses) // 3
    return float(np.mean(seen_losses[-third_count:])) < float(
        np.mean(seen_losses[:third_count])
    )


def forget_compiling(model: Any) -> None:
    """Reset a model to the state before `compile`."""
    model.compiled = False
    model.optimizer = None


def _compile(
    model: Any, optimizer: Any, batch: Any, expected_outputs: Any, outputs: Any
) -> float:
    """Compile a model, and return its loss."""
    # Eagerly, since tracing takes longer than these few steps.
    losses = keras.tree.map_structure(lambda _: _squared, outputs)
    # Without `metrics=[]`, those of the previous `compile` would stay.
    model.compile(
        optimizer=optimizer,
        loss=losses,
        metrics=[],
        run_eagerly=True,
        jit_compile=False,
    )
    # Remove losses that layers added in an earlier step.
    model._clear_losses()
    # Otherwise Keras would trace the model to build the loss and the metrics, and the
    # reference, which runs in plain Python, cannot be traced.
    loss = model.compute_loss(batch, expected_outputs, outputs)
    model.compute_metrics(batch, expected_outputs, outputs)
    return float(keras.ops.convert_to_numpy(loss))


def _squared(expected_outputs: Any, predicted: Any) -> Any:
    predicted, expected_outputs = (
        keras.ops.cast(tensor, "float32") for tensor in (predicted, expected_outputs)
    )
    squares = keras.ops.square(predicted - expected_outputs)
    # One number for each step of a sequence, as masks have that shape.
    return keras.ops.mean(squares, axis=-1) if len(squares.shape) > 1 else squares
