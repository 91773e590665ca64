"""Reads a sequence again and again; no step sees the mask, not even the first."""

# By keras-scaffold from loop_masked.yaml (subclass); sha256 7cb5807fb629c0c9

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="loop_masked")
class Loop(layers.Layer):
    """A layer that applies `step` to each example until `until` stops it.

    The decision to stop has no gradient, so the layers after this one do not train the
    weights of `until`.

    Args:
        step: Layer that returns the next state, of the same shape as the state.
        until: Layer that returns a number between 0 and 1 for a state. An example stops
            once this number exceeds 0.5.
        max_steps: int, the maximum number of steps per example.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, step, until, max_steps, **kwargs):
        super().__init__(**kwargs)
        self.step = step
        self.until = until
        self.max_steps = max_steps

    def build(self, input_shape):
        after = self.step(keras.Input(batch_shape=input_shape))
        if tuple(after.shape) != tuple(input_shape):
            message = f"`step` returned {tuple(after.shape)} for {tuple(input_shape)}"
            raise ValueError(f"{message}: the shapes must be equal")
        self.until(after)
        self.built = True

    def call(self, state):
        ones = (1,) * (len(state.shape) - 1)
        goes_on = ops.ones((ops.shape(state)[0], *ones), dtype="bool")
        # A copy has no mask, so that all steps run without one.
        state = ops.copy(state)
        for _ in range(self.max_steps):
            state, goes_on = self.take_step(state, goes_on)
        return state

    def take_step(self, state, goes_on):
        """Apply `step` to the examples that have not stopped, if any."""

        def step():
            after = ops.where(goes_on, self.step(state), state)
            number = ops.reshape(self.until(after), ops.shape(goes_on))
            return after, ops.logical_and(goes_on, number <= 0.5)

        return ops.cond(ops.any(goes_on), step, lambda: (state, goes_on))

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "step": keras.saving.serialize_keras_object(self.step),
            "until": keras.saving.serialize_keras_object(self.until),
            "max_steps": self.max_steps,
        }

    @classmethod
    def from_config(cls, config):
        made = {
            key: keras.saving.deserialize_keras_object(config[key])
            for key in ("step", "until")
        }
        return cls(**{**config, **made})


@keras.saving.register_keras_serializable(package="loop_masked")
class Sure(layers.Layer):
    """The `sure` block.

    Args:
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.global_average_pooling1d = layers.GlobalAveragePooling1D()
        self.dense = layers.Dense(1, activation="sigmoid")

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.global_average_pooling1d(inputs)
        return self.dense(x)


@keras.saving.register_keras_serializable(package="loop_masked")
class LoopMasked(keras.Model):
    """Reads a sequence again and again; no step sees the mask, not even the first.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.embedding = layers.Embedding(20, 4, mask_zero=True)
        self.loop = Loop(
            layers.LSTM(4, return_sequences=True), until=Sure(), max_steps=3
        )
        self.global_average_pooling1d = layers.GlobalAveragePooling1D()
        self.dense = layers.Dense(2)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape, dtype="int32", name="words"))
        self.built = True

    def call(self, inputs, training=None):
        x = self.embedding(inputs)
        x = self.loop(x, training=training)
        x = self.global_average_pooling1d(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature", [keras.Input(shape=(None,), dtype="int32", name="words")]
        )
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `loop_masked` model.

    Returns:
        A built, uncompiled model. Its input is int32 of shape (batch, None).
    """
    model = LoopMasked(name="loop_masked")
    model.build((None, None))
    return model
