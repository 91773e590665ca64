"""Tests for the layer `Projection`."""

# By keras-scaffold new layer Projection --tests; sha256 4c1225b8e1bfaf03

import keras
import numpy as np

from projection import Projection


def examples(*shape):
    """Return reproducible random numbers."""
    return np.random.default_rng(0).normal(size=shape).astype("float32")


def values(tensor):
    """Convert a tensor of any backend to a NumPy array."""
    return keras.ops.convert_to_numpy(tensor)


def make_model(*shape):
    """Create a model with only this layer."""
    return keras.Sequential([keras.Input(shape), Projection(units=3)])


def test_shapes():
    """Only the size of the last axis changes."""
    layer = Projection(units=3)
    assert layer(examples(8, 4)).shape == (8, 3)
    assert layer(examples(8, 5, 4)).shape == (8, 5, 3)
    assert layer(keras.Input((4,))).shape == (None, 3)
    assert layer.compute_output_shape((None, 5, 4)) == (None, 5, 3)


def test_every_weight_is_trained():
    """Training changes all weights."""
    model = make_model(4)
    before = [values(weight) for weight in model.trainable_weights]
    model.compile(optimizer="sgd", loss="mse")
    model.fit(examples(64, 4), examples(64, 3), epochs=1, verbose=0)
    after = [values(weight) for weight in model.trainable_weights]
    assert before
    for old, new in zip(before, after, strict=True):
        assert np.all(np.isfinite(new)) and np.any(new != old)


def test_examples_do_not_mix():
    """The output of an example does not depend on the rest of the batch."""
    model, x = make_model(4), examples(8, 4)
    np.testing.assert_allclose(values(model(x[:3])), values(model(x))[:3], atol=1e-6)


def test_mask_is_passed_on():
    """Masked timesteps do not affect the layers after this one."""
    model = keras.Sequential(
        [
            keras.Input((None, 4)),
            keras.layers.Masking(),
            Projection(units=3),
            keras.layers.GlobalAveragePooling1D(),
        ]
    )
    x = examples(2, 5, 4)
    x[:, 3:] = 0.0
    np.testing.assert_allclose(values(model(x)), values(model(x[:, :3])), atol=1e-6)


def test_config_round_trip():
    """`from_config` restores all arguments."""
    layer = Projection(units=3)
    config = layer.get_config()
    assert config["units"] == 3
    assert Projection.from_config(config).get_config() == config


def test_save_and_load(tmp_path):
    """A reloaded model has the same output."""
    model, x = make_model(4), examples(8, 4)
    model.save(tmp_path / "model.keras")
    reloaded = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(values(reloaded(x)), values(model(x)), atol=1e-6)
