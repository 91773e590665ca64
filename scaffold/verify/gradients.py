"""Steps of training of our own: which weights get a gradient, and does it help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import keras
import numpy as np

from scaffold.verify.leaves import Key, own_weights
from scaffold.verify.targets import random_targets

NONE = -1.0
"""In the place of a gradient: the outputs do not depend on the weight, or depend on it
in a way that has no slope."""

_SHARE = 0.01
"""The part of the loss, and of the weights, that a step is to change."""
_MOST_STEPS = 30


class _GradientProbe(keras.optimizers.Optimizer):  # type: ignore[misc] # Keras has no types
    """Changes no weight, and notes how large the gradient of each is."""

    def __init__(self) -> None:
        super().__init__(learning_rate=0.0)
        self.largest: list[Any] = []
        self.weights: list[int] = []

    def build(self, variables: list[Any]) -> None:
        if not self.built:
            super().build(variables)
            self.largest = [
                self.add_variable(
                    (), keras.initializers.Constant(NONE), name=f"largest_{number}"
                )
                for number in range(len(variables))
            ]
            self.weights = [id(variable) for variable in variables]

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        if type(gradient).__name__ == "IndexedSlices":
            # TensorFlow: of an embedding, the rows that were looked up.
            gradient = gradient.values
        size = keras.ops.max(keras.ops.abs(gradient), initial=0.0)
        slot = self.largest[self._get_variable_index(variable)]
        self.assign(slot, keras.ops.cast(size, slot.dtype))


class _GradientSteps(keras.optimizers.Optimizer):  # type: ignore[misc] # Keras has no types
    """Takes short steps down the slope.

    A step should lessen the loss by a small part of it, and changes the weights by no
    more than a small part of them: one of a fixed size would be too long for a layer of
    many inputs. It keeps nothing besides the weights: large models leave no room.
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
    """Return the numbers of a gradient: of an embedding's, the rows that were used."""
    is_sparse = type(gradient).__name__ == "IndexedSlices"
    return gradient.values if is_sparse else gradient


def _square(tensors: Iterable[Any]) -> Any:
    """Return the sum of the squares of all numbers."""
    sums = [
        keras.ops.sum(keras.ops.square(keras.ops.cast(t, "float32"))) for t in tensors
    ]
    return sum(sums)


def can_train(outputs: Any) -> bool:
    """Return whether there can be a loss: of strings there is none."""
    return all(
        keras.backend.standardize_dtype(output.dtype) != "string"
        for output in keras.tree.flatten(outputs)
    )


def gradients(
    model: Any, layers: Mapping[Key, Any], batch: Any, outputs: Any
) -> dict[Key, list[float]]:
    """Take a step that changes no trainable weight, and return the largest gradients.

    Args:
        model: The model; it is compiled anew.
        layers: Its layers.
        batch: What to call it on.
        outputs: What it gives for that.

    Returns:
        A number for each weight of each layer, `NONE` where no gradient reaches it or
        where it is not to be trained.
    """
    optimizer = _GradientProbe()
    wanted = random_targets(outputs)
    _compile(model, optimizer, batch, wanted, outputs)
    try:
        model.train_on_batch(batch, wanted)
    except ValueError as error:
        # Nothing that could be trained leads to an output.
        if "gradients" not in str(error):
            raise
    largest = {
        weight: float(keras.ops.convert_to_numpy(gradient))
        for weight, gradient in zip(optimizer.weights, optimizer.largest, strict=True)
    }
    return {
        key: [largest.get(id(weight), NONE) for weight in weights]
        for key, weights in own_weights(layers).items()
    }


def reaches_any(largest: Mapping[Key, list[float]]) -> bool:
    """Return whether any of the gradients is there, and not zero.

    Of infinite outputs a gradient is no number, and is there all the same.
    """
    return not {0.0, NONE}.issuperset(
        size for sizes in largest.values() for size in sizes
    )


def losses(model: Any, batch: Any, outputs: Any) -> Iterator[float]:
    """Train a model on one batch, and return the loss before each step.

    Args:
        model: The model; it is compiled anew.
        batch: What to call it on.
        outputs: What it gives for that.
    """
    wanted = random_targets(outputs)
    optimizer = _GradientSteps()
    optimizer.loss = _compile(model, optimizer, batch, wanted, outputs)
    for _ in range(_MOST_STEPS):
        loss = model.train_on_batch(batch, wanted)
        yield float(np.sum(loss))


def falls(loss_values: Iterator[float]) -> bool:
    """Return whether a loss gets lower than it was at first; `nan` never does.

    Noise, such as that of dropout, may have made the first one small by chance: then
    the last third of them counts, against the first.
    """
    seen = [next(loss_values)]
    for loss in loss_values:
        if loss < seen[0]:
            return True
        seen.append(loss)
    third = len(seen) // 3
    return float(np.mean(seen[-third:])) < float(np.mean(seen[:third]))


def forget_compiling(model: Any) -> None:
    """Leave a model as if it had not been compiled."""
    model.compiled = False
    model.optimizer = None


def _compile(
    model: Any, optimizer: Any, batch: Any, wanted: Any, outputs: Any
) -> float:
    """Compile a model, and return its loss."""
    # Not as a graph: to trace that takes longer than the few steps that there are.
    losses = keras.tree.map_structure(lambda _: _squared, outputs)
    # Metrics that it was compiled with before stay, unless there are others.
    model.compile(
        optimizer=optimizer,
        loss=losses,
        metrics=[],
        run_eagerly=True,
        jit_compile=False,
    )
    # Losses that layers have added in an earlier step are part of its graph.
    model._clear_losses()
    # Keras would trace the model to build these, and plain Python cannot be traced.
    loss = model.compute_loss(batch, wanted, outputs)
    model.compute_metrics(batch, wanted, outputs)
    return float(keras.ops.convert_to_numpy(loss))


def _squared(wanted: Any, predicted: Any) -> Any:
    predicted, wanted = (
        keras.ops.cast(tensor, "float32") for tensor in (predicted, wanted)
    )
    squares = keras.ops.square(predicted - wanted)
    # One number for each step of a sequence: a mask is of that shape.
    return keras.ops.mean(squares, axis=-1) if len(squares.shape) > 1 else squares
