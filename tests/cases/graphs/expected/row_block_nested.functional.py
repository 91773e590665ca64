"""The `row_block_nested` model."""

# By keras-scaffold from row_block_nested.yaml (functional); sha256 536442316042875b

import keras
from keras import layers


def feed_forward(inputs, width, rate=0.1):
    """Two dense layers.

    Args:
        inputs: The input tensor.
        width: int, `units` of `dense` and `dense_1`.
        rate: float, `rate` of `dropout`. Defaults to 0.1.

    Returns:
        A tensor.
    """
    x = layers.Dense(2 * width, activation="gelu")(inputs)
    x = layers.Dense(width)(x)
    return layers.Dropout(rate)(x)


def transformer(inputs, width, heads=2, name="transformer"):
    """Attention and a feed-forward network, each with a shortcut.

    Args:
        inputs: The input tensor.
        width: int, `key_dim` of `attended` and `width` of `changed`.
        heads: int, `num_heads` and `key_dim` of `attended`. Defaults to 2.
        name: str, the prefix of its layer names. Defaults to "transformer".

    Returns:
        A tensor.
    """
    attended = layers.MultiHeadAttention(
        heads, width // heads, name=f"{name}_attended"
    )(inputs, inputs)
    x = layers.Add()([attended, inputs])
    normalized = layers.LayerNormalization(name=f"{name}_normalized")(x)
    changed = feed_forward(normalized, width)
    x = layers.Add()([changed, normalized])
    return layers.LayerNormalization()(x)


def build_model(width=8, depth=2) -> keras.Model:
    """Build the `row_block_nested` model.

    Args:
        width: int, `width` of `transformer`. Defaults to 8.
        depth: int, the number of layers of `transformer`. Defaults to 2.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 6, 8).
    """
    inputs = keras.Input(shape=(6, 8))
    x = inputs
    for i in range(depth):
        x = transformer(x, width, name=f"transformer_{i}")
    x = layers.GlobalAveragePooling1D()(x)
    outputs = layers.Dense(1)(x)
    return keras.Model(inputs, outputs, name="row_block_nested")
