"""What a caller sees is the same in every style: names, inputs, `training`, exports."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from scaffold.catalogue.facts.layers import MAY_RETURN_INPUT
from scaffold.pipeline import Source, check, generate
from scaffold.styles.advice import advise
from tests.run.masked import GRAPH
from tests.run.modules import load_module, source_of

OUTPUTS = """
inputs: [6]
params: {deep: %s}
blocks:
  Head:
    params: [units]
    layers: [Dense(4), Dense(units)]
  Two:
    layers: [a = Dense(4), b = Dense(3)]
    outputs: {one: a, other: b}
layers:
  - h = Dense(8)
  - head = Head(3) <- h
  - row = Dense(2) * 2 <- h
  - two = Two() <- h
  - average = ops.mean(axis=1) <- h
  - chosen = Dense(8) if deep <- h
  - either = Dense(8) if deep else Head(8) <- h
  - again = reuse(h) <- inputs
outputs: [head, row, "two[1]", average, chosen, either, again, inputs, h]
compile:
  loss: {head: mse, row: mae, two_other: mse, average: mse, chosen: mse, either: mse,
    again: mse, inputs: mse, h: mse}
  metrics: {row: [mse]}
"""
NAMES = "head row two_other average chosen either again inputs h".split()

ONE_OUTPUT = """
inputs: [6]
layers: [score = Dense(4)]
outputs: [score]
compile: {loss: {score: mse}, metrics: {score: [mae]}}
"""

FIXED = """
inputs: [4, 32]
blocks:
  Noisy:
    layers:
      - Dense(32)
      - Dropout(0.5)
layers:
  - Dense(32)
  - normal = BatchNormalization(name="normal") <- training=False
  - %s
"""
SAMPLED = {
    "dropout": "Dropout(0.5) <- normal, training=True",
    "row": "Dropout(0.5) * 2 <- normal, training=True",
    "wrapper": "TimeDistributed(Dropout(0.5)) <- normal, training=True",
    "block": "TimeDistributed(Noisy()) <- normal, training=True",
    "recurrent": "Bidirectional(LSTM(8, dropout=0.5)) <- normal, training=True",
}

MANY_INPUTS = """
inputs: {right: [4], left: [3], words: {shape: [null], dtype: int32}}
layers:
  - Embedding(9, 4, mask_zero=True) <- words
  - read = GlobalAveragePooling1D
  - shown = Dense(4) <- left
  - sum = Add() <- shown, right, read
outputs: {sum: sum, shown: shown}
"""
EXPORTED = {
    "many": MANY_INPUTS,
    "words": """
inputs: {words: {shape: [null], dtype: int32}}
layers: ["Embedding(9, 6, mask_zero=True)", Dropout(0.5), LSTM(3)]
""",
    "fixed": """
inputs: {image: {shape: [8, 8, 3], batch_size: 2}}
layers: ["Conv2D(2, 3)", BatchNormalization, Flatten, Dense(2)]
""",
    "loop": """
inputs: [6]
blocks:
  Step: {layers: [Dense(6)]}
  Halt: {layers: ["Dense(1, activation='sigmoid')"]}
layers:
  - loop(Step(), until=Halt(), max_steps=4)
override: [train_step]
""",
}


def built(spec: str, style: str, directory: Path) -> Any:
    """Builds a spec's model, compiled where the spec says so."""
    keras.utils.set_random_seed(3)
    module = load_module(source_of(spec, style), directory)
    model = module.build_model()
    if hasattr(module, "compile_model"):
        module.compile_model(model)
    return model


@pytest.mark.parametrize("deep", ["true", "false"])
def test_several_outputs_have_names(deep: str, tmp_path: Path) -> None:
    """Logs and `compile` call each output like its entry, when reloaded as well."""
    spec, batch = OUTPUTS % deep, np.ones((8, 6), "float32")
    wanted = {"loss", "row_mse", *(f"{name}_loss" for name in NAMES)}
    for style in GRAPH:
        model = built(spec, style, tmp_path)
        assert model.output_names == NAMES
        targets = [np.zeros_like(item) for item in model.predict(batch, verbose=0)]
        history = model.fit(batch, targets, validation_split=0.5, verbose=0).history
        assert set(history) == wanted | {f"val_{name}" for name in wanted}
        model.save(tmp_path / "model.keras")
        again = keras.models.load_model(tmp_path / "model.keras")
        logs = again.evaluate(batch, targets, verbose=0, return_dict=True)
        assert set(logs) == wanted


def test_a_list_of_one_output(tmp_path: Path) -> None:
    """Every style gives the tensor by itself, and knows its name."""
    batch = np.ones((8, 6), "float32")
    for style in GRAPH:
        model = built(ONE_OUTPUT, style, tmp_path)
        assert model(batch).shape == (8, 4)
        predictions = model.predict(batch, verbose=0)
        logs = model.evaluate(batch, predictions, verbose=0, return_dict=True)
        assert set(logs) == {"loss", "mae"}


