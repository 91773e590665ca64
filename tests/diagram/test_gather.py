"""What a picture says: boxes, their texts, and lines between them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scaffold.catalogue import load
from scaffold.diagnostics import has_errors
from scaffold.diagram.build import build_diagram
from scaffold.diagram.labels import MAX_LINE_LENGTH, MOST_LINES, one_line, wrapped
from scaffold.diagram.types import Box, Cluster
from scaffold.pipeline import Source, check
from scaffold.shapes import infer


def groups(spec: str) -> tuple[Cluster, ...]:
    """Gives the model and the blocks of a spec."""
    checked = check(Source(spec.encode(), "spec.yaml"))
    assert checked.model is not None and not has_errors(
        checked.diagnostics
    ), checked.diagnostics
    return build_diagram(checked.model, load(), infer(checked.model, load())).groups


def texts(group: Cluster) -> list[list[str]]:
    """Gives the lines of each box."""
    return [[line.text for line in box.lines] for box in group.boxes]


def lines(group: Cluster) -> list[tuple[str, str, str]]:
    """Gives what goes from where to where."""
    return [
        (edge.tail, edge.head, edge.label) for edge in group.edges if not edge.is_shared
    ]


def test_layers_are_said_as_in_the_code() -> None:
    """Sizes and activations are told; initializers, switches and defaults are not."""
    (group,) = groups("""
        params: {units: 4, act: tanh}
        inputs: {words: {shape: [null], dtype: int32}}
        layers:
          - Embedding(100, units * 2, mask_zero=True)
          - found = Bidirectional(LSTM(units, return_sequences=True, dropout=0.5))
          - Conv1D(8, 3, strides=2, padding="same", kernel_initializer="zeros")
          - Dense(units, activation=act, kernel_regularizer=L2(0.1))
          - BatchNormalization(momentum=0.9)
          - ops.mean(axis=1, keepdims=True)
          - Reshape([2, -1])
        """)
    assert texts(group) == [
        ["words", "(None, None) int32"],
        ["Embedding(100, 8)", "(None, None, 8)"],
        ["found", "Bidirectional(LSTM(4))", "(None, None, 8)"],
        ["Conv1D(8, 3, strides=2)", "(None, None, 8)"],
        ["Dense(4, activation='tanh')", "(None, None, 4)"],
        ["BatchNormalization", "(None, None, 4)"],
        ["ops.mean(axis=1, keepdims=True)", "(None, 1, 4)"],
        ["Reshape((2, -1))", "(None, 2, 2)"],
    ]
    assert [box.kind for box in group.boxes] == ["input", *["layer"] * 7]
    assert lines(group) == [(f"n{at}", f"n{at + 1}", "") for at in range(7)]


def test_blocks_are_drawn_once() -> None:
    """A call has the block's number; a block's inside is in terms of its params."""
    top, outer, inner = groups("""
        params: {width: 8}
        inputs: [8]
        blocks:
          Inner: {params: [units], layers: [Dense(units)]}
          Outer:
            params: {units: 4, deep: true}
            layers: [Inner(units), Inner(units * 2) if deep]
        layers:
          - Outer(width)
          - TimeDistributed(Dense(2)) if width > 100
          - Outer(width, deep=False) * 3
        """)
    assert [(item.number, item.title) for item in (top, outer, inner)] == [
        (0, "spec"),
        (1, "Outer(units=4, deep=True)"),
        (2, "Inner(units)"),
    ]
    assert texts(top)[1:] == [
        ["Outer(8)", "(None, 16)"],
        ["TimeDistributed(Dense(2))", "if width > 100", "else Identity", "(None, 16)"],
        ["Outer(8, deep=False)", "× 3", "(None, 8)"],
    ]
    assert [box.block for box in top.boxes] == [0, 1, 0, 1]
    assert texts(outer)[1:] == [
        ["Inner(units)", "(None, 8)"],
        ["Inner(units * 2)", "if deep", "else Identity"],
    ]
    assert [box.block for box in outer.boxes] == [0, 2, 2]
    assert {box.key for box in inner.boxes} == {"b2n0", "b2n1"}


def test_rows_have_a_line_for_each_turn() -> None:
    """With its values and what it gives; of very many rows, only the values."""
    (group,) = groups("""
        inputs: [8]
        layers:
          - Dense(units) for units in [4, 2]
          - stack = Dense(u) for u in [9, 8, 7, 6, 5, 4, 3]
        """)
    assert texts(group)[1:] == [
        ["Dense(units)", "units=4: (None, 4)", "units=2: (None, 2)"],
        ["stack", "Dense(u)", "for u in 9, 8, 7, 6, 5, 4, 3", "(None, 3)"],
    ]


def test_a_layer_that_is_used_again() -> None:
    """It says whose weights it has, and a line without an arrow says so, too."""
    (group,) = groups("""
        inputs: {left: [4], right: [4]}
        layers:
          - encoder = Dense(3) <- left
          - other = reuse(encoder) <- right
          - Subtract() <- encoder, other
        """)
    assert texts(group)[3] == [
        "other",
        "Dense(3)",
        "the weights of encoder",
        "(None, 3)",
    ]
    assert [box.is_again for box in group.boxes] == [False, False, False, True, False]
    assert [(e.tail, e.head) for e in group.edges if e.is_shared] == [("n2", "n3")]


def test_lines_say_what_a_tensor_is() -> None:
    """Names of arguments, of a block's inputs, and which output it is."""
    top, _ = groups("""
        inputs: {a: [6, 4], b: [6, 4]}
        blocks:
          Mix:
            inputs: [x, context]
            layers: ["Add() <- x, context"]
        layers:
          - seen = MultiHeadAttention(2, 2) <- a, value=b
          - mixed = Mix() <- a, b
          - both = Mix() <- context=mixed, x=seen
          - run = LSTM(4, return_state=True) <- both
          - last = LSTM(4) <- b, initial_state=[run[1], run[2]]
          - ops.subtract() <- last, run[0]
          - ops.multiply(2)
        """)
    assert lines(top) == [
        ("n0", "n2", "query"),
        ("n1", "n2", "value"),
        ("n0", "n3", "x"),
        ("n1", "n3", "context"),
        ("n3", "n4", "context"),
        ("n2", "n4", "x"),
        ("n4", "n5", ""),
        ("n1", "n6", ""),
        ("n5", "n6", "[1], [2] as initial_state"),
        ("n6", "n7", "x1"),
        ("n5", "n7", "[0] as x2"),
        ("n7", "n8", ""),
    ]
    assert texts(top)[-1][0] == "ops.multiply(2)"


