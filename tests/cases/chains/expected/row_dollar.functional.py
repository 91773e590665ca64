"""The `row_dollar` model."""

# By keras-scaffold from row_dollar.yaml (functional); sha256 613462575301361d

import keras
from keras import layers


def build_model(width=4) -> keras.Model:
    """Build the `row_dollar` model.

    Args:
        width: int, `output_dim` of `embedding` and `units` of `dense`. Defaults to 4.

    Returns:
        A built, uncompiled model. Its input is string of shape (batch, 1).
    """
    inputs = keras.Input(shape=(1,), dtype="string", name="price")
    x = layers.TextVectorization(
        output_sequence_length=3, vocabulary=["$", "$5", "cents"]
    )(inputs)
    x = layers.Embedding(8, width)(x)
    x = layers.Flatten()(x)
    outputs = layers.Dense(width // 2)(x)
    return keras.Model(inputs, outputs, name="row_dollar")
