"""The reference: the IR run by Keras, with no generated code in between."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.ir.types import ModelIR, Origin
from scaffold.pipeline import Source, check
from tests.cases.own_layers import Witness

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("default")]


def model_of(spec: str) -> ModelIR:
    """Gives the model of a spec in which the checks find no more than unused blocks."""
    checked = check(Source(spec.encode(), "spec.yaml"))
    assert checked.model is not None
    assert {diagnostic.code for diagnostic in checked.diagnostics} <= {
        "KS305"
    }, checked.diagnostics
    return checked.model


def reference_of(spec: str) -> Any:
    """Builds the reference of a spec."""
    from scaffold.verify.reference.model import ReferenceModel

    return ReferenceModel(model_of(spec))


TIMES = """
blocks:
  Times:
    params: [factor]
    layers:
      - Dense(1, use_bias=False, kernel_initializer=Constant(factor))
  Minus:
    inputs: [a, b]
    params: {factor: 1.0}
    layers:
      - Times(factor) <- b
      - Subtract() <- a, times
"""
"""Blocks that can be worked out by hand."""


@pytest.mark.parametrize(
    ("layers", "wanted"),
    [
        ("Times(3)", 6.0),
        ("Times(3) * 4", 162.0),
        ("Times(3) * count", 18.0),
        ("Times(k) for k in [5, 7]", 70.0),
        ("Times(k + 1) for k in [5, count]", 36.0),
        ("Times(3) if flag else Times(5)", 10.0),
        ("Times(3) if not flag else Times(5)", 6.0),
        ("Times(3) if count == 2", 6.0),
        ("Times(3) if count > 2", 2.0),
        ("a = Times(3); reuse(a); reuse(a)", 54.0),
        ("a = Times(3); b = Times(5) <- inputs; Minus() <- a, b", -4.0),
        ("a = Times(3); b = Times(5) <- inputs; Minus(2) <- b=a, a=b", -2.0),
        ("a = Times(3); b = Times(5) <- inputs; Minus() * 3 <- a, b", -24.0),
        ("a = Times(3); Add() * 2 <- a, inputs", 10.0),
        ("ops.add(1.0); ops.multiply(count)", 6.0),
        ("ops.add(1.0) * 3", 5.0),
        ("a = Times(3); ops.subtract() <- inputs, a", -4.0),
        ("Reshape((1, 1)); TimeDistributed(Times(3)); Flatten", 6.0),
    ],
)
def test_is_what_the_spec_says(layers: str, wanted: float) -> None:
    """Rows, loops, choices, blocks, reuse and operations, worked out by hand."""
    import keras

    params = {"count": 2, "flag": "false"}
    used = [f"{name}: {value}" for name, value in params.items() if name in layers]
    entries = "".join(f"  - {part}\n" for part in layers.split("; "))
    spec = f"inputs: [1]\nparams: {{{', '.join(used)}}}\n{TIMES}\nlayers:\n{entries}"
    reference = reference_of(spec)
    assert not reference.diagnostics
    outputs = reference.run(keras.ops.full((3, 1), 2.0))
    assert keras.ops.convert_to_numpy(outputs).ravel().tolist() == [wanted] * 3


WRONG = """
inputs: [8, 8, 3]
blocks:
  Head:
    layers:
      - Flatten
      - Reshape((7, 9))
      - Dense(4)
layers:
  - a = Conv2D(4, 9)
  - b = Conv2D(4, 3) <- inputs
  - c = Conv2D(4, 3, padding="same") <- inputs
  - d = Add() <- b, c
  - f = LSTM(3) <- c
  - g = Head() <- c
  - again = reuse(g) <- c
  - h = GlobalAveragePooling2D() <- c
  - Concatenate() <- h, g, d, a, f, again
"""


def test_finds_all_that_cannot_be_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each fault is found once, at its entry; what depends on one is none."""
    monkeypatch.setattr("scaffold.checks.BY_SHAPE", ())
    reference = reference_of(WRONG)
    lines = WRONG.split("\n")
    diagnostics = {
        lines[diagnostic.span.line - 1].strip(): diagnostic
        for diagnostic in reference.diagnostics
    }
    assert len(diagnostics) == len(reference.diagnostics) == 4
    assert all(diagnostic.code == "KS702" for diagnostic in diagnostics.values())
    reshape = diagnostics["- Reshape((7, 9))"]
    assert reshape.message.startswith("`Reshape` cannot be called on (None, 256): ")
    assert reshape.help == "called as `g`, line 15"
    add = diagnostics["- d = Add() <- b, c"].message
    assert add.startswith("`Add` cannot be called on (None, 6, 6, 4) and (None, 8, 8")
    assert set(diagnostics) - {"- Reshape((7, 9))", "- d = Add() <- b, c"} == {
        "- a = Conv2D(4, 9)",
        "- f = LSTM(3) <- c",
    }
    h = Origin("", next(n.id for n in reference.model.graph.nodes if n.name == "h"))
    assert reference.shapes[(h,)] == [((None, 4),)]


def test_finds_what_fails_only_with_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Keras lets pass in shapes is found when it is computed."""
    monkeypatch.setattr("scaffold.checks.BY_SHAPE", ())
    from scaffold.verify.reference.baseline import prepare

    standard = prepare(model_of("""
