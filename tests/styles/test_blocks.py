"""Blocks are functions, models of their own, or layers, by style."""

from __future__ import annotations

import ast

from tests.styles.sources import (
    body,
    class_of,
    evaluated,
    function_of,
    functional,
    written,
)

RESIDUAL = """
name: m
inputs: [8, 8, 4]
blocks:
  Residual:
    description: Convolutions and a shortcut.
    params: [filters, {stride: 1}]
    layers:
      - Conv2D(filters, 3, strides=stride, padding="same")
      - BatchNormalization
      - change = Conv2D(filters, 3, padding="same")
      - shortcut = Conv2D(filters, 1, strides=stride) if stride > 1 <- inputs
      - Add() <- change, shortcut
      - ReLU
layers:
  - Residual(4)
  - last = Residual(8, stride=2)
"""


def test_function() -> None:
    """In the functional style, a block is a function of tensors."""
    text = written(RESIDUAL, "functional")
    arguments = ast.unparse(function_of(text, "residual").args)
    assert arguments == "inputs, filters, stride=1"
    assert body(text, "residual") == """\
x = layers.Conv2D(filters, 3, strides=stride, padding="same")(inputs)
x = layers.BatchNormalization()(x)
change = layers.Conv2D(filters, 3, padding="same")(x)
if stride > 1:
    shortcut = layers.Conv2D(filters, 1, strides=stride)(inputs)
else:
    shortcut = inputs
x = layers.Add()([change, shortcut])
return layers.ReLU()(x)
"""
    assert body(text, "build_model") == """\
inputs = keras.Input(shape=(8, 8, 4))
x = residual(inputs, 4)
last = residual(x, 8, stride=2)
return keras.Model(inputs, last, name="m")
"""


def test_layer() -> None:
    """In the subclass style, a block is a layer that can be saved and built."""
    text = written(RESIDUAL, "subclass")
    assert '(package="m")\nclass Residual(layers.Layer):\n' in text
    methods = class_of(text, "Residual")
    assert methods["__init__"] == """\
super().__init__(**kwargs)
self.filters = filters
self.stride = stride
self.conv2d = layers.Conv2D(filters, 3, strides=stride, padding="same")
self.batch_normalization = layers.BatchNormalization()
self.change = layers.Conv2D(filters, 3, padding="same")
self.shortcut = (
    layers.Conv2D(filters, 1, strides=stride)
    if stride > 1
    else layers.Identity()
)
self.add = layers.Add()
self.relu = layers.ReLU()
"""
    assert methods["call"] == """\
x = self.conv2d(inputs)
x = self.batch_normalization(x, training=training)
change = self.change(x)
shortcut = self.shortcut(inputs)
x = self.add([change, shortcut])
return self.relu(x)
"""
    assert methods["get_config"] == (
        'return {**super().get_config(), "filters": self.filters, '
        '"stride": self.stride}\n'
    )
    model = class_of(text, "M")
    assert model["__init__"] == """\
super().__init__(**kwargs)
self.residual = Residual(4)
self.last = Residual(8, stride=2)
"""
    assert model["call"] == """\
x = self.residual(inputs, training=training)
return self.last(x, training=training)
"""


CHAIN = """
name: m
params: {units: 8}
inputs: [4]
blocks:
  Step:
    params: [units, {rate: 0.1}]
    layers:
      - Dense(units, name="hidden")
      - Dropout(rate)
  Stage:
    params: [units, {depth: 2}]
    layers:
      - Step(units) * depth
      - end = Step(units // 2, rate=0.0)
layers:
  - Stage(units)
  - Stage(units, depth=1)
"""


def test_chain() -> None:
    """In the sequential style, a block is a function that makes a row of layers."""
    text = written(CHAIN)
    arguments = ast.unparse(function_of(text, "stage").args)
    assert arguments == "units, depth=2, name='stage'"
    assert body(text, "stage") == """\
return keras.Sequential(
    [
        *[step(units, name=f"step_{i}") for i in range(depth)],
        step(units // 2, rate=0.0, name="end"),
    ],
    name=name,
)
"""
    assert body(text, "build_model") == """\
return keras.Sequential(
    [
        keras.Input(shape=(4,)),
        stage(units),
        stage(units, depth=1, name="stage_1"),
    ],
    name="m",
)
"""


def test_names_reach_the_innermost_layers() -> None:
    """In a functional model, each layer's name begins with those of its blocks."""
    text = written(CHAIN, "functional")
    assert body(text, "stage") == """\
x = inputs
for i in range(depth):
    x = step(x, units, name=f"{name}_step_{i}")
return step(x, units // 2, rate=0.0, name=f"{name}_end")
"""
    result = evaluated(text)
    for name in ("stage_step_0", "stage_step_1", "stage_end", "stage_1_end"):
        assert result.count(f"name='{name}_hidden'") == 1


def test_no_names_without_need() -> None:
    """Where nothing inside has a name, a block's function takes none."""
    spec = """
name: m
inputs: [4]
blocks: {Step: {layers: [Dense(4), ReLU]}}
layers: [Step, Step]
"""
    text = written(spec, "functional")
    assert ast.unparse(function_of(text, "step").args) == "inputs"
    assert functional(spec).splitlines()[1:3] == [
        "x = step(inputs)",
        "outputs = step(x)",
    ]


