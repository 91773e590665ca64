"""The `row_repeat_second_tensor` model."""

# By keras-scaffold from row_repeat_s...ensor.yaml (functional); sha256 bde9565bb5143f42

import keras
from keras import layers


def decoder(x, memory, heads, name="decoder"):
    """Looks at what was read.

    Args:
        x: An input tensor.
        memory: An input tensor.
        heads: int, `num_heads` of `seen`.
        name: str, the prefix of its layer names. Defaults to "decoder".

    Returns:
        A tensor.
    """
    seen = layers.MultiHeadAttention(heads, 4, name=f"{name}_seen")(
        query=x, value=memory
    )
    y = layers.Add()([x, seen])
    return layers.LayerNormalization()(y)


def build_model(depth=2) -> keras.Model:
    """Build the `row_repeat_second_tensor` model.

    Args:
        depth: int, the number of layers of `decoder`. Defaults to 2.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `target` (float32 of
            shape (batch, 4, 8)) and `source` (float32 of shape (batch, 6, 8)).
    """
    target = keras.Input(shape=(4, 8), name="target")
    source = keras.Input(shape=(6, 8), name="source")
    memory = layers.Dense(8, name="memory")(source)
    x = target
    for i in range(depth):
        x = decoder(x, memory, 2, name=f"decoder_{i}")
    x = layers.GlobalAveragePooling1D()(x)
    outputs = layers.Dense(1)(x)
    return keras.Model(
        {"target": target, "source": source}, outputs, name="row_repeat_second_tensor"
    )
