"""Layers are called as their author says, or as Keras would call them."""

from __future__ import annotations

import pytest

from scaffold.catalogue import load
from scaffold.ir import ModelIR, build
from scaffold.ir.types import Graph
from scaffold.spec import read

CATALOGUE = load()


def model(entries: str, more: str = "") -> ModelIR:
    """Builds a model of entries, one a line, or parted by semicolons."""
    lines = "".join(f"  - {entry}\n" for entry in entries.split("; "))
    text = f"inputs: [4]\nlayers:\n{lines}{more}"
    spec = read(text.encode(), "model.yaml").spec
    assert spec is not None
    result, results = build(spec, CATALOGUE)
    assert not results
    return result


def named(graph: Graph) -> list[str]:
    """Return the names of a graph's values, with a star if the code passes a name."""
    return [f"{node.name}{'*' * bool(node.keras_name)}" for node in graph.nodes]


@pytest.mark.parametrize(
    ("entries", "wanted"),
    [
        ("Dense(1); Dense(1); Flatten; Dense(1)", "dense dense_1 flatten dense_2"),
        ("PReLU; Conv2D(1, 1); LSTM(1)", "p_re_lu conv2d lstm"),
        ("a = Dense(1); Dense(1); b = Dense(1)", "a dense b"),
        ('Dense(1, name="a"); {Dense: {units: 1, name: b}}', "a* b*"),
        ("{Dense: 1, name: a}; Dense(1)", "a dense"),
        ('a = Dense(1, name="b"); Dense(1)', "a* dense"),
        ("ops.relu; ops.relu; Dense(1)", "relu relu_1 dense"),
        # Values of the same name as another layer's default are numbered.
        ("dense = Dense(1); Dense(1)", "dense dense_1"),
        ("dense_1 = Dense(1); Dense(1); Dense(1)", "dense_1 dense dense_2"),
        # Next to a name that Keras could assign, all of the class are passed.
        ('Dense(1, name="dense"); Dense(1)', "dense* dense_1*"),
        ('Dense(1, name="dense_1"); Dense(1); a = Dense(1)', "dense_1* dense* a*"),
        ('Dense(1, name="dense_x"); Dense(1)', "dense_x* dense"),
        ('Flatten(name="dense"); Dense(1); Flatten', "dense* dense_1* flatten"),
        # A second use has no layer of its own.
        ("a = Dense(1); reuse(a); b = reuse(a)", "a a_1 b"),
        # A choice is called after its first layer.
        ("Dense(1) if True else Flatten; Dense(1)", "dense dense_1"),
        ("a = Dense(1) if True; Dense(1)", "a dense"),
    ],
)
def test_layers(entries: str, wanted: str) -> None:
    """Given names are said; those that Keras would give are not, where that is safe."""
    assert named(model(entries).graph) == wanted.split()


@pytest.mark.parametrize(
    ("entries", "wanted"),
    [
        ("Dense(1) * 3; Dense(1)", "dense dense_1"),
        ("row = Dense(1) * 3; Dense(1)", "row dense"),
        ("Dense(u) for u in [1, 2]; row = Flatten", "dense row"),
        # The layers of the repeat are `dense_0`, `dense_1`...
        ('Dense(1, name="dense") * 2; Dense(1)', "dense* dense_layer*"),
        ('Dense(1, name="dense_1"); Dense(1) * 3', "dense_1* dense_layer*"),
        ("ops.relu() * 2; ops.relu", "relu relu_1"),
    ],
)
def test_rows(entries: str, wanted: str) -> None:
    """A row has one name, from which those of its layers are counted."""
    assert named(model(entries).graph) == wanted.split()


BLOCKS = """
blocks:
  Inner: {layers: [Dense(1), b = Dense(1), Dense(1)]}
  Outer: {layers: [Inner, c = Inner, Dense(1)]}
"""


