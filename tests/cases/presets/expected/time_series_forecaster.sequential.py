"""Forecasts the next steps of a time series from a window of the last ones."""

# By keras-scaffold from time_series_...aster.yaml (sequential); sha256 20da9ee9a307e973

import keras
from keras import layers


def build_model(window=48, num_series=1, horizon=1, units=32) -> keras.Model:
    """Build the `time_series_forecaster` model.

    Args:
        window: int, a dimension of `inputs`. Defaults to 48.
        num_series: int, a dimension of `inputs`. Defaults to 1.
        horizon: int, `units` of `dense`. Defaults to 1.
        units: int, `filters` of `conv1d` and `units` of `gru`. Defaults to 32.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, window,
            num_series).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(window, num_series)),
            layers.Conv1D(units, 5, padding="causal", activation="relu"),
            layers.GRU(units),
            layers.Dense(horizon),
        ],
        name="time_series_forecaster",
    )


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(optimizer="adam", loss="mean_squared_error", metrics=["mae"])
