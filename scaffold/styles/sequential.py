"""The sequential style: a plain list of layers."""

from __future__ import annotations

import ast

from scaffold.ir import ModelIR
from scaffold.ir.types import Graph, Node, Object, Origin
from scaffold.styles.blocks import describe_block, function_name, import_names
from scaffold.styles.flow import LocalNames
from scaffold.styles.inputs import input_call, is_like_an_input
from scaffold.styles.masks import masked_class
from scaffold.styles.names import said_name, says_name
from scaffold.styles.params import block_parameters
from scaffold.styles.repeats import turns
from scaffold.styles.syntax import conditional, constant, listed
from scaffold.styles.types import Chain, FunctionParameter, Item, Sequential
from scaffold.styles.values import Writer


def write(model: ModelIR, writer: Writer) -> Sequential:
    """Write a chain as the items of `keras.Sequential`, blocks as such chains."""

    def nested(block: Object) -> ast.Call:
        return writer_of_blocks.block(_function_of(block), block)

    writer_of_blocks = writer.nesting(nested)
    outside = (*map(function_name, model.blocks), *import_names(model))
    every = frozenset(block.name for block in model.blocks)
    masked, of_masks = masked_class(model, "keras.Sequential", every)
    chains = tuple(
        _chain(
            block,
            writer_of_blocks,
            masked.name if masked and block.name in of_masks else "keras.Sequential",
            outside,
        )
        for block in model.blocks
    )
    only = model.graph.inputs[0]
    say_name = is_like_an_input(model)
    input_item = Item(input_call(only, writer, say_name=say_name))
    items = _items(model.graph, writer_of_blocks, outside)
    return Sequential(masked, chains, (input_item, *items))


def _chain(
    block: Graph, writer: Writer, made_by: str, outside: tuple[str, ...]
) -> Chain:
    """Write a block as a function that makes a `keras.Sequential`."""
    params = block_parameters(block, writer)
    usual = function_name(block)
    doc = describe_block(
        block,
        params,
        after=(("name", f'str, the name of what is made. Defaults to "{usual}".'),),
        returns="A `keras.Sequential` of its own.",
    )
    params = (*params, FunctionParameter("name", constant(usual)))
    return Chain(usual, doc, params, _items(block, writer, outside), made_by)


def _items(graph: Graph, writer: Writer, outside: tuple[str, ...]) -> tuple[Item, ...]:
    index = LocalNames(graph, *outside).take("i")
    return tuple(
        Item(_item(node, writer, index), Origin(graph.origin, node.id))
        for node in graph.nodes
    )


def _item(node: Node, writer: Writer, index: str) -> ast.expr:
    """Write a layer, a choice of two, or a row of them."""
    written: ast.expr = _layer(node, node.layer, writer, index)
    if node.choice is not None:
        condition = writer.value(node.choice.condition)
        other = _layer(node, node.choice.otherwise, writer, index)
        written = conditional(condition, written, other)
    if not node.is_row:
        return written
    counts = any(
        isinstance(layer.target, Graph) or says_name(node, layer)
        for layer in node.layers
    )
    target, values = turns(node, writer, index, counts=counts)
    return ast.Starred(listed(written, target, values), ast.Load())


def _layer(node: Node, layer: Object, writer: Writer, index: str) -> ast.Call:
    if not isinstance(layer.target, Graph):
        layer_name = said_name(node, index=index) if says_name(node, layer) else None
        return writer.layer(layer, layer_name)
    layer_name = said_name(node, index=index)
    if isinstance(layer_name, ast.Constant) and layer_name.value == _function_of(layer):
        layer_name = None
    return writer.layer(layer, layer_name)


def _function_of(block: Object) -> str:
    assert isinstance(block.target, Graph)
    return function_name(block.target)
