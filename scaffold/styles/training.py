"""`compile_model` and `main`: the same in every style."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from scaffold.catalogue import KerasCallable
from scaffold.ir.fold import Impossible, Unknown, fold
from scaffold.ir.types import (
    Collection,
    Constant,
    Input,
    ModelIR,
    Object,
    Training,
    Value,
)
from scaffold.styles.inputs import dtype_of
from scaffold.styles.params import data_of, describe_params, parameters
from scaffold.styles.syntax import call, constant, name
from scaffold.styles.types import Assignment, Compiling, Docstring, Import
from scaffold.styles.types import Training as Main
from scaffold.styles.values import Writer

Sizes = list[int | None] | None
"""A shape without the batch axis, `None` where it cannot be worked out."""


def compiling(model: ModelIR, writer: Writer) -> Compiling | None:
    """Writes `compile_model`, where the spec has `compile`."""
    section = model.compile
    if section is None:
        return None
    params = parameters(model.graph, [section], writer)
    described = describe_params(model.graph, params, model)
    doc = Docstring(
        "Compiles the model in place.",
        args=(("model", "What `build_model` returns."), *described),
    )
    return Compiling(doc, params, _keywords(section, writer))


def training(model: ModelIR, writer: Writer) -> Main | None:
    """Writes `main`, where the spec has `train`."""
    section = model.train
    if section is None:
        return None
    batch = [one.value for one in model.graph.inputs[0].options if one.name == "batch_size"]
    used = [section.fit, *data_of(section), *batch]
    params = parameters(model.graph, used, writer)
    doc = Docstring(
        "Trains the model and prints how well it fits.",
        args=describe_params(model.graph, params, model),
    )
    arguments = _keywords(section.fit, writer)
    given = model.graph.inputs[0]
    sizes = _sizes_of(given, {p.name: p.default for p in model.graph.params if p.default})
    new = None
    if section.predict is not None:
        new = _array(section.predict, given, sizes, writer)
    data = _data(section, given, sizes, writer)
    return Main(doc, params, data, arguments, _batch_size(given, writer), new)


def imports(model: ModelIR) -> tuple[Import, ...]:
    """Gives what `main` needs besides what the model does."""
    if model.train is None:
        return ()
    found = [Import("numpy", alias="np")]
    if model.train.data is not None:
        found.append(Import("pathlib"))
    return tuple(found)


def _keywords(section: Object, writer: Writer) -> tuple[ast.keyword, ...]:
    """Writes a section's arguments, all by keyword."""
    assert isinstance(section.target, KerasCallable)
    positional, keywords = writer.arguments(section.arguments, section.target)
    assert not positional
    return tuple(map(_listed, keywords))


def _listed(keyword: ast.keyword) -> ast.keyword:
    """Writes an argument as Keras wants it.

    A single metric or callback stands in a list. Classes are numbers, also where a
    file's keys can only be strings: Keras passes over weights of others in silence.
    """
    if keyword.arg == "class_weight" and isinstance(keyword.value, ast.Dict):
        keys = [_class(key) for key in keyword.value.keys]
        return ast.keyword(keyword.arg, ast.Dict(keys, keyword.value.values))
    in_lists = ("metrics", "weighted_metrics", "callbacks")
    if keyword.arg in in_lists and not isinstance(keyword.value, (ast.List, ast.Dict)):
        return ast.keyword(keyword.arg, ast.List([keyword.value], ast.Load()))
    return keyword


def _class(key: ast.expr | None) -> ast.expr | None:
    is_text = isinstance(key, ast.Constant) and isinstance(key.value, str)
    if isinstance(key, ast.Constant) and is_text and str(key.value).isdecimal():
        return constant(int(str(key.value)))
    return key


def _batch_size(given: Input, writer: Writer) -> ast.expr | None:
    """Writes the batch size that an input asks for, in `evaluate` as well."""
    for bound in given.options:
        if bound.name == "batch_size":
            return writer.value(bound.value)
    return None


def _data(
    section: Training, given: Input, sizes: Sizes, writer: Writer
) -> tuple[Assignment, ...]:
    if isinstance(section.data, Constant):
        return _file(str(section.data.value), sizes)
    assert section.x is not None and section.y is not None
    y = call("np.array", writer.value(section.y))
    x = _array(section.x, given, sizes, writer)
    return (Assignment(name("x"), x), Assignment(name("y"), y))


def _array(value: Value, given: Input, sizes: Sizes, writer: Writer) -> ast.expr:
    """Writes inline examples; a last axis of one that they leave out is added."""
    array = call("np.array", writer.value(value), dtype=constant(dtype_of(given)))
    if dtype_of(given) == "string":
        array.keywords.clear()
    if sizes and sizes[-1] == 1 and _depth(value) == len(sizes) and None not in sizes:
        rows = [constant(size) for size in (-1, *sizes)]
        return call(ast.Attribute(array, "reshape", ast.Load()), *rows)
    return array


def _depth(value: Value) -> int:
    """Counts how deep lists are nested: one more than an example has axes."""
    depth = 0
    while isinstance(value, Collection) and value.items:
        depth, value = depth + 1, value.items[0]
    return depth


def _sizes_of(given: Input, params: Mapping[str, Value]) -> Sizes:
    """Works out an input's shape with the params' defaults."""
    if given.shape is None:
        return None
    try:
        found = fold(given.shape, params)
    except (Unknown, Impossible):
        return None
    return found if isinstance(found, list) else None


def _file(path: str, sizes: Sizes) -> tuple[Assignment, ...]:
    """Writes the reading of a CSV or NPZ file that lies beside the module."""
    where = call("pathlib.Path", name("__file__"))
    here = ast.BinOp(
        ast.Attribute(where, "parent", ast.Load()), ast.Div(), constant(path)
    )
    data = name("data")
    if path.lower().endswith(".npz"):
        items = [_item(data, constant(key)) for key in ("x", "y")]
        read = call("np.load", here)
    else:
        every = ast.Slice()
        but_last = ast.Slice(upper=constant(-1))
        items = [
            _item(data, ast.Tuple([every, but_last], ast.Load())),
            _item(data, ast.Tuple([every, constant(-1)], ast.Load())),
        ]
        read = call(
            "np.loadtxt",
            here,
            delimiter=constant(","),
            skiprows=constant(1),
            ndmin=constant(2),
        )
        if sizes is not None and len(sizes) > 1 and None not in sizes:
            wanted = [constant(size) for size in (-1, *sizes)]
            reshape = ast.Attribute(items[0], "reshape", ast.Load())
            items[0] = call(reshape, *wanted)
    return (
        Assignment(data, read),
        Assignment(name("x"), items[0]),
        Assignment(name("y"), items[1]),
    )


def _item(array: ast.expr, index: ast.expr) -> ast.expr:
    return ast.Subscript(array, index, ast.Load())
