"""The `row_dollar` model."""

# By keras-scaffold from row_dollar.yaml (sequential); sha256 899980367fd4d8f9

import keras
from keras import layers


def build_model(width=4) -> keras.Model:
    """Build the `row_dollar` model.

    Args:
        width: int, `output_dim` of `embedding` and `units` of `dense`. Defaults to 4.

    Returns:
        A built, uncompiled model. Its input is string of shape (batch, 1).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(1,), dtype="string", name="price"),
            layers.TextVectorization(
                output_sequence_length=3, vocabulary=["$", "$5", "cents"]
            ),
            layers.Embedding(8, width),
            layers.Flatten(),
            layers.Dense(width // 2),
        ],
        name="row_dollar",
    )
