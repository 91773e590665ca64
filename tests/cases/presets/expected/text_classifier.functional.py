"""Classifies texts by reading their words forwards and backwards."""

# By keras-scaffold from text_classifier.yaml (functional); sha256 f094369e4ec7fd97

import keras
from keras import layers


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
    inputs = keras.Input(shape=(None,), dtype="int32", name="words")
    x = layers.Embedding(num_words, width, mask_zero=True)(inputs)
    x = layers.Bidirectional(layers.LSTM(width))(x)
    x = layers.Dropout(dropout_rate)(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs, name="text_classifier")


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
