"""Every layer of Keras that takes one tensor and gives one, in all three styles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scaffold.catalogue import KerasCallable, load
from scaffold.styles import STYLES
from tests.run.modules import (
    assert_same_output,
    batch_of,
    copy_weights,
    load_module,
    source_of,
)

CATALOGUE = load()
LAYERS = [CATALOGUE.find("layers", name) for name in CATALOGUE.names("layers")]

NOT_A_CHAIN_LAYER = {
    "FlaxLayer": "wraps a module of Flax, which is another framework",
    "InputLayer": "is what `inputs` of a spec says",
    "JaxLayer": "wraps a function of JAX, which is another framework",
    "Lambda": "needs a Python function",
    "Layer": "is an abstract base",
    "TFSMLayer": "needs a SavedModel on disk",
    "TorchModuleWrapper": "wraps a module of PyTorch, which is another framework",
    "Wrapper": "is an abstract base",
}
"""Layers that no spec of a chain can hold, apart from those that need more tensors."""


NOT_IN_GRAPHS = {
    "Equalization": "its symbolic call returns its own input in Keras 3.15.1, which "
    "Keras takes for a circle in any graph; a class can call it",
}
"""Layers that a sequential or functional model cannot hold: refused with KS501."""


def spec_of(layer: KerasCallable) -> str:
    """Writes the smallest spec that has a layer, in keyed notation."""
    example = layer.example
    assert example is not None
    shape = {"shape": list(example.shapes[0]), "dtype": example.dtype}
    return json.dumps(
        {
            "name": "smallest",
            "inputs": {"given": shape},
            "layers": [{layer.name: dict(example.arguments), "name": "it"}],
        }
    )


def chain_layers() -> list[Any]:
    """Gives all that the test walks: none is picked by hand."""
    return [
        pytest.param(layer, id=layer.name)
        for layer in LAYERS
        if layer
        and layer.takes == "one"
        and layer.gives == 1
        and layer.name not in NOT_A_CHAIN_LAYER
    ]


def test_every_layer_is_accounted_for() -> None:
    """A layer is walked, or takes or gives several tensors, or is in the table."""
    assert len(LAYERS) == 143
    walked = {param.values[0].name for param in chain_layers()}
    several = {
        layer.name
        for layer in LAYERS
        if layer and (layer.takes in ("list", "several") or layer.gives > 1)
    }
    everything = set(CATALOGUE.names("layers"))
    assert everything - walked - several == set(NOT_A_CHAIN_LAYER)
    assert not walked & several


@pytest.mark.parametrize("layer", chain_layers())
def test_layer_in_three_styles(layer: KerasCallable, tmp_path: Path) -> None:
    """The layer is generated, imported, built, and the same in each style."""
    spec = spec_of(layer)
    styles = STYLES if layer.name not in NOT_IN_GRAPHS else ("subclass",)
    models = {
        style: load_module(
            source_of(spec, style, "smallest.json"), tmp_path
        ).build_model()
        for style in styles
    }
    assert layer.example is not None
    batch = batch_of(layer.example.shapes[0], layer.example.dtype, size=2)
    first = models[styles[0]]
    assert first.built and len(first(batch)) == 2
    for style in styles[1:]:
        assert models[style].count_params() == first.count_params()
        copy_weights(first, models[style])
        assert_same_output(first, models[style], batch)


@pytest.mark.parametrize("name", sorted(NOT_IN_GRAPHS))
@pytest.mark.parametrize("style", ["sequential", "functional"])
def test_what_no_graph_can_hold_is_refused(name: str, style: str) -> None:
    """The style is refused with the reason; `auto` takes the one that can."""
    layer = CATALOGUE.find("layers", name)
    assert layer is not None and not layer.in_graphs
    with pytest.raises(ValueError, match="KS501"):
        source_of(spec_of(layer), style, "smallest.json")
    assert "(keras.Model)" in source_of(spec_of(layer), "auto", "smallest.json")


def test_only_these_fit_no_graph() -> None:
    """The table names all layers that the catalogue says no graph can hold."""
    found = {layer.name for layer in LAYERS if layer and not layer.in_graphs}
    assert found == set(NOT_IN_GRAPHS)
