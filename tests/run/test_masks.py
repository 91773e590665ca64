"""Masks reach where they must: what only fills up a sequence changes nothing.

Each network gets a batch, and the same batch filled up with zeros. What it gives has to
be the same, in every style, and without Keras saying that a mask was lost.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from scaffold.styles import STYLES
from tests.goldens import CASES
from tests.run.modules import load_module, source_of

GRAPH = ("functional", "subclass")

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
      - found = MultiHeadAttention(2, 3) <- query=query, value=memory
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

CASES_OF_OURS = {
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
    "residual_attention": (RESIDUAL_ATTENTION, GRAPH),
    "two_attentions": (TWO_ATTENTIONS, GRAPH),
    "post_norm": (POST_NORM, GRAPH),
    "time_distributed": (TIMES % "LSTM(4)", GRAPH),
    "time_distributed_pooling": (TIMES % "GlobalAveragePooling1D", GRAPH),
    "time_distributed_nested": (TIMES_NESTED, ("functional",)),
    "time_distributed_row": (TIMES_ROW, ("sequential",)),
}
FILES = ("transformer_encoder", "encoder_decoder")


def text_of(name: str) -> str:
    """Gives a spec, one of ours or one of the architectures."""
    if name in FILES:
        path = CASES / "architectures" / f"{name}.yaml"
        return path.read_text(encoding="utf-8")
    return CASES_OF_OURS[name][0]


NETWORKS = [
    *((name, style) for name, (_, styles) in CASES_OF_OURS.items() for style in styles),
    *((name, style) for name in FILES for style in GRAPH),
]
each_network = pytest.mark.parametrize(
    ("name", "style"), NETWORKS, ids=["-".join(one) for one in NETWORKS]
)
# What Keras's TimeDistributed gives has the mask of what it was called on, which no
# loss can take. An operation ends it; a row of layers has none.
TRAINED = [one for one in NETWORKS if one[0] != "time_distributed_row"]


@pytest.fixture(autouse=True)
def loud() -> Iterator[None]:
    """Makes errors of all that Keras says about masks."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*mask")
        yield


def model_of(text: str, name: str, style: str, directory: Path) -> Any:
    """Makes a network in a style, of which two runs are alike."""
    keras.utils.set_random_seed(7)
    module = load_module(source_of(text, style, f"{name}.yaml"), directory)
    return module.build_model()


@each_network
def test_what_fills_up_changes_nothing(name: str, style: str, tmp_path: Path) -> None:
    """Filled up or not, a batch gives the same: called, predicted, and loaded again."""
    short = words_for(text_of(name))
    long = filled_up(short)
    model = model_of(text_of(name), name, style, tmp_path)
    wanted = output_of(model, short)
    model.save(tmp_path / "model.keras")
    for one in (model, keras.models.load_model(tmp_path / "model.keras")):
        assert difference(output_of(one, long), wanted) < 1e-5
        assert difference(one.predict(long, verbose=0), wanted) < 1e-5


@pytest.mark.parametrize(
    ("name", "style"), TRAINED, ids=["-".join(one) for one in TRAINED]
)
def test_trains_on_what_is_filled_up(name: str, style: str, tmp_path: Path) -> None:
    """A mask of the output fits the loss, which counts only what is there."""
    short = words_for(text_of(name))
    model = model_of(text_of(name), name, style, tmp_path)
    model.compile(optimizer="sgd", loss="mse")
    losses = []
    for batch in (short, filled_up(short)):
        target = np.full(output_of(model, batch).shape, 0.5, "float32")
        losses.append(model.evaluate(batch, target, verbose=0))
    assert abs(losses[0] - losses[1]) < 1e-5 * losses[0]
    model.fit(filled_up(short), target, verbose=0)
    assert np.isfinite(output_of(model, short)).all()


@each_network
def test_a_lost_mask_would_be_seen(name: str, style: str, tmp_path: Path) -> None:
    """Without masks, what fills up does change what is given."""
    text = text_of(name).replace("mask_zero=True", "mask_zero=False")
    model = model_of(text, name, style, tmp_path)
    short = words_for(text)
    found, wanted = (output_of(model, one) for one in (filled_up(short), short))
    assert difference(found, wanted) > 1e-3


def words_for(text: str) -> Any:
    """Makes words from 1 on for a spec's inputs; an axis of any size gets 5."""
    random = np.random.default_rng(3)
    inputs = re.findall(r"(\w+): \{shape: \[(3, )?null\], dtype: int32\}", text)
    batch = {
        name: random.integers(1, 9, size=(4, 3, 5) if times else (4, 5)).astype("int32")
        for name, times in inputs
    }
    return batch if len(batch) > 1 else batch["tokens"]


def filled_up(batch: Any) -> Any:
    """Adds three zeros to the end of each sequence."""

    def longer(words: Any) -> Any:
        return np.pad(words, [(0, 0)] * (words.ndim - 1) + [(0, 3)])

    return keras.tree.map_structure(longer, batch)


def difference(found: Any, wanted: Any) -> float:
    """Says how far two outputs are apart, as a part of their size.

    What a longer sequence has more of is left out.
    """
    assert found.ndim == wanted.ndim and found.shape[0] == wanted.shape[0]
    apart = np.abs(found[:, : wanted.shape[1]] - wanted).max()
    return float(apart / np.abs(wanted).max())


def output_of(model: Any, batch: Any) -> Any:
    """Calls a model, not as a graph."""
    tensors = keras.tree.map_structure(keras.ops.convert_to_tensor, batch)
    return keras.ops.convert_to_numpy(model(tensors, training=False))