@pytest.mark.parametrize(
    ("entries", "wanted"),
    [
        ("Inner; Inner; Outer", "inner inner_1 outer"),
        ("first = Inner; Inner", "first inner"),
        ("Inner() * 2", "inner"),
        ("Inner() * 2; Flatten", "inner flatten"),
        ("Inner; Inner() * 2", "inner inners"),
        ("stage = Inner() * 2; Inner", "stage inner"),
    ],
)
def test_blocks(entries: str, wanted: str) -> None:
    """A block is called like a layer of a class of its name; in a row it has one."""
    assert named(model(entries, BLOCKS).graph) == wanted.split()


def test_inside_of_blocks() -> None:
    """A block counts its layers by itself."""
    inner, outer = model("Inner; Outer; Dense(1)", BLOCKS).blocks
    assert named(inner) == ["dense", "b", "dense_1"]
    assert named(outer) == ["inner", "c", "dense"]


@pytest.mark.parametrize(
    "entries",
    [
        "Inner; Inner() * 2",
        "Inner() * 2; Inner",
        "Inner() * 2; Inner() * 2",
        "Inner() * 2; inner_1 = Inner",
        'Dense(1) * 3; Dense(1, name="dense_2"); Dense(1)',
        'Dense(1, name="dense") * 3; Dense(1) * 2; Dense(1)',
        'Dense(1, name="dense") * 3; Dense(1); Dense(1) * 2; Dense(1)',
        'Dense(1, name="a") * 2; Dense(1); Inner; Inner; Inner() * 3',
    ],
)
def test_no_two_layers_have_one_name(entries: str) -> None:
    """All names that the code may pass differ, including those in repeats."""
    names = []
    for node in model(entries, BLOCKS).graph.nodes:
        name = node.keras_name or (node.name if node.blocks else None)
        if name is not None and node.is_repeat:
            names += [f"{name}_{number}" for number in range(3)]
        elif name is not None:
            names.append(name)
    assert names
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("entries", "outputs", "wanted"),
    [
        # The layers of outputs have their names; others of the class get one, too.
        ("Dense(1); ReLU; Dense(1)", "dense, re_lu", "dense re_lu dense_1*"),
        ("a = Dense(1); Dense(1)", "a, dense", "a dense"),
        ("Flatten; a = ReLU if True else Dense(1); Dense(1)", "flatten, dense", ""),
        ("Dense(1); ops.sign; ops.abs", "dense, abs", "dense sign abs"),
        # The output of a repeat has the name, so its layers need another one.
        ("Dense(1) * 2; a = Flatten", "dense, a", "dense* a"),
    ],
)
def test_outputs_change_no_names_of_values(
    entries: str, outputs: str, wanted: str
) -> None:
    """`outputs` refers to values by the names that they have without it."""
    graph = model(entries, f"outputs: [{outputs}]\n").graph
    values = [node.name for node in model(entries).graph.nodes]
    assert [node.name for node in graph.nodes] == values
    if wanted:
        assert named(graph) == wanted.split()


def test_inside_of_blocks_next_to_outputs() -> None:
    """Values of a block keep their names, and its layers are not named by Keras."""
    more = "blocks: {Inner: {layers: [Dense(1)]}}\noutputs: [dense, inner]\n"
    (inner,) = model("Dense(1); Inner", more).blocks
    assert named(inner) == ["dense*"]


def test_a_choice_with_a_name_next_to_a_name_of_its_other_side() -> None:
    """Keras names neither side, as it might use the name again."""
    graph = model('a = Flatten if True else Dense(1); Dense(1, name="dense")').graph
    assert named(graph) == ["a*", "dense*"]


def test_a_param_is_no_name() -> None:
    """A layer that has to be named gives way to a param of that name."""
    graph = model(
        'Dense(dense, name="dense_1"); Dense(1)', "params: {dense: 4, dense_2: 3}"
    ).graph
    assert named(graph) == ["dense_1*", "dense_3*"]
