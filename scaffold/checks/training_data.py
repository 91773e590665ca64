"""KS214."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic, Span
from scaffold.ir.fold import Impossible, Unknown, fold
from scaffold.ir.types import Training, Value


def training_data(scope: Scope) -> Iterator[Diagnostic]:
    """Reports data that cannot be trained on."""
    model, section = scope.model, scope.model.train
    if section is None:
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
            yield from _numbers(section.predict, "predict", scope)


def _found(message: str, span: Span, help_: str = "") -> Diagnostic:
    return Diagnostic("KS214", message, span, help_)


def _file(section: Training) -> Iterator[Diagnostic]:
    assert section.data is not None
    span, name = section.data.span, section.data.value
    if not isinstance(name, str) or not name.lower().endswith((".csv", ".npz")):
        help_ = "a CSV file (a header, the target last) or an NPZ file with `x` and `y`"
        yield _found("`data` names no CSV or NPZ file", span, help_)
    if section.x is not None or section.y is not None:
        help_ = "keep one of them"
        yield _found("`train` has both `data` and values of its own", span, help_)


def _rows(x: Value, y: Value, scope: Scope) -> Iterator[Diagnostic]:
    counts = []
    for value, name in ((x, "x"), (y, "y")):
        yield from _numbers(value, name, scope)
        try:
            data = fold(value, scope.defaults)
        except (Unknown, Impossible):
            continue
        if isinstance(data, list):
            counts.append(len(data))
    if len(counts) == 2 and counts[0] != counts[1]:
        message = f"`x` has {counts[0]} examples and `y` {counts[1]}"
        yield _found(message, y.span, "each example has one target")


def _numbers(value: Value, name: str, scope: Scope) -> Iterator[Diagnostic]:
    """Reports what does not make an array: no list, rows of unequal length."""
    help_ = "write a list with one item per example: [1, 2, 3] or [[1, 2], [3, 4]]"
    try:
        data = fold(value, scope.defaults)
    except (Unknown, Impossible):
        yield _found(f"`{name}` is not plain data", value.span, help_)
        return
    if not isinstance(data, list) or not data:
        yield _found(f"`{name}` is not a list of examples", value.span, help_)
    elif _shape(data) is None:
        yield _found(f"the rows of `{name}` are not alike", value.span, help_)


def _shape(data: object) -> tuple[int, ...] | None:
    """Gives the shape of nested lists, `None` where they are ragged or mixed."""
    if not isinstance(data, list):
        return () if isinstance(data, (int, float, str)) else None
    shapes = {_shape(item) for item in data}
    if len(shapes) > 1 or None in shapes:
        return None
    inner = shapes.pop() if shapes else ()
    return None if inner is None else (len(data), *inner)
