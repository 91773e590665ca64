"""Specs in which a mask has to reach something, and the styles that can say them.

Each has inputs called `tokens`, or `left` and `right`, of numbers: 0 fills up.
"""

from __future__ import annotations

from scaffold.styles import STYLES, Style
from tests.goldens import CASES

GRAPH: tuple[Style, ...] = ("functional", "subclass")

READER = """
inputs: {tokens: {shape: [null], dtype: int32}}
blocks:
  Reader:
    layers:
      - Dense(6, activation="tanh")
      - %s
layers:
  - Embedding(9, 6, mask_zero=True)
  - Reader
  - Dense(2)
"""
NESTED = """
inputs: {tokens: {shape: [null], dtype: int32}}
blocks:
  Inner:
    layers:
      - Dropout(0.1)
      - LSTM(4, return_sequences=True)
  Outer:
    layers:
      - Inner
      - Inner
layers:
  - Embedding(9, 6, mask_zero=True)
  - Outer
  - GlobalAveragePooling1D
"""
ROW = """
params: {depth: 3}
inputs: {tokens: {shape: [null], dtype: int32}}
blocks:
  Residual:
    layers:
      - changed = Dense(6, activation="tanh")
      - Add() <- inputs, changed
      - LayerNormalization
layers:
  - Embedding(9, 6, mask_zero=True)
  - Residual * depth
  - Bidirectional(LSTM(4))
"""
LOOP = """
inputs: {tokens: {shape: [null], dtype: int32}}
blocks:
  Reader:
    params: [units]
    layers: ["GRU(units, return_sequences=True)"]
layers:
  - Embedding(9, 6, mask_zero=True)
  - Reader(units) for units in [6, 4]
  - GlobalAveragePooling1D
"""
CHOICE = """
params: {twice: %s}
inputs: {tokens: {shape: [null], dtype: int32}}
blocks:
  Deep:
    layers:
      - Dense(6, activation="tanh")
      - Dense(6)
  Flat:
    layers: [Dense(6)]
layers:
  - Embedding(9, 6, mask_zero=True)
  - Deep if twice
  - Deep if twice else Flat
  - LSTM(4) if twice else GlobalAveragePooling1D
"""
SHARED = """
inputs: {left: {shape: [null], dtype: int32}, right: {shape: [null], dtype: int32}}
blocks:
  Reader:
    layers:
      - Dense(6, activation="tanh")
      - %s
layers:
  - words = Embedding(9, 6, mask_zero=True) <- left
  - others = reuse(words) <- right
  - reader = Reader <- words
  - one = LSTM(4) <- reader
  - again = reuse(reader) <- others
  - two = LSTM(4) <- again
  - Concatenate() <- one, two
"""
SHARED_TO_THE_END = """
inputs: {left: {shape: [null], dtype: int32}, right: {shape: [null], dtype: int32}}
blocks:
  Reader:
    layers:
      - Dense(6, activation="tanh")
      - LSTM(4)
layers:
  - words = Embedding(9, 6, mask_zero=True) <- left
  - others = reuse(words) <- right
  - reader = Reader <- words
  - again = reuse(reader) <- others
  - Concatenate() <- reader, again
"""
TWO_INPUTS = """
inputs: {left: {shape: [null], dtype: int32}, right: {shape: [null], dtype: int32}}
blocks:
  Attended:
    inputs: [query, memory]
    layers:
      - normal = LayerNormalization() <- query
      - read = LayerNormalization() <- memory
      - found = MultiHeadAttention(2, 3) <- query=normal, value=read
      - Add() <- query, found
layers:
  - words = Embedding(9, 6, mask_zero=True) <- left
  - others = reuse(words) <- right
  - Attended <- words, others
  - GlobalAveragePooling1D
"""
RESIDUAL_ATTENTION = """
inputs: {left: {shape: [null], dtype: int32}, right: {shape: [null], dtype: int32}}
layers:
  - words = Embedding(9, 6, mask_zero=True) <- left
  - others = reuse(words) <- right
  - found = MultiHeadAttention(2, 3) <- query=words, value=others
  - Add() <- words, found
  - GlobalAveragePooling1D
"""
TWO_ATTENTIONS = """
inputs: {left: {shape: [null], dtype: int32}, right: {shape: [null], dtype: int32}}
layers:
  - words = Embedding(9, 6, mask_zero=True) <- left
  - others = reuse(words) <- right
  - one = MultiHeadAttention(2, 3) <- query=words, value=others
  - MultiHeadAttention(2, 3) <- query=one, value=others
  - LSTM(4)
"""
POST_NORM = """
params: {depth: 2}
inputs: {tokens: {shape: [null], dtype: int32}}
blocks:
  Attended:
    layers:
      - found = MultiHeadAttention(2, 3, dropout=0.1) <- inputs, inputs
      - Add() <- inputs, found
      - LayerNormalization
layers:
  - Embedding(9, 6, mask_zero=True)
  - Attended * depth
  - LSTM(4)
"""
ATTENDED_INPUT = """
inputs: {left: {shape: [null], dtype: int32}, right: {shape: [null], dtype: int32}}
blocks:
  Attended:
    inputs: [query, memory]
    layers:
      - found = MultiHeadAttention(2, 3) <- query=query, value=memory
      - Add() <- query, found
layers:
  - words = Embedding(9, 6, mask_zero=True) <- left
  - others = reuse(words) <- right
  - Attended <- words, others
  - GlobalAveragePooling1D
"""
BESIDE_ATTENTION = """
inputs: {left: {shape: [null], dtype: int32}, right: {shape: [null], dtype: int32}}
layers:
  - words = Embedding(9, 6, mask_zero=True) <- left
  - others = reuse(words) <- right
  - dropped = Dropout(0.1) <- words
  - att = MultiHeadAttention(2, 3) <- dropped, others
  - back = reuse(att) <- others, dropped
  - deep = Dense(6, activation="tanh") <- att
  - sum = Add() <- deep, words
  - pooled = GlobalAveragePooling1D() <- sum
  - read = LSTM(4) <- others
  - turned = LSTM(4) <- back
  - Concatenate() <- pooled, read, turned
"""
CONCATENATED = """
inputs: {left: {shape: [null], dtype: int32}, right: {shape: [null], dtype: int32}}
layers:
  - words = Embedding(9, 6, mask_zero=True) <- left
  - bare = Embedding(9, 4) <- right
  - Concatenate() <- words, bare
  - LSTM(4)
"""
BARE_POSITIONS = """
inputs: {left: {shape: [null], dtype: int32}, right: {shape: [null], dtype: int32}}
layers:
  - words = Embedding(9, 6, mask_zero=True) <- left
  - bare = Embedding(9, 6) <- right
  - Add() <- words, bare
  - LSTM(4)
"""
TIMES = """
inputs: {tokens: {shape: [3, null], dtype: int32}}
blocks:
  Reader:
    layers:
      - Dense(6, activation="tanh")
      - %s
layers:
  - Embedding(9, 6, mask_zero=True)
  - TimeDistributed(Reader())
  - ops.max(axis=1)
  - Dense(2)
"""
TIMES_NESTED = """
inputs: {tokens: {shape: [3, null], dtype: int32}}
blocks:
  Words:
    layers: [Dense(6), "GRU(6, return_sequences=True)"]
  Reader:
    layers: [Words, GlobalAveragePooling1D]
layers:
  - Embedding(9, 6, mask_zero=True)
  - TimeDistributed(Reader())
  - ops.max(axis=1)
"""
TIMES_ROW = (TIMES % "LSTM(4)").replace("  - ops.max(axis=1)\n", "")

