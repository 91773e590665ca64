"""Shapes of rows, blocks and choices; what is not known stays unknown."""

from __future__ import annotations

import json
from time import process_time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.catalogue import KerasCallable, load
from scaffold.diagnostics import Span, has_errors
from scaffold.ir import ModelIR
from scaffold.ir.fold import plain
from scaffold.ir.substitution import substituted
from scaffold.ir.types import Constant, Operation, Origin, ParamRef
from scaffold.pipeline import Source, check
from scaffold.shapes import KnownShapes, Misfit, Shape, infer
from scaffold.shapes.calls import CallSite, output_shapes
from scaffold.shapes.rules import LAYERS, OPS
from scaffold.shapes.rules.windows import moved

NOWHERE = Span("")


def model_of(text: str, *params: tuple[str, str]) -> ModelIR:
    """Reads a spec."""
    checked = check(Source(text.encode(), "spec.yaml", params=params))
    errors = [
        diagnostic for diagnostic in checked.diagnostics if diagnostic.code != "KS402"
    ]
    assert checked.model is not None and not has_errors(errors), errors
    return checked.model


def known(text: str, *params: tuple[str, str]) -> KnownShapes:
    """Works out the shapes of a spec."""
    return infer(model_of(text, *params), load())


def shapes(text: str, *params: tuple[str, str]) -> dict[int, str]:
    """Gives what is said of the inputs and entries of the model itself."""
    results = known(text, *params).descriptions
    return {origin.node: shape for origin, shape in results.items() if not origin.graph}


def test_params_decide() -> None:
    """A shape follows the params, as they are set."""
    spec = """
    params: {size: 8, units: 4, wide: false}
    inputs: [$size, $(size * 2)]
    layers:
      - Dense(units + 1)
      - Dense(100) if wide else Flatten
    """
    assert shapes(spec) == {0: "(None, 8, 16)", 1: "(None, 8, 5)", 2: "(None, 40)"}
    other = shapes(spec, ("size", "2"), ("wide", "true"))
    assert other == {0: "(None, 2, 4)", 1: "(None, 2, 5)", 2: "(None, 2, 100)"}


def test_repeats_are_inferred_by_iteration() -> None:
    """What a row gives, each of its turns gives; the last one goes on."""
    result = known("""
        inputs: [32, 32, 3]
        layers:
          - Conv2D(f, 1, strides=s) for f, s in [(8, 1), (16, 2), (16, 2)]
          - MaxPooling2D * 3
          - Dense(4) * 2
        """)
    assert result.iterations[Origin("", 1)] == (
        "(None, 32, 32, 8)",
        "(None, 16, 16, 16)",
        "(None, 8, 8, 16)",
    )
    assert result.iterations[Origin("", 2)][-1] == "(None, 1, 1, 16)"
    assert result.descriptions[Origin("", 2)] == "(None, ..., ..., 16)"
    assert result.descriptions[Origin("", 3)] == "(None, 1, 1, 4)"


def test_an_empty_row_gives_what_it_takes() -> None:
    """`* 0` makes no layer."""
    assert shapes("inputs: [3]\nlayers: [Dense(4) * 0, Flatten]") == {
        0: "(None, 3)",
        2: "(None, 3)",
    }


def test_a_block_has_the_shapes_of_all_its_calls() -> None:
    """An axis that differs from call to call is left open."""
    spec = """
    inputs: [16, 16, 3]
    blocks:
      Half:
        params: [filters]
        layers: ["Conv2D(filters, 1)", MaxPooling2D]
    layers: [Half(8), Half(8), Half(4)]
    """
    results = known(spec).descriptions
    assert Origin("Half", 1) not in results  # nothing is the same in all calls
    two = known(spec.replace(", Half(4)", "")).descriptions
    assert two[Origin("Half", 1)] == "(None, ..., ..., 8)"
    assert two[Origin("", 2)] == "(None, 4, 4, 8)"


def test_what_is_unknown_spreads() -> None:
    """What comes of an unknown shape is unknown, unless it does not hang on it."""
    result = shapes("""
        inputs: {a: [4], b: [5, 6]}
        imports: {Mine: "package:Mine"}
        layers:
          - mine = Mine(3) <- a
          - after = Dense(2) <- mine
          - plain = Dense(2) <- b
          - Add() <- after, plain
          - loss = Dense(2, activation=glu)
        """.replace(", activation=glu", ', activation="glu"'))
    assert result == {0: "(None, 4)", 1: "(None, 5, 6)", 4: "(None, 5, 2)"}


def test_what_arguments_do_to_a_shape_counts() -> None:
    """`glu` halves it, and a list of scales may make it wider."""
    assert shapes("inputs: [4]\nlayers: ['Dense(6, activation=\"glu\")']") == {
        0: "(None, 4)"
    }
    assert shapes("inputs: [4]\nlayers: ['Dense(6, activation=\"relu\")']") == {
        0: "(None, 4)",
        1: "(None, 6)",
    }
    assert shapes("inputs: [1]\nlayers: ['Rescaling([1, 2, 3])']") == {0: "(None, 1)"}
    assert shapes("inputs: [3]\nlayers: ['Rescaling([1, 2, 3])']")[1] == "(None, 3)"


def test_what_does_not_fit_is_unknown() -> None:
    """A window larger than the picture, axes that do not match: nothing comes of it."""
    assert shapes("inputs: [4, 4, 1]\nlayers: ['Conv2D(3, 5)']") == {
        0: "(None, 4, 4, 1)"
    }
    assert shapes("inputs: [4]\nlayers: ['Conv2D(3, 5)']") == {0: "(None, 4)"}
    assert shapes("inputs: [5]\nlayers: ['Reshape([2, -1])']") == {0: "(None, 5)"}
    two = "inputs: {a: [4], b: [5]}\nlayers: [Add() <- a, b]"
    assert shapes(two.replace("[Add() <- a, b]", "['Add() <- a, b']")) == {
        0: "(None, 4)",
        1: "(None, 5)",
    }


