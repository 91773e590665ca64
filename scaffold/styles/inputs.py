"""Inputs: `keras.Input`, shapes, and what is said of them."""

from __future__ import annotations

import ast
import re

from scaffold.catalogue import Argument
from scaffold.ir.types import Bound, Constant, Input, ModelIR, Value
from scaffold.styles.syntax import call, constant, listed, name, sequence
from scaffold.styles.types import Takes
from scaffold.styles.values import Writer

_LIKE_AN_INPUT = re.compile("input(_layer(_[0-9]+)?)?")
_SHAPE = Argument("shape", kinds=("shape",))
_WIDEST_MESSAGE = 58
"""What fits on a line behind `raise ValueError(`, in a method."""


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
    return any(_LIKE_AN_INPUT.fullmatch(node.name) for node in model.nodes)


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


def taken(inputs: tuple[Input, ...], writer: Writer) -> Takes:
    """Write what a class tells Keras of its inputs.

    Args:
        inputs: The inputs.
        writer: Writes params as attributes.
    """
    if len(inputs) == 1:
        spec = call("keras.InputSpec", shape=_any_batch(name("input_shape")))
        return Takes(spec, (), "", input_call(inputs[0], writer))
    names = tuple(given.name for given in inputs)
    keys = [constant(one) for one in names]
    calls = [input_call(given, writer, say_name=True) for given in inputs]
    refusal = f"`inputs` is a dictionary of {', '.join(names[:-1])} and {names[-1]}"
    if len(refusal) > _WIDEST_MESSAGE:
        refusal = "`inputs` is a dictionary: `build_model` says of what"
    return Takes(_specs(inputs), names, refusal, ast.Dict([*keys], [*calls]))


def _specs(inputs: tuple[Input, ...]) -> ast.expr:
    """Write what each of several inputs is checked against."""
    if any(is_optional(given) for given in inputs):
        return sequence([_spec(given) for given in inputs], as_tuple=False)
    keys = [constant(given.name) for given in inputs]
    key = name("name")
    shape = ast.Subscript(name("input_shape"), key, ast.Load())
    made = call("keras.InputSpec", shape=_any_batch(shape), name=key)
    return listed(made, key, sequence([*keys], as_tuple=True))


def _spec(given: Input) -> ast.Call:
    key = constant(given.name)
    shape = ast.Subscript(name("input_shape"), key, ast.Load())
    optional = constant(True) if is_optional(given) else None
    made = call("keras.InputSpec", shape=_any_batch(shape), name=key)
    made.keywords += call("dict", optional=optional).keywords
    return made


def _any_batch(shape: ast.expr) -> ast.expr:
    """Write a shape for batches of any size."""
    sizes = ast.Subscript(shape, ast.Slice(constant(1)), ast.Load())
    return sequence([constant(None), ast.Starred(sizes, ast.Load())], as_tuple=True)


def is_optional(given: Input) -> bool:
    """Tell whether an input may be `None`."""
    values = [one.value for one in given.options if one.name == "optional"]
    return any(not isinstance(one, Constant) or bool(one.value) for one in values)


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
