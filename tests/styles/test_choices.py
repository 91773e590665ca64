"""A choice is one layer or another, settled by params."""

from __future__ import annotations

import pytest

from tests.styles.sources import (
    body,
    called,
    created_layers,
    evaluated,
    functional,
    signature,
    written,
)

CHOICES = """
name: m
params: {wide: true, depth: 3}
inputs: [6, 4]
layers:
  - Dense(8) if wide else Dense(4)
  - Dropout(0.5) if depth > 2 and not wide
  - Dropout(0.5) if wide else GaussianNoise(0.1)
  - pooled = GlobalMaxPooling1D() if depth in (1, 2) else Flatten()
"""


def test_choice() -> None:
    """A choice is a conditional expression; without another layer, none is called."""
    assert functional(CHOICES) == """\
inputs = keras.Input(shape=(6, 4))
if wide:
    x = layers.Dense(8)(inputs)
else:
    x = layers.Dense(4)(inputs)
if depth > 2 and not wide:
    x = layers.Dropout(0.5)(x)
if wide:
    x = layers.Dropout(0.5)(x)
else:
    x = layers.GaussianNoise(0.1)(x)
if depth in (1, 2):
    pooled = layers.GlobalMaxPooling1D()(x)
else:
    pooled = layers.Flatten()(x)
return keras.Model(inputs, pooled, name="m")
"""
    assert created_layers(CHOICES) == """\
super().__init__(**kwargs)
self.wide = wide
self.depth = depth
self.dense = layers.Dense(8) if wide else layers.Dense(4)
self.dropout = (
    layers.Dropout(0.5) if depth > 2 and not wide else layers.Identity()
)
self.dropout_1 = layers.Dropout(0.5) if wide else layers.GaussianNoise(0.1)
self.pooled = (
    layers.GlobalMaxPooling1D() if depth in (1, 2) else layers.Flatten()
)
"""
    assert body(written(CHOICES), "build_model") == """\
return keras.Sequential(
    [
        keras.Input(shape=(6, 4)),
        layers.Dense(8) if wide else layers.Dense(4),
        layers.Dropout(0.5) if depth > 2 and not wide else layers.Identity(),
        layers.Dropout(0.5) if wide else layers.GaussianNoise(0.1),
        layers.GlobalMaxPooling1D() if depth in (1, 2) else layers.Flatten(),
    ],
    name="m",
)
"""


def test_training_of_a_choice() -> None:
    """`training` is said where one of the two may feel it."""
    assert signature(CHOICES) == "def call(self, inputs, training=None):"
    assert called(CHOICES) == """\
x = self.dense(inputs)
x = self.dropout(x, training=training)
x = self.dropout_1(x, training=training)
return self.pooled(x)
"""


@pytest.mark.parametrize(
    ("params", "wanted"),
    [
        ({}, "Flatten()(Dropout(0.5)(Dense(8)(Input(None))))"),
        (
            {"wide": False, "depth": 3},
            "Flatten()(GaussianNoise(0.1)(Dropout(0.5)(Dense(4)(Input(None)))))",
        ),
        (
            {"wide": False, "depth": 2},
            "GlobalMaxPooling1D()(GaussianNoise(0.1)(Dense(4)(Input(None))))",
        ),
    ],
)
def test_what_is_chosen(params: dict[str, object], wanted: str) -> None:
    """Params settle what is called."""
    text = written(CHOICES, "functional")
    assert evaluated(text, **params) == f"Input(None) -> {wanted}"


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("wide", "wide"),
        ("not wide", "not wide"),
        ("depth>2", "depth > 2"),
        ("depth >= 2 or wide and depth != 5", "depth >= 2 or wide and depth != 5"),
        ("(depth > 2 or wide) and depth < 9", "(depth > 2 or wide) and depth < 9"),
        ("not (wide or depth > 2)", "not (wide or depth > 2)"),
        ("depth % 2 == 0", "depth % 2 == 0"),
        ("size is None", "size is None"),
        ("size is not None and size > 2", "size is not None and size > 2"),
        ("depth in [1, 2]", "depth in [1, 2]"),
        ("depth not in (1, 2)", "depth not in (1, 2)"),
        ("act == 'relu'", 'act == "relu"'),
    ],
)
def test_conditions(condition: str, wanted: str) -> None:
    """Conditions are written as they are, with the parentheses that they need."""
    spec = f"""
name: m
params: {{wide: true, depth: 3, size: null, act: relu}}
inputs: [4]
layers:
  - Dense(8) if {condition} else Dense(4)
  - Dense(depth, activation=act) if wide and size is None else Flatten()
"""
    results = " ".join(functional(spec).split()).replace("( ", "(").replace(" )", ")")
    sides = "x = layers.Dense(8)(inputs) else: x = layers.Dense(4)(inputs)"
    assert f"if {wanted}: {sides} if wide and size is None: outputs = " in results


