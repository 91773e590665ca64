"""Tests for the callback `QuietTimer`."""

# By keras-scaffold new callback QuietTimer --tests; sha256 61fe31f316d67ed9

import keras
import numpy as np

from quiet_timer import QuietTimer


def train(callback, epochs=3):
    """Train a small model and return its history."""
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse")
    x, y = np.ones((8, 4)), np.ones((8, 1))
    options = {"batch_size": 4, "epochs": epochs, "verbose": 0}
    return model.fit(x, y, callbacks=[callback], **options).history


def test_each_epoch_is_timed():
    """The callback and the history have one time per epoch."""
    callback = QuietTimer(patience=4, strict=False)
    history = train(callback)
    assert len(callback.seconds) == 3
    assert all(seconds > 0.0 for seconds in callback.seconds)
    assert history["seconds"] == callback.seconds
    assert len(history["loss"]) == 3


def test_training_again_resets_the_times():
    """The times are those of the last training run."""
    callback = QuietTimer(patience=4, strict=False)
    train(callback)
    train(callback, epochs=2)
    assert len(callback.seconds) == 2


def test_arguments():
    """Arguments are stored as attributes."""
    callback = QuietTimer(patience=4, strict=False)
    assert callback.patience == 4
    assert callback.strict is False
