"""Classifies texts by reading their words forwards and backwards."""

# By keras-scaffold from text_classifier.yaml (sequential); sha256 65d7a70de8ad6ad2

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
    return keras.Sequential(
        [
            keras.Input(shape=(None,), dtype="int32", name="words"),
            layers.Embedding(num_words, width, mask_zero=True),
            layers.Bidirectional(layers.LSTM(width)),
            layers.Dropout(dropout_rate),
            layers.Dense(num_classes, activation="softmax"),
        ],
        name="text_classifier",
    )


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
