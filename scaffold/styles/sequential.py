"""The sequential style: a list of layers."""

from __future__ import annotations

import ast

from scaffold.ir import ModelIR
from scaffold.ir.types import Graph, Node, Object, Origin
from scaffold.styles.blocks import describe_block, function_name, import_names
from scaffold.styles.flow import LocalNames
from scaffold.styles.inputs import input_call, is_like_an_input
from scaffold.styles.masks import masked_class
from scaffold.styles.names import layer_name, writes_name
from scaffold.styles.params import block_parameters
from scaffold.styles.repeats import loop_header
from scaffold.styles.syntax import conditional, constant, listed
from scaffold.styles.types import Chain, FunctionParameter, Item, Sequential
from scaffold.styles.values import Writer


def write(model: ModelIR, writer: Writer) -> Sequential:
    """Write a model as the items of `keras.Sequential`; blocks are chains as well."""

    def nested(block: Object) -> ast.Call:
        return with_blocks.block(_function_of(block), block)

    with_blocks = writer.with_blocks(nested)
    outside = (*map(function_name, model.blocks), *import_names(model))
    all_blocks = frozenset(block.name for block in model.blocks)
    masked, masked_blocks = masked_class(model, "keras.Sequential", all_blocks)
    chains = tuple(
        _chain(
            block,
            with_blocks,
            (
                masked.name
                if masked and block.name in masked_blocks
                else "keras.Sequential"
            ),
            outside,
        )
        for block in model.blocks
    )
    model_input = model.graph.inputs[0]
    add_name = is_like_an_input(model)
    input_item = Item(input_call(model_input, writer, add_name=add_name))
    items = _items(model.graph, with_blocks, outside)
    return Sequential(masked, chains, (input_item, *items))


def _chain(
    block: Graph, writer: Writer, made_by: str, outside: tuple[str, ...]
) -> Chain:
    """Write a block as a function that returns a `keras.Sequential`."""
    params = block_parameters(block, writer)
    default = function_name(block)
    doc = describe_block(
        block,
        params,
        after=(("name", f'str, the name of the model. Defaults to "{default}".'),),
        returns="A new `keras.Sequential` model.",
    )
    params = (*params, FunctionParameter("name", constant(default)))
    return Chain(default, doc, params, _items(block, writer, outside), made_by)


def _items(graph: Graph, writer: Writer, outside: tuple[str, ...]) -> tuple[Item, ...]:
    index = LocalNames(graph, *outside).take("i")
    return tuple(
        Item(_item(node, writer, index), Origin(graph.origin, node.id))
        for node in graph.nodes
    )


def _item(node: Node, writer: Writer, index: str) -> ast.expr:
    """Write a layer, a choice of two, or a repeat."""
    written: ast.expr = _layer(node, node.layer, writer, index)
    if node.choice is not None:
        condition = writer.value(node.choice.condition)
        other = _layer(node, node.choice.otherwise, writer, index)
        written = conditional(condition, written, other)
    if not node.is_repeat:
        return written
    counts = any(
        isinstance(layer.target, Graph) or writes_name(node, layer)
        for layer in node.layers
    )
    target, values = loop_header(node, writer, index, counts=counts)
    return ast.Starred(listed(written, target, values), ast.Load())


def _layer(node: Node, layer: Object, writer: Writer, index: str) -> ast.Call:
    if not isinstance(layer.target, Graph):
        has_name = writes_name(node, layer)
        return writer.layer(layer, layer_name(node, index=index) if has_name else None)
    name = layer_name(node, index=index)
    is_default = isinstance(name, ast.Constant) and name.value == _function_of(layer)
    return writer.layer(layer, None if is_default else name)


def _function_of(block: Object) -> str:
    assert isinstance(block.target, Graph)
    return function_name(block.target)
