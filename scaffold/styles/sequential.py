"""The sequential style: a list of layers."""

from __future__ import annotations

import ast
from collections.abc import Callable

from scaffold.ir import ModelIR
from scaffold.ir.output_names import named_outputs
from scaffold.ir.types import Graph, Node, Object, Origin
from scaffold.styles.blocks import describe_block, function_name, import_names, named
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
    blocks = named(model, all_blocks)
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
            blocks,
        )
        for block in model.blocks
    )
    model_input = model.graph.inputs[0]
    add_name = is_like_an_input(model)
    input_item = Item(input_call(model_input, writer, add_name=add_name))
    items = _items(model.graph, with_blocks, outside, blocks)
    return Sequential(masked, chains, (input_item, *items))


def _chain(
    block: Graph,
    writer: Writer,
    made_by: str,
    outside: tuple[str, ...],
    blocks: frozenset[str],
) -> Chain:
    """Write a block as a function that returns a `keras.Sequential`."""
    params = block_parameters(block, writer)
    default = function_name(block)
    is_named = block.name in blocks
    after = ("name", f'str, the name of the model. Defaults to "{default}".')
    doc = describe_block(
        block,
        params,
        after=(after,) if is_named else (),
        returns="A new `keras.Sequential` model.",
    )
    if is_named:
        params = (*params, FunctionParameter("name", constant(default)))
    items = _items(block, writer, outside, blocks)
    return Chain(default, doc, params, items, made_by, is_named)


def _items(
    graph: Graph, writer: Writer, outside: tuple[str, ...], blocks: frozenset[str]
) -> tuple[Item, ...]:
    index = LocalNames(graph, *outside).take("i")
    outputs = named_outputs(graph)

    def is_named(node: Node, layer: Object) -> bool:
        if isinstance(layer.target, Graph):
            return layer.target.name in blocks
        is_output = not (graph.is_block or node.is_repeat) and node.id in outputs
        return is_output or writes_name(node, layer)

    return tuple(
        Item(_item(node, writer, index, is_named), Origin(graph.origin, node.id))
        for node in graph.nodes
    )


def _item(
    node: Node, writer: Writer, index: str, is_named: Callable[[Node, Object], bool]
) -> ast.expr:
    """Write a layer, a choice of two, or a repeat."""

    def write_layer(layer: Object) -> ast.Call:
        has_name = is_named(node, layer)
        return _layer(
            layer, writer, layer_name(node, index=index) if has_name else None
        )

    written: ast.expr = write_layer(node.layer)
    if node.choice is not None:
        condition = writer.value(node.choice.condition)
        other = write_layer(node.choice.otherwise)
        written = conditional(condition, written, other)
    if not node.is_repeat:
        return written
    counts = any(is_named(node, layer) for layer in node.layers)
    target, values = loop_header(node, writer, index, counts=counts)
    return ast.Starred(listed(written, target, values), ast.Load())


def _layer(layer: Object, writer: Writer, layer_name: ast.expr | None) -> ast.Call:
    """Write a layer; the function of a block has its own name as the default."""
    if isinstance(layer.target, Graph) and isinstance(layer_name, ast.Constant):
        if layer_name.value == _function_of(layer):
            layer_name = None
    return writer.layer(layer, layer_name)


def _function_of(block: Object) -> str:
    assert isinstance(block.target, Graph)
    return function_name(block.target)
