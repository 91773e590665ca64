"""Compares arrays and gradients."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np


def assert_close(ours: Any, theirs: Any) -> None:
    """Asserts that arrays are the same, to 1e-5 of their scale."""
    ours, theirs = map(keras.ops.convert_to_numpy, (ours, theirs))
    assert ours.shape == theirs.shape
    assert np.abs(ours - theirs).max() <= 1e-5 * max(np.abs(theirs).max(), 1e-3)


def gradients(model: Any, batch: Any, wanted: Any, *, eager: bool) -> list[Any]:
    """Gives the gradient of each weight, as what a step of plain descent changes."""
    before = [np.array(keras.ops.convert_to_numpy(weight)) for weight in model.weights]
    # Larger steps leave more digits of the gradient; the weights come back below.
    model.compile(keras.optimizers.SGD(64.0), loss="mse", run_eagerly=eager)
    # It builds the loss, for which Keras would trace the model: no plain Python can be.
    model.compute_loss(batch, wanted, wanted)
    model.train_on_batch(batch, wanted)
    after = [np.array(keras.ops.convert_to_numpy(weight)) for weight in model.weights]
    for weight, value in zip(model.weights, before, strict=True):
        weight.assign(value)
    return [(pair - other) / 64 for pair, other in zip(before, after, strict=True)]
