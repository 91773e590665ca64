"""Reads a sequence again and again; no step sees the mask, not even the first."""

# By keras-scaffold from loop_masked.yaml (subclass); sha256 604281fe263df1f2

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="loop_masked")
class Loop(layers.Layer):
    """Applies a layer to each example until that example may stop.

    To stop is a decision, and has no slope: the weights of `until` learn nothing from
    what comes after it.

    Args:
        step: The layer that makes the next state, of the shape of the one before.
        until: The layer that gives a number in 0..1 for a state; where it passes 0.5,
            the example stops there.
        max_steps: int, how many steps an example takes at most.
        **kwargs: What `layers.Layer` takes, such as `name`.
    """

    def __init__(self, step, until, max_steps, **kwargs):
        super().__init__(**kwargs)
        self.step = step
        self.until = until
        self.max_steps = max_steps

    def build(self, input_shape):
        after = self.step(keras.Input(batch_shape=input_shape))
        if tuple(after.shape) != tuple(input_shape):
            message = f"a step makes {tuple(after.shape)} of {tuple(input_shape)}"
            raise ValueError(f"{message}: a state keeps its shape")
        self.until(after)
        self.built = True

    def call(self, state):
        ones = (1,) * (len(state.shape) - 1)
        goes_on = ops.ones((ops.shape(state)[0], *ones), dtype="bool")
        # All steps are alike: none of them sees the mask of the first state.
        state = ops.copy(state)
        for _ in range(self.max_steps):
            state, goes_on = self.take_step(state, goes_on)
        return state

    def take_step(self, state, goes_on):
        """Takes a step with the examples that go on, if there are any."""

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
        **kwargs: What `layers.Layer` takes, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.global_average_pooling1d = layers.GlobalAveragePooling1D()
        self.dense = layers.Dense(1, activation="sigmoid")

    def build(self, input_shape):
        # Trace `call` on symbolic inputs: every layer gets its weights and its shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.global_average_pooling1d(inputs)
        return self.dense(x)


@keras.saving.register_keras_serializable(package="loop_masked")
class LoopMasked(keras.Model):
    """Reads a sequence again and again; no step sees the mask, not even the first.

    Args:
        **kwargs: What `keras.Model` takes, such as `name`.
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
        # Trace `call` on symbolic inputs: every layer gets its weights and its shape.
        self.call(keras.Input(batch_shape=input_shape, dtype="int32", name="words"))
        self.built = True

    def call(self, inputs, training=None):
        x = self.embedding(inputs)
        x = self.loop(x, training=training)
        x = self.global_average_pooling1d(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Of a class, Keras does not know by itself what is to be exported.
        kwargs.setdefault(
            "input_signature", [keras.Input(shape=(None,), dtype="int32", name="words")]
        )
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Builds the `loop_masked` model.

    Returns:
        A built model, not compiled, that takes int32 of shape (batch, None).
    """
    model = LoopMasked(name="loop_masked")
    model.build((None, None))
    return model
