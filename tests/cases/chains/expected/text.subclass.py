"""Sorts reviews, given as word numbers, into good and bad."""

# By keras-scaffold from text.yaml (subclass); sha256 b3ff2a9ff84a335e

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="text")
class Text(keras.Model):
    """Sorts reviews, given as word numbers, into good and bad.

    Args:
        vocabulary: int, `input_dim` of `embedding`. Defaults to 1000.
        width: int, `output_dim` of `embedding` and `units` of `LSTM` in
            `bidirectional`. Defaults to 16.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, vocabulary=1000, width=16, **kwargs):
        super().__init__(**kwargs)
        self.vocabulary = vocabulary
        self.width = width
        self.embedding = layers.Embedding(vocabulary, width, mask_zero=True)
        self.bidirectional = layers.Bidirectional(layers.LSTM(width, dropout=0.1))
        self.dropout = layers.Dropout(0.5)
        self.score = layers.Dense(1, activation="sigmoid", name="score")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape, dtype="int32", name="words"))
        self.built = True

    def call(self, inputs, training=None):
        x = self.embedding(inputs)
        x = self.bidirectional(x, training=training)
        x = self.dropout(x, training=training)
        return self.score(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature", [keras.Input(shape=(None,), dtype="int32", name="words")]
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "vocabulary": self.vocabulary,
            "width": self.width,
        }


def build_model(vocabulary=1000, width=16) -> keras.Model:
    """Build the `text` model.

    Args:
        vocabulary: int, `input_dim` of `embedding`. Defaults to 1000.
        width: int, `output_dim` of `embedding` and `units` of `LSTM` in
            `bidirectional`. Defaults to 16.

    Returns:
        A built, uncompiled model. Its input is int32 of shape (batch, None).
    """
    model = Text(vocabulary=vocabulary, width=width, name="text")
    model.build((None, None))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        loss="binary_crossentropy", metrics=["accuracy", keras.metrics.AUC(curve="PR")]
    )
