"""Rows of layers are loops, in each style."""

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

REPEATED = """
name: m
params: {depth: 2}
inputs: [4]
layers:
  - Dense(4) * depth
  - stage = Dense(4) * 3
  - Dropout(0.5) * (2 * depth)
"""


def test_repeat() -> None:
    """`* n` is a loop over a range; layers are numbered where they have a name."""
    assert functional(REPEATED) == """\
inputs = keras.Input(shape=(4,))
x = inputs
for _ in range(depth):
    x = layers.Dense(4)(x)
for _ in range(3):
    x = layers.Dense(4)(x)
for _ in range(2 * depth):
    x = layers.Dropout(0.5)(x)
return keras.Model(inputs, x, name="m")
"""
    assert created_layers(REPEATED) == """\
super().__init__(**kwargs)
self.depth = depth
self.dense_layers = [layers.Dense(4) for _ in range(depth)]
self.stage_layers = [layers.Dense(4) for _ in range(3)]
self.dropout_layers = [layers.Dropout(0.5) for _ in range(2 * depth)]
"""
    assert called(REPEATED) == """\
x = inputs
for layer in self.dense_layers:
    x = layer(x)
for layer in self.stage_layers:
    x = layer(x)
for layer in self.dropout_layers:
    x = layer(x, training=training)
return x
"""
    assert signature(REPEATED) == "def call(self, inputs, training=None):"
    assert body(written(REPEATED), "build_model") == """\
return keras.Sequential(
    [
        keras.Input(shape=(4,)),
        *[layers.Dense(4) for _ in range(depth)],
        *[layers.Dense(4) for _ in range(3)],
        *[layers.Dropout(0.5) for _ in range(2 * depth)],
    ],
    name="m",
)
"""


LOOPS = """
name: m
params: {width: 8}
inputs: [8, 8, 1]
layers:
  - Conv2D(f, 3, strides=s) for f, s in [(4, 1), (width, 2)]
  - last = Conv2D(2 * f, 1) for f in [4, 8]
"""


def test_loop() -> None:
    """`for` is a loop over rows, numbered with `enumerate` where there is a name."""
    assert functional(LOOPS) == """\
inputs = keras.Input(shape=(8, 8, 1))
x = inputs
for f, s in [(4, 1), (width, 2)]:
    x = layers.Conv2D(f, 3, strides=s)(x)
for f in [4, 8]:
    x = layers.Conv2D(2 * f, 1)(x)
return keras.Model(inputs, x, name="m")
"""
    assert created_layers(LOOPS) == """\
super().__init__(**kwargs)
self.width = width
self.conv2d_layers = [
    layers.Conv2D(f, 3, strides=s) for f, s in [(4, 1), (width, 2)]
]
self.last_layers = [layers.Conv2D(2 * f, 1) for f in [4, 8]]
"""
    assert body(written(LOOPS), "build_model") == """\
return keras.Sequential(
    [
        keras.Input(shape=(8, 8, 1)),
        *[layers.Conv2D(f, 3, strides=s) for f, s in [(4, 1), (width, 2)]],
        *[layers.Conv2D(2 * f, 1) for f in [4, 8]],
    ],
    name="m",
)
"""


def test_numbered_rows_of_several_values() -> None:
    """Number and values are taken apart in one go."""
    spec = """
name: m
inputs: [8, 8, 1]
layers:
  - Conv2D(f, k, name="last") for f, k in [(4, 3), (8, 1)]
"""
    assert functional(spec).splitlines()[2:4] == [
        "for i, (f, k) in enumerate([(4, 3), (8, 1)]):",
        '    x = layers.Conv2D(f, k, name=f"last_{i}")(x)',
    ]


def test_one_value() -> None:
    """A row of a single value stays a row."""
    spec = "name: m\ninputs: [4]\nlayers:\n  - Dense(u) for u in [3]\n"
    assert "for u in [3]:" in functional(spec)


SECOND = """
name: m
inputs: {a: [5, 4], b: [5, 4]}
layers:
  - MultiHeadAttention(2, 4) * 2 <- query=a, value=b, use_causal_mask=True
"""