SPECS: dict[str, tuple[str, tuple[Style, ...]]] = {
    "lstm": (READER % "LSTM(4)", STYLES),
    "pooling": (READER % "GlobalAveragePooling1D", STYLES),
    "nested": (NESTED, STYLES),
    "row": (ROW, GRAPH),
    "loop": (LOOP, STYLES),
    "choice": (CHOICE % "true", STYLES),
    "other_choice": (CHOICE % "false", STYLES),
    "shared": (SHARED % "Dense(6)", GRAPH),
    "shared_lstm": (SHARED % "LSTM(6, return_sequences=True)", GRAPH),
    "shared_to_the_end": (SHARED_TO_THE_END, GRAPH),
    "two_inputs": (TWO_INPUTS, GRAPH),
    "time_distributed": (TIMES % "LSTM(4)", GRAPH),
    "time_distributed_pooling": (TIMES % "GlobalAveragePooling1D", GRAPH),
    "time_distributed_nested": (TIMES_NESTED, ("functional",)),
    "time_distributed_row": (TIMES_ROW, ("sequential",)),
    "residual_attention": (RESIDUAL_ATTENTION, GRAPH),
    "two_attentions": (TWO_ATTENTIONS, GRAPH),
    "post_norm": (POST_NORM, GRAPH),
    "attended_input": (ATTENDED_INPUT, GRAPH),
    "beside_attention": (BESIDE_ATTENTION, GRAPH),
}
LOST = {
    "bare_positions": BARE_POSITIONS,
    "concatenated": CONCATENATED,
}
"""Specs of which Keras 3.15 loses a mask without a word."""

FILES = ("transformer_encoder", "encoder_decoder")

NETWORKS = [
    *((name, style) for name, (_, styles) in SPECS.items() for style in styles),
    *((name, style) for name in FILES for style in GRAPH),
]


def text_of(name: str) -> str:
    """Gives a spec, one of these or one of the architectures."""
    if name in SPECS:
        return SPECS[name][0]
    path = CASES / "architectures" / f"{name}.yaml"
    return path.read_text(encoding="utf-8")
