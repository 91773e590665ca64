"""The `row_loop` model."""

# By keras-scaffold from row_loop.yaml (subclass); sha256 8ceaf72e11b305a0

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="row_loop")
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


@keras.saving.register_keras_serializable(package="row_loop")
class Step(layers.Layer):
    """The `step` block.

    Args:
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.change = layers.Dense(5, activation="tanh", name="change")
        self.add = layers.Add()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        change = self.change(inputs)
        return self.add([inputs, change])


@keras.saving.register_keras_serializable(package="row_loop")
class Halt(layers.Layer):
    """The `halt` block.

    Args:
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = ops.mean(inputs, axis=-1, keepdims=True)
        return ops.sigmoid(x)


@keras.saving.register_keras_serializable(package="row_loop")
class RowLoop(keras.Model):
    """The `row_loop` model.

    Args:
        max_steps: int, `max_steps` of `state`. Defaults to 4.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, max_steps=4, **kwargs):
        super().__init__(**kwargs)
        self.max_steps = max_steps
        self.state = Loop(Step(), until=Halt(), max_steps=max_steps, name="state")
        self.dense = layers.Dense(2)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.state(inputs)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(5,))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "max_steps": self.max_steps}


def build_model(max_steps=4) -> keras.Model:
    """Build the `row_loop` model.

    Args:
        max_steps: int, `max_steps` of `state`. Defaults to 4.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 5).
    """
    model = RowLoop(max_steps=max_steps, name="row_loop")
    model.build((None, 5))
    return model