SEVERAL = """
name: m
params: {join: true, smooth: false}
inputs: {a: [4], b: [4]}
layers:
  - Add() if join else Concatenate() <- a, b
  - ops.softplus() if smooth else ops.relu()
  - ops.multiply(0.5) if smooth else Dense(4)
"""


def test_merges_and_operations() -> None:
    """Both are called on the same tensors, an operation as a function."""
    assert functional(SEVERAL).splitlines()[2:12] == [
        "if join:",
        "    x = layers.Add()([a, b])",
        "else:",
        "    x = layers.Concatenate()([a, b])",
        "if smooth:",
        "    x = ops.softplus(x)",
        "    outputs = ops.multiply(x, 0.5)",
        "else:",
        "    x = ops.relu(x)",
        "    outputs = layers.Dense(4)(x)",
    ]
    first, second, third = called(SEVERAL).splitlines()
    assert first.endswith('([inputs["a"], inputs["b"]])')
    assert second == "x = ops.softplus(x) if self.smooth else ops.relu(x)"
    assert third.startswith("return ops.multiply(x, 0.5) if self.smooth else self.")


def test_reuse_of_a_choice() -> None:
    """A choice that is used again is made once."""
    spec = """
name: m
params: {wide: true}
inputs: [4]
layers:
  - a = Dense(4) if wide else Dense(2)
  - reuse(a)
"""
    assert functional(spec) == """\
inputs = keras.Input(shape=(4,))
a = layers.Dense(4) if wide else layers.Dense(2)
x = a(inputs)
outputs = a(x)
return keras.Model(inputs, outputs, name="m")
"""
    assert called(spec) == "x = self.a(inputs)\nreturn self.a(x)\n"


def test_choice_of_blocks() -> None:
    """A block may be one of two, be it against a layer or with other arguments."""
    spec = """
name: m
params: {deep: true}
inputs: [4]
blocks: {Tower: {params: [units], layers: [Dense(units), Dense(units)]}}
layers:
  - Tower(8) if deep else Dense(8)
  - Tower(4) if deep else Tower(2)
  - Tower(3) if deep
"""
    assert functional(spec) == """\
inputs = keras.Input(shape=(4,))
if deep:
    x = tower(inputs, 8)
    x = tower(x, 4)
    outputs = tower(x, 3)
else:
    x = layers.Dense(8)(inputs)
    outputs = tower(x, 2)
return keras.Model(inputs, outputs, name="m")
"""
    lines = [
        line for line in written(spec, "subclass").splitlines() if "Tower(" in line
    ]
    assert [line.strip() for line in lines[1:]] == [
        "self.tower = Tower(8) if deep else layers.Dense(8)",
        "self.tower_1 = Tower(4) if deep else Tower(2)",
        "self.tower_2 = Tower(3) if deep else layers.Identity()",
    ]


JOINED = """
name: m
params: {project: false, wide: true}
inputs: [4]
layers:
  - first = Dense(4)
  - Dense(4) if project
  - shortcut = Dropout(0.1) if project
  - Dense(4) if wide else Dense(4, use_bias=False) <- first
  - Dropout(0.2) if wide
  - Identity() if wide else ReLU()
  - Add() <- shortcut
"""


def test_neighbors_with_one_condition_are_joined() -> None:
    """One `if` holds consecutive choices, and a side without a layer has no line."""
    spec = JOINED.replace("  - Add() <- shortcut\n", "  - Add() <- shortcut, re_lu\n")
    spec = spec.replace("  - Identity()", "  - re_lu = Identity()")
    text = written(spec, "functional")
    assert body(text, "build_model") == """\
inputs = keras.Input(shape=(4,))
first = layers.Dense(4)(inputs)
if project:
    x = layers.Dense(4)(first)
    shortcut = layers.Dropout(0.1)(x)
else:
    shortcut = first
if wide:
    x = layers.Dense(4)(first)
    x = layers.Dropout(0.2)(x)
    re_lu = layers.Identity()(x)
else:
    x = layers.Dense(4, use_bias=False)(first)
    re_lu = layers.ReLU()(x)
outputs = layers.Add()([shortcut, re_lu])
return keras.Model(inputs, outputs, name="m")
"""
    assert "Dense(4)(Input(None))" in evaluated(text, project=False)
