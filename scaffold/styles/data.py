"""Write the data of `main`: inline arrays, or a file next to the module."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from scaffold.ir.fold import folded
from scaffold.ir.types import (
    Collection,
    Constant,
    Dictionary,
    Graph,
    Input,
    Training,
    Value,
)
from scaffold.styles.inputs import dtype_of
from scaffold.styles.syntax import call, constant, name
from scaffold.styles.types import Assignment
from scaffold.styles.values import Writer

Sizes = list[int | None] | None
"""A shape without the batch axis, `None` if it cannot be computed."""


def write_data(
    section: Training, graph: Graph, writer: Writer
) -> tuple[Assignment, ...]:
    """Write the statements that assign `x` and `y`."""
    if isinstance(section.data, Constant):
        return _file(str(section.data.value), graph)
    assert section.x is not None and section.y is not None
    x = write_examples(section.x, graph, writer)
    y = _targets(section.y, graph, writer)
    return (Assignment(name("x"), x), Assignment(name("y"), y))


def write_examples(value: Value, graph: Graph, writer: Writer) -> ast.expr:
    """Write inline examples; several inputs become a dictionary by name."""
    if not isinstance(value, Dictionary):
        return _array(value, graph.inputs[0], graph, writer)
    by_name = {model_input.name: model_input for model_input in graph.inputs}
    pairs = [
        (str(key.value), item) for key, item in value.pairs if isinstance(key, Constant)
    ]
    arrays = [_array(item, by_name[key], graph, writer) for key, item in pairs]
    return ast.Dict([constant(key) for key, _ in pairs], arrays)


def _targets(value: Value, graph: Graph, writer: Writer) -> ast.expr:
    """Write inline targets, one array for each output."""
    if isinstance(value, Dictionary):
        keys = [writer.value(key) for key, _ in value.pairs]
        arrays = [call("np.array", writer.value(item)) for _, item in value.pairs]
        return ast.Dict([*keys], [*arrays])
    if graph.outputs.is_list and isinstance(value, Collection):
        outputs = [call("np.array", writer.value(item)) for item in value.items]
        return ast.List([*outputs], ast.Load())
    return call("np.array", writer.value(value))


def _array(value: Value, model_input: Input, graph: Graph, writer: Writer) -> ast.expr:
    """Write inline examples; add a last axis of size 1 that they leave out."""
    sizes = _sizes_of(model_input, graph)
    array = call("np.array", writer.value(value), dtype=constant(dtype_of(model_input)))
    is_text = dtype_of(model_input) == "string"
    if is_text:
        array.keywords.clear()
    if sizes and sizes[-1] == 1 and _depth(value) == len(sizes) and None not in sizes:
        new_shape = [constant(size) for size in (-1, *sizes)]
        array = call(ast.Attribute(array, "reshape", ast.Load()), *new_shape)
    if is_text:
        # `fit` takes tensors of strings, not NumPy arrays of strings.
        convert = "keras.ops.convert_to_tensor"
        return call(convert, array, dtype=constant("string"))
    return array


def _depth(value: Value) -> int:
    """Count how deep lists are nested: the axes of an example and the batch axis."""
    depth = 0
    while isinstance(value, Collection) and value.items:
        depth, value = depth + 1, value.items[0]
    return depth


def _sizes_of(model_input: Input, graph: Graph) -> Sizes:
    """Compute an input's shape with the params' defaults."""
    if model_input.shape is None:
        return None
    shape = folded(model_input.shape, graph.defaults)
    return shape if isinstance(shape, list) else None


def _file(path: str, graph: Graph) -> tuple[Assignment, ...]:
    """Write the statements that read a CSV or NPZ file next to the module.

    An NPZ file has the arrays `x` and `y`. With several inputs or outputs, it has an
    array for each by its name; those for a list of outputs are `y_0`, `y_1`...
    """
    module_path = call("pathlib.Path", name("__file__"))
    data_path = ast.BinOp(
        ast.Attribute(module_path, "parent", ast.Load()), ast.Div(), constant(path)
    )
    data = name("data")
    if path.lower().endswith(".npz"):
        items = [_stored_inputs(data, graph), _stored_targets(data, graph)]
        read = call("np.load", data_path)
    else:
        every = ast.Slice()
        but_last = ast.Slice(upper=constant(-1))
        items = [
            _item(data, ast.Tuple([every, but_last], ast.Load())),
            _item(data, ast.Tuple([every, constant(-1)], ast.Load())),
        ]
        read = call(
            "np.loadtxt",
            data_path,
            delimiter=constant(","),
            skiprows=constant(1),
            ndmin=constant(2),
        )
        sizes = _sizes_of(graph.inputs[0], graph)
        if sizes is not None and len(sizes) > 1 and None not in sizes:
            new_shape = [constant(size) for size in (-1, *sizes)]
            reshape = ast.Attribute(items[0], "reshape", ast.Load())
            items[0] = call(reshape, *new_shape)
    return (
        Assignment(data, read),
        Assignment(name("x"), items[0]),
        Assignment(name("y"), items[1]),
    )


def _stored_inputs(data: ast.expr, graph: Graph) -> ast.expr:
    if len(graph.inputs) == 1:
        return _item(data, constant("x"))
    names = [model_input.name for model_input in graph.inputs]
    return _stored_by_name(data, names)


def _stored_targets(data: ast.expr, graph: Graph) -> ast.expr:
    outputs = graph.outputs
    if outputs.keys is not None:
        return _stored_by_name(data, outputs.keys)
    if outputs.is_list:
        keys = [constant(f"y_{number}") for number in range(graph.gives)]
        return ast.List([_item(data, key) for key in keys], ast.Load())
    return _item(data, constant("y"))


def _stored_by_name(data: ast.expr, names: Sequence[str]) -> ast.expr:
    items = [_item(data, constant(name)) for name in names]
    return ast.Dict([constant(name) for name in names], items)


def _item(array: ast.expr, index: ast.expr) -> ast.expr:
    return ast.Subscript(array, index, ast.Load())
