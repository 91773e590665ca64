"""Inputs: `keras.Input`, shapes, and what is said of them."""

from __future__ import annotations

import ast
import re

from scaffold.catalogue import Argument
from scaffold.ir.types import Bound, Constant, Input, ModelIR, Value
from scaffold.styles.syntax import call, constant, name, sequence
from scaffold.styles.values import Writer

_LIKE_AN_INPUT = re.compile("input(_layer(_[0-9]+)?)?")
_SHAPE = Argument("shape", kinds=("shape",))


def dtype_of(given: Input) -> str:
    """Gives an input's dtype, Keras's default where the spec says none."""
    for bound in given.options:
        if bound.name == "dtype" and isinstance(bound.value, Constant):
            return str(bound.value.value)
    return "float32"


def shape_of(given: Input, writer: Writer) -> ast.expr:
    """Writes an input's shape, without the batch axis."""
    assert given.shape is not None
    return writer.value(given.shape, _SHAPE)


def batch_shape_of(given: Input, writer: Writer) -> ast.expr:
    """Writes an input's shape with the batch axis."""
    shape = shape_of(given, writer)
    assert isinstance(shape, ast.Tuple)
    batch: ast.expr = constant(None)
    for bound in given.options:
        if bound.name == "batch_size":
            batch = writer.value(bound.value)
    return sequence([batch, *shape.elts], as_tuple=True)


def is_like_an_input(model: ModelIR) -> bool:
    """Tell whether a layer may have the name that Keras gives an input without one.

    That is `input_layer`, or `input_layer_1` if there was one before; it may be joined
    of the names of a block and of a layer in it.
    """
    nodes = (node for graph in model.graphs for node in graph.nodes)
    return any(_LIKE_AN_INPUT.fullmatch(node.name) for node in nodes)


def input_call(given: Input, writer: Writer, *, say_name: bool = False) -> ast.Call:
    """Writes `keras.Input(...)` with a shape; of several inputs each has its name."""
    given = given._replace(is_named=given.is_named or say_name)
    written = call("keras.Input", shape=shape_of(given, writer))
    written.keywords += input_options(given, writer)
    return written


def input_options(given: Input, writer: Writer, *without: str) -> list[ast.keyword]:
    """Writes what `keras.Input` takes besides the shape; defaults are left out."""
    keywords = [
        ast.keyword(
            bound.name, writer.value(bound.value, bound.argument or Argument(""))
        )
        for bound in _in_order(given, writer)
        if bound.name not in without and not _is_usual(bound.name, bound.value)
    ]
    if given.is_named:
        keywords.append(ast.keyword("name", constant(given.name)))
    return keywords


def _in_order(given: Input, writer: Writer) -> list[Bound]:
    """Gives an input's options in the order of Keras's signature."""
    target = writer.catalogue.find("methods", "Input")
    order = [one.name for one in target.arguments] if target else []
    return sorted(given.options, key=lambda bound: order.index(bound.name))


def _is_usual(option: str, value: Value) -> bool:
    usual = {"dtype": "float32", "sparse": False, "ragged": False, "optional": False}
    if not isinstance(value, Constant):
        return False
    return value.value is None or (option in usual and value.value == usual[option])


def describe_inputs(inputs: tuple[Input, ...], writer: Writer) -> str:
    """Says what a model takes: one input by itself, several by their names."""
    if len(inputs) == 1:
        return describe_input(inputs[0], writer)
    each = [f"`{given.name}` ({describe_input(given, writer)})" for given in inputs]
    return f"a dictionary of {', '.join(each[:-1])} and {each[-1]}"


def describe_input(given: Input, writer: Writer) -> str:
    """Says what a model takes: "float32 of shape (batch, 8, 8, 1)"."""
    shape = batch_shape_of(given, writer)
    assert isinstance(shape, ast.Tuple)
    first, *rest = shape.elts
    if isinstance(first, ast.Constant) and first.value is None:
        first = name("batch")
    sizes = ", ".join(ast.unparse(size) for size in (first, *rest))
    comma = "," if not rest else ""
    return f"{dtype_of(given)} of shape ({sizes}{comma})"
