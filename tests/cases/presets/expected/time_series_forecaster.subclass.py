"""Forecasts the next steps of a time series from a window of the last ones."""

# By keras-scaffold from time_series_forecaster.yaml (subclass); sha256 51c134c454508cee

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="time_series_forecaster")
class TimeSeriesForecaster(keras.Model):
    """Forecasts the next steps of a time series from a window of the last ones.

    Args:
        window: int, a dimension of `inputs`. Defaults to 48.
        num_series: int, a dimension of `inputs`. Defaults to 1.
        horizon: int, `units` of `dense`. Defaults to 1.
        units: int, `filters` of `conv1d` and `units` of `gru`. Defaults to 32.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, window=48, num_series=1, horizon=1, units=32, **kwargs):
        super().__init__(**kwargs)
        self.window = window
        self.num_series = num_series
        self.horizon = horizon
        self.units = units
        self.conv1d = layers.Conv1D(units, 5, padding="causal", activation="relu")
        self.gru = layers.GRU(units)
        self.dense = layers.Dense(horizon)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.conv1d(inputs)
        x = self.gru(x, training=training)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature", [keras.Input(shape=(self.window, self.num_series))]
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "window": self.window,
            "num_series": self.num_series,
            "horizon": self.horizon,
            "units": self.units,
        }


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
    model = TimeSeriesForecaster(
        window=window,
        num_series=num_series,
        horizon=horizon,
        units=units,
        name="time_series_forecaster",
    )
    model.build((None, window, num_series))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(optimizer="adam", loss="mean_squared_error", metrics=["mae"])
