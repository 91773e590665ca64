"""Keys of layers, by which those of a candidate and of the reference are matched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import keras

from scaffold.catalogue.facts import layers as facts
from scaffold.ir.extensions import uses_extension
from scaffold.ir.types import ModelIR, Origin

Path = tuple[Origin, ...]
"""The entries of a layer: those of the blocks around it, then its own."""


class Key(NamedTuple):
    """Identifies a layer of a model.

    Attributes:
        path: The entries of the layer.
        kind: The name of its class.
        number: The number of layers of that path and class created before it.
    """

    path: Path
    kind: str
    number: int


def numbered(layers: Iterable[tuple[Path, Any]], among: set[int]) -> dict[Key, Any]:
    """Map keys to layers.

    Args:
        layers: The layers and their paths, in the order of their creation.
        among: The `id` of each layer to include. Others were created and discarded,
            such as the `LSTM` that a `Bidirectional` copies.
    """
    by_key: dict[Key, Any] = {}
    counts: dict[tuple[Path, str], int] = {}
    for path, layer in layers:
        kind = type(layer).__name__
        # Code may omit or add layers that do nothing.
        if id(layer) not in among or kind == facts.NOTHING:
            continue
        number = counts.get((path, kind), 0)
        counts[path, kind] = number + 1
        by_key[Key(path, kind, number)] = layer
    return by_key


def contained(layers: Iterable[Any]) -> set[int]:
    """Return the `id` of each layer, and of all layers inside them."""
    return {id(inner) for layer in layers for inner in layer._flatten_layers()}


def recordable_layers(
    layers: Mapping[Key, Any], model: ModelIR | None
) -> dict[Key, Any]:
    """Return the layers whose calls can be recorded.

    Layers inside `recurse` or `loop` are called on symbolic tensors of a trace.

    Args:
        layers: The layers.
        model: Their model, `None` if unknown.
    """
    graphs = model.graphs if model is not None else ()
    extension_entries = {
        Origin(graph.origin, node.id)
        for graph in graphs
        for node in graph.nodes
        if uses_extension(node)
    }
    return {
        key: layer
        for key, layer in layers.items()
        if extension_entries.isdisjoint(key.path)
    }


def reset_states(layers: Iterable[Any]) -> None:
    """Reset the states of stateful layers."""
    for layer in layers:
        if getattr(layer, "stateful", False) and hasattr(layer, "reset_state"):
            layer.reset_state()


def finalize_normalizations(layers: Iterable[Any]) -> None:
    """Have normalizations use the weights that were assigned to them.

    They compute with copies, which Keras updates after `adapt` and after loading.
    """
    for layer in layers:
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()


def own_weights(layers: Mapping[Key, Any]) -> dict[Key, list[Any]]:
    """Return the weights of each layer, without those of other layers inside it."""
    listed = {id(layer) for layer in layers.values()}
    weights = {}
    for key, layer in layers.items():
        inner = {
            id(weight)
            for sublayer in layer._flatten_layers(include_self=False)
            if id(sublayer) in listed
            for weight in sublayer.weights
        }
        weights[key] = [weight for weight in layer.weights if id(weight) not in inner]
    return weights
