"""A list of outputs, one of them a layer's state."""

# By keras-scaffold from two_outputs.yaml (subclass); sha256 d587b21813cfb81b

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="two_outputs")
class TwoOutputs(keras.Model):
    """A list of outputs, one of them a layer's state.

    Args:
        **kwargs: What `keras.Model` takes, such as `name`.
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
        # What the losses and metrics of each output are called.
        self.output_names = ["memory", "joined"]

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs: every layer gets its weights and its shape.
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
        # Of a class, Keras does not know by itself what is to be exported.
        kwargs.setdefault("input_signature", [keras.Input(shape=(6, 4))])
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Builds the `two_outputs` model.

    Returns:
        A built model, not compiled, that takes float32 of shape (batch, 6, 4).
    """
    model = TwoOutputs(name="two_outputs")
    model.build((None, 6, 4))
    return model
