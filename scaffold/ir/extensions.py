"""Extensions of the spec language: layers that are part of the generated code."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import Argument, Example, KerasCallable
from scaffold.ir.types import Graph, ModelIR, Node, Object
from scaffold.ir.walk import of_graph, within

RECURSE = KerasCallable(
    name="recurse",
    registry="extensions",
    arguments=(Argument("cell", required=True, kinds=("layer",)),),
    positional=1,
    takes="several",
    tensors=("nodes", "children"),
    in_graphs=False,
    masks="passes",
    example=Example({"cell": {"Cell": {}}}, ((6, 4), (6, 2)), "float32"),
)
"""A tree network: a cell is called on each node and the states of its children."""

LOOP = KerasCallable(
    name="loop",
    registry="extensions",
    arguments=(
        Argument("step", required=True, kinds=("layer",)),
        Argument("until", required=True, kinds=("layer",)),
        Argument("max_steps", required=True, kinds=("integer",)),
    ),
    positional=1,
    takes="one",
    tensors=("state",),
    in_graphs=False,
    example=Example(
        {"step": {"Step": {}}, "until": {"Halt": {}}, "max_steps": 8},
        ((4,),),
        "float32",
    ),
)
"""A step that is repeated until each example stops."""

EXTENSIONS = {target.name: target for target in (RECURSE, LOOP)}
"""The extensions by name; a graph of Keras layers cannot express them."""


def is_extension(layer: Object) -> bool:
    """Return whether an object is a `recurse` or a `loop`."""
    target = layer.target
    return isinstance(target, KerasCallable) and target.registry == "extensions"


def uses_extension(node: Node) -> bool:
    """Return whether an entry is a `recurse` or a `loop`."""
    return any(map(is_extension, node.layers))


def used(model: ModelIR) -> tuple[KerasCallable, ...]:
    """Return the extensions that a model uses, each once."""
    targets = [layer.target for node in model.nodes for layer in node.layers]
    return tuple(target for target in EXTENSIONS.values() if target in targets)


def blocks_of_extensions(model: ModelIR) -> set[str]:
    """Return the blocks that only extensions call, and the blocks inside them."""
    by_name = {block.name: block for block in model.blocks}
    called_elsewhere = set(_outside(model.graph))
    # A block comes after the blocks that it calls.
    for block in reversed(model.blocks):
        if block.name in called_elsewhere:
            called_elsewhere |= set(_outside(block))
    return set(by_name) - called_elsewhere


def _outside(graph: Graph) -> Iterator[str]:
    """Return the blocks of a graph that are called outside of extensions."""
    for value in of_graph(graph):
        if isinstance(value, Object) and is_extension(value):
            continue
        for part in within(value):
            if isinstance(part, Object) and isinstance(part.target, Graph):
                yield part.target.name
