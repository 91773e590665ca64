"""Tests for the callback `EpochTimer`."""

# By keras-scaffold new callback EpochTimer --tests; sha256 563381f0a105079c

import keras
import numpy as np

from epoch_timer import EpochTimer


def train(callback, epochs=3):
    """Train a small model and return its history."""
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse")
    x, y = np.ones((8, 4)), np.ones((8, 1))
    options = {"batch_size": 4, "epochs": epochs, "verbose": 0}
    return model.fit(x, y, callbacks=[callback], **options).history


def test_each_epoch_is_timed():
    """The callback and the history have one time per epoch."""
    callback = EpochTimer(verbose=0)
    history = train(callback)
    assert len(callback.seconds) == 3
    assert all(seconds > 0.0 for seconds in callback.seconds)
    assert history["seconds"] == callback.seconds
    assert len(history["loss"]) == 3


def test_training_again_resets_the_times():
    """The times are those of the last training run."""
    callback = EpochTimer(verbose=0)
    train(callback)
    train(callback, epochs=2)
    assert len(callback.seconds) == 2


def test_verbose(capsys):
    """`verbose` prints one line per epoch."""
    train(EpochTimer(verbose=0))
    assert capsys.readouterr().out == ""
    train(EpochTimer(verbose=1))
    printed = capsys.readouterr().out
    assert printed.count("2 batches in") == 3
    assert [f"Epoch {epoch}:" in printed for epoch in (1, 3, 4)] == [True, True, False]


def test_arguments():
    """Arguments are stored as attributes."""
    callback = EpochTimer(verbose=0)
    assert callback.verbose == 0
