"""The type of a planted fault, and the specs for planting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

CHAIN = """
name: chain
params: {units: 6}
inputs: [4]
layers:
  - first = Dense(units)
  - BatchNormalization
  - Activation("tanh")
  - last = Dense(3, activation="softmax")
"""

GRAPH = """
name: graph
params: {units: 8, rate: 0.3}
inputs:
  left: [6]
  right: [6]
  words: {shape: [null], dtype: int32}
layers:
  - encoder = Dense(units, "relu", kernel_initializer=HeNormal(seed=1)) <- left
  - other = reuse(encoder) <- right
  - gap = Subtract() <- encoder, other
  - side = Dense(units, kernel_regularizer=L2(1e-3), name="side") <- right
  - normal = BatchNormalization() <- side
  - dropped = Dropout(rate) <- normal
  - embedded = Embedding(20, 8, mask_zero=True) <- words
  - memory = LSTM(8, return_state=True) <- embedded
  - second = LSTM(8) <- embedded, initial_state=[memory[1], memory[2]]
  - joined = Concatenate() <- gap, dropped, second
  - scaled = ops.multiply(2.0) <- joined
  - score = Dense(1) <- scaled
  - label = Dense(3, activation="softmax") <- joined
outputs: {score: score, label: label}
"""

BLOCKS = """
name: blocks
params: {depth: 2}
inputs: [8, 8, 3]
blocks:
  Residual:
    params: {filters: 4, rate: 0.2}
    layers:
      - first = Conv2D(filters, 3, padding="same", activation="relu")
      - BatchNormalization
      - last = Conv2D(filters, 3, padding="same")
      - Add() <- last, inputs
      - ReLU
      - Dropout(rate)
layers:
  - stem = Conv2D(4, 3, strides=2, padding="same")
  - body = Residual(4) * depth
  - tail = Residual(4, rate=0.5)
  - pooled = GlobalAveragePooling2D() <- tail
  - wide = Dense(3) <- pooled
  - deep = Dense(3) <- pooled
outputs: [wide, deep]
"""

MASKED = """
name: masked
inputs: {words: {shape: [null], dtype: int32}}
layers:
  - embedding = Embedding(20, 8, mask_zero=True)
  - dropout = Dropout(0.1)
  - twice = Concatenate() <- dropout, embedding
  - LSTM(4)
  - Dense(2)
compile: {loss: mse, optimizer: SGD(clipnorm=2.0)}
"""

BEYOND = """
name: beyond
inputs:
  tokens: {shape: [6], dtype: int32}
  children: {shape: [6, 2], dtype: int32}
blocks:
  Cell:
    inputs: [node, children]
    layers:
      - below = Flatten() <- children
      - Concatenate() <- node, below
      - inner = Dense(4, activation="tanh")
layers:
  - nodes = Embedding(20, 4) <- tokens
  - states = recurse(Cell()) <- nodes=nodes, children=children
  - flat = Flatten
  - start = Dense(5)
  - state = loop(Dense(5), until=Dense(1, activation="sigmoid"), max_steps=3)
  - Dense(2)
"""

SPECS = {
    "beyond": BEYOND,
    "chain": CHAIN,
    "graph": GRAPH,
    "blocks": BLOCKS,
    "masked": MASKED,
}

Edit = tuple[str, str]
"""A text that occurs once, and its replacement."""


class Fault(NamedTuple):
    """A fault.

    Attributes:
        name: A description.
        spec: The spec in whose code it is planted.
        code: The code of the expected finding.
        place: A part of the expected line: a line of the spec, or of the code if it
            begins with `>`.
        graph: The replacements in the functional style.
        subclass: The replacements in the subclass style.
        row: The replacements in the sequential style.
    """

    name: str
    spec: str
    code: str
    place: str
    graph: Edit | None = None
    subclass: Edit | None = None
    row: Edit | None = None

    def edits(self) -> Iterator[tuple[str, Edit]]:
        """Return the styles that it is planted in, with the replacements."""
        for style, edit in (
            ("functional", self.graph),
            ("subclass", self.subclass),
            ("sequential", self.row),
        ):
            if edit is not None:
                yield style, edit


def alike(name: str, spec: str, code: str, place: str, old: str, new: str) -> Fault:
    """Return a fault with the same replacements in a function and in a class."""
    return Fault(name, spec, code, place, (old, new), (old, new))