def test_outputs_are_drawn_where_they_are_not_plain() -> None:
    """Several, those with keys, and one that something else takes, too."""
    spec = "inputs: [4]\nlayers: ['x = Dense(3)', 'y = Dense(2)']\n"
    (plain,) = groups(spec)
    assert {box.kind for box in plain.boxes} == {"input", "layer"}
    (keyed,) = groups(spec + "outputs: {first: x, second: y}")
    assert texts(keyed)[-2:] == [["first"], ["second"]]
    assert lines(keyed)[-2:] == [("n1", "n0out", ""), ("n2", "n1out", "")]
    (several,) = groups(spec + "outputs: [x, y]")
    assert texts(several)[-2:] == [["x"], ["y"]]
    (again,) = groups("inputs: [4]\nlayers: ['x = Dense(4)', 'Add() <- x, inputs']")
    assert {box.kind for box in again.boxes} == {"input", "layer"}


def test_what_no_graph_can_say() -> None:
    """A tree and a loop say how far they go, in the colour of what they run."""
    top, *_ = groups("""
        params: {most: 8}
        inputs: [4]
        blocks:
          Sure: {layers: [Dense(1)]}
          Step: {layers: [Dense(4)]}
        layers: ["loop(Step(), until=Sure(), max_steps=most)"]
        """)
    assert texts(top)[1] == [
        "loop(Step())",
        "until Sure(), at most 8 times",
        "(None, 4)",
    ]
    box: Box = top.boxes[1]
    assert (box.kind, box.block) == ("block", 1)


@given(st.text(max_size=400))
def test_lines_are_short(text: str) -> None:
    """Whatever is said has a few lines of a few characters, that can be printed."""
    text = one_line(text)
    results = wrapped(text)
    assert len(results) <= MOST_LINES
    assert all(
        0 < len(line) <= MAX_LINE_LENGTH and line.isprintable() for line in results
    )
    if results and not results[-1].endswith("…"):
        assert "".join("".join(results).split()) == "".join(text.split())


def test_lines_end_behind_commas() -> None:
    """Else before a word; what is longer than some lines is cut."""
    message = "Layer(first_argument, second_argument=12345, third=6789)"
    assert wrapped(message) == [
        "Layer(first_argument, second_argument=12345,",
        "third=6789)",
    ]
    assert wrapped(f"Layer({'x' * 30} + yyyyyyyyyyyy)") == [
        f"Layer({'x' * 30} +",
        "yyyyyyyyyyyy)",
    ]
    assert wrapped("x" * 200)[-1] == f"{'x' * (MAX_LINE_LENGTH - 1)}…"
