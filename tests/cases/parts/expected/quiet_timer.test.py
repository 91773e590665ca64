"""Tests of the callback `QuietTimer`."""

# By keras-scaffold new callback QuietTimer --tests; sha256 5e25497bec882d56

import keras
import numpy as np

from quiet_timer import QuietTimer


def train(callback, epochs=3):
    """Trains a small model, and gives the history."""
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse")
    x, y = np.ones((8, 4)), np.ones((8, 1))
    options = {"batch_size": 4, "epochs": epochs, "verbose": 0}
    return model.fit(x, y, callbacks=[callback], **options).history


def test_each_epoch_is_timed():
    """There is one time an epoch, in the callback and in the history."""
    callback = QuietTimer(patience=4, strict=False)
    history = train(callback)
    assert len(callback.seconds) == 3
    assert all(seconds > 0.0 for seconds in callback.seconds)
    assert history["seconds"] == callback.seconds
    assert len(history["loss"]) == 3


def test_training_again_begins_anew():
    """The times are those of the last training."""
    callback = QuietTimer(patience=4, strict=False)
    train(callback)
    train(callback, epochs=2)
    assert len(callback.seconds) == 2


def test_arguments():
    """They are kept."""
    callback = QuietTimer(patience=4, strict=False)
    assert callback.patience == 4
    assert callback.strict is False
