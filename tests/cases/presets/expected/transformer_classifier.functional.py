"""Classifies texts with attention between their words."""

# By keras-scaffold from transformer_...ifier.yaml (functional); sha256 afe84614a22c7b21

import keras
from keras import layers, ops


def positions(inputs, max_length, width):
    """A vector for the position of each word, counted from 1; 0 is padding.

    Args:
        inputs: The input tensor.
        max_length: int, `input_dim` of `embedding`.
        width: int, `output_dim` of `embedding`.

    Returns:
        A tensor.
    """
    is_word = ops.sign(inputs)
    counted = ops.cumsum(is_word, axis=1)
    x = ops.multiply(is_word, counted)
    return layers.Embedding(max_length + 1, width, mask_zero=True)(x)


def transformer(inputs, width, heads, dropout_rate, name="transformer"):
    """Attention and a feed-forward network, each with a shortcut.

    Args:
        inputs: The input tensor.
        width: int, `key_dim` of `multi_head_attention` and `units` of `dense` and
            `dense_1`.
        heads: int, `num_heads` and `key_dim` of `multi_head_attention`.
        dropout_rate: float, `rate` of `attended` and `thought`.
        name: str, the prefix of its layer names. Defaults to "transformer".

    Returns:
        A tensor.
    """
    normal = layers.LayerNormalization(name=f"{name}_normal")(inputs)
    x = layers.MultiHeadAttention(heads, width // heads)(normal, normal)
    attended = layers.Dropout(dropout_rate, name=f"{name}_attended")(x)
    seen = layers.Add(name=f"{name}_seen")([inputs, attended])
    x = layers.LayerNormalization()(seen)
    x = layers.Dense(4 * width, activation="gelu")(x)
    x = layers.Dense(width)(x)
    thought = layers.Dropout(dropout_rate, name=f"{name}_thought")(x)
    return layers.Add()([seen, thought])


def build_model(
    num_words=10000,
    num_classes=2,
    max_length=200,
    width=64,
    heads=4,
    depth=2,
    dropout_rate=0.1,
) -> keras.Model:
    """Build the `transformer_classifier` model.

    Args:
        num_words: int, `input_dim` of `vectors`. Defaults to 10000.
        num_classes: int, `units` of `dense`. Defaults to 2.
        max_length: int, `max_length` of `places`. Defaults to 200.
        width: int, `output_dim` of `vectors` and `width` of `places` and `transformer`.
            Defaults to 64.
        heads: int, `heads` of `transformer`. Defaults to 4.
        depth: int, the number of layers of `transformer`. Defaults to 2.
        dropout_rate: float, `dropout_rate` of `transformer`. Defaults to 0.1.

    Returns:
        A built, uncompiled model. Its input is int32 of shape (batch, None).
    """
    inputs = keras.Input(shape=(None,), dtype="int32", name="words")
    vectors = layers.Embedding(num_words, width, mask_zero=True, name="vectors")(inputs)
    places = positions(inputs, max_length, width)
    x = layers.Add()([vectors, places])
    for i in range(depth):
        x = transformer(x, width, heads, dropout_rate, name=f"transformer_{i}")
    x = layers.LayerNormalization()(x)
    x = layers.GlobalAveragePooling1D()(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs, name="transformer_classifier")


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
