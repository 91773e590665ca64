"""Names and docstrings of the functions and classes for blocks."""

from __future__ import annotations

from collections.abc import Iterable

from scaffold.ir import ModelIR
from scaffold.ir.names import snake_case
from scaffold.ir.types import Graph, Node
from scaffold.styles.header import WIDEST_SUMMARY, describe
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


def named(model: ModelIR, as_models: Iterable[str]) -> frozenset[str]:
    """Return the blocks whose functions take `name`, as they contain named layers."""
    names = set(as_models)
    for block in model.blocks:
        if any(_is_named(node, names) for node in block.nodes):
            names.add(block.name)
    return frozenset(names)


def _is_named(node: Node, blocks: set[str]) -> bool:
    if node.reused is not None or node.is_op:
        return False
    targets = [layer.target for layer in node.layers]
    if any(isinstance(target, Graph) and target.name in blocks for target in targets):
        return True
    return node.is_named and not all(isinstance(target, Graph) for target in targets)


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
