"""Tests for the metric `MeanDistance`."""

# By keras-scaffold new metric MeanDistance --tests; sha256 4622386712b031cb

import keras
import numpy as np

from mean_distance import MeanDistance


def examples(*shape, seed=0):
    """Return reproducible random numbers."""
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def expected(y_true, y_pred, sample_weight=None):
    """Compute the metric with NumPy."""
    values = np.abs(y_pred - y_true)
    return np.average(values.mean(axis=-1), weights=sample_weight)


def make_model():
    """Create a model that is compiled with the metric."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse", metrics=[MeanDistance(threshold=4)])
    return model


def test_batches_add_up():
    """Several batches have the same result as one large batch."""
    metric = MeanDistance(threshold=4)
    y_true, y_pred = examples(10, 3), examples(10, 3, seed=1)
    for batch in (slice(0, 3), slice(3, 10)):
        metric.update_state(y_true[batch], y_pred[batch])
    np.testing.assert_allclose(
        float(metric.result()), expected(y_true, y_pred), rtol=1e-5
    )


def test_targets_without_the_last_axis():
    """Targets of shape (batch,) are allowed."""
    y_true, y_pred = examples(8), examples(8, 1, seed=1)
    np.testing.assert_allclose(
        float(MeanDistance(threshold=4)(y_true, y_pred)),
        expected(y_true[:, None], y_pred),
        rtol=1e-5,
    )


def test_sample_weight():
    """Each example counts by its weight; weights have shape (batch,) or (batch, 1)."""
    y_true, y_pred = examples(4, 3), examples(4, 3, seed=1)
    weights = np.array([1.0, 0.0, 2.0, 0.5])
    for sample_weight in (weights, weights[:, None]):
        np.testing.assert_allclose(
            float(
                MeanDistance(threshold=4)(y_true, y_pred, sample_weight=sample_weight)
            ),
            expected(y_true, y_pred, weights),
            rtol=1e-5,
        )


def test_reset():
    """`reset_state` sets all variables to zero."""
    metric = MeanDistance(threshold=4)
    assert float(metric.result()) == 0.0
    metric.update_state(examples(4, 3), examples(4, 3))
    metric.reset_state()
    assert [float(variable) for variable in metric.variables] == [0.0, 0.0]


def test_in_training():
    """The history and the result of `evaluate` contain the metric under its name."""
    model, x = make_model(), examples(64, 4)
    y = x.sum(axis=1, keepdims=True)
    history = model.fit(x, y, epochs=2, validation_data=(x, y), verbose=0).history
    name = MeanDistance(threshold=4).name
    assert len(history[name]) == len(history[f"val_{name}"]) == 2
    actual = model.evaluate(x, y, verbose=0, return_dict=True)[name]
    y_pred = model.predict(x, verbose=0)
    np.testing.assert_allclose(actual, expected(y, y_pred), rtol=1e-4)


def test_config_round_trip():
    """`from_config` restores all arguments."""
    metric = MeanDistance(threshold=4)
    config = metric.get_config()
    assert config["threshold"] == 4
    assert MeanDistance.from_config(config).get_config() == config


def test_save_and_load(tmp_path):
    """A reloaded model has the same metric."""
    model, x = make_model(), examples(8, 4)
    y = x.sum(axis=1, keepdims=True)
    model.fit(x, y, epochs=1, verbose=0)
    model.save(tmp_path / "model.keras")
    reloaded = keras.models.load_model(tmp_path / "model.keras")
    before, after = (
        evaluated.evaluate(x, y, verbose=0, return_dict=True)
        for evaluated in (model, reloaded)
    )
    assert after.keys() == before.keys()
    for name, value in before.items():
        np.testing.assert_allclose(after[name], value, rtol=1e-5)