SHARED = """
name: m
inputs: {left: [6], right: [6]}
blocks:
  Encoder:
    params: [units]
    layers: [hidden = Dense(units), Dropout(0.1), Dense(units)]
layers:
  - encoder = Encoder(4) <- left
  - other = reuse(encoder) <- right
  - Dot(axes=1) <- encoder, other
"""


_CHECK = (
    'if not isinstance(inputs, dict) or inputs.keys() - {"left", "right"}:',
    '    raise ValueError("expected a dictionary with the keys `left` and `right`")',
)


def test_reuse() -> None:
    """A block that is used again is a model of its own, made once."""
    text = written(SHARED, "functional")
    assert body(text, "encoder") == """\
inputs = keras.Input(shape=input_shape)
hidden = layers.Dense(units)(inputs)
x = layers.Dropout(0.1)(hidden)
outputs = layers.Dense(units)(x)
return keras.Model(inputs, outputs, name="encoder")
"""
    assert body(text, "build_model").splitlines()[2:6] == [
        "shared_encoder = encoder(left.shape[1:], 4)",
        "encoder_output = shared_encoder(left)",
        "other = shared_encoder(right)",
        "outputs = layers.Dot(axes=1)([encoder_output, other])",
    ]
    methods = class_of(written(SHARED, "subclass"), "M")
    assert methods["__init__"].splitlines()[1:] == [
        "self.encoder = Encoder(4)",
        "self.dot = layers.Dot(axes=1)",
    ]
    assert methods["call"].splitlines()[:4] == [
        *_CHECK,
        'encoder = self.encoder(inputs["left"], training=training)',
        'other = self.encoder(inputs["right"], training=training)',
    ]


def test_reuse_of_several_inputs() -> None:
    """A model of several inputs takes a list of them, in their order."""
    spec = """
name: m
inputs: {a: [4], b: [4]}
blocks: {Two: {inputs: [x, y], layers: ["Subtract() <- x, y"]}}
layers:
  - first = Two() <- a, b
  - second = reuse(first) <- y=a, x=b
  - Add() <- first, second
"""
    inner = "[[Input(None), Input(None)] -> Subtract()([Input(None), Input(None)])]"
    assert evaluated(written(spec, "functional")).split("} -> ")[1] == (
        f"Add()([{inner}([Input(a), Input(b)]), {inner}([Input(b), Input(a)])])"
    )


def test_argument() -> None:
    """A block inside of `TimeDistributed` is called on one step at a time."""
    spec = """
name: m
inputs: [5, 6, 4]
blocks: {Encoder: {params: [units], layers: [Dense(units), ReLU]}}
layers:
  - TimeDistributed(Encoder(3))
  - TimeDistributed(TimeDistributed(Encoder(2)))
  - TimeDistributed(Encoder(u)) for u in [4, 5]
"""
    assert functional(spec) == """\
inputs = keras.Input(shape=(5, 6, 4))
x = layers.TimeDistributed(encoder(inputs.shape[2:], 3))(inputs)
x = layers.TimeDistributed(layers.TimeDistributed(encoder(x.shape[3:], 2)))(x)
for u in [4, 5]:
    x = layers.TimeDistributed(encoder(x.shape[2:], u))(x)
return keras.Model(inputs, x, name="m")
"""
    text = written(spec, "subclass")
    assert class_of(text, "M")["__init__"] == """\
super().__init__(**kwargs)
self.time_distributed = layers.TimeDistributed(Encoder(3))
self.time_distributed_1 = layers.TimeDistributed(
    layers.TimeDistributed(Encoder(2))
)
self.time_distributed_layers = [
    layers.TimeDistributed(Encoder(u)) for u in [4, 5]
]
"""
    assert "compute_output_shape" in class_of(text, "Encoder")


def test_arguments_of_a_block() -> None:
    """The first param is positional if it comes first; defaults and order stay."""
    spec = """
name: m
inputs: [4]
blocks:
  B:
    params: [units, {rate: 0.5, act: relu, sizes: [1, 2]}]
    layers: ["Dense(units, activation=act)", Dropout(rate) if 3 in sizes]
layers:
  - B(units=4, rate=0.5, act="relu", sizes=(1, 2))
  - B(4, 0.1)
  - B(act="tanh", units=4)
  - B(4, sizes=[3])
"""
    lines = functional(spec).splitlines()[1:5]
    assert [line.split(" = ", 1)[1] for line in lines] == [
        'b(inputs, 4, rate=0.5, act="relu", sizes=(1, 2))',
        "b(x, 4, rate=0.1)",
        'b(x, act="tanh", units=4)',
        "b(x, 4, sizes=[3])",
    ]


def test_docstrings() -> None:
    """A block says what it is, what its params are for, and what it gives."""
    text = written(RESIDUAL, "functional")
    assert ast.get_docstring(function_of(text, "residual")) == """\
Convolutions and a shortcut.

Args:
    inputs: The input tensor.
    filters: int, the `filters` of the `Conv2D` layers.
    stride: int, the `strides` of some of the `Conv2D` layers; decides whether a
        `Conv2D` layer is used. Defaults to 1.

Returns:
    A tensor."""
