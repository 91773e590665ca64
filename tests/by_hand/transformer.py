"""A small transformer encoder over masked words, in two styles by hand."""

from __future__ import annotations

from typing import Any

import keras
from keras import layers

WORDS, STEPS, WIDTH, HEADS, DEPTH = 1000, 32, 64, 4, 2


def _block(x: Any) -> Any:
    attended = layers.MultiHeadAttention(HEADS, WIDTH // HEADS, dropout=0.1)(x, x)
    x = layers.LayerNormalization()(layers.Add()([x, attended]))
    hidden = layers.Dense(4 * WIDTH, activation="gelu")(x)
    hidden = layers.Dropout(0.1)(layers.Dense(WIDTH)(hidden))
    return layers.LayerNormalization()(layers.Add()([x, hidden]))


def functional() -> Any:
    """Builds it as a graph."""
    inputs = keras.Input((STEPS,), dtype="int32")
    x = layers.Embedding(WORDS, WIDTH, mask_zero=True)(inputs)
    for _ in range(DEPTH):
        x = _block(x)
    x = layers.GlobalAveragePooling1D()(x)
    return keras.Model(inputs, layers.Dense(2, activation="softmax")(x))


class Block(layers.Layer):  # type: ignore[misc] # Keras has no types
    """One block of it."""

    def __init__(self) -> None:
        super().__init__()
        self.supports_masking = True
        self.attend = layers.MultiHeadAttention(HEADS, WIDTH // HEADS, dropout=0.1)
        self.add_attended = layers.Add()
        self.norm_attended = layers.LayerNormalization()
        self.widen = layers.Dense(4 * WIDTH, activation="gelu")
        self.narrow = layers.Dense(WIDTH)
        self.drop = layers.Dropout(0.1)
        self.add_hidden = layers.Add()
        self.norm_hidden = layers.LayerNormalization()

    def call(self, inputs: Any, training: bool | None = None) -> Any:
        attended = self.attend(inputs, inputs, training=training)
        x = self.norm_attended(self.add_attended([inputs, attended]))
        hidden = self.drop(self.narrow(self.widen(x)), training=training)
        return self.norm_hidden(self.add_hidden([x, hidden]))


class Encoder(keras.Model):  # type: ignore[misc] # Keras has no types
    """The whole of it."""

    def __init__(self) -> None:
        super().__init__()
        self.embed = layers.Embedding(WORDS, WIDTH, mask_zero=True)
        self.blocks = [Block() for _ in range(DEPTH)]
        self.pool = layers.GlobalAveragePooling1D()
        self.classify = layers.Dense(2, activation="softmax")

    def call(self, inputs: Any, training: bool | None = None) -> Any:
        x = self.embed(inputs)
        for block in self.blocks:
            x = block(x, training=training)
        return self.classify(self.pool(x))


def subclass() -> Any:
    """Builds the class."""
    model = Encoder()
    model(keras.ops.zeros((1, STEPS), dtype="int32"))
    return model