def test_what_else_it_is_called_on() -> None:
    """The first tensor is handed on, and the others stay the same."""
    assert functional(SECOND).splitlines()[2:8] == [
        "x = a",
        "for _ in range(2):",
        "    x = layers.MultiHeadAttention(num_heads=2, key_dim=4)(",
        "        query=x, value=b, use_causal_mask=True",
        "    )",
        'return keras.Model({"a": a, "b": b}, x, name="m")',
    ]
    assert called(SECOND) == """\
x = inputs["a"]
for layer in self.multi_head_attention_layers:
    x = layer(
        query=x, value=inputs["b"], use_causal_mask=True, training=training
    )
return x
"""


OPERATIONS = """
name: m
params: {scale: 2.0}
inputs: {a: [4], b: [4]}
layers:
  - ops.add() * 2 <- a, b
  - ops.multiply(f) for f in [scale, 3.0]
"""


def test_rows_of_operations() -> None:
    """An operation is called in a loop as well; its rows see params by `self`."""
    assert called(OPERATIONS) == """\
x = inputs["a"]
for _ in range(2):
    x = ops.add(x, inputs["b"])
for f in [self.scale, 3.0]:
    x = ops.multiply(x, f)
return x
"""
    assert evaluated(written(OPERATIONS, "functional"), scale=7) == (
        "{'a': Input(a), 'b': Input(b)} -> multiply(multiply("
        "add(add(Input(a), Input(b)), Input(b)), 7), 3.0)"
    )


@pytest.mark.parametrize(
    ("entries", "wanted"),
    [
        # The result is used later, and not by the next entry.
        (
            "- d = Dense(1)\n- row = Dense(2) * 2\n- e = Dense(9) <- d\n"
            "- Add() <- row, e",
            "Add()([Dense(2)(Dense(2)(D)), Dense(9)(D)])",
        ),
        # What a row is called on is used once more behind it.
        (
            "- d = Dense(1)\n- Dense(2) * 2\n- Add() <- dense, d",
            "Add()([Dense(2)(Dense(2)(D)), D])",
        ),
        # It is called on an entry further up.
        (
            "- d = Dense(1)\n- e = Dense(9)\n- Dense(2) * 2 <- d\n- Add() <- e, dense",
            "Add()([Dense(9)(D), Dense(2)(Dense(2)(D))])",
        ),
        # Another tensor that it needs is the result of the entry before.
        (
            "- d = Dense(1)\n- Dense(9)\n- ops.add() * 2 <- d, dense",
            "add(add(D, Dense(9)(D)), Dense(9)(D))",
        ),
        # The same tensor is handed on, and stays the same.
        ("- d = Dense(1)\n- ops.add() * 2 <- d, d", "add(add(D, D), D)"),
        ("- d = Dense(1)\n- ops.add() * 1 <- d, d\n- Flatten", "Flatten()(add(D, D))"),
    ],
)
def test_what_a_row_is_called_on(entries: str, wanted: str) -> None:
    """Whatever else is needed, no loop takes a variable that is still used."""
    text = written(f"name: m\ninputs: [4]\nlayers:\n{entries}\n", "functional")
    result = evaluated(text).removeprefix("Input(None) -> ")
    assert result.replace("Dense(1)(Input(None))", "D") == wanted


def test_no_layers() -> None:
    """A row of none gives what it is called on."""
    text = written(REPEATED, "functional")
    assert "Dropout" not in evaluated(text, depth=0)
    assert evaluated(text, depth=0).count("Dense") == 3


@pytest.mark.parametrize("name", ["i", "layer", "x", "block", "index", "enumerate"])
def test_names_around_a_loop(name: str) -> None:
    """No name of a spec is taken for the loop's own variables."""
    spec = f"""
name: m
inputs: {{{name}: [4], other: [4]}}
layers:
  - kept = Dense(3) <- {name}
  - row = Dense(2) * 2 <- other
  - Add() <- kept, row, {name}
"""
    kept = f"Dense(3)(Input({name}))"
    row = "Dense(2)(Dense(2)(Input(other)))"
    result = evaluated(written(spec, "functional"))
    assert result.endswith(f"-> Add()([{kept}, {row}, Input({name})])")
