"""A list of outputs, one of them a layer's state."""

# By keras-scaffold from two_outputs.yaml (subclass); sha256 134d0e39755f9599

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="two_outputs")
class TwoOutputs(keras.Model):
    """A list of outputs, one of them a layer's state.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.kept = layers.Masking(name="kept")
        self.memory = layers.GRU(
            5, return_sequences=True, return_state=True, name="memory"
        )
        self.dense = layers.Dense(3, activation="tanh")
        self.head = layers.Dropout(0.1, name="head")
        self.joined = layers.Dense(2, name="joined")
        # The names of the outputs in losses, metrics and logs.
        self.output_names = ["memory", "joined"]

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.kept(inputs)
        memory = self.memory(x, training=training)
        x = self.dense(memory[1])
        head = self.head(x, training=training)
        x = ops.concatenate([head, memory[1]], axis=-1)
        joined = self.joined(x)
        return [memory[0], joined]

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(6, 4))])
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `two_outputs` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 6, 4).
    """
    model = TwoOutputs(name="two_outputs")
    model.build((None, 6, 4))
    return model
