"""Classifies examples, and takes more steps for the hard ones."""

# By keras-scaffold from adaptive_depth.yaml (subclass); sha256 111e7731fdccff82

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="adaptive_depth")
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


@keras.saving.register_keras_serializable(package="adaptive_depth")
class Step(layers.Layer):
    """Computes the next state from a state.

    Args:
        units: int, `units` of `dense` and `change`.
        **kwargs: What `layers.Layer` takes, such as `name`.
    """

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.layer_normalization = layers.LayerNormalization()
        self.dense = layers.Dense(2 * units, activation="relu")
        self.change = layers.Dense(units, name="change")
        self.add = layers.Add()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs: every layer gets its weights and its shape.
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
        **kwargs: What `layers.Layer` takes, such as `name`.
    """

    def __init__(self, num_classes, **kwargs):
        super().__init__(**kwargs)
        self.num_classes = num_classes

    def build(self, input_shape):
        # Trace `call` on symbolic inputs: every layer gets its weights and its shape.
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
        **kwargs: What `keras.Model` takes, such as `name`.
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
        # Trace `call` on symbolic inputs: every layer gets its weights and its shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.dense(inputs)
        x = self.state(x)
        x = ops.split(x, [self.num_classes], axis=-1)
        return self.softmax(x[0])

    def export(self, filepath, *args, **kwargs):
        # Of a class, Keras does not know by itself what is to be exported.
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
    """Builds the `adaptive_depth` model.

    Args:
        num_classes: int, `num_classes` of `Sure` in `state` and `indices_or_sections`
            of `parts`. Defaults to 10.
        units: int, `units` of `dense` and `Step` in `state`. Defaults to 64.
        max_steps: int, `max_steps` of `state`. Defaults to 8.

    Returns:
        A built model, not compiled, that takes float32 of shape (batch, 64).
    """
    model = AdaptiveDepth(
        num_classes=num_classes, units=units, max_steps=max_steps, name="adaptive_depth"
    )
    model.build((None, 64))
    return model


def compile_model(model):
    """Compiles the model in place.

    Args:
        model: What `build_model` returns.
    """
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
