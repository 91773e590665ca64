"""KS220: targets in the spec that do not fit the loss or the output."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scaffold.catalogue.facts import losses
from scaffold.checks.inferred import Inferred
from scaffold.checks.losses import LossOrMetric, OutputLoss, pairs
from scaffold.checks.nested_lists import flat, shape_of
from scaffold.checks.rule import shape_rule
from scaffold.diagnostics import Code, Diagnostic, Severity
from scaffold.ir.fold import folded
from scaffold.ir.types import Collection, Constant, Dictionary, Value
from scaffold.spec.limits import shown


class KS220(Code):
    """Data in the spec does not fit the model or the loss.

    What it does:
        Compares `y` under `train` with the loss and the number of units, and reports
        integers if the loss takes vectors, vectors if it takes integers, a class
        without a unit, targets outside the range of the loss, strings, and targets
        whose size differs from the output. Warns about a target of several numbers for
        one unit. In `x` and `predict`, reports strings, unless the input has the dtype
        `string` and the layers that are called on it take strings, such as
        `StringLookup`, `TextVectorization` and `Hashing`; numbers for an input of that
        dtype; and numbers for which an `Embedding` has no row.

    Why:
        Keras fails on the first batch, or the model learns something else.

    Example:
        inputs: [2]
        layers:
          - Dense(2, activation="softmax")
        compile: {optimizer: adam, loss: sparse_categorical_crossentropy}
        train: {x: [[0, 1], [1, 0]], y: [1, 2]}

    Instead:
        inputs: [2]
        layers:
          - Dense(2, activation="softmax")
        compile: {optimizer: adam, loss: sparse_categorical_crossentropy}
        train: {x: [[0, 1], [1, 0]], y: [0, 1]}
    """

    name = "target-misfit"


_MOST_SHOWN = 6
"""The most targets that a help shows."""


@shape_rule(KS220)
def target_misfit(inferred: Inferred) -> Iterator[Diagnostic]:
    """Report inline targets that do not fit the loss or the output."""
    train = inferred.model.train
    if train is None or train.y is None:
        return
    for pair in pairs(inferred):
        value = _of_output(train.y, pair, inferred)
        if value is None or pair.loss is None:
            continue
        rows = folded(value, inferred.defaults)
        shape = shape_of(rows)
        if strings := [target for target in flat(rows) if isinstance(target, str)]:
            if pair.loss.name:
                message = f"`{pair.loss.text}` takes numbers, but `y` contains the "
                message += f'string "{shown(strings[0])}"'
                help_ = _numbered(pair, rows)
                yield Diagnostic("KS220", message, value.span, help_)
        elif shape and isinstance(rows, list) and all(map(_is_number, flat(rows))):
            message, help_, is_error = _fault(pair.loss, pair, rows, shape)
            if message:
                severity: Severity = "error" if is_error else "warning"
                yield Diagnostic("KS220", message, value.span, help_, severity)


def _of_output(value: Value, pair: OutputLoss, inferred: Inferred) -> Value | None:
    """Return the targets of one output."""
    outputs = inferred.model.graph.outputs
    if outputs.keys is not None:
        for key, item in value.pairs if isinstance(value, Dictionary) else ():
            if isinstance(key, Constant) and key.value == pair.key:
                return item
        return None
    if not outputs.is_list:
        return value
    items = value.items if isinstance(value, Collection) else ()
    return items[pair.number] if len(items) == len(outputs.tensors) else None


def _fault(
    loss: LossOrMetric, pair: OutputLoss, rows: list[Any], shape: tuple[int, ...]
) -> tuple[str, str, bool]:
    """Describe what is wrong with targets, how to fix it, and if it is an error."""
    units = pair.end.units if pair.end is not None else None
    rank = None
    if pair.end is not None and pair.end.shape is not None:
        rank = len(pair.end.shape)
    numbers = [*flat(rows)]
    if rank is None or units is None:
        return "", "", False
    if loss.name in losses.SPARSE and units > 1:
        return _of_integers(loss, numbers, shape, units, rank)
    if loss.name in losses.CATEGORICAL and units > 1:
        return _of_vectors(loss, numbers, shape, units, rank)
    if loss.name in losses.BINARY and any(not 0 <= number <= 1 for number in numbers):
        worst = next(number for number in numbers if not 0 <= number <= 1)
        message = f"`{loss.text}` takes targets from 0 to 1, not {worst:g}"
        return message, _for_range(worst), True
    if loss.name in losses.HINGES and any(
        number not in (-1, 0, 1) for number in numbers
    ):
        worst = next(number for number in numbers if number not in (-1, 0, 1))
        message = f"`{loss.text}` takes -1 and 1 as targets, not {worst:g}"
        return message, "write -1 for one class, and 1 for the other", True
    if loss.name in losses.ELEMENTWISE:
        return _of_sizes(loss, shape, units, rank)
    return "", "", False


def _numbered(pair: OutputLoss, rows: Any) -> str:
    """Describe which class numbers or one-hot vectors to write instead of strings."""
    units = pair.end.units if pair.end is not None else None
    is_one_hot = pair.loss is not None and pair.loss.name in losses.CATEGORICAL
    classes = list(dict.fromkeys(map(str, flat(rows))))
    if all(re.fullmatch(r"-?\d+(\.\d*)?", name) for name in classes):
        return f"write numbers without quotes: `{classes[0]}`"
    numbers = [classes.index(name) for name in map(str, flat(rows))]
    what, lines = "number of its class, from 0", [*map(str, numbers)]
    if is_one_hot:
        count = max(units or 0, len(classes))
        what = "one-hot vector of its class"
        lines = [str([int(at == number) for at in range(count)]) for number in numbers]
    more = ", ..." if len(lines) > _MOST_SHOWN else ""
    listed = f"[{', '.join(lines[:_MOST_SHOWN])}{more}]"
    return f"write for each target the {what}: `{listed}`"


def _for_range(worst: float) -> str:
    if worst == -1:
        return f"write 0 instead of -1, or use the loss `{losses.HINGE_STRING}`"
    return f"write 0 and 1; for other numbers, use the loss `{losses.SQUARED_ERROR}`"


def _of_integers(
    loss: LossOrMetric,
    numbers: list[float],
    shape: tuple[int, ...],
    units: int,
    rank: int,
) -> tuple[str, str, bool]:
    if len(shape) == rank and shape[-1] == units:
        message = f"`{loss.text}` takes one integer for each example, not a vector of "
        message += f"{units}"
        if all(number in (0, 1) for number in numbers):
            help_ = f"write `{losses.CATEGORICAL_STRING}` for one-hot vectors"
            return message, help_, True
        return message, "write the number of the class instead", True
    if any(number != int(number) for number in numbers):
        worst = next(number for number in numbers if number != int(number))
        message = f"`{loss.text}` takes integers as targets, not {worst:g}"
        return message, "write the numbers of the classes, from 0", True
    for number in (min(numbers), max(numbers)):
        if not 0 <= number < units:
            message = f"the target {number:g} is out of range: the output has {units} "
            message += f"classes, 0 to {units - 1}"
            help_ = "classes are counted from 0"
            if number >= units:
                help_ += f"; a target {number:g} requires {number + 1:g} units"
            return message, help_, True
    return "", "", False


def _of_vectors(
    loss: LossOrMetric,
    numbers: list[float],
    shape: tuple[int, ...],
    units: int,
    rank: int,
) -> tuple[str, str, bool]:
    last = shape[-1] if len(shape) == rank else None
    if last == units:
        return "", "", False
    if last in (None, 1) and all(number == int(number) for number in numbers):
        message = f"`{loss.text}` takes vectors of {units} as targets, not integers"
        return message, f"write `{losses.SPARSE_STRING}`", True
    message = f"`{loss.text}` takes vectors of {units} as targets, not of {shape[-1]}"
    help_ = f"write {units} numbers for each target, or change the units of the output"
    return message, help_, True


def _of_sizes(
    loss: LossOrMetric, shape: tuple[int, ...], units: int, rank: int
) -> tuple[str, str, bool]:
    """Compare the number of values in a target with the units."""
    last = shape[-1] if len(shape) == rank else 1 if len(shape) == rank - 1 else None
    if last in (None, units) or (last == 1 and len(shape) == rank and units > 1):
        return "", "", False
    message = f"a target has {_counted(last)}, but the output has {units}"
    return message, f"give the last layer {_counted(last, 'unit')}", units != 1


def _counted(count: int | None, what: str = "number") -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and value == value and abs(value) < 2**63
