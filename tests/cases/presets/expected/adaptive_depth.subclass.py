"""Classifies examples, and takes more steps for the hard ones."""

# By keras-scaffold from adaptive_depth.yaml (subclass); sha256 1ac92f0db5921a9e

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="adaptive_depth")
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


@keras.saving.register_keras_serializable(package="adaptive_depth")
class Step(layers.Layer):
    """Computes the next state from a state.

    Args:
        units: int, `units` of `dense` and `change`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.layer_normalization = layers.LayerNormalization()
        self.dense = layers.Dense(2 * units, activation="relu")
        self.change = layers.Dense(units, name="change")
        self.add = layers.Add()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.layer_normalization(inputs)
        x = self.dense(x)
        change = self.change(x)
        return self.add([inputs, change])

    def get_config(self):
        return {**super().get_config(), "units": self.units}


@keras.saving.register_keras_serializable(package="adaptive_depth")
class Sure(layers.Layer):
    """Scores the certainty of a state; above 0.5, the example stops.

    Args:
        num_classes: any, `indices_or_sections` of `parts`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, num_classes, **kwargs):
        super().__init__(**kwargs)
        self.num_classes = num_classes

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = ops.split(inputs, [self.num_classes], axis=-1)
        x = ops.softmax(x[0])
        x = ops.max(x, axis=-1, keepdims=True)
        return ops.power(x, 4.0)

    def get_config(self):
        return {**super().get_config(), "num_classes": self.num_classes}


@keras.saving.register_keras_serializable(package="adaptive_depth")
class AdaptiveDepth(keras.Model):
    """Classifies examples, and takes more steps for the hard ones.

    Args:
        num_classes: int, `num_classes` of `Sure` in `state` and `indices_or_sections`
            of `parts`. Defaults to 10.
        units: int, `units` of `dense` and `Step` in `state`. Defaults to 64.
        max_steps: int, `max_steps` of `state`. Defaults to 8.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, num_classes=10, units=64, max_steps=8, **kwargs):
        super().__init__(**kwargs)
        self.num_classes = num_classes
        self.units = units
        self.max_steps = max_steps
        self.dense = layers.Dense(units)
        self.state = Loop(
            Step(units), until=Sure(num_classes), max_steps=max_steps, name="state"
        )
        self.softmax = layers.Softmax()

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.dense(inputs)
        x = self.state(x)
        x = ops.split(x, [self.num_classes], axis=-1)
        return self.softmax(x[0])

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(64,))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "num_classes": self.num_classes,
            "units": self.units,
            "max_steps": self.max_steps,
        }


def build_model(num_classes=10, units=64, max_steps=8) -> keras.Model:
    """Build the `adaptive_depth` model.

    Args:
        num_classes: int, `num_classes` of `Sure` in `state` and `indices_or_sections`
            of `parts`. Defaults to 10.
        units: int, `units` of `dense` and `Step` in `state`. Defaults to 64.
        max_steps: int, `max_steps` of `state`. Defaults to 8.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 64).
    """
    model = AdaptiveDepth(
        num_classes=num_classes, units=units, max_steps=max_steps, name="adaptive_depth"
    )
    model.build((None, 64))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
