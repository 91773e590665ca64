"""Names and docstrings of the functions and classes for blocks."""

from __future__ import annotations

from collections import Counter

from scaffold.ir import ModelIR
from scaffold.ir.names import snake_case
from scaffold.ir.output_names import named_outputs
from scaffold.ir.types import Graph, Node
from scaffold.styles.header import WIDEST_SUMMARY, describe
from scaffold.styles.names import writes_name
from scaffold.styles.object_names import noun_of
from scaffold.styles.params import describe_params
from scaffold.styles.purposes import listed
from scaffold.styles.types import Docstring, FunctionParameter


def function_name(block: Graph) -> str:
    """Return the name of a block's function: `residual` for `Residual`."""
    return snake_case(block.name)


def import_names(model: ModelIR) -> tuple[str, ...]:
    """Return the names of the layers that a module imports."""
    return tuple(imported.name for imported in model.imports)


def named(model: ModelIR, as_models: frozenset[str]) -> frozenset[str]:
    """Return the blocks whose functions take `name`.

    A function that calls layers takes it if it passes names to layers, because these
    have to be unique. A function that creates a model takes it if a call passes another
    name than that of the function.

    Args:
        model: The model.
        as_models: The blocks whose functions create a model.
    """
    instances, outputs = _instances(model), named_outputs(model.graph)
    names = set()
    for graph in model.graphs:
        for node in graph.nodes:
            is_output = not graph.is_block and node.id in outputs
            for created in node.blocks & as_models:
                if instances[created] > 1 or node.keras_name or is_output:
                    names.add(created)
    for block in model.blocks:
        if block.name not in as_models:
            if any(_passes_names(node, names) for node in block.nodes):
                names.add(block.name)
    return frozenset(names)


def _instances(model: ModelIR) -> Counter[str]:
    """Count the instances of each block in the model; 2 for any number above 1."""
    counts = Counter({"": 1})
    for graph in (model.graph, *reversed(model.blocks)):
        for node in graph.nodes:
            if node.reused is None:
                for block in node.blocks:
                    more = counts[graph.origin] * (2 if node.is_repeat else 1)
                    counts[block] = min(2, counts[block] + more)
    return counts


def _passes_names(node: Node, blocks: set[str]) -> bool:
    """Return whether a function passes a name to the layer of a node."""
    if node.reused is not None:
        return False
    if node.blocks & blocks:
        return True
    return any(
        writes_name(node, layer)
        for layer in node.layers
        if not isinstance(layer.target, Graph)
    )


def describe_block(
    block: Graph,
    params: tuple[FunctionParameter, ...],
    *,
    before: tuple[tuple[str, str], ...] = (),
    after: tuple[tuple[str, str], ...] = (),
    returns: str = "",
) -> Docstring:
    """Return the docstring of the function or class for a block."""
    own = [param for param in params if param.name in _names(block)]
    doc = describe(block, contents_of(block))
    described = describe_params(block, own)
    return doc._replace(args=(*before, *described, *after), returns=returns)


def contents_of(block: Graph) -> str:
    """Return a summary of a block: "A block of `Conv2D` and `Add` layers."."""
    layers = [layer for node in block.nodes for layer in node.layers]
    nouns = dict.fromkeys(map(noun_of, layers))
    groups = [
        f"{listed(names)} {kind}s"
        for kind in ("layer", "block")
        if (names := [noun.name for noun in nouns if noun.kind == kind])
    ]
    summary = f"A block of {' and '.join(groups)}."
    if not groups or len(summary) > WIDEST_SUMMARY:
        return f"The `{function_name(block)}` block."
    return summary


def _names(block: Graph) -> set[str]:
    return {param.name for param in block.params}


def describe_result(block: Graph) -> str:
    """Describe the output of a block."""
    outputs = block.outputs
    if outputs.keys is not None:
        keys = [f"`{key}`" for key in outputs.keys]
        return f"A dictionary of tensors: {', '.join(keys)}."
    if outputs.is_list or len(outputs.tensors) > 1:
        return f"A list of {len(outputs.tensors)} tensors."
    return "A tensor."
