"""Classifies texts by reading their words forwards and backwards."""

# By keras-scaffold from text_classifier.yaml (subclass); sha256 1134605c519d005d

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="text_classifier")
class TextClassifier(keras.Model):
    """Classifies texts by reading their words forwards and backwards.

    Args:
        num_words: int, `input_dim` of `embedding`. Defaults to 10000.
        num_classes: int, `units` of `dense`. Defaults to 2.
        width: int, `output_dim` of `embedding` and `units` of `LSTM` in
            `bidirectional`. Defaults to 64.
        dropout_rate: float, `rate` of `dropout`. Defaults to 0.3.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(
        self, num_words=10000, num_classes=2, width=64, dropout_rate=0.3, **kwargs
    ):
        super().__init__(**kwargs)
        self.num_words = num_words
        self.num_classes = num_classes
        self.width = width
        self.dropout_rate = dropout_rate
        self.embedding = layers.Embedding(num_words, width, mask_zero=True)
        self.bidirectional = layers.Bidirectional(layers.LSTM(width))
        self.dropout = layers.Dropout(dropout_rate)
        self.dense = layers.Dense(num_classes, activation="softmax")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape, dtype="int32", name="words"))
        self.built = True

    def call(self, inputs, training=None):
        x = self.embedding(inputs)
        x = self.bidirectional(x, training=training)
        x = self.dropout(x, training=training)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature", [keras.Input(shape=(None,), dtype="int32", name="words")]
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "num_words": self.num_words,
            "num_classes": self.num_classes,
            "width": self.width,
            "dropout_rate": self.dropout_rate,
        }


def build_model(
    num_words=10000, num_classes=2, width=64, dropout_rate=0.3
) -> keras.Model:
    """Build the `text_classifier` model.

    Args:
        num_words: int, `input_dim` of `embedding`. Defaults to 10000.
        num_classes: int, `units` of `dense`. Defaults to 2.
        width: int, `output_dim` of `embedding` and `units` of `LSTM` in
            `bidirectional`. Defaults to 64.
        dropout_rate: float, `rate` of `dropout`. Defaults to 0.3.

    Returns:
        A built, uncompiled model. Its input is int32 of shape (batch, None).
    """
    model = TextClassifier(
        num_words=num_words,
        num_classes=num_classes,
        width=width,
        dropout_rate=dropout_rate,
        name="text_classifier",
    )
    model.build((None, None))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
