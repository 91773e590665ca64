"""Sorts texts into classes by attention among their words.

Words are numbers from 1 on, and so are their positions; 0 fills up what is shorter than
the rest.
"""

# By keras-scaffold from transformer_encoder.yaml (functional); sha256 d656455199c41f18

import keras
from keras import layers


def transformer_block(inputs, width, heads, dropout=0.1, name="transformer_block"):
    """Attention and a feed-forward network, each behind a normalization.

    Args:
        inputs: The input tensor.
        width: int, `key_dim` of `multi_head_attention` and `units` of `dense` and
            `dense_1`.
        heads: int, `num_heads` and `key_dim` of `multi_head_attention`.
        dropout: float, `dropout` of `multi_head_attention` and `rate` of `attended` and
            `changed`. Defaults to 0.1.
        name: str, the prefix of its layer names. Defaults to "transformer_block".

    Returns:
        A tensor.
    """
    normal = layers.LayerNormalization(epsilon=1e-6, name=f"{name}_normal")(inputs)
    x = layers.MultiHeadAttention(heads, width // heads, dropout=dropout)(
        normal, normal
    )
    attended = layers.Dropout(dropout, name=f"{name}_attended")(x)
    middle = layers.Add(name=f"{name}_middle")([inputs, attended])
    x = layers.LayerNormalization(epsilon=1e-6)(middle)
    x = layers.Dense(4 * width, activation="gelu")(x)
    x = layers.Dense(width)(x)
    changed = layers.Dropout(dropout, name=f"{name}_changed")(x)
    return layers.Add()([middle, changed])


def build_model(
    words=1000, length=64, width=32, heads=4, depth=2, dropout=0.1, num_classes=4
) -> keras.Model:
    """Build the `transformer_encoder` model.

    Args:
        words: int, `input_dim` of `token_vectors`. Defaults to 1000.
        length: int, `input_dim` of `position_vectors`. Defaults to 64.
        width: int, `output_dim` of `token_vectors` and `position_vectors` and `width`
            of `transformer_block`. Defaults to 32.
        heads: int, `heads` of `transformer_block`. Defaults to 4.
        depth: int, the number of layers of `transformer_block`. Defaults to 2.
        dropout: float, `rate` of `dropout` and `dropout` of `transformer_block`.
            Defaults to 0.1.
        num_classes: int, `units` of `dense`. Defaults to 4.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `tokens` (int32 of
            shape (batch, None)) and `positions` (int32 of shape (batch, None)).
    """
    tokens = keras.Input(shape=(None,), dtype="int32", name="tokens")
    positions = keras.Input(shape=(None,), dtype="int32", name="positions")
    token_vectors = layers.Embedding(
        words, width, mask_zero=True, name="token_vectors"
    )(tokens)
    position_vectors = layers.Embedding(
        length + 1, width, mask_zero=True, name="position_vectors"
    )(positions)
    x = layers.Add()([token_vectors, position_vectors])
    x = layers.Dropout(dropout)(x)
    for i in range(depth):
        x = transformer_block(
            x, width, heads, dropout=dropout, name=f"transformer_block_{i}"
        )
    x = layers.LayerNormalization(epsilon=1e-6)(x)
    x = layers.GlobalAveragePooling1D()(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(
        {"tokens": tokens, "positions": positions}, outputs, name="transformer_encoder"
    )


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adamw", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
