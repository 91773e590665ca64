"""Tests of the layer `GatedMixture`."""

# By keras-scaffold new layer GatedMixture --tests; sha256 94d3e4b9075ef603

import keras
import numpy as np

from gated_mixture import GatedMixture


def examples(*shape):
    """Gives the same random numbers each time."""
    return np.random.default_rng(0).normal(size=shape).astype("float32")


def values(tensor):
    """Gives a tensor's numbers, whatever the backend."""
    return keras.ops.convert_to_numpy(tensor)


def make_model(*shape):
    """Makes a model of nothing else."""
    return keras.Sequential(
        [keras.Input(shape), GatedMixture(rate=0.125, use_bias=True)]
    )


def test_shapes():
    """The last axis is made anew; what comes before it stays."""
    layer = GatedMixture(rate=0.125, use_bias=True)
    assert layer(examples(8, 4)).shape == (8, 4)
    assert layer(examples(8, 5, 4)).shape == (8, 5, 4)
    assert layer(keras.Input((4,))).shape == (None, 4)
    assert layer.compute_output_shape((None, 5, 4)) == (None, 5, 4)


def test_every_weight_is_trained():
    """Gradients reach all of them."""
    model = make_model(4)
    before = [values(weight) for weight in model.trainable_weights]
    model.compile(optimizer="sgd", loss="mse")
    model.fit(examples(64, 4), examples(64, 4), epochs=1, verbose=0)
    after = [values(weight) for weight in model.trainable_weights]
    assert before
    for old, new in zip(before, after, strict=True):
        assert np.all(np.isfinite(new)) and np.any(new != old)


def test_examples_do_not_mix():
    """What an example gives does not depend on the others of its batch."""
    model, x = make_model(4), examples(8, 4)
    np.testing.assert_allclose(values(model(x[:3])), values(model(x))[:3], atol=1e-6)


def test_mask_is_handed_on():
    """Masked steps of a sequence do not count behind the layer."""
    model = keras.Sequential(
        [
            keras.Input((None, 4)),
            keras.layers.Masking(),
            GatedMixture(rate=0.125, use_bias=True),
            keras.layers.GlobalAveragePooling1D(),
        ]
    )
    x = examples(2, 5, 4)
    x[:, 3:] = 0.0
    np.testing.assert_allclose(values(model(x)), values(model(x[:, :3])), atol=1e-6)


def test_config_round_trip():
    """The same is made of its configuration, arguments and all."""
    layer = GatedMixture(rate=0.125, use_bias=True)
    config = layer.get_config()
    assert config["rate"] == 0.125
    assert config["use_bias"] is True
    assert GatedMixture.from_config(config).get_config() == config


def test_save_and_load(tmp_path):
    """A model that is read back from its file gives the same."""
    model, x = make_model(4), examples(8, 4)
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(values(again(x)), values(model(x)), atol=1e-6)