@pytest.mark.parametrize("name", SAMPLED)
def test_a_constant_says_whether_it_is_training(name: str, tmp_path: Path) -> None:
    """Whatever `fit` and `predict` say; a functional model cannot, and is refused."""
    spec = FIXED % SAMPLED[name]
    if name != "block":
        spec = spec.replace("blocks:\n  Noisy:\n    layers:\n", "").replace(
            "      - Dense(32)\n      - Dropout(0.5)\n", ""
        )
    source = Source(spec.encode(), "model.yaml")
    result, checked = generate(source, "functional")
    assert result is None
    results = [
        diagnostic for diagnostic in checked.diagnostics if diagnostic.code == "KS507"
    ]
    lines = spec.splitlines()
    assert [
        lines[diagnostic.span.line - 1].count("training=") for diagnostic in results
    ] == [1, 1]
    assert checked.model is not None and advise(checked.model).style == "subclass"
    model = built(spec, "auto", tmp_path)
    batch = np.random.default_rng(0).normal(size=(16, 4, 32)).astype("float32")
    first, second = (model.predict(batch, verbose=0) for _ in range(2))
    assert not np.array_equal(first, second)
    model.compile(loss="mse")
    normal = model.get_layer("normal")
    before = [np.array(weight) for weight in normal.non_trainable_weights]
    model.fit(batch, np.zeros_like(first), verbose=0)
    for pair, weight in zip(before, normal.non_trainable_weights, strict=True):
        assert np.array_equal(pair, weight)


@pytest.mark.parametrize(
    "entry", ["Dense(4) <- training=True", "LSTM(4) <- training=True"]
)
def test_a_constant_without_effect_is_written(entry: str) -> None:
    """Where training makes no difference, the functional style says it as well."""
    spec = f"inputs: [3, 4]\nlayers:\n  - {entry}\n"
    assert "training=True" in source_of(spec, "functional")


def test_other_inputs_are_refused(tmp_path: Path) -> None:
    """A class refuses what is not the inputs, instead of computing something of it."""
    left, right = np.ones((2, 3), "float32"), np.ones((2, 4), "float32")
    words = np.ones((2, 5), "int32")
    good = {"left": left, "right": right, "words": words}
    models = [built(MANY_INPUTS, style, tmp_path) for style in GRAPH]
    for wrong, message in (
        ({"left": left, "right": right}, 'Missing data for input "words"'),
        ({**good, "left": np.ones((2, 5), "float32")}, "expected shape"),
        ([right, words], "expects 3 named input"),
    ):
        for model in models:
            with pytest.raises(ValueError, match=message):
                model(wrong)
    of_class = models[-1]
    for wrong in ({**good, "more": left}, {**good, "zoom": left}, [right, left, words]):
        for call in (of_class, of_class.predict):
            with pytest.raises(ValueError, match="keys `right`, `left` and `words`"):
                call(wrong)
    assert set(of_class(good)) == {"sum", "shown"}
    single = [built("inputs: [4, 6]\nlayers: [Dense(3)]", s, tmp_path) for s in GRAPH]
    for shape in ((2, 5, 6), (4, 6), (2, 4, 7)):
        for model in single:
            with pytest.raises(ValueError, match="expected"):
                model(np.ones(shape, "float32"))


@pytest.mark.parametrize("name", EXPORTED)
def test_exports(name: str, tmp_path: Path) -> None:
    """A new class and a reloaded one are exported, never called, and give the same."""
    model = built(EXPORTED[name], "subclass", tmp_path)
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    batch = {
        "many": {
            "right": tf.random.normal((2, 4)),
            "left": tf.random.normal((2, 3)),
            "words": tf.constant([[1, 2, 0], [3, 0, 0]]),
        },
        "words": tf.constant([[1, 2, 0], [3, 0, 0]]),
        "fixed": tf.random.normal((2, 8, 8, 3)),
        "loop": tf.random.normal((3, 6)),
    }[name]
    for number, item in enumerate((model, again)):
        item.export(tmp_path / str(number), verbose=False)
        served = tf.saved_model.load(tmp_path / str(number))
        ours, theirs = item(batch, training=False), served.serve(batch)
        keras.tree.map_structure(
            lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-5),
            dict(ours) if isinstance(ours, dict) else ours,
            dict(theirs) if isinstance(ours, dict) else theirs,
        )
        shutil.rmtree(tmp_path / str(number))


def test_layers_that_may_give_their_input() -> None:
    """Of the layers that keep masks, just these may return what they are called on."""
    results = set()
    for name in dir(keras.layers):
        for args in ((), ("linear",), (0.5,)):
            try:
                layer = getattr(keras.layers, name)(*args)
                tensor = keras.ops.ones((2, 3, 4, 5)[: 4 if "2D" in name else 3])
                gave = layer(tensor)
            # Most take other arguments, or other tensors.
            except Exception:
                continue
            if layer.supports_masking and gave is tensor:
                results.add(name)
    # Of these ranks are left out, and this is not among the layers of a spec.
    assert results - {"Layer"} <= MAY_RETURN_INPUT
    assert {"Activation", "Dropout", "Identity", "GaussianNoise"} <= results


def test_attention_gets_copies_only_where_it_has_to() -> None:
    """No class for copies is written where nothing else uses what it attends to."""
    spec = """
inputs: {words: {shape: [null], dtype: int32}}
layers:
  - vectors = Embedding(9, 6, mask_zero=%s)
  - normal = LayerNormalization
  - found = MultiHeadAttention(2, 3) <- %s
  - Add() <- vectors, found
"""
    for mask, item, needs in (
        ("True", "normal, normal", False),
        ("True", "vectors, vectors", True),
        ("False", "vectors, vectors", False),
    ):
        text = spec % (mask, item)
        if item != "normal, normal":
            text = text.replace("  - normal = LayerNormalization\n", "")
        assert not check(Source(text.encode(), "model.yaml")).diagnostics
        for style in GRAPH:
            assert ("OwnMask" in source_of(text, style)) == needs
