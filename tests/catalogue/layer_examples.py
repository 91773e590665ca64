"""Small specs around the examples of layers, in both notations."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import indent

from scaffold.catalogue import KerasCallable, load
from scaffold.catalogue.families import description_of
from scaffold.cli.keyed_notation import keyed_lines

CATALOGUE = load()
WIDTH = 74

_SHAPES: dict[str, list[int]] = {
    "CategoryEncoding": [1],
    "CenterCrop": [256, 256, 3],
    "EinsumDense": [8, 3],
    "PReLU": [8, 8, 3],
    "RandomCrop": [256, 256, 3],
    "Reshape": [32],
    "SpectralNormalization": [8, 8, 3],
}
"""Shapes of inputs for examples that the smallest example does not fit."""

_SEQUENCE = ([8, 3], "float32")
"""The input of an `RNN`, inside which cells are shown."""


def layers() -> list[KerasCallable]:
    """Gives all layers, in alphabetical order."""
    targets = [CATALOGUE.find("layers", name) for name in CATALOGUE.names("layers")]
    return [layer for layer in targets if layer is not None]


def layers_in_specs() -> list[KerasCallable]:
    """Gives the layers that have an example."""
    return [layer for layer in layers() if description_of(layer).example]


def spec_of(layers: Iterable[KerasCallable], *, is_keyed: bool = False) -> str:
    """Writes a spec with the examples of layers, each called on its own inputs."""
    inputs, entries, names = "", "", []
    for number, layer in enumerate(layers):
        call, _, sources = description_of(layer).example.partition(" <- ")
        tensors = [f"{name}_{number}" for name in (sources or "x").split(", ")]
        shape, dtype = _input_of(layer)
        for tensor in dict.fromkeys(tensors):
            inputs += f"  {tensor}: {{shape: {shape}, dtype: {dtype}}}\n"
        name = f"entry_{number}"
        names.append(name)
        line = f"{call} <- {', '.join(tensors)}"
        lines = [f"{name} = {line}"]
        if is_keyed:
            lines = [*keyed_lines(line, CATALOGUE, WIDTH), f"name: {name}"]
        entry = indent("\n".join(lines), "    ").lstrip()
        entries += f"  - {entry}\n"
    outputs = f"outputs: [{', '.join(names)}]\n"
    return f"name: examples\ninputs:\n{inputs}layers:\n{entries}{outputs}"


def _input_of(layer: KerasCallable) -> tuple[list[int], str]:
    if layer.example is None or "states" in layer.tensors:
        return _SEQUENCE
    first = [size or 8 for size in layer.example.shapes[0]]
    return _SHAPES.get(layer.name, first), layer.example.dtype
