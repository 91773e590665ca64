"""Masks reach where they must: what only fills up a sequence changes nothing.

Each network gets a batch, and the same batch filled up with zeros. What it gives has to
be the same, in every style, and without Keras saying that a mask was lost.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import keras
import numpy as np
import pytest

from scaffold.pipeline import Source, check
from tests.run.masked import FILES, GRAPH, LOST, NETWORKS, SPECS, text_of
from tests.run.modules import load_module, source_of

pytestmark = pytest.mark.filterwarnings("error:.*mask")

IDS = ["-".join(network) for network in NETWORKS]


class Made(NamedTuple):
    """A network, and batches for it: one as it is, and the same one filled up."""

    name: str
    model: Any
    short: Any
    long: Any


@pytest.fixture(scope="module", params=NETWORKS, ids=IDS)
def network(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Made:
    """A network in a style."""
    name, style = request.param
    return make(text_of(name), name, style, tmp_path_factory.mktemp(name))


def make(text: str, name: str, style: str, directory: Path) -> Made:
    """Makes a network, of which two are alike."""
    keras.utils.set_random_seed(7)
    module = load_module(source_of(text, style, f"{name}.yaml"), directory)
    short = words_for(text)
    return Made(name, module.build_model(), short, filled_up(short))


def test_what_fills_up_changes_nothing(network: Made, tmp_path: Path) -> None:
    """Filled up or not, a batch gives the same: called, predicted, and loaded again."""
    model, long = network.model, network.long
    wanted = output_of(model, network.short)
    assert difference(output_of(model, long), wanted) < 1e-5
    assert difference(model.predict(long, verbose=0), wanted) < 1e-5
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    assert difference(output_of(again, long), wanted) < 1e-5


def test_trains_on_what_is_filled_up(network: Made) -> None:
    """A mask of the output fits the loss, which counts only what is there."""
    if network.name == "time_distributed_row":
        # What Keras's TimeDistributed gives has the mask of what it was called on,
        # which no loss can take. An operation ends it; a row of layers has none.
        return
    model = network.model
    model.compile(optimizer="sgd", loss="mse")
    losses = []
    for batch in (network.short, network.long):
        target = np.full(output_of(model, batch).shape, 0.5, "float32")
        losses.append(model.evaluate(batch, target, verbose=0))
    assert abs(losses[0] - losses[1]) < 1e-5 * losses[0]
    model.fit(network.long, target, verbose=0)
    assert np.isfinite(output_of(model, network.short)).all()


@pytest.mark.parametrize("name", [*SPECS, *FILES])
def test_what_is_kept_is_not_warned_of(name: str) -> None:
    """Where masks reach all that they must, nothing is found."""
    assert not check(Source(text_of(name).encode(), f"{name}.yaml")).diagnostics


@pytest.mark.parametrize("name", LOST)
def test_what_keras_loses_is_warned_of(name: str, tmp_path: Path) -> None:
    """Where Keras drops a mask, the spec's author is told; and drop it, it does."""
    diagnostics = check(Source(LOST[name].encode(), f"{name}.yaml")).diagnostics
    assert {(diagnostic.code, diagnostic.severity) for diagnostic in diagnostics} == {
        ("KS309", "warning")
    }
    apart = []
    for style in GRAPH:
        lost = make(LOST[name], name, style, tmp_path)
        output = (output_of(lost.model, batch) for batch in (lost.long, lost.short))
        apart.append(difference(*output))
    assert max(apart) > 1e-3


def test_a_warning_would_be_an_error() -> None:
    """Keras warns of layers that lose a mask, and that ends a test."""
    row = keras.Sequential([keras.layers.Embedding(9, 6, mask_zero=True)])
    with pytest.raises(UserWarning, match="does not support masking"):
        keras.layers.Flatten()(row(np.ones((4, 5))))


@pytest.mark.parametrize(("name", "style"), NETWORKS, ids=IDS)
def test_a_lost_mask_would_be_seen(name: str, style: str, tmp_path: Path) -> None:
    """Without masks, what fills up does change what is given."""
    text = text_of(name).replace("mask_zero=True", "mask_zero=False")
    bare = make(text, name, style, tmp_path)
    output, wanted = (output_of(bare.model, item) for item in (bare.long, bare.short))
    assert difference(output, wanted) > 1e-3


def words_for(text: str) -> Any:
    """Makes words from 1 on for a spec's inputs; an axis of any size gets 5."""
    random = np.random.default_rng(3)
    inputs = re.findall(r"(\w+): \{shape: \[(3, )?null\], dtype: int32\}", text)
    batch = {
        name: random.integers(1, 9, size=(4, 3, 5) if times else (4, 5)).astype("int32")
        for name, times in inputs
    }
    return batch if len(batch) > 1 else batch["tokens"]


def filled_up(batch: Any) -> Any:
    """Adds three zeros to the end of each sequence."""

    def longer(words: Any) -> Any:
        return np.pad(words, [(0, 0)] * (words.ndim - 1) + [(0, 3)])

    return keras.tree.map_structure(longer, batch)


def difference(tensor: Any, wanted: Any) -> float:
    """Says how far two outputs are apart, as a part of their size.

    What a longer sequence has more of is left out.
    """
    assert tensor.ndim == wanted.ndim and tensor.shape[0] == wanted.shape[0]
    apart = np.abs(tensor[:, : wanted.shape[1]] - wanted).max()
    return float(apart / np.abs(wanted).max())


def output_of(model: Any, batch: Any) -> Any:
    """Calls a model, not as a graph."""
    tensors = keras.tree.map_structure(keras.ops.convert_to_tensor, batch)
    return keras.ops.convert_to_numpy(model(tensors, training=False))
