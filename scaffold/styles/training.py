"""`compile_model` and `main`: the same in every style."""

from __future__ import annotations

import ast

from scaffold.catalogue import KerasCallable
from scaffold.ir.fold import Impossible, Unknown, fold
from scaffold.ir.types import Collection, Input, ModelIR, Object, Training, Value
from scaffold.styles.inputs import dtype_of
from scaffold.styles.params import describe_params, parameters
from scaffold.styles.syntax import call, constant, name
from scaffold.styles.types import Assignment, Compiling, Docstring, Import
from scaffold.styles.types import Training as Main
from scaffold.styles.values import Writer


def compiling(model: ModelIR, writer: Writer) -> Compiling | None:
    """Writes `compile_model`, where the spec has `compile`."""
    section = model.compile
    if section is None:
        return None
    params = parameters(model, [section], writer)
    described = describe_params(model, params)
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
    params = parameters(model, [section.fit], writer)
    doc = Docstring(
        "Trains the model and prints how well it fits.",
        args=describe_params(model, params),
    )
    arguments = _keywords(section.fit, writer)
    given = model.inputs[0]
    new = None
    if section.predict is not None:
        new = _array(section.predict, given, writer)
    data = _data(section, given, writer)
    return Main(doc, params, data, arguments, new)


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
    """Puts a single metric or callback into a list, as Keras wants it."""
    in_lists = ("metrics", "weighted_metrics", "callbacks")
    if keyword.arg in in_lists and not isinstance(keyword.value, (ast.List, ast.Dict)):
        return ast.keyword(keyword.arg, ast.List([keyword.value], ast.Load()))
    return keyword


def _data(section: Training, given: Input, writer: Writer) -> tuple[Assignment, ...]:
    if section.data is not None:
        return _file(str(section.data.value), given, writer)
    assert section.x is not None and section.y is not None
    y = call("np.array", writer.value(section.y))
    x = _array(section.x, given, writer)
    return (Assignment(name("x"), x), Assignment(name("y"), y))


def _array(value: Value, given: Input, writer: Writer) -> ast.expr:
    """Writes inline examples; one number each becomes a row of one."""
    array = call("np.array", writer.value(value), dtype=constant(dtype_of(given)))
    if dtype_of(given) == "string":
        array.keywords.clear()
    is_flat = isinstance(value, Collection) and all(
        not isinstance(item, Collection) for item in value.items
    )
    if is_flat and sizes_of(given) == [1]:
        return call(ast.Attribute(array, "reshape", ast.Load()), *_sizes(-1, 1))
    return array


def sizes_of(given: Input) -> list[int | None] | None:
    """Works out an input's shape, `None` where it depends on more than params."""
    if given.shape is None:
        return None
    try:
        found = fold(given.shape, {})
    except (Unknown, Impossible):
        return None
    return found if isinstance(found, list) else None


def _sizes(*sizes: int) -> list[ast.expr]:
    return [constant(size) for size in sizes]


def _file(path: str, given: Input, writer: Writer) -> tuple[Assignment, ...]:
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
        read = call("np.loadtxt", here, delimiter=constant(","), skiprows=constant(1))
        sizes = sizes_of(given)
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
