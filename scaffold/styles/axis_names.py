"""Names for the axes of inputs, for use in docstrings."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts.layers import SERIES_READERS
from scaffold.ir.types import Constant, Graph, Input, Node, Object
from scaffold.ir.walk import users
from scaffold.styles.inputs import dtype_of

_PICTURE = ("height", "width", "number of channels")
_SERIES = ("length", "number of features per step")
_MOST = 64
"""The most entries that are followed to find what reads an input."""


def axis_names(graph: Graph, model_input: Input, rank: int) -> tuple[str, ...]:
    """Return the names of an input's axes, as far as they are certain.

    Args:
        graph: The graph of the input.
        model_input: The input.
        rank: The number of its axes, without the batch axis.

    Returns:
        A name for each axis, or `()`.
    """
    if rank == 1:
        is_float = "float" in dtype_of(model_input)
        return ("number of columns",) if is_float else ("length",)
    readers = list(_readers(graph, model_input.id))
    if rank == 3 and any(_is_spatial(reader, 2) for reader in readers):
        return _PICTURE
    if rank == 2 and any(map(_reads_series, readers)):
        return _SERIES
    return ()


def _readers(graph: Graph, start: int) -> Iterator[Object]:
    """Return the layers that an input reaches without a change of its shape."""
    stack = [(graph, start)]
    count = 0
    while stack and count < _MOST:
        within, number = stack.pop()
        for node in users(within).get(number, ()):
            count += 1
            for layer in node.layers:
                yield layer
                target = layer.target
                if isinstance(target, Graph):
                    stack += _entries_of(target, node, number)
                elif isinstance(target, KerasCallable) and target.shape == "same":
                    stack.append((within, node.id))


def _entries_of(block: Graph, node: Node, number: int) -> Iterator[tuple[Graph, int]]:
    """Return the inputs of a block that a tensor is passed to."""
    tensors = [tensor.node for tensor in node.tensors]
    for block_input, tensor in zip(block.inputs, tensors, strict=False):
        if tensor == number:
            yield block, block_input.id


def _is_spatial(layer: Object, axes: int) -> bool:
    """Return whether a layer works on spatial axes, followed by channels."""
    target = layer.target
    if not isinstance(target, KerasCallable) or target.registry != "layers":
        return False
    usual = (None, "channels_last")
    is_usual = all(
        isinstance(bound.value, Constant) and bound.value.value in usual
        for bound in layer.arguments
        if bound.name == "data_format"
    )
    return is_usual and f"{axes}D" in target.name


def _reads_series(layer: Object) -> bool:
    target = layer.target
    if not isinstance(target, KerasCallable) or target.registry != "layers":
        return False
    return target.name in SERIES_READERS or _is_spatial(layer, 1)
