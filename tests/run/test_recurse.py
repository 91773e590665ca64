"""`recurse` runs a cell over trees as plain Python would, and learns what needs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from scaffold.resources import resource_directory
from tests.run.comparing import assert_close, gradients
from tests.run.modules import load_module, source_of
from tests.run.trees import Tree, batch_of, expression, random_tree, value_of

UNITS = 6

SPEC = """
name: tree
inputs:
  tokens: {{shape: [null], dtype: int32}}
  children: {{shape: [null, {arity}], dtype: int32}}
blocks:
  Cell:
    inputs: [node, children]
    layers:
      - below = Flatten() <- children
      - Concatenate() <- node, below
      - inner = Dense(9, activation="tanh", bias_initializer="normal")
      - outer = Dense(6, activation="tanh", bias_initializer="normal")
layers:
  - vectors = Embedding(8, 6) <- tokens
  - states = recurse(Cell()) <- nodes=vectors, children=children
"""


class Plain(keras.Model):
    """The same model, with a cell that is called on one node of one example."""

    def __init__(self, vectors: Any, cell: Any) -> None:
        """Takes the layers of the other."""
        super().__init__()
        self.vectors, self.cell = vectors, cell
        self.built = True

    def call(self, inputs: Any) -> Any:
        """Gives the state of every node."""
        children = keras.ops.convert_to_numpy(inputs["children"])
        nodes = self.vectors(inputs["tokens"])
        results = []
        for number in range(children.shape[0]):
            states: list[Any] = []
            for place in range(children.shape[1]):
                below = [
                    states[child] if 0 <= child < place else keras.ops.zeros((1, UNITS))
                    for child in children[number, place]
                ]
                node = nodes[number : number + 1, place]
                states.append(self.cell(node, keras.ops.stack(below, axis=1)))
            results.append(keras.ops.stack(states, axis=1))
        return keras.ops.concatenate(results, axis=0)


def build(arity: int, directory: Path) -> tuple[Any, Plain]:
    """Builds the model, and the plain one with the same weights."""
    keras.utils.set_random_seed(arity)
    text = source_of(SPEC.format(arity=arity), "subclass")
    model = load_module(text, directory).build_model()
    return model, Plain(model.vectors, model.states.cell)


TREES = {
    "one node": [1],
    "one node and padding": [1, 9],
    "unequal": [3, 17, 30, 1],
    "large": [200, 120],
}


@pytest.mark.parametrize("arity", [2, 3])
@pytest.mark.parametrize("sizes", TREES.values(), ids=TREES)
def test_equals_plain_python(arity: int, sizes: list[int], tmp_path: Path) -> None:
    """Forward and gradient, whatever the trees are, to 1e-5."""
    random = np.random.default_rng(len(sizes))
    trees = [random_tree(size, arity, random) for size in sizes]
    batch = batch_of(trees, arity)
    model, plain = build(arity, tmp_path)
    states = model.predict(batch, verbose=0)
    assert_close(states, plain(batch))
    wanted = random.normal(size=states.shape).astype("float32")
    ours = gradients(model, batch, wanted, eager=False)
    theirs = gradients(plain, batch, wanted, eager=True)
    names = [weight.name for weight in model.weights]
    assert names == [weight.name for weight in plain.weights]
    scale = max(np.abs(value).max() for value in theirs)
    for pair, other in zip(ours, theirs, strict=True):
        assert np.abs(other).max() > 0
        assert np.abs(pair - other).max() <= 1e-5 * scale


def test_wrong_places_mean_none(tmp_path: Path) -> None:
    """A child is a node before its parent; whatever else stands there is none."""
    model, plain = build(2, tmp_path)
    batch = batch_of([random_tree(6, 2, np.random.default_rng(1))] * 2, 2)
    batch["children"][0, 2] = [2, 99]
    batch["children"][0, 4] = [-7, 5]
    batch["children"][1, 5] = [2**31 - 1, -(2**31)]
    states = model.predict(batch, verbose=0)
    assert_close(states, plain(batch))
    batch["children"][0, 2] = batch["children"][0, 4] = -1
    batch["children"][1, 5] = -1
    assert_close(states, model.predict(batch, verbose=0))


def test_padding_and_company_change_nothing(tmp_path: Path) -> None:
    """A tree's root is the same by itself, padded, and among others."""
    model, _ = build(2, tmp_path)
    random = np.random.default_rng(2)
    trees = [random_tree(size, 2, random) for size in (5, 11, 24)]
    together = model.predict(batch_of(trees, 2, nodes=40), verbose=0)[:, -1]
    for number, tree in enumerate(trees):
        alone = model.predict(batch_of([tree], 2), verbose=0)[:, -1]
        assert_close(together[number : number + 1], alone)


