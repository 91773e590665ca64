"""KS214: data that the model cannot be trained on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic, Span
from scaffold.ir.fold import Impossible, Unknown, fold
from scaffold.ir.types import Constant, Training, Value

_LIST = "write a list with one item per example: [1, 2, 3] or [[1, 2], [3, 4]]"


def training_data(scope: Scope) -> Iterator[Diagnostic]:
    """Reports data that cannot be trained on."""
    model, section = scope.model, scope.model.train
    if section is None or scope.is_block:
        return
    if model.compile is None:
        help_ = "add `compile: {optimizer: adam, loss: mean_squared_error}`"
        message = "`train` needs `compile`: without a loss there is nothing to learn"
        yield _found(message, section.span, help_)
    if section.data is not None:
        yield from _file(section)
    elif section.x is None or section.y is None:
        missing = "x" if section.x is None else "y"
        help_ = "give `x` and `y`, or a file: `data: houses.csv`"
        yield _found(f"`train` has no `{missing}`", section.span, help_)
    else:
        yield from _rows(section.x, section.y, scope)
    if section.predict is not None:
        yield from _examples(section.predict, "predict", scope)


def _found(message: str, span: Span, help_: str = "") -> Diagnostic:
    return Diagnostic("KS214", message, span, help_)


def _file(section: Training) -> Iterator[Diagnostic]:
    assert section.data is not None
    span = section.data.span
    name = section.data.value if isinstance(section.data, Constant) else None
    if not isinstance(name, str) or not name.lower().endswith((".csv", ".npz")):
        help_ = "a CSV file (a header, the target last) or an NPZ file with `x` and `y`"
        yield _found("`data` names no CSV or NPZ file", span, help_)
    if section.x is not None or section.y is not None:
        message = "`train` has both `data` and values of its own"
        yield _found(message, span, "keep one of them")


def _rows(x: Value, y: Value, scope: Scope) -> Iterator[Diagnostic]:
    yield from _examples(x, "x", scope)
    yield from _numbers(y, "y", scope)
    first, second = _plain(x, scope), _plain(y, scope)
    if isinstance(first, list) and isinstance(second, list):
        if first and second and len(first) != len(second):
            message = f"`x` has {len(first)} examples and `y` {len(second)}"
            yield _found(message, y.span, "each example has one target")


def _examples(value: Value, name: str, scope: Scope) -> Iterator[Diagnostic]:
    """Reports examples that do not make an array, or not one for the only input."""
    faults = [*_numbers(value, name, scope)]
    yield from faults
    shape = _shape(_plain(value, scope))
    if faults or not shape or len(scope.graph.inputs) != 1:
        return
    given = scope.graph.inputs[0]
    wanted = _plain(given.shape, scope) if given.shape is not None else None
    if isinstance(wanted, list) and not _fits(list(shape[1:]), wanted):
        message = f"an example of `{name}` has the shape {_written(shape[1:])}"
        message += f", and the input `{given.name}` {_written(wanted)}"
        yield _found(message, value.span, "make them alike, the batch axis left out")


def _fits(shape: list[Any], wanted: list[Any]) -> bool:
    """Compares shapes; a last axis of one may be left out, as Keras allows."""
    if len(shape) == len(wanted) - 1 and wanted[-1] == 1:
        shape = [*shape, 1]
    return len(shape) == len(wanted) and all(
        size == want or not isinstance(want, int)
        for size, want in zip(shape, wanted, strict=True)
    )


def _written(shape: Any) -> str:
    return f"[{', '.join('null' if size is None else str(size) for size in shape)}]"


def _numbers(value: Value, name: str, scope: Scope) -> Iterator[Diagnostic]:
    """Reports what does not make an array: no list, rows of unequal length."""
    data = _plain(value, scope)
    if data is None:
        yield _found(f"`{name}` is not plain data", value.span, _LIST)
    elif not isinstance(data, list) or not data:
        yield _found(f"`{name}` is not a list of examples", value.span, _LIST)
    elif _shape(data) is None:
        yield _found(f"the rows of `{name}` are not alike", value.span, _LIST)


def _plain(value: Value, scope: Scope) -> Any:
    """Works a value out, `None` where it holds more than plain data."""
    try:
        return fold(value, scope.defaults)
    except (Unknown, Impossible):
        return None


def _shape(data: object) -> tuple[int, ...] | None:
    """Gives the shape of nested lists, `None` where they are ragged or mixed."""
    if not isinstance(data, list):
        return () if isinstance(data, (int, float, str)) else None
    shapes = {_shape(item) for item in data}
    if len(shapes) > 1 or None in shapes:
        return None
    inner = shapes.pop() if shapes else ()
    return None if inner is None else (len(data), *inner)
