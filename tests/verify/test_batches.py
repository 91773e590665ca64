"""Batches and targets that are made up."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.catalogue import load

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("default")]


def batches_of(
    layers: list[Any], *inputs: tuple[str, tuple[Any, ...], str]
) -> list[Any]:
    """Gives all batches for some inputs, as arrays by name."""
    import keras

    from scaffold.verify.reference.batches import BatchInput, batches, limits_of

    wanted = [BatchInput(*item) for item in inputs]
    results = []
    for batch in batches(wanted, limits_of(layers)):
        by_name = batch if isinstance(batch, dict) else {wanted[0].name: batch}
        results.append(
            {name: keras.ops.convert_to_numpy(value) for name, value in by_name.items()}
        )
    return results


def test_shapes_and_dtypes() -> None:
    """A batch has the shapes and dtypes of the inputs, and a fixed size if there is."""
    (batch,) = batches_of(
        [],
        ("a", (None, 3), "float32"),
        ("b", (None, 2, 2), "float16"),
        ("c", (None, 4), "int64"),
        ("d", (None,), "bool"),
    )
    assert {
        name: (tensor.shape, str(tensor.dtype)) for name, tensor in batch.items()
    } == {
        "a": ((4, 3), "float32"),
        "b": ((4, 2, 2), "float16"),
        "c": ((4, 4), "int64"),
        "d": ((4,), "bool"),
    }
    (fixed,) = batches_of([], ("a", (7, 3), "float32"))
    assert fixed["a"].shape == (7, 3)
    (large,) = batches_of([], ("a", (None, 224, 224, 3), "float32"))
    assert large["a"].shape == (2, 224, 224, 3)


def test_inputs_and_examples_differ() -> None:
    """A swap of inputs or examples shows; the same batch comes every time."""
    import numpy as np

    inputs = (("a", (None, 3), "float32"), ("b", (None, 3), "float32"))
    (batch,) = batches_of([], *inputs)
    assert not np.array_equal(batch["a"], batch["b"])
    assert len({item.tobytes() for item in batch["a"]}) == 4
    (again,) = batches_of([], *inputs)
    assert np.array_equal(batch["a"], again["a"])


def test_free_axes_are_unlike_at_first_and_alike_later() -> None:
    """Sizes that differ show a swap; where layers want them alike, they are."""
    several = batches_of(
        [], ("a", (None, None, 3), "float32"), ("b", (None, None), "int32")
    )
    sizes = [(item["a"].shape[1], item["b"].shape[1]) for item in several]
    assert sizes[0] == (5, 7)
    assert all(5 <= size for pair in sizes for size in pair)
    assert all(first == second for first, second in sizes[1:])
    assert sizes[-1][0] >= 32


def test_integers_are_in_range() -> None:
    """The smallest table that is looked up in sets the range, wherever it is."""
    import keras

    inner = keras.Sequential([keras.Input((6,)), keras.layers.Embedding(3, 2)])
    layers = [keras.layers.Embedding(100, 2), inner]
    (batch,) = batches_of(layers, ("a", (None, 50), "int32"))
    assert set(batch["a"].ravel().tolist()) == {1, 2}
    (batches,) = batches_of([keras.layers.Embedding(1, 2)], ("a", (None, 5), "int32"))
    assert set(batches["a"].ravel().tolist()) == {0}
    encoding = [keras.layers.CategoryEncoding(num_tokens=4)]
    (batch,) = batches_of(encoding, ("a", (None, 50), "int32"))
    assert set(batch["a"].ravel().tolist()) == {1, 2, 3}


def test_sequences_are_padded_where_there_are_masks() -> None:
    """Integers end in zeros, and floats in rows of the value that is masked."""
    import keras

    layers = [keras.layers.Embedding(9, 2, mask_zero=True)]
    (batch,) = batches_of(layers, ("a", (None, 6), "int32"))
    assert [int((item == 0).sum()) for item in batch["a"]] == [0, 1, 2, 3]
    assert [item[-1] == 0 for item in batch["a"]] == [False, True, True, True]
    layers = [keras.layers.Masking(-1.0)]
    (batch,) = batches_of(layers, ("a", (None, 6, 2), "float32"))
    assert [int((item == -1.0).all(axis=-1).sum()) for item in batch["a"]] == [
        0,
        1,
        2,
        3,
    ]
    (batch,) = batches_of([], ("a", (None, 6), "int32"))
    assert (batch["a"] != 0).all()


LOSSES = [
    name
    for name in load().names("losses")
    if (target := load().find("losses", name)) and not target.abstract
]


@pytest.mark.parametrize("name", LOSSES)
def test_targets_are_legal_for_every_loss(name: str) -> None:
    """Whatever Keras has for a loss gives numbers with them."""
    import keras
    import numpy as np

    from scaffold.verify.reference.targets import targets

    target = load().find("losses", name)
    assert target is not None
    loss = getattr(keras.losses, target.name)
    if isinstance(loss, type):
        loss = loss()
    shape = (4, 9, 5) if "ctc" in name.lower() else (4, 5)
    arguments = keras.ops.softmax(np.random.default_rng(0).normal(size=shape))
    arguments = keras.ops.cast(arguments, "float32")
    wanted = targets(arguments, loss)
    assert np.isfinite(keras.ops.convert_to_numpy(loss(wanted, arguments))).all()


def test_targets_have_the_structure_of_the_outputs() -> None:
    """Each output has targets for its own loss."""
    import numpy as np

    from scaffold.verify.reference.targets import random_targets, targets

    item, other = np.zeros((4, 3)), np.zeros((4, 7, 2))
    result = targets(
        {"a": item, "b": other}, {"a": "mse", "b": "sparse_categorical_crossentropy"}
    )
    assert result["a"].shape == (4, 3) and result["b"].shape == (4, 7)
    assert [part.shape for part in targets([item, other], ["mse", "mae"])] == [
        (4, 3),
        (4, 7, 2),
    ]
    assert [part.shape for part in targets([item, other], "mse")] == [(4, 3), (4, 7, 2)]
    assert targets(item, ["mse"]).shape == (4, 3)
    rows = targets(item, "categorical_crossentropy")
    assert (rows.sum(axis=-1) == 1).all()
    assert {key: part.shape for key, part in random_targets({"a": item}).items()} == {
        "a": (4, 3)
    }
