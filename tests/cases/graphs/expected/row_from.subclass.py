"""The `row_from` model."""

# By keras-scaffold from row_from.yaml (subclass); sha256 ce60a6c628836953

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_from")
class RowFrom(keras.Model):
    """The `row_from` model.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.memory = layers.LSTM(
            8, return_sequences=True, return_state=True, name="memory"
        )
        self.started = layers.LSTM(8, return_sequences=True, name="started")
        self.seen = layers.MultiHeadAttention(2, 4, name="seen")
        self.add = layers.Add()
        self.layer_normalization = layers.LayerNormalization()
        self.pooled = layers.GlobalAveragePooling1D(name="pooled")
        self.concatenate = layers.Concatenate()
        self.dense = layers.Dense(2)

    def build(self, input_shape):
        self.input_spec = [
            keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
            for name in ("text", "image")
        ]
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            {
                "text": keras.Input(batch_shape=input_shape["text"], name="text"),
                "image": keras.Input(batch_shape=input_shape["image"], name="image"),
            }
        )
        self.built = True

    def call(self, inputs, training=None):
        if not isinstance(inputs, dict) or inputs.keys() - {"text", "image"}:
            raise ValueError("expected a dictionary with the keys `text` and `image`")
        memory = self.memory(inputs["text"], training=training)
        started = self.started(
            sequences=inputs["image"],
            initial_state=[memory[1], memory[2]],
            training=training,
        )
        seen = self.seen(
            query=started, value=memory[0], use_causal_mask=True, training=training
        )
        x = self.add([started, seen])
        x = self.layer_normalization(x)
        pooled = self.pooled(x)
        x = self.concatenate([pooled, memory[1]])
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "text": keras.Input(shape=(6, 8), name="text"),
                    "image": keras.Input(shape=(5, 8), name="image"),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `row_from` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `text` (float32 of
            shape (batch, 6, 8)) and `image` (float32 of shape (batch, 5, 8)).
    """
    model = RowFrom(name="row_from")
    model.build({"text": (None, 6, 8), "image": (None, 5, 8)})
    return model
