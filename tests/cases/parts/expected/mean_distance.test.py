"""Tests of the metric `MeanDistance`."""

# By keras-scaffold new metric MeanDistance --tests; sha256 a4e9b144467ecad1

import keras
import numpy as np

from mean_distance import MeanDistance


def examples(*shape, seed=0):
    """Gives the same random numbers each time."""
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def expected(y_true, y_pred, sample_weight=None):
    """Works the metric out with NumPy."""
    values = np.abs(y_pred - y_true)
    return np.average(values.mean(axis=-1), weights=sample_weight)


def make_model():
    """Makes a model that is judged by the metric."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse", metrics=[MeanDistance(threshold=4)])
    return model


def test_batches_add_up():
    """All batches together count like one large batch."""
    metric = MeanDistance(threshold=4)
    y_true, y_pred = examples(10, 3), examples(10, 3, seed=1)
    for batch in (slice(0, 3), slice(3, 10)):
        metric.update_state(y_true[batch], y_pred[batch])
    np.testing.assert_allclose(
        float(metric.result()), expected(y_true, y_pred), rtol=1e-5
    )


def test_targets_without_the_last_axis():
    """Targets may be a plain row of numbers, one per example."""
    y_true, y_pred = examples(8), examples(8, 1, seed=1)
    np.testing.assert_allclose(
        float(MeanDistance(threshold=4)(y_true, y_pred)),
        expected(y_true[:, None], y_pred),
        rtol=1e-5,
    )


def test_sample_weight():
    """An example counts by its weight, in a row of them or in a column."""
    y_true, y_pred = examples(4, 3), examples(4, 3, seed=1)
    weights = np.array([1.0, 0.0, 2.0, 0.5])
    for given in (weights, weights[:, None]):
        np.testing.assert_allclose(
            float(MeanDistance(threshold=4)(y_true, y_pred, sample_weight=given)),
            expected(y_true, y_pred, weights),
            rtol=1e-5,
        )


def test_reset():
    """A new epoch begins with nothing."""
    metric = MeanDistance(threshold=4)
    assert float(metric.result()) == 0.0
    metric.update_state(examples(4, 3), examples(4, 3))
    metric.reset_state()
    assert [float(one) for one in metric.variables] == [0.0, 0.0]


def test_in_training():
    """It is in the history under its name, and in what `evaluate` gives."""
    model, x = make_model(), examples(64, 4)
    y = x.sum(axis=1, keepdims=True)
    history = model.fit(x, y, epochs=2, validation_data=(x, y), verbose=0).history
    name = MeanDistance(threshold=4).name
    assert len(history[name]) == len(history[f"val_{name}"]) == 2
    found = model.evaluate(x, y, verbose=0, return_dict=True)[name]
    y_pred = model.predict(x, verbose=0)
    np.testing.assert_allclose(found, expected(y, y_pred), rtol=1e-4)


def test_config_round_trip():
    """The same is made of its configuration, arguments and all."""
    metric = MeanDistance(threshold=4)
    config = metric.get_config()
    assert config["threshold"] == 4
    assert MeanDistance.from_config(config).get_config() == config


def test_save_and_load(tmp_path):
    """A model that is read back from its file has the same metric."""
    model, x = make_model(), examples(8, 4)
    y = x.sum(axis=1, keepdims=True)
    model.fit(x, y, epochs=1, verbose=0)
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    found, same = (
        one.evaluate(x, y, verbose=0, return_dict=True) for one in (model, again)
    )
    assert found.keys() == same.keys()
    for name, value in found.items():
        np.testing.assert_allclose(same[name], value, rtol=1e-5)
