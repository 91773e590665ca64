"""What blocks are called on, and what they give."""

from __future__ import annotations

import ast

import pytest

from tests.styles.sources import body, class_of, evaluated, function_of, written

INPUTS = """
name: m
inputs: {a: [4], b: [4]}
blocks:
  Gate:
    params: {units: 4}
    inputs: [x, context]
    layers:
      - value = Dense(units, name="value") <- x
      - gate = Dense(units, activation="sigmoid", name="gate") <- context
      - Multiply() <- value, gate
  Both:
    inputs: [x]
    layers:
      - one = Dense(3)
      - two = Dense(2) <- x
    outputs: {first: one, second: two}
  Pair:
    layers:
      - one = Dense(3)
      - two = Dense(2) <- inputs
    outputs: [two, one]
layers:
  - gated = Gate() <- a, b
  - turned = Gate() <- context=a, x=b
  - both = Both() <- gated
  - pair = Pair() <- turned
  - Concatenate() <- both[1], pair[0], pair[1], both[0]
"""


def test_inputs_and_outputs() -> None:
    """Inputs go by position or by name; outputs come by key, or by place."""
    text = written(INPUTS, "functional")
    assert ast.unparse(function_of(text, "gate").args) == (
        "x, context, units=4, name='gate'"
    )
    assert body(text, "both").endswith('return {"first": one, "second": two}\n')
    assert body(text, "pair").endswith("return [two, one]\n")
    gate = (
        "Multiply()([Dense(4, name='{0}_value')({1}), Dense(4, activation='sigmoid', "
    )
    gate += "name='{0}_gate')({2})])"
    first = gate.format("gated", "Input(a)", "Input(b)")
    second = gate.format("turned", "Input(b)", "Input(a)")
    assert evaluated(text).split(" -> ")[1] == (
        f"Concatenate()([Dense(2)({first}), "
        f"Dense(2)({second}), Dense(3)({second}), "
        f"Dense(3)({first})])"
    )


def test_inputs_of_a_layer() -> None:
    """A layer with several inputs is built with a shape for each."""
    methods = class_of(written(INPUTS, "subclass"), "Gate")
    assert methods["build"] == """\
# Trace `call` on symbolic inputs to build every layer and set its output shape.
self.call(
    keras.Input(batch_shape=x_shape), keras.Input(batch_shape=context_shape)
)
self.built = True
"""
    assert "def build(self, x_shape, context_shape):" in written(INPUTS, "subclass")
    call = class_of(written(INPUTS, "subclass"), "M")["call"]
    assert call.splitlines()[-1] == (
        'return self.concatenate([both["second"], pair_two, pair_one, both["first"]])'
    )


@pytest.mark.parametrize("other", ["other", "x", "y"])
@pytest.mark.parametrize(
    "name", ["x", "y", "inputs", "outputs", "i", "data", "model", "layer", "block"]
)
def test_names_of_inputs(name: str, other: str) -> None:
    """Whatever an input is called, each variable of a block holds one thing."""
    if name == other:
        name = "z"
    spec = f"""
name: m
inputs: {{left: [4], right: [4]}}
blocks:
  Join:
    inputs: [{name}, {other}]
    layers:
      - Dense(1) <- {other}
      - Dense(2)
      - Add() <- {name}, dense_1
      - Dense(3) * 2
      - Add() <- {name}, dense_2
layers:
  - Join() <- {other}=left, {name}=right
"""
    inner = "Dense(2)(Dense(1)(Input(left)))"
    parts = evaluated(written(spec, "functional")).split(" -> ")[1]
    assert parts == (
        f"Add()([Input(right), Dense(3)(Dense(3)(Add()([Input(right), {inner}])))])"
    )


def test_docstrings() -> None:
    """A block says in which form it gives what it gives."""
    several = written(INPUTS, "functional")
    returns = [
        (ast.get_docstring(function_of(several, name)) or "").splitlines()[-1].strip()
        for name in ("gate", "both", "pair")
    ]
    assert returns == [
        "A tensor.",
        "A dictionary of tensors: `first`, `second`.",
        "A list of 2 tensors.",
    ]
