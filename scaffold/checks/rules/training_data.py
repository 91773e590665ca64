"""KS214: training data that does not fit the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic, Span, suggest
from scaffold.ir.build import DATA_KEYS
from scaffold.ir.fold import folded
from scaffold.ir.types import Collection, Constant, Dictionary, Input, Training, Value


class KS214(Code):
    """The model cannot be trained on the data in `train`.

    What it does:
        Reports `train` without `compile`, without `x` or `y`, with a different number
        of examples in `x` and `y`, with rows of unequal length, with examples whose
        shape differs from that of the input, and a `data` that is not a CSV or NPZ
        file.

    Why:
        `fit` would fail, or train on other data than intended.

    Example:
        inputs: [1]
        layers:
          - Dense(1)
        compile: {optimizer: sgd, loss: mse}
        train:
          x: [1, 2, 3]
          y: [2, 4]

    Instead:
        inputs: [1]
        layers:
          - Dense(1)
        compile: {optimizer: sgd, loss: mse}
        train:
          x: [1, 2, 3]
          y: [2, 4, 6]
    """

    name = "bad-training-data"


_LIST = "write a list with one item per example: [1, 2, 3] or [[1, 2], [3, 4]]"


@rule(KS214)
def training_data(context: RuleContext) -> Iterator[Diagnostic]:
    """Report data that the model cannot be trained on."""
    model, section = context.model, context.model.train
    if section is None or context.is_block:
        return
    if model.compile is None:
        help_ = "add `compile: {optimizer: adam, loss: mean_squared_error}`"
        message = "`train` requires `compile`: a model without a loss learns nothing"
        yield _finding(message, section.span, help_)
    if section.data is not None:
        yield from _file(section, context)
    elif _is_misspelled(section):
        return
    elif section.x is None or section.y is None:
        missing = "x" if section.x is None else "y"
        help_ = "add `x` and `y`, or a file: `data: houses.csv`"
        yield _finding(f"`train` has no `{missing}`", section.span, help_)
    else:
        yield from _inline(section.x, section.y, context)
    if section.predict is not None:
        yield from _by_input(section.predict, "predict", context)


def _is_misspelled(section: Training) -> bool:
    """Return whether an unknown key is probably a misspelled key of the data."""
    unknown = [bound.name for bound in section.fit.arguments if bound.argument is None]
    return any(suggest(name, DATA_KEYS) for name in unknown)


def _finding(message: str, span: Span, help_: str) -> Diagnostic:
    return Diagnostic("KS214", message, span, help_)


def _file(section: Training, context: RuleContext) -> Iterator[Diagnostic]:
    assert section.data is not None
    span = section.data.span
    name = section.data.value if isinstance(section.data, Constant) else None
    if not isinstance(name, str) or not name.lower().endswith((".csv", ".npz")):
        help_ = "name a CSV file (with a header, the target in the last column) or an "
        help_ += "NPZ file with `x` and `y`"
        yield _finding("`data` is not a CSV or NPZ file", span, help_)
    elif not name.lower().endswith(".npz") and _is_several(context):
        message = "a CSV file has one table, but the model has several inputs or "
        message += "outputs"
        help_ = "use an NPZ file with an array for each, under its name"
        yield _finding(message, span, help_)
    if section.x is not None or section.y is not None:
        message = "`train` has both `data` and inline values"
        yield _finding(message, span, "keep one of them")


def _is_several(context: RuleContext) -> bool:
    outputs = context.graph.outputs
    single = len(outputs.tensors) == 1 and not outputs.is_list and outputs.keys is None
    return len(context.graph.inputs) > 1 or not single


def _inline(x: Value, y: Value, context: RuleContext) -> Iterator[Diagnostic]:
    yield from _by_input(x, "x", context)
    yield from _targets(y, context)
    counted: dict[int, str] = {}
    for value, name in ((x, "x"), (y, "y")):
        for part in _parts(value, name, context):
            data = _plain(part, context)
            if isinstance(data, list) and data:
                counted.setdefault(len(data), name)
    if len(counted) > 1:
        (first, label), (second, other) = list(counted.items())[:2]
        message = f"`{label}` has {first} examples, but `{other}` has {second}"
        yield _finding(message, y.span, "write one target for each example")


def _parts(value: Value, name: str, context: RuleContext) -> list[Value]:
    """Return the arrays for the inputs or the outputs."""
    if isinstance(value, Dictionary):
        return [item for _, item in value.pairs]
    if name == "y" and context.graph.outputs.is_list and isinstance(value, Collection):
        return list(value.items)
    return [value]


def _by_input(value: Value, name: str, context: RuleContext) -> Iterator[Diagnostic]:
    """Report examples that do not fit the inputs: a list, or one for each."""
    inputs = context.graph.inputs
    if len(inputs) == 1:
        yield from _examples(value, name, inputs[0], context)
        return
    names = tuple(model_input.name for model_input in inputs)
    yield from _by_name(value, name, names, "input")
    for key, item in value.pairs if isinstance(value, Dictionary) else ():
        for model_input in inputs:
            if isinstance(key, Constant) and key.value == model_input.name:
                yield from _examples(
                    item, f"{name}.{model_input.name}", model_input, context
                )


def _targets(value: Value, context: RuleContext) -> Iterator[Diagnostic]:
    """Report targets that do not fit the outputs: a list, or one for each."""
    outputs = context.graph.outputs
    if outputs.keys is not None:
        yield from _by_name(value, "y", outputs.keys, "output")
    elif outputs.is_list:
        count = len(outputs.tensors)
        if not isinstance(value, Collection) or len(value.items) != count:
            help_ = "write a list of targets for each output: [[1, 0], [0.5, 2.0]]"
            message = f"`y` must have one list for each of the {count} outputs"
            yield _finding(message, value.span, help_)
            return
    for part in _parts(value, "y", context):
        yield from _numbers(part, "y", context)


def _by_name(
    value: Value, name: str, wanted: tuple[str, ...], what: str
) -> Iterator[Diagnostic]:
    """Report a value that is not a mapping with one item for each name."""
    listed = ", ".join(f"{wanted_name}: [...]" for wanted_name in wanted)
    help_ = f"write `{name}: {{{listed}}}`"
    if not isinstance(value, Dictionary):
        message = f"`{name}` must be a mapping with an item for each {what}"
        yield _finding(message, value.span, help_)
        return
    keys = [key.value for key, _ in value.pairs if isinstance(key, Constant)]
    for key, _ in value.pairs:
        if isinstance(key, Constant) and key.value not in wanted:
            yield _finding(f"there is no {what} `{key.value}`", key.span, help_)
    for wanted_name in wanted:
        if wanted_name not in keys:
            message = f"`{name}` has no value for `{wanted_name}`"
            yield _finding(message, value.span, help_)


def _examples(
    value: Value, name: str, model_input: Input, context: RuleContext
) -> Iterator[Diagnostic]:
    """Report examples that are not an array, or whose shape does not fit the input."""
    faults = [*_numbers(value, name, context)]
    yield from faults
    shape = _shape(_plain(value, context))
    if faults or not shape:
        return
    wanted = (
        _plain(model_input.shape, context) if model_input.shape is not None else None
    )
    if isinstance(wanted, list) and not _fits(list(shape[1:]), wanted):
        message = f"an example of `{name}` has the shape {_written(shape[1:])}"
        message += f", but the input `{model_input.name}` has the shape "
        message += _written(wanted)
        help_ = "make the two shapes equal, without the batch axis"
        yield _finding(message, value.span, help_)


def _fits(shape: list[Any], wanted: list[Any]) -> bool:
    """Compare shapes; a last axis of one may be left out, as Keras allows."""
    if len(shape) == len(wanted) - 1 and wanted[-1] == 1:
        shape = [*shape, 1]
    return len(shape) == len(wanted) and all(
        size == want or not isinstance(want, int)
        for size, want in zip(shape, wanted, strict=True)
    )


def _written(shape: Any) -> str:
    return f"[{', '.join('null' if size is None else str(size) for size in shape)}]"


def _numbers(value: Value, name: str, context: RuleContext) -> Iterator[Diagnostic]:
    """Report a value that is not an array: not a list, or rows of unequal length."""
    data = _plain(value, context)
    if data is None:
        yield _finding(f"`{name}` is not plain data", value.span, _LIST)
    elif not isinstance(data, list) or not data:
        yield _finding(f"`{name}` is not a list of examples", value.span, _LIST)
    elif _shape(data) is None:
        yield _finding(f"the rows of `{name}` differ in shape", value.span, _LIST)


def _plain(value: Value, context: RuleContext) -> Any:
    """Evaluate a value, `None` if it contains more than plain data."""
    return folded(value, context.defaults)


def _shape(data: object) -> tuple[int, ...] | None:
    """Return the shape of nested lists, `None` if they are ragged or mixed."""
    if not isinstance(data, list):
        return () if isinstance(data, (int, float, str)) else None
    shapes = {_shape(item) for item in data}
    if len(shapes) > 1 or None in shapes:
        return None
    inner = shapes.pop() if shapes else ()
    return None if inner is None else (len(data), *inner)
