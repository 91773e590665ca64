"""The `row_from` model."""

# By keras-scaffold from row_from.yaml (functional); sha256 aefa34c5c3583f34

import keras
from keras import layers


def build_model() -> keras.Model:
    """Build the `row_from` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `text` (float32 of
            shape (batch, 6, 8)) and `image` (float32 of shape (batch, 5, 8)).
    """
    text = keras.Input(shape=(6, 8), name="text")
    image = keras.Input(shape=(5, 8), name="image")
    memory = layers.LSTM(8, return_sequences=True, return_state=True, name="memory")(
        text
    )
    started = layers.LSTM(8, return_sequences=True, name="started")(
        sequences=image, initial_state=[memory[1], memory[2]]
    )
    seen = layers.MultiHeadAttention(2, 4, name="seen")(
        query=started, value=memory[0], use_causal_mask=True
    )
    x = layers.Add()([started, seen])
    x = layers.LayerNormalization()(x)
    pooled = layers.GlobalAveragePooling1D(name="pooled")(x)
    x = layers.Concatenate()([pooled, memory[1]])
    outputs = layers.Dense(2)(x)
    return keras.Model({"text": text, "image": image}, outputs, name="row_from")
