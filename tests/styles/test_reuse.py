"""Layers that are used again: made once, called each time."""

from __future__ import annotations

from tests.styles.sources import body, called, functional, written

REUSED = """
name: siamese
inputs: {left: [4], right: [4]}
layers:
  - encoder = Dense(3) <- left
  - other = reuse(encoder) <- right
  - again = reuse(encoder) <- left
  - Add() <- encoder, other, again
"""


def test_reuse() -> None:
    """A layer that is used again is made once, and called each time."""
    assert functional(REUSED) == """\
left = keras.Input(shape=(4,), name="left")
right = keras.Input(shape=(4,), name="right")
encoder = layers.Dense(3)
encoder_output = encoder(left)
other = encoder(right)
again = encoder(left)
outputs = layers.Add()([encoder_output, other, again])
return keras.Model({"left": left, "right": right}, outputs, name="siamese")
"""
    assert body(written(REUSED, "subclass"), "__init__") == """\
super().__init__(**kwargs)
self.encoder = layers.Dense(3)
self.add = layers.Add()
"""
    assert called(REUSED) == """\
encoder = self.encoder(inputs["left"])
other = self.encoder(inputs["right"])
again = self.encoder(inputs["left"])
return self.add([encoder, other, again])
"""


def test_reuse_in_training() -> None:
    """A layer that is told of training is told each time."""
    spec = """
inputs: [4]
layers:
  - drop = Dropout(0.5)
  - Dense(4)
  - again = reuse(drop)
"""
    assert called(spec) == """\
x = self.drop(inputs, training=training)
x = self.dense(x)
return self.drop(x, training=training)
"""


def test_reuse_without_a_name() -> None:
    """A second use needs no name of its own."""
    spec = """
name: m
inputs: [3]
layers:
  - encoder = Dense(3)
  - reuse(encoder)
"""
    assert called(spec) == "x = self.encoder(inputs)\nreturn self.encoder(x)\n"
