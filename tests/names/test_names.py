"""Whatever something in a spec is called, its code is right, or the name is refused."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from scaffold.pipeline import Source, check
from tests.names.places import ALONE, PLACES
from tests.names.running import accepted, disagreements, prepare, sweep
from tests.names.words import words

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("default")]

IN_A_TEST = 9
"""How many words stand in every place each time; `python -m tests.names` takes all."""

WORDS = words()
KERNEL = "kernel_initializer=Constant(0.1)"
RECURRENT = "recurrent_initializer=Identity()"
COLLIDING = {
    "what Keras calls an input": f"""
inputs: [3]
layers:
  - input_layer = Dense(3, {KERNEL})
  - input_layer_1 = Dense(3, {KERNEL})
  - input_layer_2 = Dense(3, {KERNEL})
  - keras_tensor = Dense(3, {KERNEL})
""",
    "what Keras calls an input of a block": f"""
inputs: [3]
blocks:
  Input:
    layers:
      - layer = Dense(3, {KERNEL})
      - input_layer_3 = Dense(3, {KERNEL})
layers:
  - input = Input()
  - reuse(input) <- input
""",
    "what Keras calls the other of two": f"""
params: {{flag: false}}
inputs: [3]
layers:
  - Dense(3, {KERNEL}) if flag else ReLU()
  - re_lu = Dense(3, {KERNEL})
  - Dense(3, {KERNEL}) if flag else Activation("tanh")
  - activation_1 = Dense(3, {KERNEL})
""",
    "an input like a layer": f"""
inputs: {{dense: [3]}}
layers:
  - Dense(3, {KERNEL})
  - Dense(2, {KERNEL})
""",
    "a layer of a block like one of Keras's": f"""
inputs: [9, 3]
blocks:
  Max:
    layers:
      - pooling1d = Dense(3, {KERNEL})
      - Dense(3, {KERNEL})
layers:
  - Max
  - MaxPooling1D
  - MaxPooling1D
  - Max
""",
    "capitals": f"""
inputs: {{A: [3], a: [3]}}
layers:
  - B = Dense(3, {KERNEL}) <- A
  - b = Dense(3, {KERNEL}) <- a
  - Add() <- B, b, A, a
""",
    "blocks like variables": f"""
inputs: [3]
blocks:
  Y: {{layers: ["Dense(3, {KERNEL})"]}}
  Z:
    inputs: [x]
    layers:
      - Y() <- x
      - Dense(3, {KERNEL})
      - Y
layers: [Z, Y, Z]
""",
    "inputs of a block like the layers of a row": f"""
inputs: [3]
blocks:
  Twice:
    inputs: [layer, block]
    layers:
      - a = Dense(3, {KERNEL}) * 2 <- layer
      - Add() <- a, layer, block
layers:
  - a = Dense(3, {KERNEL})
  - Twice() <- a, inputs
""",
    "a layer like the mask": f"""
inputs: {{words: {{shape: [2, 4], dtype: int32}}}}
blocks:
  Page:
    layers:
      - mask = Dense(3, {KERNEL}) <- inputs
      - training = Dense(3, {KERNEL}) <- inputs
      - read = LSTM(3, return_sequences=True, {KERNEL}, {RECURRENT}) <- inputs
      - Add() <- mask, read, training, mask
      - Dropout(0.5)
layers:
  - Embedding(9, 3, mask_zero=True, embeddings_initializer=Constant(0.3))
  - TimeDistributed(Page())
""",
    "imports like entries": """
imports: {scaled: "own_words:scaled", i: "own_words:i", x_1: "own_words:x"}
inputs: [3]
blocks:
  Block:
    params: {factor: 1.5}
    layers:
      - scaled = scaled(factor)
      - i = i(2.0) * 3 <- scaled
      - Add() <- scaled, i
layers:
  - scaled = scaled(1.5)
  - x_1 = x_1(2.0) <- scaled
  - i = i(1.25) * 2
  - Add() <- scaled, i, x_1
  - Block
""",
    "params like attributes of PyTorch": f"""
params: {{type: 3, train: 0.5, training: 3, to: 2}}
inputs: [3]
layers:
  - Dense(type, {KERNEL})
  - Dropout(train)
  - Dense(training, {KERNEL}) * to
""",
    "layers like attributes of a model that was evaluated": f"""
inputs: [3]
layers:
  - stop_evaluating = Dense(3, {KERNEL})
  - stop_predicting = Dense(3, {KERNEL})
  - jax_state_sync = Dense(3, {KERNEL})
compile: {{optimizer: sgd, loss: mse}}
""",
}
REFUSED = {
    "a block like an import": """
imports: {residual: "own_words:residual"}
inputs: [4]
blocks: {Residual: {layers: [residual(2.0)]}}
layers: [Residual]
""",
    "a param like an import": """
imports: {scaled: "own_words:scaled"}
inputs: [4]
blocks: {Block: {params: {scaled: 2.0}, layers: [scaled(scaled)]}}
layers: [Block]
""",
    "a loop like an import": """
imports: {scaled: "own_words:scaled"}
inputs: [4]
layers: ["scaled(scaled) for scaled in [1.0, 2.0]"]
""",
    "an input of a block like an import": """
imports: {scaled: "own_words:scaled"}
inputs: [4]
blocks: {Block: {inputs: [scaled], layers: ["scaled(2.0) <- scaled"]}}
layers: [Block]
""",
    "an import like something of Python's": """
imports: {len: "own_words:len"}
inputs: [4]
layers: [len(2.0)]
""",
    "a param like the class": """
params: {cls: 4}
inputs: [4]
layers: [Dense(cls)]
""",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory whose modules can be imported."""
    result = tmp_path_factory.mktemp("names")
    prepare(result)
    return result


@pytest.mark.parametrize("seed", [0])
def test_words_in_every_place(seed: int, place: Path) -> None:
    """In all styles the code of a spec runs, and gives the same numbers."""
    some = random.Random(seed).sample(WORDS, IN_A_TEST)
    count, results = sweep(some, place, each=IN_A_TEST)
    assert count > IN_A_TEST * len(PLACES) // 3
    assert not results, "\n".join(results)


@pytest.mark.parametrize("label", COLLIDING)
def test_names_that_collide(label: str, place: Path) -> None:
    """What looks alike is kept apart."""
    assert not disagreements(label, COLLIDING[label], place)


@pytest.mark.parametrize("label", REFUSED)
def test_names_that_are_refused(label: str) -> None:
    """What could only be wrong code is a finding, with help."""
    diagnostics = check(Source(REFUSED[label].encode(), "q9_model.yaml")).diagnostics
    assert "KS211" in {diagnostic.code for diagnostic in diagnostics}
    assert all(diagnostic.help for diagnostic in diagnostics)


def test_every_place_takes_plain_words() -> None:
    """The specs themselves are right: what is refused is a word."""
    for make in (*PLACES.values(), *ALONE.values()):
        assert accepted(make, ["q9_plain"]) == ["q9_plain"]
