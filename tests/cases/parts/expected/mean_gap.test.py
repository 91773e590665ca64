"""Tests for the loss `MeanGap`."""

# By keras-scaffold new loss MeanGap --tests; sha256 97eb6628906d1822

import keras
import numpy as np

from mean_gap import MeanGap


def examples(*shape, seed=0):
    """Return reproducible random numbers."""
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def values(tensor):
    """Convert a tensor of any backend to a NumPy array."""
    return keras.ops.convert_to_numpy(tensor)


def make_model():
    """Create a model that is compiled with the loss."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.05), loss=MeanGap(alpha=0.125))
    return model


def test_loss_increases_with_the_error():
    """The loss of a perfect prediction is zero."""
    loss, y = MeanGap(alpha=0.125), examples(8, 3)
    losses = [float(loss(y, y + error)) for error in (0.0, 0.5, 2.0)]
    assert losses[0] == 0.0 < losses[1] < losses[2]


def test_one_value_per_example():
    """Without a reduction, the loss removes only the last axis."""
    loss = MeanGap(alpha=0.125, reduction=None)
    assert loss(examples(8, 3), examples(8, 3, seed=1)).shape == (8,)
    assert loss(examples(8, 5, 3), examples(8, 5, 3, seed=1)).shape == (8, 5)


def test_targets_without_the_last_axis():
    """Targets of shape (batch,) are allowed."""
    loss, y_true, y_pred = MeanGap(alpha=0.125), examples(8), examples(8, 1, seed=1)
    np.testing.assert_allclose(
        values(loss(y_true, y_pred)), values(loss(y_true[:, None], y_pred)), rtol=1e-6
    )


def test_sample_weight():
    """The loss of each example is multiplied by its weight."""
    loss = MeanGap(alpha=0.125, reduction=None)
    y_true, y_pred = examples(3, 2), examples(3, 2, seed=1)
    unweighted = values(loss(y_true, y_pred))
    weighted = values(loss(y_true, y_pred, sample_weight=np.array([1.0, 0.0, 2.0])))
    np.testing.assert_allclose(weighted, unweighted * [1.0, 0.0, 2.0], rtol=1e-6)


def test_masked_timesteps_are_ignored():
    """Targets of masked timesteps do not affect the loss."""
    model = keras.Sequential(
        [keras.Input((None, 4)), keras.layers.Masking(), keras.layers.Dense(2)]
    )
    x = examples(2, 5, 4)
    x[:, 3:] = 0.0
    y_true = examples(2, 5, 2, seed=1)
    y_changed = y_true.copy()
    y_changed[:, 3:] = 100.0
    loss, y_pred = MeanGap(alpha=0.125), model(x)
    np.testing.assert_allclose(
        values(loss(y_true, y_pred)), values(loss(y_changed, y_pred)), rtol=1e-6
    )


def test_training_reduces_the_loss():
    """A model learns from the gradient of the loss."""
    model, x = make_model(), examples(64, 4)
    history = model.fit(x, x.sum(axis=1), epochs=20, verbose=0).history["loss"]
    assert np.all(np.isfinite(history)) and history[-1] < 0.5 * history[0]


def test_config_round_trip():
    """`from_config` restores all arguments."""
    loss = MeanGap(alpha=0.125)
    config = loss.get_config()
    assert config["alpha"] == 0.125
    assert MeanGap.from_config(config).get_config() == config


def test_save_and_load(tmp_path):
    """A reloaded model has the same loss."""
    model, x = make_model(), examples(8, 4)
    model.fit(x, x.sum(axis=1), epochs=1, verbose=0)
    model.save(tmp_path / "model.keras")
    reloaded = keras.models.load_model(tmp_path / "model.keras")
    before, after = (
        evaluated.evaluate(x, x.sum(axis=1), verbose=0)
        for evaluated in (model, reloaded)
    )
    np.testing.assert_allclose(after, before, rtol=1e-6)
