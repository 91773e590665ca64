"""Sorts reviews, given as word numbers, into good and bad."""

# By keras-scaffold from text.yaml (functional); sha256 1c86be6a4404befb

import keras
from keras import layers


def build_model(vocabulary=1000, width=16) -> keras.Model:
    """Build the `text` model.

    Args:
        vocabulary: int, `input_dim` of `embedding`. Defaults to 1000.
        width: int, `output_dim` of `embedding` and `units` of `LSTM` in
            `bidirectional`. Defaults to 16.

    Returns:
        A built, uncompiled model. Its input is int32 of shape (batch, None).
    """
    inputs = keras.Input(shape=(None,), dtype="int32", name="words")
    x = layers.Embedding(vocabulary, width, mask_zero=True)(inputs)
    x = layers.Bidirectional(layers.LSTM(width, dropout=0.1))(x)
    x = layers.Dropout(0.5)(x)
    outputs = layers.Dense(1, activation="sigmoid", name="score")(x)
    return keras.Model(inputs, outputs, name="text")


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        loss="binary_crossentropy", metrics=["accuracy", keras.metrics.AUC(curve="PR")]
    )
