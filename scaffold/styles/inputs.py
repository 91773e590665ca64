"""Write inputs: `keras.Input`, shapes, and their descriptions."""

from __future__ import annotations

import ast
import re

from scaffold.catalogue import Argument
from scaffold.ir.types import Constant, Input, ModelIR
from scaffold.styles.syntax import call, constant, listed, name, sequence
from scaffold.styles.types import InputContract
from scaffold.styles.values import Writer

_LIKE_AN_INPUT = re.compile("input(_layer(_[0-9]+)?)?")
_SHAPE = Argument("shape", kinds=("shape",))
_WIDEST_MESSAGE = 70
"""The longest message that fits on its own line in `raise ValueError(...)`."""


def dtype_of(model_input: Input) -> str:
    """Return the dtype of an input, or the default of Keras."""
    for bound in model_input.options:
        if bound.name == "dtype" and isinstance(bound.value, Constant):
            return str(bound.value.value or "float32")
    return "float32"


def shape_of(model_input: Input, writer: Writer) -> ast.expr:
    """Write an input's shape, without the batch axis."""
    assert model_input.shape is not None
    return writer.value(model_input.shape, _SHAPE)


def batch_shape_of(model_input: Input, writer: Writer) -> ast.expr:
    """Write an input's shape with the batch axis."""
    shape = shape_of(model_input, writer)
    assert isinstance(shape, ast.Tuple)
    batch: ast.expr = constant(None)
    for bound in model_input.options:
        if bound.name == "batch_size":
            batch = writer.value(bound.value)
    return sequence([batch, *shape.elts], as_tuple=True)


def is_like_an_input(model: ModelIR) -> bool:
    """Return whether a layer may have the default name of an input.

    Keras names inputs `input_layer`, `input_layer_1`... A layer name may be composed of
    the names of a block and of a layer in it.
    """
    return any(_LIKE_AN_INPUT.fullmatch(node.name) for node in model.nodes)


def input_call(
    model_input: Input, writer: Writer, *, add_name: bool = False
) -> ast.Call:
    """Write `keras.Input(...)` with a shape, and a name if there are several inputs."""
    model_input = model_input._replace(is_named=model_input.is_named or add_name)
    written = call("keras.Input")
    written.keywords += input_options(model_input, writer)
    shape = ast.keyword("shape", shape_of(model_input, writer))
    written.keywords.insert(model_input.shape_at, shape)
    return written


def input_options(
    model_input: Input, writer: Writer, *without: str
) -> list[ast.keyword]:
    """Write the other arguments of `keras.Input`, in the order of the spec."""
    keywords = [
        ast.keyword(
            bound.name, writer.value(bound.value, bound.argument or Argument(""))
        )
        for bound in model_input.options
        if bound.name not in without
    ]
    if model_input.is_named:
        keywords.append(ast.keyword("name", constant(model_input.name)))
    return keywords


def taken(inputs: tuple[Input, ...], writer: Writer) -> InputContract:
    """Return what a class declares about its inputs.

    Args:
        inputs: The inputs.
        writer: Writes params as attributes.
    """
    if len(inputs) == 1:
        spec = call("keras.InputSpec", shape=_any_batch(name("input_shape")))
        return InputContract(spec, (), "", input_call(inputs[0], writer))
    names = tuple(model_input.name for model_input in inputs)
    keys = [constant(name) for name in names]
    calls = [input_call(model_input, writer, add_name=True) for model_input in inputs]
    quoted_names = [f"`{name}`" for name in names]
    listed_names = f"{', '.join(quoted_names[:-1])} and {quoted_names[-1]}"
    error_message = f"expected a dictionary with the keys {listed_names}"
    if len(error_message) > _WIDEST_MESSAGE:
        error_message = "expected a dictionary with the keys that `build_model` lists"
    return InputContract(
        _specs(inputs), names, error_message, ast.Dict([*keys], [*calls])
    )


def _specs(inputs: tuple[Input, ...]) -> ast.expr:
    """Write the `keras.InputSpec` of each of several inputs."""
    if any(is_optional(model_input) for model_input in inputs):
        return sequence([_spec(model_input) for model_input in inputs], as_tuple=False)
    keys = [constant(model_input.name) for model_input in inputs]
    key = name("name")
    shape = ast.Subscript(name("input_shape"), key, ast.Load())
    spec = call("keras.InputSpec", shape=_any_batch(shape), name=key)
    return listed(spec, key, sequence([*keys], as_tuple=True))


def _spec(model_input: Input) -> ast.Call:
    key = constant(model_input.name)
    shape = ast.Subscript(name("input_shape"), key, ast.Load())
    optional = constant(True) if is_optional(model_input) else None
    spec = call("keras.InputSpec", shape=_any_batch(shape), name=key)
    spec.keywords += call("dict", optional=optional).keywords
    return spec


def _any_batch(shape: ast.expr) -> ast.expr:
    """Write a shape for batches of any size."""
    sizes = ast.Subscript(shape, ast.Slice(constant(1)), ast.Load())
    return sequence([constant(None), ast.Starred(sizes, ast.Load())], as_tuple=True)


def is_optional(model_input: Input) -> bool:
    """Return whether an input may be `None`."""
    values = [bound.value for bound in model_input.options if bound.name == "optional"]
    return any(not isinstance(value, Constant) or bool(value.value) for value in values)


def describe_inputs(inputs: tuple[Input, ...], writer: Writer) -> str:
    """Describe the inputs of a model; several are described by name."""
    if len(inputs) == 1:
        return describe_input(inputs[0], writer)
    described = [
        f"`{model_input.name}` ({describe_input(model_input, writer)})"
        for model_input in inputs
    ]
    return f"a dictionary with {', '.join(described[:-1])} and {described[-1]}"


def describe_input(model_input: Input, writer: Writer) -> str:
    """Describe an input: "float32 of shape (batch, 8, 8, 1)"."""
    shape = batch_shape_of(model_input, writer)
    assert isinstance(shape, ast.Tuple)
    first, *other_sizes = shape.elts
    if isinstance(first, ast.Constant) and first.value is None:
        first = name("batch")
    sizes = ", ".join(ast.unparse(size) for size in (first, *other_sizes))
    comma = "," if not other_sizes else ""
    return f"{dtype_of(model_input)} of shape ({sizes}{comma})"
