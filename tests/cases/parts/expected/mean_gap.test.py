"""Tests of the loss `MeanGap`."""

# By keras-scaffold new loss MeanGap --tests; sha256 dcac6bf81c1c683f

import keras
import numpy as np

from mean_gap import MeanGap


def examples(*shape, seed=0):
    """Gives the same random numbers each time."""
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def values(tensor):
    """Gives a tensor's numbers, whatever the backend."""
    return keras.ops.convert_to_numpy(tensor)


def make_model():
    """Makes a model that is trained with the loss."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.05), loss=MeanGap(alpha=0.125))
    return model


def test_a_perfect_prediction_costs_nothing():
    """Any other costs more, the worse it is the more."""
    loss, y = MeanGap(alpha=0.125), examples(8, 3)
    costs = [float(loss(y, y + error)) for error in (0.0, 0.5, 2.0)]
    assert costs[0] == 0.0 < costs[1] < costs[2]


def test_one_value_per_example():
    """Without a reduction, the last axis alone is gone."""
    loss = MeanGap(alpha=0.125, reduction=None)
    assert loss(examples(8, 3), examples(8, 3, seed=1)).shape == (8,)
    assert loss(examples(8, 5, 3), examples(8, 5, 3, seed=1)).shape == (8, 5)


def test_targets_without_the_last_axis():
    """Targets may be a plain row of numbers, one per example."""
    loss, y_true, y_pred = MeanGap(alpha=0.125), examples(8), examples(8, 1, seed=1)
    np.testing.assert_allclose(
        values(loss(y_true, y_pred)), values(loss(y_true[:, None], y_pred)), rtol=1e-6
    )


def test_sample_weight():
    """What weighs nothing costs nothing, what weighs double costs double."""
    loss = MeanGap(alpha=0.125, reduction=None)
    y_true, y_pred = examples(3, 2), examples(3, 2, seed=1)
    plain = values(loss(y_true, y_pred))
    weighted = values(loss(y_true, y_pred, sample_weight=np.array([1.0, 0.0, 2.0])))
    np.testing.assert_allclose(weighted, plain * [1.0, 0.0, 2.0], rtol=1e-6)


def test_masked_steps_cost_nothing():
    """What stands in masked steps of a sequence makes no difference."""
    model = keras.Sequential(
        [keras.Input((None, 4)), keras.layers.Masking(), keras.layers.Dense(2)]
    )
    x = examples(2, 5, 4)
    x[:, 3:] = 0.0
    y_true = examples(2, 5, 2, seed=1)
    other = y_true.copy()
    other[:, 3:] = 100.0
    loss, y_pred = MeanGap(alpha=0.125), model(x)
    np.testing.assert_allclose(
        values(loss(y_true, y_pred)), values(loss(other, y_pred)), rtol=1e-6
    )


def test_training_lowers_it():
    """Its gradient leads the way."""
    model, x = make_model(), examples(64, 4)
    history = model.fit(x, x.sum(axis=1), epochs=20, verbose=0).history["loss"]
    assert np.all(np.isfinite(history)) and history[-1] < 0.5 * history[0]


def test_config_round_trip():
    """The same is made of its configuration, arguments and all."""
    loss = MeanGap(alpha=0.125)
    config = loss.get_config()
    assert config["alpha"] == 0.125
    assert MeanGap.from_config(config).get_config() == config


def test_save_and_load(tmp_path):
    """A model that is read back from its file has the same loss."""
    model, x = make_model(), examples(8, 4)
    model.fit(x, x.sum(axis=1), epochs=1, verbose=0)
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    cost, same = (one.evaluate(x, x.sum(axis=1), verbose=0) for one in (model, again))
    np.testing.assert_allclose(same, cost, rtol=1e-6)