inputs: {a: [3, 4], b: [5, 6]}
layers:
  - Attention() <- a, b
"""))
    (diagnostic,) = standard.diagnostics
    assert diagnostic.code == "KS702" and diagnostic.span.line == 4
    assert diagnostic.message.startswith(
        "`Attention` cannot be called on (4, 3, 4) and (4"
    )
    assert standard.batch is None and standard.no_batch_reason


SHAPES = """
inputs: [6, 4]
blocks:
  Pair:
    params: [width]
    layers:
      - Dense(width)
      - Dense(2 * width)
layers:
  - Pair(w) for w in (3, 5)
  - TimeDistributed(Pair(7))
  - memory = LSTM(8, return_state=True)
  - reduced = ops.mean(axis=-1, keepdims=True) <- memory[1]
  - one = Pair(1)
  - shared = Dense(2)
  - reuse(shared)
"""


def test_shapes_are_known_without_computing() -> None:
    """Every call's shapes, by the entries that led to it."""
    from scaffold.verify.reference.model import ReferenceModel, shapes

    model = model_of(SHAPES)
    arguments = shapes(model)
    named = {
        "/".join(f"{item.graph}{item.node}" for item in path): gave
        for path, gave in arguments.items()
    }
    assert named == {
        "1/Pair1": [((None, 6, 3),), ((None, 6, 5),)],
        "1/Pair2": [((None, 6, 6),), ((None, 6, 10),)],
        "1": [((None, 6, 6),), ((None, 6, 10),)],
        "2/Pair1": [((None, 7),)],
        "2/Pair2": [((None, 14),)],
        "2": [((None, 6, 14),)],
        "3": [((None, 8), (None, 8), (None, 8))],
        "4": [((None, 1),)],
        "5/Pair1": [((None, 1),)],
        "5/Pair2": [((None, 2),)],
        "5": [((None, 2),)],
        "6": [((None, 2),)],
        "7": [((None, 2),)],
    }
    assert arguments == ReferenceModel(model).shapes


def test_a_shared_block_is_traced_in_every_call() -> None:
    """A second call of the same layers is one more call of them."""
    from scaffold.verify.reference.model import shapes

    model = model_of("""
inputs: [3, 4]
blocks:
  Twice:
    layers: [Dense(4), ReLU]
layers:
  - shared = Twice()
  - Flatten
  - Reshape((6, 2, 1))
  - Reshape((2, 6, 1))
  - Reshape((3, 4))
  - reuse(shared)
""")
    gave = {path[-1]: calls for path, calls in shapes(model).items()}
    assert gave[Origin("Twice", 1)] == [((None, 3, 4),)] * 2


WITNESSED = """
inputs: [3]
imports: {Witness: "tests.cases.own_layers:Witness"}
blocks:
  Inner:
    layers: [Witness]
layers:
  - Witness
  - Inner
  - Reshape((1, 3))
  - TimeDistributed(Inner())
  - Dense(1)
"""


@pytest.mark.parametrize("training", [True, False])
def test_layers_hear_of_training(training: bool) -> None:
    """Also those in blocks, and in blocks that are arguments."""
    import keras

    reference = reference_of(WITNESSED)
    assert not reference.diagnostics
    Witness.told.clear()
    reference.run(keras.ops.ones((2, 3)), training=training)
    assert Witness.told == [training] * 3


@pytest.mark.parametrize(
    ("outputs", "kind", "length"),
    [
        ("a", "", 0),
        ("[a]", "list", 1),
        ("[b, a]", "list", 2),
        ("{x: a, y: b}", "dict", 2),
    ],
)
def test_gives_what_the_spec_says(outputs: str, kind: str, length: int) -> None:
    """One tensor, a list, be it of one, or a dictionary in the order of the spec."""
    import keras

    entries = "  - a = Dense(2)\n" + ("  - b = Dense(3) <- inputs\n" * ("b" in outputs))
    reference = reference_of(f"inputs: [4]\nlayers:\n{entries}outputs: {outputs}\n")
    gave = reference.run(keras.ops.ones((5, 4)))
    if not kind:
        assert gave.shape == (5, 2)
    else:
        assert type(gave).__name__ == kind and len(gave) == length
    if kind == "dict":
        assert [(key, tensor.shape[-1]) for key, tensor in gave.items()] == [
            ("x", 2),
            ("y", 3),
        ]


def test_arguments_are_made_as_the_code_has_them() -> None:
    """Nested objects are objects, strings stay strings, shapes are tuples."""
    reference = reference_of("""
inputs: [4, 4, 1]
params: {size: 3, rate: 0.5}
layers:
  - Conv2D(2 * size, [size, size], kernel_initializer=HeNormal(seed=size),
    kernel_regularizer=L2(rate / 5), activation="relu")
  - Reshape([-1])
""")
    conv, reshape = reference.layers.values()
    assert conv.filters == 6 and conv.kernel_size == (3, 3)
    assert conv.kernel_initializer.get_config()["seed"] == 3
    assert float(conv.kernel_regularizer.l2) == pytest.approx(0.1)
    assert reshape.target_shape == (-1,)
    assert [key.kind for key in reference.layers] == ["Conv2D", "Reshape"]