def test_several_outputs_are_told_apart() -> None:
    """States, parts of a split, and the outputs of a block are shapes of their own."""
    results = shapes("""
        inputs: [7, 3]
        blocks:
          Two:
            layers: [a = Dense(2), "b = Dense(5) <- inputs"]
            outputs: [a, b]
        layers:
          - run = LSTM(4, return_sequences=True, return_state=True)
          - state = Dense(1) <- run[1]
          - parts = ops.split(3, axis=-1) <- inputs
          - third = Flatten() <- parts[2]
          - both = Two() <- inputs
          - second = Flatten() <- both[1]
        outputs: [state, third, second]
        """)
    assert results[1] == "(None, 7, 4), (None, 4), (None, 4)"
    assert results[2] == "(None, 1)"
    assert results[4] == "(None, 7)"
    assert results[5] == "(None, 7, 2), (None, 7, 5)"
    assert results[6] == "(None, 35)"


def test_huge_rows_and_nested_blocks_take_no_time() -> None:
    """What is called the same way again is not gone through again."""
    blocks = ["blocks:", "  B0: {layers: [Dense(4)]}"]
    blocks += [f"  B{n}: {{layers: [B{n - 1} * 2]}}" for n in range(1, 40)]
    spec = "\n".join(["inputs: [4]", *blocks, "layers: [B39 * 9999, Flatten]"])
    start = process_time()
    assert shapes(spec)[2] == "(None, 4)"
    assert process_time() - start < 5


def test_too_much_is_left_unknown() -> None:
    """What grows from turn to turn, and has very many, is not gone through."""
    spec = f"inputs: [4, 1]\nlayers: [{', '.join(['ZeroPadding1D * 9999'] * 3)}]"
    start = process_time()
    assert shapes(spec) == {}
    assert process_time() - start < 5


def test_settling_keeps_what_says_more() -> None:
    """Params and sums are put in; a fraction with many digits stays a fraction."""
    scope = {"n": Constant(16, NOWHERE)}
    twice = Operation(
        "*", (ParamRef("n", NOWHERE, True), Constant(2, NOWHERE)), NOWHERE
    )
    assert substituted(twice, scope) == Constant(32, NOWHERE)
    third = Operation(
        "/", (Constant(1, NOWHERE), ParamRef("n", NOWHERE, True)), NOWHERE
    )
    assert substituted(third, scope) == Constant(0.0625, NOWHERE)
    scope = {"n": Constant(255, NOWHERE)}
    kept = substituted(third, scope)
    assert isinstance(kept, Operation) and kept.operands[1] == Constant(255, NOWHERE)
    other = ParamRef("other", NOWHERE, True)
    assert substituted(other, scope) is other


@given(st.integers(1, 60), st.integers(1, 9), st.integers(1, 5), st.integers(1, 4))
def test_windows_by_counting(
    size: int, window: int, stride: int, dilation: int
) -> None:
    """The places of a window are those that can be counted."""
    reach = dilation * (window - 1)
    places = [at for at in range(0, size, stride) if at + reach < size]
    if places:
        assert moved(size, window, stride, "valid", dilation) == len(places)
    assert moved(size, window, stride, "same", dilation) == len(range(0, size, stride))


CATALOGUE = load()
TARGETS = [
    target
    for registry, names in (("layers", LAYERS), ("ops", OPS))
    for name in names
    if (target := CATALOGUE.find(registry, name)) is not None
]
VALUES = st.sampled_from(
    [None, True, -2, -1, 0, 1, 2, 3, 0.5, "same", "valid", [], [1], [1, 2], [2, -1]]
    + [[[1, 2], [3, 4]], [[1], 2], [1, "a", None], "concat", "channels_last"]
)
SIZES = st.one_of(st.none(), st.integers(1, 9))
SHAPES = st.lists(SIZES, min_size=1, max_size=5).map(tuple)


@settings(max_examples=500)
@given(st.sampled_from(TARGETS), st.lists(SHAPES, max_size=3), st.data())
def test_no_arguments_break_a_rule(
    target: KerasCallable, shapes: list[Shape], data: st.DataObject
) -> None:
    """Whatever is given, a rule gives shapes that can be, or none, or refuses."""
    names = st.sampled_from([argument.name for argument in target.arguments] or [""])
    arguments = data.draw(st.dictionaries(names, VALUES, max_size=4))
    values = {name: plain(value, NOWHERE) for name, value in arguments.items()}
    site = CallSite(CATALOGUE, {}, lambda layer, *shapes, **more: None)
    try:
        gave = output_shapes(site, target, values, shapes, {}, {})
    except Misfit as misfit:
        assert misfit.says
        return
    for shape in gave or ():
        assert all(size is None or (type(size) is int and size > 0) for size in shape)


def test_every_rule_is_for_something_in_keras() -> None:
    """A rule under a name that Keras does not have would never be used."""
    assert {target.name for target in TARGETS} == {*LAYERS, *OPS}


def test_blocks_deep_within_one_another_are_left_unknown() -> None:
    """What each calls the next, 200 times, is no reason to fail."""
    blocks: dict[str, Any] = {"B0": {"layers": [{"Dense": 4}]}}
    for at in range(1, 200):
        blocks[f"B{at}"] = {"layers": [{f"B{at - 1}": None}]}
    spec = {"inputs": [4], "blocks": blocks, "layers": [{"B199": None}, {"Dense": 2}]}
    assert shapes(json.dumps(spec)) == {0: "(None, 4)"}