def test_shape_matters(tmp_path: Path) -> None:
    """Two trees with the same nodes and another shape give something else."""
    model, _ = build(2, tmp_path)
    tokens = [1, 2, 3, 4, 5]
    left = Tree(tokens, [[], [], [0, 1], [], [2, 3]])
    right = Tree(tokens, [[], [], [], [1, 2], [0, 3]])
    predictions, other = model.predict(batch_of([left, right], 2), verbose=0)[:, -1]
    assert np.abs(predictions - other).max() > 1e-2


@pytest.mark.parametrize("jit", [False, True])
def test_compiles_where_the_backend_can(jit: bool, tmp_path: Path) -> None:
    """With XLA on JAX; TensorFlow says that it goes on without."""
    if jit and keras.backend.backend() == "torch":
        jit = False  # `torch.compile` unrolls the loop, and takes minutes for it
    model, _ = build(2, tmp_path)
    random = np.random.default_rng(3)
    batch = batch_of([random_tree(9, 2, random) for _ in range(4)], 2)
    if jit and keras.backend.backend() == "tensorflow":
        with pytest.warns(UserWarning, match="Proceeding with `jit_compile=False`"):
            model.compile(keras.optimizers.Adam(0.02), "mse", jit_compile=jit)
    else:
        model.compile(keras.optimizers.Adam(0.02), "mse", jit_compile=jit)
    wanted = random.normal(size=(4, 9, UNITS)).astype("float32")
    losses = [float(model.train_on_batch(batch, wanted)) for _ in range(30)]
    assert losses[-1] < 0.95 * losses[0]


def dataset(count: int, seed: int, known: set[str]) -> tuple[list[Tree], Any]:
    """Makes expressions that are not known yet, half of which come to true."""
    random = np.random.default_rng(seed)
    halves: list[list[Tree]] = [[], []]
    while min(map(len, halves)) < count // 2:
        tree = expression(int(random.integers(1, 7)), random)
        half = halves[value_of(tree)]
        if repr(tree) not in known and len(half) < count // 2:
            known.add(repr(tree))
            half.append(tree)
    trees = [tree for pair in zip(*halves, strict=True) for tree in pair]
    return trees, np.array([value_of(tree) for tree in trees])


def test_preset_learns_expressions(tmp_path: Path) -> None:
    """Expressions held out come out right; a bag of their nodes says little of them."""
    known: set[str] = set()
    trees, labels = dataset(3_000, 0, known)
    unseen, wanted = dataset(600, 1, known)
    spec = (resource_directory("presets") / "tree_rnn.yaml").read_text(encoding="utf-8")
    module = load_module(source_of(spec, "subclass", "tree_rnn.yaml"), tmp_path)
    keras.utils.set_random_seed(0)
    model = module.build_model(vocab_size=7, units=24)
    module.compile_model(model)
    most = max(len(tree.tokens) for tree in (*trees, *unseen))
    batch, asked = (batch_of(some, 2, nodes=most) for some in (trees, unseen))
    for _ in range(40):
        model.fit(batch, labels, batch_size=64, verbose=0)
        accuracy = model.evaluate(asked, wanted, batch_size=600, verbose=0)[1]
        if accuracy > 0.985:
            break
    assert accuracy >= 0.98
    counts, others = (
        np.stack([np.bincount(row, minlength=7)[1:] for row in item["tokens"]])
        for item in (batch, asked)
    )
    bag = keras.Sequential(
        [keras.layers.Dense(64, "relu"), keras.layers.Dense(2, "softmax")]
    )
    bag.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    learning = bag.fit(counts, labels, epochs=30, verbose=0).history["accuracy"]
    assert learning[-1] > 0.55, "the baseline has learned nothing: no fair comparison"
    baseline = bag.evaluate(others, wanted, verbose=0)[1]
    assert accuracy > baseline + 0.15
